"""The forms of the language programme. None of them takes words about anybody."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimwerk.activities.models import Category
from kimwerk.activities.types import CategoryList
from kimwerk.directory.models import Municipality, Organisation
from kimwerk.early_language.models import Deed, Enquiry, Kindergarten, Offer
from kimwerk.early_language.selectors.kindergartens import KindergartenWish
from kimwerk.early_language.selectors.programme import DeedWish, EnquiryWish
from kimwerk.early_language.types import (
    AskedVia,
    Audience,
    DeedFacts,
    DeedKind,
    EnquiryFacts,
    EnquiryState,
    KindergartenFacts,
    OfferFacts,
    Reason,
    Step,
)
from kimwerk.events.models import Event
from kimwerk.ui.widgets import Combobox

Data = QueryDict | None


class KindergartenForm(forms.Form):
    """A kindergarten."""

    name = forms.CharField(label=_("Name of the kindergarten"), max_length=160)
    carrier = forms.CharField(label=_("Carrier"), max_length=160)
    municipality = forms.ModelChoiceField(
        label=_("Municipality"), queryset=Municipality.objects.none(), widget=Combobox
    )
    address = forms.CharField(label=_("Address of the house"), max_length=200, required=False)
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("The address of the house; surveys are sent there.")
    )
    groups = forms.IntegerField(label=_("Groups of the kindergarten"), min_value=1, max_value=50, required=False)
    places = forms.IntegerField(
        label=_("Places of the kindergarten"), min_value=1, max_value=1000, required=False,
        help_text=_("How many children it can take. Never enter data of a child."),
    )  # fmt: skip
    is_language_kindergarten = forms.BooleanField(
        label=_("takes part in the federal language programme"), required=False
    )
    closed_on = forms.DateField(label=_("Kindergarten closed on"), required=False)

    def __init__(self, data: Data, *, places: QuerySet[Municipality], kindergarten: Kindergarten | None = None) -> None:
        known = {name: getattr(kindergarten, name) for name in self.base_fields} if kindergarten else None
        super().__init__(data, initial=known)
        self.fields["municipality"].queryset = places  # type: ignore[attr-defined]  # a ModelChoiceField

    @property
    def facts(self) -> KindergartenFacts:
        """What was entered."""
        entered = self.cleaned_data
        same = ("address", "email", "groups", "places", "is_language_kindergarten", "closed_on")
        return KindergartenFacts(
            entered["name"],
            entered["carrier"],
            entered["municipality"].pk,
            **{name: entered[name] for name in same},
        )


class OfferForm(forms.Form):
    """An offer."""

    title = forms.CharField(label=_("Offer"), max_length=160)
    audience = forms.ChoiceField(label=_("For whom"), choices=Audience.choices)
    text = forms.CharField(
        label=_("About the offer"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    ended_on = forms.DateField(label=_("No longer offered from"), required=False)

    def __init__(self, data: Data, *, offer: Offer | None = None) -> None:
        super().__init__(data, initial={name: getattr(offer, name) for name in self.base_fields} if offer else None)

    @property
    def facts(self) -> OfferFacts:
        """What was entered."""
        entered = self.cleaned_data
        return OfferFacts(entered["title"], Audience(entered["audience"]), entered["text"], entered["ended_on"])


class EnquiryForm(forms.Form):
    """What a kindergarten asks for."""

    offer = forms.ModelChoiceField(label=_("Asks for"), queryset=Offer.objects.none())
    asked_on = forms.DateField(label=_("Asked on"), initial=timezone.localdate)
    via = forms.ChoiceField(label=_("How it came"), choices=AskedVia.choices)

    def __init__(self, data: Data, *, offers: QuerySet[Offer]) -> None:
        super().__init__(data)
        self.fields["offer"].queryset = offers  # type: ignore[attr-defined]  # a ModelChoiceField

    def facts_for(self, kindergarten: Kindergarten) -> EnquiryFacts:
        """What was entered."""
        entered = self.cleaned_data
        return EnquiryFacts(kindergarten.pk, entered["offer"].pk, entered["asked_on"], AskedVia(entered["via"]))


class SettleForm(forms.Form):
    """What becomes of an enquiry."""

    state = forms.ChoiceField(label=_("What becomes of it"), widget=forms.RadioSelect)
    day = forms.DateField(label=_("Agreed for, or carried out on"), required=False)
    event = forms.ModelChoiceField(
        label=_("In which training or event"), queryset=Event.objects.none(), required=False,
        help_text=_("Trainings are planned as events; participants and certificates stand there."),
    )  # fmt: skip
    reason = forms.ChoiceField(
        label=_("Why nothing becomes of it"), choices=[("", "–"), *Reason.choices], required=False
    )

    def __init__(self, data: Data, *, enquiry: Enquiry, events: QuerySet[Event]) -> None:
        super().__init__(data, initial={"day": enquiry.day, "event": enquiry.event_id})
        states = [(state.value, state.label) for state in EnquiryState if state is not EnquiryState.OPEN]
        self.fields["state"].choices = states  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["event"].queryset = events  # type: ignore[attr-defined]  # a ModelChoiceField

    @property
    def step(self) -> Step:
        """What was entered."""
        entered = self.cleaned_data
        reason, event = entered["reason"], entered["event"]
        return Step(
            EnquiryState(entered["state"]),
            entered["day"],
            Reason(reason) if reason else None,
            event.pk if event else None,
        )


class DeedForm(forms.Form):
    """What was done, in numbers."""

    kind = forms.ChoiceField(label=_("Sort of work"), choices=DeedKind.choices)
    day = forms.DateField(label=_("Day"), initial=timezone.localdate)
    times = forms.IntegerField(
        label=_("How often"), min_value=1, max_value=200, initial=1,
        help_text=_("Several counsellings of a day may stand in one line."),
    )  # fmt: skip
    adults = forms.IntegerField(
        label=_("Adults who were reached"), min_value=0, max_value=2000, initial=0,
        help_text=_("Professionals and parents. Children are neither counted nor named."),
    )  # fmt: skip
    kindergarten = forms.ModelChoiceField(
        label=_("Kindergarten"), queryset=Kindergarten.objects.none(), widget=Combobox, required=False,
        help_text=_("Leave it empty for families, so that nobody can be found by it."),
    )  # fmt: skip
    municipality = forms.ModelChoiceField(
        label=_("Municipality"), queryset=Municipality.objects.none(), widget=Combobox, required=False,
        help_text=_("Empty: that of the kindergarten."),
    )  # fmt: skip
    partner = forms.ModelChoiceField(
        label=_("Partner of the talk"), queryset=Organisation.objects.none(), widget=Combobox, required=False
    )
    legal_circle = forms.ModelChoiceField(label=_("Legal circle"), queryset=Category.objects.none(), required=False)

    def __init__(
        self,
        data: Data,
        *,
        kindergartens: QuerySet[Kindergarten],
        places: QuerySet[Municipality],
        partners: QuerySet[Organisation],
        deed: Deed | None = None,
    ) -> None:
        super().__init__(data, initial={name: getattr(deed, name) for name in self.base_fields} if deed else None)
        circles = Category.objects.of(CategoryList.LEGAL_CIRCLE).valid(timezone.localdate())
        offered = {
            "kindergarten": kindergartens, "municipality": places, "partner": partners,
            "legal_circle": circles.order_by("position", "label"),
        }  # fmt: skip
        for name, found in offered.items():
            self.fields[name].queryset = found  # type: ignore[attr-defined]  # a ModelChoiceField

    @property
    def facts(self) -> DeedFacts:
        """What was entered; families are never tied to a kindergarten."""
        entered = self.cleaned_data
        kind, house = DeedKind(entered["kind"]), entered["kindergarten"]
        place = entered["municipality"] or (house.municipality if house else None)
        if kind is DeedKind.FAMILIES:
            house = None
        chosen = {"kindergarten_id": house, "municipality_id": place}
        chosen |= {"partner_id": entered["partner"], "legal_circle_id": entered["legal_circle"]}
        keys = {name: thing.pk if thing else None for name, thing in chosen.items()}
        return DeedFacts(kind, entered["day"], entered["times"], entered["adults"], **keys)


def _town_choices(places: QuerySet[Municipality]) -> list[tuple[str, object]]:
    return [("", _("all")), *((str(pk), name) for pk, name in places.values_list("pk", "name"))]


class KindergartenFilter(forms.Form):
    """Which kindergartens are listed."""

    q = forms.CharField(label=_("Name or carrier"), required=False, max_length=80)
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)
    programme = forms.ChoiceField(
        label=_("Federal language programme"), required=False,
        choices=[("", _("all")), ("yes", _("takes part")), ("no", _("does not take part"))],
    )  # fmt: skip
    closed = forms.BooleanField(label=_("closed ones"), required=False)

    def __init__(self, data: QueryDict, *, places: QuerySet[Municipality]) -> None:
        super().__init__(data)
        self.fields["municipality"].choices = _town_choices(places)  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def wish(self) -> KindergartenWish:
        """What is asked for; a value that is no sensible one asks for nothing."""
        self.is_valid()
        chosen = self.cleaned_data
        town = chosen.get("municipality")
        return KindergartenWish(
            chosen.get("q") or "",
            int(town) if town else None,
            {"yes": True, "no": False}.get(chosen.get("programme") or ""),
            bool(chosen.get("closed")),
        )


class EnquiryFilter(forms.Form):
    """Which enquiries are listed."""

    state = forms.ChoiceField(
        label=_("What became of it"), choices=[("", _("all")), *EnquiryState.choices], required=False
    )
    offer = forms.ChoiceField(label=_("Offer"), required=False)
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)

    def __init__(self, data: QueryDict, *, places: QuerySet[Municipality], offers: QuerySet[Offer]) -> None:
        super().__init__(data)
        self.fields["municipality"].choices = _town_choices(places)  # type: ignore[attr-defined]  # a ChoiceField
        choices = [("", _("all")), *((str(pk), title) for pk, title in offers.values_list("pk", "title"))]
        self.fields["offer"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def wish(self) -> EnquiryWish:
        """What is asked for."""
        self.is_valid()
        state, offer = self.cleaned_data.get("state"), self.cleaned_data.get("offer")
        town = self.cleaned_data.get("municipality")
        return EnquiryWish(
            EnquiryState(state) if state else None, int(offer) if offer else None, int(town) if town else None
        )


class DeedFilter(forms.Form):
    """Which deeds are listed."""

    kind = forms.ChoiceField(label=_("Sort of work"), choices=[("", _("all")), *DeedKind.choices], required=False)
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)

    def __init__(self, data: QueryDict, *, places: QuerySet[Municipality]) -> None:
        super().__init__(data)
        self.fields["municipality"].choices = _town_choices(places)  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def wish(self) -> DeedWish:
        """What is asked for."""
        self.is_valid()
        kind, town = self.cleaned_data.get("kind"), self.cleaned_data.get("municipality")
        return DeedWish(DeedKind(kind) if kind else None, int(town) if town else None)
