"""The forms about what offices need, fetch and do."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimwerk.arrivals.models import ListContract
from kimwerk.arrivals.types import OF_THE_LIST, ContractFacts, OfficeKind
from kimwerk.arrivals.web.forms import NO_DAY, NOTHING, Data
from kimwerk.arrivals.web.wording import COLUMNS, OFFICES
from kimwerk.consent.models import Purpose, StatutoryBasis
from kimwerk.directory.models import Organisation


class ContractForm(forms.Form):
    """What an office needs, what for, and by which law."""

    recipient = forms.TypedChoiceField(label=_("Office"), coerce=int)
    organisation = forms.TypedChoiceField(label=_("Lists of"), coerce=int)
    kind = forms.ChoiceField(label=_("Task, and so whom it sees"), choices=[(k.value, t) for k, t in OFFICES.items()])
    columns = forms.MultipleChoiceField(
        label=_("Columns that are needed"),
        choices=list(COLUMNS.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only what the task cannot do without. What no office needs is not collected."),
    )
    purpose = forms.TypedChoiceField(label=_("What for"), coerce=int)
    statutory_basis = forms.TypedChoiceField(label=_("Law"), coerce=int)
    reason = forms.CharField(
        label=_("Why these columns"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands with every delivery, also in the list of the data protection officer."),
    )  # fmt: skip

    def __init__(
        self,
        data: Data,
        *,
        offices: Iterable[Organisation],
        keepers: Iterable[Organisation],
        before: ListContract | None = None,
    ) -> None:
        super().__init__(data, initial=_as_before(before) if before else {"columns": [f.value for f in OF_THE_LIST]})
        self._offer("recipient", ((each.pk, each.name) for each in offices), is_single_filled=True)
        self._offer("organisation", ((each.pk, each.name) for each in keepers), is_single_filled=True)
        self._offer("purpose", Purpose.objects.filter(is_active=True).order_by("position").values_list("pk", "label"))
        laws = StatutoryBasis.objects.filter(is_active=True).order_by("position")
        self._offer("statutory_basis", ((each.pk, str(each)) for each in laws))

    def facts(self) -> ContractFacts:
        """What was entered."""
        given = self.cleaned_data
        return ContractFacts(
            organisation_id=given["organisation"],
            recipient_id=given["recipient"],
            kind=OfficeKind(given["kind"]),
            columns=frozenset(given["columns"]),
            purpose_id=given["purpose"],
            statutory_basis_id=given["statutory_basis"],
            reason=given["reason"],
        )

    def _offer(self, name: str, choices: Iterable[tuple[object, object]], *, is_single_filled: bool = False) -> None:
        listed = [(str(key), str(text)) for key, text in choices]
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = listed if is_single_filled and len(listed) == 1 else [NOTHING, *listed]


class AcceptForm(forms.Form):
    """From when a version holds."""

    valid_from = forms.DateField(label=_("Holds from"), error_messages=NO_DAY)

    def __init__(self, data: Data = None) -> None:
        super().__init__(data, initial={"valid_from": timezone.localdate()})


def _as_before(before: ListContract) -> dict[str, object]:
    return {
        "recipient": before.recipient_id,
        "organisation": before.organisation_id,
        "kind": before.kind,
        "columns": before.columns,
        "purpose": before.purpose_id,
        "statutory_basis": before.statutory_basis_id,
        "reason": before.reason,
    }
