"""The forms of the registration lists. What they cannot know is judged by the errand and told at the same fields."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimwerk.arrivals.models import Occasion
from kimwerk.arrivals.models.occasion import KEPT_DAYS, MOST_KEPT_DAYS
from kimwerk.arrivals.types import Finding, MemberFacts, Problems, RegistrationState, RowFilter, SharedFacts
from kimwerk.arrivals.types import RegistrationField as F
from kimwerk.arrivals.web.wording import FIELDS, FINDINGS, STATES, told
from kimwerk.directory.models import Municipality
from kimwerk.persons.reference import nationalities
from kimwerk.persons.types import Sex
from kimwerk.persons.wording import SEXES
from kimwerk.ui.widgets import Combobox

Data = QueryDict | None
NO_DAY = {"invalid": _("There is no such day. Write it as 07.03.2022.")}
ANY = ("", _("All"))
NOTHING = ("", "")


def nationality_choices() -> list[tuple[str, object]]:
    """The states that exist today, by name."""
    return [NOTHING, *((each.key, each.state) for each in nationalities().values() if each.until is None)]


class CollectingForm(forms.Form):
    """A form that shows only what an office needs. What it does not show stays as it is in the row."""

    def leave_out(self, collected: Iterable[F]) -> None:
        """Take away every field that is not collected."""
        for name in set(self.fields) - {field.value for field in collected}:
            del self.fields[name]

    @property
    def entries(self) -> list[forms.BoundField]:
        """What is written or chosen."""
        return [field for field in self if not isinstance(field.field, forms.BooleanField)]

    @property
    def ticks(self) -> list[forms.BoundField]:
        """What is ticked."""
        return [field for field in self if isinstance(field.field, forms.BooleanField)]

    def refuse(self, problems: Problems) -> None:
        """Tell what the errand found wrong."""
        for field, problem in problems.items():
            self.add_error(field.value if field.value in self.fields else None, told(problem))


class SharedForm(CollectingForm):
    """Where those who arrive together live, and since when."""

    municipality = forms.TypedChoiceField(label=FIELDS[F.MUNICIPALITY], coerce=int)
    arrived_on = forms.DateField(label=FIELDS[F.ARRIVED_ON], error_messages=NO_DAY)
    street = forms.CharField(label=FIELDS[F.STREET], max_length=120, required=False)
    postcode = forms.CharField(
        label=FIELDS[F.POSTCODE], max_length=5, required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    town = forms.CharField(label=FIELDS[F.TOWN], max_length=80, required=False)
    host = forms.CharField(
        label=FIELDS[F.HOST], max_length=120, required=False, help_text=_("Name of the host or of the accommodation.")
    )
    phone = forms.CharField(
        label=FIELDS[F.PHONE], max_length=60, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )

    def __init__(
        self,
        data: Data = None,
        *,
        places: Iterable[Municipality],
        collected: Iterable[F],
        facts: SharedFacts | None = None,
    ) -> None:
        listed, self._before = list(places), facts
        super().__init__(data, initial=_initial(facts, municipality_id="municipality") if facts else {})
        if not facts:
            self.initial["arrived_on"] = timezone.localdate()
        first = [] if len(listed) == 1 else [NOTHING]
        _offer(self, "municipality", [*first, *((place.pk, place.name) for place in listed)])
        self.leave_out(collected)

    def facts(self) -> SharedFacts:
        """What was entered."""
        given = dict(self.cleaned_data)
        place, day = given.pop("municipality"), given.pop("arrived_on")
        before = self._before or SharedFacts(place, day)
        return replace(before, municipality_id=place, arrived_on=day, **given)


class MemberForm(CollectingForm):
    """One member of a family."""

    field_order = ("family_name", "given_names", "birth_date", "sex", "nationality", "original_family")

    family_name = forms.CharField(label=FIELDS[F.FAMILY_NAME], max_length=120, required=False)
    given_names = forms.CharField(label=FIELDS[F.GIVEN_NAMES], max_length=120, required=False)
    original_family = forms.CharField(
        label=FIELDS[F.ORIGINAL_FAMILY], max_length=120, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    original_given = forms.CharField(
        label=FIELDS[F.ORIGINAL_GIVEN], max_length=120, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    sex = forms.ChoiceField(
        label=FIELDS[F.SEX],
        required=False,
        choices=[NOTHING, *((each.value, text) for each, text in SEXES.items() if each is not Sex.UNKNOWN)],
    )
    birth_date = forms.DateField(label=FIELDS[F.BIRTH_DATE], required=False, error_messages=NO_DAY)
    nationality = forms.ChoiceField(label=FIELDS[F.NATIONALITY], required=False, widget=Combobox())
    guardian = forms.CharField(
        label=FIELDS[F.GUARDIAN], max_length=120, required=False, help_text=_("Only for minors without their parents.")
    )
    needs_school = forms.BooleanField(label=FIELDS[F.NEEDS_SCHOOL], required=False)
    needs_childcare = forms.BooleanField(label=FIELDS[F.NEEDS_CHILDCARE], required=False)
    is_health_urgent = forms.BooleanField(label=FIELDS[F.IS_HEALTH_URGENT], required=False)

    def __init__(
        self,
        data: Data = None,
        *,
        collected: Iterable[F],
        prefix: str = "",
        facts: MemberFacts | None = None,
        nationality: str = "",
    ) -> None:
        self._before = facts or MemberFacts("")
        initial = _initial(facts) if facts else {"nationality": nationality}
        super().__init__(data, prefix=prefix or None, initial=initial)
        _offer(self, "nationality", nationality_choices())
        self.leave_out(collected)

    def facts(self, family_name: str = "") -> MemberFacts:
        """What was entered; without a family name, that of the member before."""
        given = dict(self.cleaned_data)
        if "sex" in given:
            given["sex"] = Sex(given["sex"] or Sex.UNKNOWN)
        return replace(self._before, **given | {"family_name": given.get("family_name") or family_name})


class PeriodsForm(forms.Form):
    """For how long rows are held back, and lists are kept."""

    hold_back_days = forms.IntegerField(
        label=_("Days to hold back"),
        min_value=0,
        max_value=60,
        help_text=_("So long a checked row waits before it can be released to the offices."),
    )
    keep_days = forms.IntegerField(
        label=_("Days kept after the end"),
        min_value=1,
        max_value=MOST_KEPT_DAYS,
        help_text=_(
            "So long the lists stay after the occasion has ended. Then they are erased, here and at the offices."
        ),
    )

    def __init__(self, data: Data = None, *, occasion: Occasion | None = None) -> None:
        kept = (occasion.hold_back_days, occasion.keep_days) if occasion else (1, KEPT_DAYS)
        super().__init__(data, initial=dict(zip(("hold_back_days", "keep_days"), kept, strict=True)))


class OccasionForm(PeriodsForm):
    """What is said about an occasion."""

    field_order = ("name", "begins_on", "nationality", "kind", "hold_back_days", "keep_days")

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("Such as: Ukraine 2022."))
    begins_on = forms.DateField(label=_("Begins on"), error_messages=NO_DAY)
    nationality = forms.ChoiceField(
        label=_("Usual nationality"),
        required=False,
        widget=Combobox(),
        help_text=_("Stands in the form until somebody chooses another."),
    )
    kind = forms.TypedChoiceField(
        label=_("Kind in the diary"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("With it every registered family becomes an entry of the diary by itself."),
    )

    def __init__(self, data: Data = None, *, kinds: Iterable[tuple[int, str]]) -> None:
        super().__init__(data)
        self.initial["begins_on"] = timezone.localdate()
        _offer(self, "nationality", nationality_choices())
        _offer(self, "kind", [NOTHING, *kinds])


class CloseForm(forms.Form):
    """The day an occasion ends."""

    ends_on = forms.DateField(label=_("Ends on"), error_messages=NO_DAY)

    def __init__(self, data: Data = None, *, occasion: Occasion) -> None:
        super().__init__(data, initial={"ends_on": occasion.ends_on or timezone.localdate()})
        self.begins_on = occasion.begins_on

    def clean_ends_on(self) -> date:
        """Not before it begins."""
        day: date = self.cleaned_data["ends_on"]
        if day < self.begins_on:
            raise forms.ValidationError(_("The occasion began later than that. Check the day."))
        return day


class RowFilterForm(forms.Form):
    """The filters of a list, in the address."""

    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "dir": "auto"}),
    )
    place = forms.TypedChoiceField(label=FIELDS[F.MUNICIPALITY], required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[ANY, *((each.value, text) for each, text in STATES.items())]
    )
    finding = forms.ChoiceField(
        label=_("To be looked at"),
        required=False,
        choices=[ANY, *((each.value, text) for each, text in FINDINGS.items())],
    )

    def __init__(self, data: Data, *, places: Iterable[Municipality]) -> None:
        super().__init__(data)
        _offer(self, "place", [ANY, *((place.pk, place.name) for place in places)])

    def wanted(self) -> RowFilter:
        """What is asked for; what makes no sense is not asked."""
        self.is_valid()
        given = self.cleaned_data
        return RowFilter(
            municipality_id=given.get("place") or None,
            state=RegistrationState(given["state"]) if given.get("state") else None,
            finding=Finding(given["finding"]) if given.get("finding") else None,
            name=given.get("name", ""),
        )


def _offer(form: forms.Form, name: str, choices: Iterable[tuple[object, object]]) -> None:
    """Fill the choices of a field."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = [(str(key), str(text)) for key, text in choices]


def _initial(facts: SharedFacts | MemberFacts, **renamed: str) -> dict[str, object]:
    return {renamed.get(name, name): getattr(facts, name) for name in type(facts).__dataclass_fields__}
