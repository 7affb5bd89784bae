"""The forms of committees, their seats and standing orders."""

from __future__ import annotations

from datetime import date

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimwerk.access.actors import Actor
from kimwerk.accounts.models import Account
from kimwerk.directory.models import Organisation
from kimwerk.kernel.periods import ONE_DAY
from kimwerk.steering.models import Committee, Seat
from kimwerk.steering.types import CommitteeFacts, CommitteeKind, OrdersStepKind, Rhythm, SeatFacts, TermFacts
from kimwerk.ui.widgets import Combobox

Data = QueryDict | None
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)
LONGEST_TEXT = 100_000


class DayField(forms.DateField):
    """A day of this century or so: a year typed wrong is told at once."""

    def clean(self, value: object) -> date | None:
        """The day, or None where none is needed."""
        day: date | None = super().clean(value)
        if day is not None and not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(_("This day is too far away. Check the year."))
        return day


class CommitteeForm(forms.Form):
    """What is known of a committee."""

    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("What it is"), choices=CommitteeKind.choices)
    purpose = forms.CharField(
        label=_("What it is for"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    rhythm = forms.ChoiceField(label=_("How often it meets"), choices=Rhythm.choices)
    quorum_percent = forms.IntegerField(
        label=_("Quorum in percent"), min_value=1, max_value=100, initial=50,
        help_text=_("The share of the seats with a vote that must be there for a resolution."),
    )  # fmt: skip
    notice_days = forms.IntegerField(
        label=_("Days of notice"), min_value=0, max_value=90, initial=14,
        help_text=_("So many days before a meeting its invitation goes out."),
    )  # fmt: skip
    first_day = DayField(label=_("Exists since"), initial=timezone.localdate)
    last_day = DayField(label=_("Last day"), required=False, help_text=_("Leave it empty while there is no end."))
    successor = forms.ModelChoiceField(
        label=_("Has become"), queryset=Committee.objects.none(), required=False,
        help_text=_("The committee that goes on with its work, such as a crisis staff after a working group."),
    )  # fmt: skip

    def __init__(self, data: Data, *, others: QuerySet[Committee], committee: Committee | None = None) -> None:
        super().__init__(data, initial=_committee_as_typed(committee) if committee else None)
        self.fields["successor"].queryset = others.order_by("name")  # type: ignore[attr-defined]  # a ModelChoiceField

    @property
    def facts(self) -> CommitteeFacts:
        """What was entered."""
        entered = self.cleaned_data
        return CommitteeFacts(
            name=entered["name"], kind=CommitteeKind(entered["kind"]), first_day=entered["first_day"],
            purpose=entered["purpose"], rhythm=Rhythm(entered["rhythm"]), quorum_percent=entered["quorum_percent"],
            notice_days=entered["notice_days"], last_day=entered["last_day"],
            successor_id=entered["successor"].pk if entered["successor"] else None,
        )  # fmt: skip


def _committee_as_typed(committee: Committee) -> dict[str, object]:
    names = ("name", "kind", "purpose", "rhythm", "quorum_percent", "notice_days", "successor")
    upper = committee.valid.upper
    return {name: getattr(committee, name) for name in names} | {
        "first_day": committee.valid.lower,
        "last_day": upper - ONE_DAY if upper else None,
    }


class SeatForm(forms.Form):
    """Which organisation sits there, in which function."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), widget=Combobox,
        help_text=_("It stands in the directory. Enter it there first if it is missing."),
    )  # fmt: skip
    function = forms.CharField(
        label=_("Function of the seat"), max_length=120, help_text=_("Such as head of the social office.")
    )
    has_vote = forms.BooleanField(label=_("has a vote"), required=False, initial=True)
    is_chair = forms.BooleanField(label=_("has the chair"), required=False)

    def __init__(self, data: Data, *, actor: Actor, seat: Seat | None = None) -> None:
        names = ("organisation", "function", "has_vote", "is_chair")
        super().__init__(data, initial={name: getattr(seat, name) for name in names} if seat else None)
        bodies = Organisation.objects.visible_to(actor).existing(timezone.localdate()).order_by("sort_key")
        self.fields["organisation"].queryset = bodies  # type: ignore[attr-defined]  # a ModelChoiceField

    @property
    def facts(self) -> SeatFacts:
        """What was entered."""
        entered = self.cleaned_data
        return SeatFacts(entered["organisation"].pk, entered["function"], entered["has_vote"], entered["is_chair"])


class TermForm(forms.Form):
    """Who sits there, from when to when."""

    name = forms.CharField(label=_("Name"), max_length=160)
    is_deputy = forms.BooleanField(label=_("deputises"), required=False)
    email = forms.EmailField(label=_("E-mail"), required=False, help_text=_("Invitations and minutes go there."))
    account = forms.ModelChoiceField(
        label=_("Account"), queryset=Account.objects.none(), widget=Combobox, required=False,
        help_text=_("With an account the person reads the committee’s papers here."),
    )  # fmt: skip
    first_day = DayField(label=_("From"), initial=timezone.localdate)
    last_day = DayField(label=_("Last day"), required=False, help_text=_("Leave it empty while there is no end."))

    def __init__(self, data: Data, *, accounts: QuerySet[Account]) -> None:
        super().__init__(data)
        self.fields["account"].queryset = accounts.order_by("sort_key")  # type: ignore[attr-defined]  # a ModelChoiceField

    @property
    def facts(self) -> TermFacts:
        """What was entered."""
        entered = self.cleaned_data
        account = entered["account"].pk if entered["account"] else None
        return TermFacts(
            entered["name"], entered["first_day"], entered["email"], account, entered["is_deputy"], entered["last_day"]
        )


class LastDayForm(forms.Form):
    """The day on which something ends."""

    last_day = DayField(label=_("Last day"), initial=timezone.localdate)


class OrdersForm(forms.Form):
    """A version of standing orders."""

    text = forms.CharField(label=_("Text"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 24}))


class NewOrdersForm(OrdersForm):
    """A new version, with why and when it was drafted."""

    reason = forms.CharField(label=_("What is new, and why"), max_length=200, required=False)
    on_day = DayField(label=_("Drafted on"), initial=timezone.localdate)
    by = forms.CharField(label=_("Drafted by"), max_length=160, required=False)
    field_order = ["reason", "text", "on_day", "by"]


class OrdersStepForm(forms.Form):
    """A step on the way into force."""

    kind = forms.ChoiceField(label=_("Step"), choices=OrdersStepKind.choices)
    on_day = DayField(label=_("Day"), initial=timezone.localdate)
    by = forms.CharField(
        label=_("By whom"), max_length=160, required=False, help_text=_("Such as the committee that took note of it.")
    )
