"""The form of the programme plan."""

from __future__ import annotations

from collections.abc import Collection

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kimwerk.steering.models import PlanEntry
from kimwerk.steering.types import PlanFacts, PlanKind
from kimwerk.steering.web.forms import Data, DayField
from kimwerk.ui.widgets import SuggestInput


class PlanForm(forms.Form):
    """A phase or a milestone."""

    kind = forms.ChoiceField(label=_("What it is"), choices=PlanKind.choices)
    strand = forms.CharField(
        label=_("Strand"), max_length=80, help_text=_("What belongs together stands together, such as case management.")
    )
    title = forms.CharField(label=_("Title"), max_length=160)
    responsible = forms.CharField(
        label=pgettext_lazy("entry of the plan", "Who carries it out"), max_length=160, required=False
    )
    planned_from = DayField(label=_("Planned from"), initial=timezone.localdate)
    planned_until = DayField(
        label=_("Planned until"), required=False, help_text=_("A milestone has one day; leave this empty then.")
    )
    begun_on = DayField(label=_("Begun on"), required=False)
    ended_on = DayField(label=_("Ended or reached on"), required=False)
    note = forms.CharField(label=_("Remark"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: Data, *, strands: Collection[str], entry: PlanEntry | None = None) -> None:
        names = tuple(PlanForm.base_fields)
        super().__init__(data, initial={name: getattr(entry, name) for name in names} if entry else None)
        self.fields["strand"].widget = SuggestInput(tuple(strands))

    def clean(self) -> dict[str, object]:
        """A phase has two days."""
        entered = super().clean() or {}
        if entered.get("kind") == PlanKind.PHASE and not entered.get("planned_until") and not self.errors:
            self.add_error("planned_until", _("Enter the last day of the phase."))
        return entered

    @property
    def facts(self) -> PlanFacts:
        """What was entered."""
        entered = self.cleaned_data
        return PlanFacts(
            PlanKind(entered["kind"]), entered["strand"], entered["title"], entered["planned_from"],
            entered["planned_until"] or entered["planned_from"], entered["responsible"], entered["begun_on"],
            entered["ended_on"], entered["note"],
        )  # fmt: skip
