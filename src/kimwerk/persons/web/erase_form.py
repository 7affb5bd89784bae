"""The form that erases a person: why, and the family name once more, typed."""

from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kimwerk.kernel.names import tidy
from kimwerk.persons.models import Person
from kimwerk.persons.types import ErasureReason
from kimwerk.persons.wording import ERASURE_REASONS


class EraseForm(forms.Form):
    """Nothing is preselected, and nothing is erased by one press of a key."""

    use_required_attribute = False

    reason = forms.ChoiceField(
        label=_("Why the person is erased"),
        choices=[(each.value, text) for each, text in ERASURE_REASONS.items()],
        widget=forms.RadioSelect,
    )
    family_name = forms.CharField(
        label=_("Family name of the person"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Type it as it stands in the heading. This makes sure that it is the right file."),
    )

    def __init__(self, data: QueryDict | None, *, person: Person) -> None:
        super().__init__(data)
        self._expected = person.family_name

    def clean_family_name(self) -> str:
        typed = tidy(self.cleaned_data["family_name"])
        if typed.casefold() != self._expected.casefold():
            raise forms.ValidationError(_("This is not the family name of this file. Nothing was erased."))
        return typed

    @property
    def chosen(self) -> ErasureReason:
        """The reason, once the form is valid."""
        return ErasureReason(self.cleaned_data["reason"])
