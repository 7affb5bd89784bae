"""The forms of budget execution."""

from __future__ import annotations

from datetime import date

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kimwerk.finance.calculation.lines import Side
from kimwerk.finance.models import CostPlan, FundsCall, PlanLine
from kimwerk.finance.web.forms import AmountField
from kimwerk.kernel import german
from kimwerk.ui.widgets import FileInput

Data = QueryDict | None
LARGEST_MIB = 5


def year_field(plan: CostPlan) -> forms.TypedChoiceField:
    """A choice of the plan's years."""
    return forms.TypedChoiceField(label=_("Year"), coerce=int, choices=[(year, str(year)) for year in plan.years])


class UploadForm(forms.Form):
    """A file of bookings and the year it is of."""

    file = forms.FileField(
        label=gettext_lazy("File of bookings"),
        widget=FileInput(accept=(".csv", ".xlsx"), largest_mib=LARGEST_MIB),
        help_text=gettext_lazy(
            "Columns: Buchungstag, Betrag, Beleg, Zeile (as in the plan), and if you like Text. Nothing is booked yet."
        ),
    )
    field_order = ["year", "file"]

    def __init__(
        self, data: Data, files: MultiValueDict[str, UploadedFile[bytes]] | None, *, plan: CostPlan, year: int
    ) -> None:
        super().__init__(data, files, initial={"year": year})
        self.fields["year"] = year_field(plan)
        self.order_fields(self.field_order)


class CallForm(forms.Form):
    """A call for funds, and when the money came."""

    line = forms.ModelChoiceField(label=gettext_lazy("Line of income"), queryset=PlanLine.objects.none())
    amount = AmountField(str(gettext_lazy("Amount called for")))
    called_on = forms.DateField(label=gettext_lazy("Called for on"), initial=timezone.localdate)
    received_on = forms.DateField(label=gettext_lazy("Received on"), required=False)
    note = forms.CharField(label=gettext_lazy("Remark on the call"), max_length=200, required=False)
    field_order = ["year", "line", "amount", "called_on", "received_on", "note"]

    def __init__(self, data: Data, *, plan: CostPlan, year: int, call: FundsCall | None = None) -> None:
        known: dict[str, object] = {"year": year}
        if call:
            known = {name: getattr(call, name) for name in ("year", "line", "called_on", "received_on", "note")}
            known["amount"] = german.number(call.amount, 2)
        super().__init__(data, initial=known)
        self.fields["year"] = year_field(plan)
        self.fields["line"].queryset = plan.lines.filter(side=Side.INCOME.value)  # type: ignore[attr-defined]  # a ModelChoiceField
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, object]:
        """Money comes after it was called for, and is more than nothing."""
        entered = super().clean() or {}
        called, received = entered.get("called_on"), entered.get("received_on")
        if isinstance(called, date) and isinstance(received, date) and received < called:
            self.add_error("received_on", _("The money came before it was called for. Correct one of the two."))
        if not entered.get("amount") and "amount" not in self.errors:
            self.add_error("amount", _("Enter more than nothing."))
        return entered
