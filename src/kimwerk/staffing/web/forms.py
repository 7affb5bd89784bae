"""The forms of staffing. Shares are typed the German way: 0,5."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django import forms
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimwerk.accounts.models import Account
from kimwerk.directory.models import Municipality
from kimwerk.kernel import german
from kimwerk.kernel.fte import Fte, FteError
from kimwerk.kernel.german import NumberError
from kimwerk.kernel.names import is_accepted
from kimwerk.kernel.periods import ONE_DAY
from kimwerk.staffing.models import Course, Employee, FundingLine, Occupancy, Post
from kimwerk.staffing.reckoning import PostKind
from kimwerk.staffing.services.occupying import OccupancyFacts
from kimwerk.staffing.services.people import CourseFacts
from kimwerk.staffing.services.posts import PostFacts
from kimwerk.staffing.types import CourseState, LeaveKind, PostKindLabel, Workplace
from kimwerk.ui.widgets import Combobox

Data = QueryDict | None
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)
ENDS_BEFORE = _("The last day lies before the first. Correct one of the two.")
NO_DAY = _("This day is too far away. Check the year.")
FIRST_DAY, LAST_DAY = _("From"), _("Last day")


class ShareField(forms.CharField):
    """A share of a full post, above 0 and at most 1: "0,5"."""

    def __init__(self, label: object) -> None:
        super().__init__(label=str(label), max_length=8, help_text=_("Such as 1 or 0,5; at most four decimals."))

    def clean(self, value: object) -> Decimal:
        """The share, exact."""
        try:
            share = Fte.from_german(super().clean(value)).posts
        except (NumberError, FteError):
            raise forms.ValidationError(_("Write the share with a comma, such as 0,5.")) from None
        if not 0 < share <= 1:
            raise forms.ValidationError(_("A share is more than 0 and at most 1."))
        return share


class DaysForm(forms.Form):
    """A stretch of days; the last one may be open."""

    first_day = forms.DateField(label=FIRST_DAY)
    last_day = forms.DateField(label=LAST_DAY, required=False, help_text=_("Leave it empty while there is no end."))

    def clean(self) -> dict[str, object]:
        """The days lie in their order, and not in another century."""
        entered = super().clean() or {}
        first, last = entered.get("first_day"), entered.get("last_day")
        for name, day in (("first_day", first), ("last_day", last)):
            if day and not EARLIEST <= day <= LATEST:
                self.add_error(name, NO_DAY)
        if first and last and last < first:
            self.add_error("last_day", ENDS_BEFORE)
        return entered


class PostForm(DaysForm):
    """What is known of a post."""

    name = forms.CharField(label=_("Name of the post"), max_length=120, help_text=_("Such as its number in the plan."))
    kind = forms.ChoiceField(label=_("What for"), choices=PostKindLabel.choices)
    share = ShareField(_("Share of a full post"))
    workplace = forms.ChoiceField(label=_("Workplace"), choices=Workplace.choices)
    municipality = forms.ModelChoiceField(
        label=_("Municipality"), queryset=Municipality.objects.order_by("sort_key"), widget=Combobox, required=False
    )
    funding_line = forms.ModelChoiceField(
        label=_("Funding line"), queryset=FundingLine.objects.none(), required=False,
        help_text=_("What pays for the post; the post must lie within its days."),
    )  # fmt: skip
    field_order = ["name", "kind", "share", "workplace", "municipality", "first_day", "last_day", "funding_line"]

    def __init__(self, data: Data, *, lines: QuerySet[FundingLine], post: Post | None = None) -> None:
        super().__init__(data, initial=_post_as_typed(post) if post else None)
        self.fields["funding_line"].queryset = lines.order_by("name")  # type: ignore[attr-defined]  # a ModelChoiceField

    @property
    def facts(self) -> PostFacts:
        """What was entered."""
        entered = self.cleaned_data
        return PostFacts(
            entered["name"], PostKind(entered["kind"]), Workplace(entered["workplace"]), entered["share"],
            entered["first_day"], entered["last_day"], entered["municipality"], entered["funding_line"],
        )  # fmt: skip


def _post_as_typed(post: Post) -> dict[str, object]:
    return {
        "name": post.name,
        "kind": post.kind,
        "share": post.fte.german(),
        "workplace": post.workplace,
        "municipality": post.municipality_id,
        "funding_line": post.funding_line_id,
        "first_day": post.valid.lower,
        "last_day": post.valid.upper - ONE_DAY if post.valid.upper else None,
    }


class FundingLineForm(DaysForm):
    """What pays for posts."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("Such as the notice of the Land and its year."))
    field_order = ["name", "first_day", "last_day"]


class OccupancyForm(DaysForm):
    """What is agreed with somebody on a post."""

    share = ShareField(_("Share of a full post"))
    contract_ends_on = forms.DateField(
        label=_("Contract ends on"), required=False, help_text=_("Only for a fixed-term contract.")
    )
    field_order = ["employee", "share", "first_day", "last_day", "contract_ends_on"]

    @classmethod
    def about(cls, data: Data, occupancy: Occupancy) -> OccupancyForm:
        """The form filled in with what is agreed."""
        return cls(
            data,
            initial={
                "share": occupancy.fte.german(),
                "first_day": occupancy.days.lower,
                "last_day": occupancy.days.upper - ONE_DAY if occupancy.days.upper else None,
                "contract_ends_on": occupancy.contract_ends_on,
            },
        )

    @property
    def facts(self) -> OccupancyFacts:
        """What was entered. With a contract that ends and no last day, the last day is that of the contract."""
        entered = self.cleaned_data
        contract = entered["contract_ends_on"]
        return OccupancyFacts(entered["share"], entered["first_day"], entered["last_day"] or contract, contract)


class OccupyForm(OccupancyForm):
    """Who takes a share of a post."""

    employee = forms.ModelChoiceField(label=_("Person"), queryset=Employee.objects.none(), widget=Combobox)

    def __init__(self, data: Data, *, people: QuerySet[Employee], share: Fte) -> None:
        super().__init__(data, initial={"share": share.german(), "first_day": timezone.localdate()})
        self.fields["employee"].queryset = people.order_by("sort_key")  # type: ignore[attr-defined]  # a ModelChoiceField


class HoursForm(forms.Form):
    """Another share from a day on."""

    since = forms.DateField(label=_("From this day on"))
    share = ShareField(_("New share of a full post"))


class EmployeeForm(forms.Form):
    """Who somebody is."""

    given_name = forms.CharField(label=_("Given name"), max_length=120)
    family_name = forms.CharField(label=_("Family name"), max_length=120)
    account = forms.ModelChoiceField(
        label=_("Account"), queryset=Account.objects.none(), widget=Combobox, required=False,
        help_text=_("If the person works with kimwerk."),
    )  # fmt: skip

    def __init__(self, data: Data, *, accounts: QuerySet[Account], employee: Employee | None = None) -> None:
        known = {name: getattr(employee, name) for name in self.base_fields} if employee else {}
        super().__init__(data, initial=known)
        self.fields["account"].queryset = accounts.order_by("sort_key")  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean_given_name(self) -> str:
        """Only signs that names have."""
        return self._name("given_name")

    def clean_family_name(self) -> str:
        """Only signs that names have."""
        return self._name("family_name")

    def _name(self, field: str) -> str:
        text: str = self.cleaned_data[field]
        if not is_accepted(text):
            raise forms.ValidationError(_("The name holds a sign that names do not have. Correct it."))
        return text


class LeaveForm(DaysForm):
    """When somebody is away."""

    kind = forms.ChoiceField(label=_("What it is"), choices=LeaveKind.choices)
    field_order = ["kind", "first_day", "last_day"]

    def __init__(self, data: Data) -> None:
        super().__init__(data)
        self.fields["last_day"].required, self.fields["last_day"].help_text = True, ""


class SubstitutionForm(DaysForm):
    """Who stands in, and when."""

    substitute = forms.ModelChoiceField(label=_("Substitute"), queryset=Employee.objects.none(), widget=Combobox)
    field_order = ["substitute", "first_day", "last_day"]

    def __init__(self, data: Data, *, people: QuerySet[Employee]) -> None:
        super().__init__(data)
        self.fields["substitute"].queryset = people.order_by("sort_key")  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["last_day"].required, self.fields["last_day"].help_text = True, ""


class OnboardingForm(forms.Form):
    """When somebody begins."""

    first_day = forms.DateField(label=_("First day"), initial=timezone.localdate)


class CourseForm(forms.Form):
    """A course of somebody."""

    title = forms.CharField(label=_("Course"), max_length=200)
    is_required = forms.BooleanField(label=_("Condition of the funding"), required=False)
    state = forms.ChoiceField(label=_("State"), choices=CourseState.choices)
    completed_on = forms.DateField(label=_("Completed on"), required=False)
    expires_on = forms.DateField(label=_("Valid until"), required=False)

    @classmethod
    def about(cls, data: Data, course: Course) -> CourseForm:
        """The form filled in with what is known."""
        return cls(data, initial={name: getattr(course, name) for name in cls.base_fields})

    def clean(self) -> dict[str, object]:
        """A completed course has its day, and only that one."""
        entered = super().clean() or {}
        is_completed = entered.get("state") == CourseState.COMPLETED.value
        completed, expires = entered.get("completed_on"), entered.get("expires_on")
        if is_completed and not completed and "completed_on" not in self.errors:
            self.add_error("completed_on", _("Enter the day on which the course was completed."))
        if completed and not is_completed:
            self.add_error("state", _("A course with a day of completion is completed. Choose this state."))
        if completed and expires and expires <= completed:
            self.add_error("expires_on", _("This day lies before the completion. Correct one of the two."))
        return entered

    @property
    def facts(self) -> CourseFacts:
        """What was entered."""
        entered = self.cleaned_data
        return CourseFacts(
            entered["title"], CourseState(entered["state"]), entered["is_required"], entered["completed_on"],
            entered["expires_on"],
        )  # fmt: skip


class DayForm(forms.Form):
    """The reference date of the list."""

    on = forms.DateField(label=_("Reference date"), required=False)

    @property
    def day(self) -> date:
        """The day asked for; today where nothing sensible is."""
        day = self.cleaned_data.get("on") if self.is_valid() else None
        return day if day and EARLIEST <= day <= LATEST else timezone.localdate()


def last_day_text(upper: date | None) -> str:
    """The last day of a half-open stretch in words; a dash where it has no end."""
    return german.day(upper - ONE_DAY) if upper else "–"


def days_text(days: DateRange) -> str:
    """A stretch of days in words: from the first to the last, or since the first."""
    first = german.day(days.lower) if days.lower else "–"
    return f"{first} – {last_day_text(days.upper)}" if days.upper else str(_("since %(day)s") % {"day": first})
