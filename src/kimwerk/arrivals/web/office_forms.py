"""The forms about what offices need, fetch and do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kimwerk.arrivals.appointments import Hours, is_working_day
from kimwerk.arrivals.models import Invitation, ListContract, PlaceOffer
from kimwerk.arrivals.selectors.places import Child
from kimwerk.arrivals.services.inviting import SeriesFacts
from kimwerk.arrivals.services.placing import OfferFacts
from kimwerk.arrivals.types import OF_THE_LIST, ContractFacts, OfficeKind
from kimwerk.arrivals.web.forms import NO_DAY, NOTHING, Data
from kimwerk.arrivals.web.wording import COLUMNS, OFFICES
from kimwerk.consent.models import Purpose, StatutoryBasis
from kimwerk.directory.models import Municipality, Organisation
from kimwerk.ui.widgets import TimeInput

MOST_LETTERS = 500
"""Letters of a series, which are set as one paper."""


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


class SeriesForm(forms.Form):
    """When and where a series of appointments is."""

    first_day = forms.DateField(label=_("First day"), error_messages=NO_DAY)
    opens = forms.TimeField(label=_("From"), widget=TimeInput(), initial="08:30")
    closes = forms.TimeField(label=_("Until"), widget=TimeInput(), initial="12:00")
    minutes = forms.IntegerField(label=_("Minutes an appointment"), min_value=5, max_value=240, initial=30)
    at_once = forms.IntegerField(label=_("Appointments at once"), min_value=1, max_value=50, initial=1)
    most = forms.IntegerField(label=_("Households at most"), min_value=1, max_value=MOST_LETTERS)
    place = forms.CharField(label=_("Where"), max_length=200, help_text=_("Building, room, street and town."))

    def __init__(self, data: Data = None, *, waiting: int) -> None:
        in_a_week = timezone.localdate() + timedelta(days=7)
        super().__init__(data, initial={"first_day": in_a_week, "most": min(waiting, MOST_LETTERS)})

    def clean_first_day(self) -> date:
        """Letters need some days."""
        day: date = self.cleaned_data["first_day"]
        if day <= timezone.localdate():
            raise forms.ValidationError(_("Choose a later day: letters need some days to arrive."))
        return day

    def clean(self) -> dict[str, object]:
        """One appointment must fit."""
        given = super().clean() or {}
        if {"opens", "closes", "minutes"} <= given.keys():
            opens, closes = (given[name].hour * 60 + given[name].minute for name in ("opens", "closes"))
            if opens + given["minutes"] > closes:
                self.add_error("closes", _("No appointment fits into these hours."))
        return given

    def facts(self) -> SeriesFacts:
        """What was entered."""
        given = self.cleaned_data
        hours = Hours(given["first_day"], given["opens"], given["closes"], given["minutes"], given["at_once"])
        return SeriesFacts(hours, given["place"], given["most"])


class AppointmentForm(forms.Form):
    """Another appointment of a household."""

    day = forms.DateField(label=_("Day of the appointment"), error_messages=NO_DAY)
    at = forms.TimeField(label=_("Hour of the appointment"), widget=TimeInput())
    place = forms.CharField(label=_("Where"), max_length=200, help_text=_("Building, room, street and town."))

    def __init__(self, data: Data = None, *, invitation: Invitation) -> None:
        before = timezone.localtime(invitation.starts_at)
        super().__init__(data, initial={"at": f"{before:%H:%M}", "place": invitation.place})

    def clean_day(self) -> date:
        """A working day to come."""
        day: date = self.cleaned_data["day"]
        if day <= timezone.localdate():
            raise forms.ValidationError(_("Choose a later day: letters need some days to arrive."))
        if not is_working_day(day):
            raise forms.ValidationError(_("This is a weekend or a public holiday. Choose a working day."))
        return day

    def starts_at(self) -> datetime:
        """When it is."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["day"], self.cleaned_data["at"]))


class OfferForm(forms.Form):
    """Places at a school or day-care centre."""

    school_year = forms.IntegerField(
        label=_("School year"), min_value=2000, max_value=2100, help_text=_("The year in which it begins.")
    )
    name = forms.CharField(label=_("School or day-care centre"), max_length=160)
    municipality = forms.TypedChoiceField(label=_("Municipality"), coerce=int)
    age_from = forms.IntegerField(label=_("Age from"), min_value=0, max_value=21)
    age_to = forms.IntegerField(label=_("Age to"), min_value=0, max_value=21)
    places = forms.IntegerField(label=_("Places for children"), min_value=0, max_value=999)

    def __init__(self, data: Data = None, *, places: Iterable[Municipality], year: int) -> None:
        super().__init__(data, initial={"school_year": year})
        field = self.fields["municipality"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [NOTHING, *((str(each.pk), each.name) for each in places)]

    def clean_age_to(self) -> int:
        """Not below the age from which."""
        age: int = self.cleaned_data["age_to"]
        if age < self.cleaned_data.get("age_from", 0):
            raise forms.ValidationError(_("This is below the age from which."))
        return age

    def facts(self) -> OfferFacts:
        """What was entered."""
        given = self.cleaned_data
        return OfferFacts(
            given["school_year"], given["name"], given["municipality"], given["age_from"], given["age_to"],
            given["places"],
        )  # fmt: skip


class GiveForm(forms.Form):
    """Which place a child gets; without one it waits."""

    offer = forms.TypedChoiceField(label=_("Place for the child"), coerce=int, required=False, empty_value=None)

    def __init__(self, data: Data = None, *, offers: Mapping[PlaceOffer, int], child: Child) -> None:
        super().__init__(data, initial={"offer": child.offer_id})
        field = self.fields["offer"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                ("", gettext("none: waiting list")),
                *(
                    (str(offer.pk), gettext("%(name)s (%(free)s free)") % {"name": offer.name, "free": free})
                    for offer, free in offers.items()
                ),
            ]


class AgreedForm(forms.Form):
    """When somebody agreed to be counselled."""

    agreed_on = forms.DateField(label=_("Agreed to be counselled on"), error_messages=NO_DAY)
    is_asked = forms.BooleanField(label=_("The person, or whoever cares for the child, was asked and said yes"))

    def __init__(self, data: Data = None) -> None:
        super().__init__(data, initial={"agreed_on": timezone.localdate()})


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
