"""The form of the questions themselves."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kimwerk.activities.guard import personal_trait
from kimwerk.surveys.models import Question
from kimwerk.surveys.selectors.results import step_label
from kimwerk.surveys.types import Given, QuestionKind

LONGEST = 2000
HIGHEST = 1_000_000


def no_person(text: str) -> None:
    """Refuse what reads like a person's data."""
    if personal_trait(text, timezone.localdate()):
        raise ValidationError(
            _("This reads like a name, an address or a birthday. Please name nobody, children least of all.")
        )


class AnswerForm(forms.Form):
    """A field for every question, in their order."""

    def __init__(self, data: QueryDict | None, *, questions: Sequence[Question]) -> None:
        super().__init__(data)
        self.questions = questions
        for question in questions:
            self.fields[_name(question)] = _field(question)

    @property
    def given(self) -> list[Given]:
        """What was answered, question by question."""
        return [_given(question, self.cleaned_data[_name(question)]) for question in self.questions]


def _name(question: Question) -> str:
    return f"q{question.pk}"


def _field(question: Question) -> forms.Field:
    kind = QuestionKind(question.kind)
    label, hint, is_required = question.text, question.hint, question.is_required
    if kind is QuestionKind.SEVERAL:
        return forms.MultipleChoiceField(
            label=label, help_text=hint, required=is_required, choices=_choices(question),
            widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip
    if kind is QuestionKind.NUMBER:
        least = question.least if question.least is not None else -HIGHEST
        most = question.most if question.most is not None else HIGHEST
        return forms.IntegerField(label=label, help_text=hint, required=is_required, min_value=least, max_value=most)
    if kind is QuestionKind.TEXT:
        return forms.CharField(
            label=label, help_text=hint, required=is_required, max_length=LONGEST, validators=[no_person],
            widget=forms.Textarea(attrs={"rows": 3}),
        )  # fmt: skip
    choices = _choices(question) if is_required else [*_choices(question), ("", gettext("not stated"))]
    return forms.ChoiceField(
        label=label, help_text=hint, required=is_required, choices=choices, widget=forms.RadioSelect
    )


def _choices(question: Question) -> list[tuple[str, str]]:
    if question.kind == QuestionKind.SCALE:
        steps = range(question.least or 0, (question.most or 0) + 1)
        return [(str(step), step_label(question, step)) for step in steps]
    return [(str(option.pk), option.text) for option in question.options.all()]


def _given(question: Question, value: list[str] | str | int | None) -> Given:
    if isinstance(value, list):
        return Given(question.pk, options=tuple(int(each) for each in value))
    if value is None or value == "":
        return Given(question.pk)
    if question.kind == QuestionKind.TEXT:
        return Given(question.pk, text=str(value))
    if question.kind == QuestionKind.SINGLE:
        return Given(question.pk, options=(int(value),))
    return Given(question.pk, number=int(value))
