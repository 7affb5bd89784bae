"""Fields and helpers that the forms of casework share."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django import forms
from django.http import QueryDict
from django.utils import timezone

from kimwerk.activities.services.refusals import EntryRefused
from kimwerk.activities.web.forms import NOTHING, Options, offer, whole_or_none
from kimwerk.activities.web.wording import told
from kimwerk.casework.models import Choice
from kimwerk.casework.services.refusals import CaseRefused
from kimwerk.casework.web.wording import PROBLEMS
from kimwerk.kernel.figures import Text
from kimwerk.ui.widgets import Combobox, DateInput

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Label = str | _StrPromise

FIRST_DAY = date(2000, 1, 1)


class DayField(forms.DateField):
    """A day. One that has been (`is_past`) cannot lie in the future; the form sees to the calendar's bounds."""

    def __init__(self, *, is_past: bool, label: Label, required: bool, help_text: Label) -> None:
        super().__init__(label=label, required=required, help_text=help_text)
        self.is_past = is_past


class CaseForm(forms.Form):
    """A form whose errand may refuse what the form itself cannot know."""

    use_required_attribute = False

    def __init__(self, data: QueryDict | None = None, *, initial: dict[str, object] | None = None) -> None:
        super().__init__(data, initial=initial)
        today = timezone.localdate()
        for field in self.fields.values():
            if isinstance(field, DayField):
                field.widget = DateInput(earliest=FIRST_DAY, latest=today if field.is_past else None)

    def refuse(self, refused: CaseRefused | EntryRefused) -> None:
        """Put what the errand found wrong at its fields, or above the form where there is no such field."""
        sentences: dict[str, Text] = (
            told(refused.problems)
            if isinstance(refused, EntryRefused)
            else {name: PROBLEMS[problem] for name, problem in refused.problems.items()}
        )
        for name, sentence in sentences.items():
            self.add_error(name if name in self.fields else None, str(sentence))


def day_field(label: Label, *, required: bool = True, is_past: bool = True, help_text: Label = "") -> DayField:
    """A day, as a field of a form of casework."""
    return DayField(is_past=is_past, label=label, required=required, help_text=help_text)


def text_field(
    label: Label, *, required: bool = False, rows: int = 3, most: int = 4_000, help_text: Label = ""
) -> forms.CharField:
    """Text over several lines."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=most,
        help_text=help_text,
        widget=forms.Textarea({"rows": rows}),
    )


def key_field(
    label: Label, *, required: bool = True, is_long: bool = True, help_text: Label = ""
) -> forms.TypedChoiceField:
    """A choice of something by its id; what there is to choose from is offered when the form is made."""
    return forms.TypedChoiceField(
        label=label,
        required=required,
        coerce=whole_or_none,
        empty_value=None,
        help_text=help_text,
        widget=Combobox() if is_long else forms.Select(),
    )


def choose_from(choices: tuple[Choice, ...]) -> Options:
    """Entries of a list as options, an empty one first."""
    return [NOTHING, *((str(choice.pk), choice.label) for choice in choices)]


__all__ = ["NOTHING", "CaseForm", "choose_from", "day_field", "key_field", "offer", "text_field", "whole_or_none"]
