"""The forms of the network log."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimwerk.activities.models import Category
from kimwerk.activities.types import CategoryList
from kimwerk.directory.models import Municipality, Organisation
from kimwerk.directory.types import OrganisationKind
from kimwerk.needs.models import Need
from kimwerk.network.models import Encounter, Publication, Supply
from kimwerk.network.selectors.partners import Contacted, EncounterWish, PartnerWish
from kimwerk.network.selectors.publications import PublicationWish
from kimwerk.network.selectors.supplies import SupplyWish
from kimwerk.network.types import (
    EncounterFacts,
    EncounterKind,
    Outcome,
    PublicationFacts,
    PublicationKind,
    Reach,
    SupplyFacts,
    SupplyState,
)
from kimwerk.ui.widgets import Combobox

Data = QueryDict | None
ALL = [("", _("all"))]
EARLIEST_YEAR, LATEST_YEAR = 2000, 2100


class PartnerFilter(forms.Form):
    """Which bodies are listed."""

    q = forms.CharField(label=_("Name"), required=False, max_length=80)
    kind = forms.ChoiceField(label=_("Kind of body"), choices=[*ALL, *OrganisationKind.choices], required=False)
    contacted = forms.ChoiceField(
        label=_("Last contact"), required=False,
        choices=[
            *ALL, (Contacted.EVER.value, _("met at least once")),
            (Contacted.SILENT.value, _("none for half a year")), (Contacted.NEVER.value, _("never met")),
        ],
    )  # fmt: skip

    @property
    def wish(self) -> PartnerWish:
        """What is asked for; what cannot be understood asks for all."""
        self.full_clean()
        kind, contacted = self.cleaned_data.get("kind"), self.cleaned_data.get("contacted")
        return PartnerWish(
            OrganisationKind(kind) if kind else None,
            Contacted(contacted) if contacted else None,
            self.cleaned_data.get("q", ""),
        )


class EncounterFilter(forms.Form):
    """Which contacts are listed."""

    kind = forms.ChoiceField(label=_("How one met"), choices=[*ALL, *EncounterKind.choices], required=False)
    group = forms.CharField(label=_("Working group"), required=False, max_length=120)

    @property
    def wish(self) -> EncounterWish:
        """What is asked for."""
        self.full_clean()
        kind = self.cleaned_data.get("kind")
        return EncounterWish(EncounterKind(kind) if kind else None, self.cleaned_data.get("group", ""))


class EncounterForm(forms.Form):
    """One contact. With whom it was stands in the address, or is a working group."""

    group = forms.CharField(
        label=_("Working group"), max_length=120, required=False, help_text=_("If one met in one: its name.")
    )
    kind = forms.ChoiceField(label=_("How one met"), choices=EncounterKind.choices)
    on_day = forms.DateField(label=_("Day"), initial=timezone.localdate)
    title = forms.CharField(label=_("About what"), max_length=200)
    function = forms.CharField(
        label=_("With whom"), max_length=120, required=False, help_text=_("The function, not the name.")
    )
    municipality = forms.ModelChoiceField(
        label=_("Municipality"), queryset=Municipality.objects.none(), widget=Combobox, required=False
    )
    text = forms.CharField(
        label=_("What came of it"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Name nobody: this is read by the whole team."),
    )  # fmt: skip
    next_on = forms.DateField(label=_("Meet again on"), required=False, help_text=_("You are reminded on “My day”."))

    def __init__(
        self,
        data: Data,
        *,
        places: QuerySet[Municipality],
        partner: Organisation | None = None,
        known: Encounter | None = None,
    ) -> None:
        super().__init__(data, initial={name: getattr(known, name) for name in self.base_fields} if known else None)
        self.fields["municipality"].queryset = places  # type: ignore[attr-defined]  # a ModelChoiceField
        self.partner_id = partner.pk if partner else None
        self.fields["group"].required = partner is None

    @property
    def facts(self) -> EncounterFacts:
        """What was entered."""
        entered = self.cleaned_data
        return EncounterFacts(
            EncounterKind(entered["kind"]),
            entered["on_day"],
            entered["title"],
            self.partner_id,
            entered["group"],
            entered["function"],
            entered["municipality"].pk if entered["municipality"] else None,
            entered["text"],
            entered["next_on"],
        )


class SupplyFilter(forms.Form):
    """Which offers are listed."""

    state = forms.ChoiceField(label=_("State"), choices=[*ALL, *SupplyState.choices], required=False)
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)

    def __init__(self, data: QueryDict, *, places: QuerySet[Municipality]) -> None:
        super().__init__(data)
        towns = [*ALL, *((str(pk), name) for pk, name in places.values_list("pk", "name"))]
        self.fields["municipality"].choices = towns  # type: ignore[attr-defined]  # a ChoiceField
        topics = Category.objects.of(CategoryList.TOPIC).order_by("position", "label").values_list("pk", "label")
        self.fields["topic"].choices = [*ALL, *((str(pk), label) for pk, label in topics)]  # type: ignore[attr-defined]  # as above

    @property
    def wish(self) -> SupplyWish:
        """What is asked for; a value that is no sensible one asks for nothing."""
        self.full_clean()
        state, town, topic = (self.cleaned_data.get(name) for name in ("state", "municipality", "topic"))
        return SupplyWish(SupplyState(state) if state else None, int(town) if town else None, int(topic or 0) or None)


class SupplyForm(forms.Form):
    """What a body offers or could begin at short notice."""

    partner = forms.ModelChoiceField(label=_("Who offers it"), queryset=Organisation.objects.none(), widget=Combobox)
    title = forms.CharField(label=_("What is offered"), max_length=200)
    text = forms.CharField(
        label=_("More about it"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    topic = forms.ModelChoiceField(label=_("Topic"), queryset=Category.objects.none(), required=False)
    target_group = forms.ModelChoiceField(label=_("Target group"), queryset=Category.objects.none(), required=False)
    municipality = forms.ModelChoiceField(
        label=_("Municipality"), queryset=Municipality.objects.none(), widget=Combobox, required=False,
        help_text=_("Empty: everywhere in the county."),
    )  # fmt: skip
    places = forms.IntegerField(label=_("Places for people"), min_value=1, max_value=100_000, required=False)
    from_day = forms.DateField(label=_("From"), required=False)
    until_day = forms.DateField(label=_("Until"), required=False)
    state = forms.ChoiceField(label=_("State"), choices=SupplyState.choices, initial=SupplyState.OPEN.value)

    def __init__(
        self,
        data: Data,
        *,
        bodies: QuerySet[Organisation],
        places: QuerySet[Municipality],
        known: Supply | None = None,
        partner: int | None = None,
    ) -> None:
        initial = {name: getattr(known, name) for name in self.base_fields} if known else {"partner": partner}
        super().__init__(data, initial=initial)
        today = timezone.localdate()
        lists = {"topic": CategoryList.TOPIC, "target_group": CategoryList.TARGET_GROUP}
        for name, category_list in lists.items():
            entries = Category.objects.of(category_list).valid(today).order_by("position", "label")
            self.fields[name].queryset = entries  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["partner"].queryset = bodies  # type: ignore[attr-defined]  # as above
        self.fields["municipality"].queryset = places  # type: ignore[attr-defined]  # as above

    @property
    def facts(self) -> SupplyFacts:
        """What was entered."""
        entered = self.cleaned_data
        keys = {
            f"{name}_id": entered[name].pk if entered[name] else None
            for name in ("topic", "target_group", "municipality")
        }
        return SupplyFacts(
            entered["title"],
            entered["partner"].pk,
            entered["text"],
            places=entered["places"],
            from_day=entered["from_day"],
            until_day=entered["until_day"],
            state=SupplyState(entered["state"]),
            **keys,
        )


class PairForm(forms.Form):
    """The needs that an offer could serve."""

    needs = forms.MultipleChoiceField(label=_("Needs that fit"), widget=forms.CheckboxSelectMultiple)
    on_day = forms.DateField(label=_("Brought together on"), initial=timezone.localdate)

    def __init__(self, data: Data, *, found: Iterable[Need]) -> None:
        super().__init__(data)
        choices = [(str(each.pk), f"{each.title} ({each.municipality or '–'})") for each in found]
        self.fields["needs"].choices = choices  # type: ignore[attr-defined]  # a MultipleChoiceField

    @property
    def keys(self) -> list[int]:
        """What was chosen."""
        return [int(pk) for pk in self.cleaned_data["needs"]]


class OutcomeForm(forms.Form):
    """What came of a need and an offer."""

    outcome = forms.ChoiceField(label=_("What came of it"), choices=Outcome.choices)
    note = forms.CharField(label=_("Remark"), max_length=200, required=False)


class PublicationFilter(forms.Form):
    """Which publications are listed."""

    kind = forms.ChoiceField(label=_("Form"), choices=[*ALL, *PublicationKind.choices], required=False)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=EARLIEST_YEAR, max_value=LATEST_YEAR)

    @property
    def wish(self) -> PublicationWish:
        """What is asked for."""
        self.full_clean()
        kind = self.cleaned_data.get("kind")
        return PublicationWish(PublicationKind(kind) if kind else None, self.cleaned_data.get("year"))


class PublicationForm(forms.Form):
    """Something told to the public."""

    kind = forms.ChoiceField(label=_("Form"), choices=PublicationKind.choices)
    title = forms.CharField(label=_("Title"), max_length=200)
    medium = forms.CharField(
        label=_("Where it appeared"), max_length=160, help_text=_("A portal, a newspaper, a newsletter, a place.")
    )
    published_on = forms.DateField(label=_("Appeared on"), initial=timezone.localdate)
    municipality = forms.ModelChoiceField(
        label=_("Municipality"), queryset=Municipality.objects.none(), widget=Combobox, required=False,
        help_text=_("Empty: everywhere in the county."),
    )  # fmt: skip
    reach = forms.IntegerField(label=_("How many it reached"), min_value=0, max_value=100_000_000, required=False)
    reach_kind = forms.ChoiceField(
        label=_("Reach, counted as"), choices=[("", _("not known")), *Reach.choices], required=False
    )
    url = forms.URLField(label=_("Address of the page"), max_length=300, required=False, assume_scheme="https")
    note = forms.CharField(label=_("Remark"), max_length=200, required=False)

    def __init__(self, data: Data, *, places: QuerySet[Municipality], known: Publication | None = None) -> None:
        super().__init__(data, initial={name: getattr(known, name) for name in self.base_fields} if known else None)
        self.fields["municipality"].queryset = places  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean(self) -> dict[str, object]:
        """A number says what it counts."""
        entered = super().clean() or {}
        if entered.get("reach") is not None and not entered.get("reach_kind"):
            self.add_error("reach_kind", _("Say what the number counts."))
        return entered

    @property
    def facts(self) -> PublicationFacts:
        """What was entered."""
        entered = self.cleaned_data
        return PublicationFacts(
            PublicationKind(entered["kind"]),
            entered["title"],
            entered["medium"],
            entered["published_on"],
            entered["municipality"].pk if entered["municipality"] else None,
            entered["reach"],
            Reach(entered["reach_kind"]) if entered["reach_kind"] else None,
            entered["url"],
            entered["note"],
        )
