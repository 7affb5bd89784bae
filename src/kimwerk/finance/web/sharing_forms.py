"""The forms of cost sharing and of passing money on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kimwerk.directory.models import Municipality, Organisation
from kimwerk.finance.calculation.sharing import Bearer, MoveKind, ShareRole
from kimwerk.finance.models import CostPlan, PassThrough, PassThroughMove, PlanPost, SharedCost
from kimwerk.finance.services.sharing import ContractFacts, ShareFacts
from kimwerk.finance.types import BearerLabel, MoveKindLabel, ShareRoleLabel
from kimwerk.finance.web.budget_forms import year_field
from kimwerk.finance.web.forms import AmountField
from kimwerk.kernel import german
from kimwerk.kernel.periods import ONE_DAY
from kimwerk.kernel.rounding import trimmed
from kimwerk.staffing.reckoning import PostKind
from kimwerk.staffing.types import PostKindLabel
from kimwerk.staffing.web.forms import DaysForm, ShareField
from kimwerk.ui.widgets import Combobox

Data = QueryDict | None


class ShareForm(forms.Form):
    """What somebody bears, or has the benefit of."""

    role = forms.ChoiceField(label=gettext_lazy("Who is meant"), choices=ShareRoleLabel.choices)
    bearer = forms.ChoiceField(label=gettext_lazy("Bearer"), choices=BearerLabel.choices)
    municipality = forms.ModelChoiceField(
        label=gettext_lazy("Municipality"), queryset=Municipality.objects.none(), required=False, widget=Combobox()
    )
    title = forms.CharField(
        label=gettext_lazy("Kind of cost or benefit"), max_length=120, help_text=gettext_lazy("Such as: office, IT.")
    )
    amount = AmountField(str(gettext_lazy("Amount in the year")))
    source = forms.CharField(label=gettext_lazy("Source"), max_length=300, required=False)
    is_reliable = forms.BooleanField(label=gettext_lazy("The number can be relied on"), required=False)
    field_order = ["year", "role", "bearer", "municipality", "title", "amount", "source", "is_reliable"]

    def __init__(self, data: Data, *, plan: CostPlan, year: int, share: SharedCost | None = None) -> None:
        known: dict[str, object] = {"year": year}
        if share:
            known = {name: getattr(share, name) for name in self.field_order} | {
                "amount": german.number(share.amount, 2)
            }
        super().__init__(data, initial=known)
        self.fields["year"] = year_field(plan)
        places = Municipality.objects.filter(district=plan.organisation.district_id).order_by("sort_key")
        self.fields["municipality"].queryset = places  # type: ignore[attr-defined]  # a ModelChoiceField
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, object]:
        """A municipality is named only where municipalities bear."""
        entered = super().clean() or {}
        if entered.get("municipality") and entered.get("bearer") != Bearer.MUNICIPALITIES.value:
            self.add_error("bearer", _("A municipality is named. Choose the municipalities as bearer."))
        return entered

    @property
    def facts(self) -> ShareFacts:
        """What was entered."""
        entered = self.cleaned_data
        return ShareFacts(**{**entered, "role": ShareRole(entered["role"]), "bearer": Bearer(entered["bearer"])})


class ContractForm(DaysForm):
    """A contract by which funding is passed on."""

    recipient = forms.ModelChoiceField(
        label=gettext_lazy("Passed on to"), queryset=Organisation.objects.none(), widget=Combobox()
    )
    contract = forms.CharField(
        label=gettext_lazy("Contract"), max_length=120, help_text=gettext_lazy("Its number or name.")
    )
    signed_on = forms.DateField(label=gettext_lazy("Contract signed on"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("What for"), choices=PostKindLabel.choices)
    share = ShareField(gettext_lazy("Share of a full post"))
    yearly = AmountField(str(gettext_lazy("At most in twelve months")))
    post = forms.ModelChoiceField(
        label=gettext_lazy("The same post in this plan"), queryset=PlanPost.objects.none(), required=False,
        help_text=gettext_lazy("Only if it stands there, too. The proof of use then warns of double funding."),
    )  # fmt: skip
    field_order = [
        "recipient", "contract", "signed_on", "kind", "share", "first_day", "last_day", "yearly", "post",
    ]  # fmt: skip

    def __init__(self, data: Data, *, plan: CostPlan, contract: PassThrough | None = None) -> None:
        known: dict[str, object] = {}
        if contract:
            known = {name: getattr(contract, name) for name in ("recipient", "contract", "signed_on", "kind", "post")}
            known |= {
                "share": german.number(trimmed(contract.share)), "yearly": german.number(contract.yearly, 2),
                "first_day": contract.days.lower,
                "last_day": contract.days.upper - ONE_DAY if contract.days.upper else None,
            }  # fmt: skip
        super().__init__(data, initial=known)
        others = Organisation.objects.exclude(pk=plan.organisation_id).order_by("sort_key")
        self.fields["recipient"].queryset = others  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["post"].queryset = plan.posts.order_by("title")  # type: ignore[attr-defined]  # a ModelChoiceField

    @property
    def facts(self) -> ContractFacts:
        """What was entered."""
        return ContractFacts(**{**self.cleaned_data, "kind": PostKind(self.cleaned_data["kind"])})


class MoveForm(forms.Form):
    """An advance, a proof or money that came back."""

    kind = forms.ChoiceField(label=gettext_lazy("What happened to the money"), choices=MoveKindLabel.choices)
    on = forms.DateField(label=gettext_lazy("On the day"), initial=timezone.localdate)
    amount = AmountField(str(gettext_lazy("Amount in euro")))
    note = forms.CharField(label=gettext_lazy("Addition"), max_length=200, required=False)
    field_order = ["year", "kind", "on", "amount", "note"]

    def __init__(self, data: Data, *, plan: CostPlan, year: int, move: PassThroughMove | None = None) -> None:
        known: dict[str, object] = {"year": year}
        if move:
            known = {name: getattr(move, name) for name in self.field_order} | {"amount": german.number(move.amount, 2)}
        super().__init__(data, initial=known)
        self.fields["year"] = year_field(plan)
        self.order_fields(self.field_order)

    @property
    def entered(self) -> tuple[int, MoveKind, date, Decimal, str]:
        """Year, kind, day, amount and note."""
        given = self.cleaned_data
        return given["year"], MoveKind(given["kind"]), given["on"], given["amount"], given["note"]
