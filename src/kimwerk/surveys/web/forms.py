"""The forms in which surveys are written and sent."""

from __future__ import annotations

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimwerk.directory.models import Municipality
from kimwerk.surveys.audiences import audiences
from kimwerk.surveys.models import Question, Survey
from kimwerk.surveys.selectors.surveys import InvitationWish
from kimwerk.surveys.services.drafting import facts_of
from kimwerk.surveys.types import Addressee, QuestionFacts, QuestionKind, SurveyFacts, SurveyState
from kimwerk.ui.lines import named_address

Data = QueryDict | None
LATEST = date(2100, 12, 31)
MOST_OPTIONS = 30
HIGHEST = 1_000_000


class DeadlineField(forms.DateField):
    """The last day of a survey: from today on, and not in another century."""

    def clean(self, value: object) -> date | None:
        """The day, or None where none is needed."""
        day: date | None = super().clean(value)
        if day is not None and not timezone.localdate() <= day <= LATEST:
            raise ValidationError(_("The last day lies in the past or too far away. Check the year."))
        return day


class SurveyForm(forms.Form):
    """What a survey is about."""

    title = forms.CharField(label=_("Title"), max_length=160)
    text = forms.CharField(
        label=_("Purpose of the survey"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Stands in the mail and above the questions: why you ask, and what becomes of the answers."),
    )  # fmt: skip
    closes_on = DeadlineField(label=_("Answers until"), required=False)
    is_named = forms.ChoiceField(
        label=_("Answers stand"), choices=[("yes", _("with whoever gave them")), ("no", _("without a name"))],
        widget=forms.RadioSelect, initial="yes",
        help_text=_(
            "Without a name nobody can tell afterwards who answered what, not even the office. The page says so."
        ),
    )  # fmt: skip

    def __init__(self, data: Data, *, survey: Survey | None = None) -> None:
        known = {"title": survey.title, "text": survey.text, "closes_on": survey.closes_on} if survey else {}
        named = {"is_named": "yes" if survey.is_named else "no"} if survey else {}
        super().__init__(data, initial=known | named)

    @property
    def facts(self) -> SurveyFacts:
        """What was entered."""
        entered = self.cleaned_data
        return SurveyFacts(entered["title"], entered["text"], entered["closes_on"], entered["is_named"] == "yes")


class DeadlineForm(forms.Form):
    """Another last day."""

    closes_on = DeadlineField(label=_("Answers until"))


class QuestionForm(forms.Form):
    """A question. What does not belong to its sort is left out."""

    text = forms.CharField(label=_("Question"), max_length=300)
    hint = forms.CharField(label=_("Explanation"), max_length=300, required=False)
    kind = forms.ChoiceField(
        label=_("How it is answered"),
        choices=QuestionKind.choices,
        initial=QuestionKind.SINGLE.value,
        widget=forms.RadioSelect,
    )
    is_required = forms.BooleanField(label=_("must be answered"), required=False)
    options = forms.CharField(
        label=_("Answers to choose from"), required=False, max_length=6000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One a line. For questions with one or several answers."),
    )  # fmt: skip
    least = forms.IntegerField(
        label=_("Least value"),
        required=False,
        min_value=-HIGHEST,
        max_value=HIGHEST,
        help_text=_("For scales and numbers, such as 1."),
    )
    least_label = forms.CharField(label=_("It means"), max_length=80, required=False)
    most = forms.IntegerField(
        label=_("Most value"),
        required=False,
        min_value=-HIGHEST,
        max_value=HIGHEST,
        help_text=_("For scales and numbers, such as 5."),
    )
    most_label = forms.CharField(label=_("This means"), max_length=80, required=False)
    is_need = forms.BooleanField(
        label=_("answers may become needs of the register"), required=False,
        help_text=_("For answers in own words. The office chooses which ones."),
    )  # fmt: skip

    def __init__(self, data: Data, *, question: Question | None = None) -> None:
        super().__init__(data, initial=_as_typed(question) if question else None)

    def clean_options(self) -> tuple[str, ...]:
        """The lines as answers to choose from."""
        lines = [line.strip() for line in self.cleaned_data["options"].splitlines() if line.strip()]
        if len(lines) > MOST_OPTIONS or any(len(line) > 200 for line in lines):
            raise ValidationError(_("At most 30 answers, each of at most 200 characters."))
        return tuple(dict.fromkeys(lines))

    @property
    def facts(self) -> QuestionFacts:
        """What was entered."""
        entered = self.cleaned_data
        same = ("text", "hint", "is_required", "is_need", "options", "least", "most", "least_label", "most_label")
        return QuestionFacts(QuestionKind(entered["kind"]), **{name: entered[name] for name in same})


def _as_typed(question: Question) -> dict[str, object]:
    facts = facts_of(question)
    same = ("text", "hint", "is_required", "is_need", "least", "most", "least_label", "most_label")
    known: dict[str, object] = {name: getattr(facts, name) for name in same}
    return known | {"kind": facts.kind.value, "options": "\n".join(facts.options)}


class InviteForm(forms.Form):
    """Whom to ask: everybody of some groups, and further addresses."""

    groups = forms.MultipleChoiceField(
        label=_("Groups"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("Organisations are asked by their contacts in the directory."),
    )  # fmt: skip
    others = forms.CharField(
        label=_("Further addresses"), required=False, max_length=60_000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line: name, e-mail. Separated by a semicolon."),
    )  # fmt: skip

    def __init__(self, data: Data) -> None:
        super().__init__(data)
        choices = [(each.key, each.title) for each in audiences()]
        self.fields["groups"].choices = choices  # type: ignore[attr-defined]  # a MultipleChoiceField

    def clean_others(self) -> list[Addressee]:
        """The lines as addressees; the first one that cannot be read is told."""
        lines = (line for line in self.cleaned_data["others"].splitlines() if line.strip())
        return [Addressee(name[:200], email) for name, email in map(named_address, lines)]


class SurveyFilter(forms.Form):
    """Which surveys are listed."""

    state = forms.ChoiceField(label=_("State"), choices=[("", _("all")), *SurveyState.choices], required=False)

    @property
    def wish(self) -> SurveyState | None:
        """The state asked for."""
        self.is_valid()
        state = self.cleaned_data.get("state")
        return SurveyState(state) if state else None


class AddresseeFilter(forms.Form):
    """Which addressees are listed."""

    answered = forms.ChoiceField(
        label=_("Return"), choices=[("", _("all")), ("yes", _("answered")), ("no", _("no answer yet"))], required=False
    )
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)

    def __init__(self, data: QueryDict, *, places: QuerySet[Municipality]) -> None:
        super().__init__(data)
        towns = [("", _("all")), *((str(pk), name) for pk, name in places.values_list("pk", "name"))]
        self.fields["municipality"].choices = towns  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def wish(self) -> InvitationWish:
        """What is asked for; a value that is no sensible one asks for nothing."""
        self.is_valid()
        answered, town = self.cleaned_data.get("answered"), self.cleaned_data.get("municipality")
        return InvitationWish({"yes": True, "no": False}.get(answered or ""), int(town) if town else None)
