"""Places of school and youth offices: demand against places by school year, age, municipality and week."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.arrivals.models import DeliveredRow, PlaceOffer
from kimwerk.arrivals.selectors.offices import Delivery
from kimwerk.arrivals.selectors.places import (
    REFERENCE,
    Child,
    Need,
    by_week,
    children_of,
    needs_by_age,
    needs_by_place,
    offers_of,
    school_year_of,
    with_taken,
)
from kimwerk.arrivals.services import PlaceRefused, free_place, give_place, keep_offer
from kimwerk.arrivals.web.office_forms import GiveForm, OfferForm
from kimwerk.arrivals.web.pages import FormPage, Part, SheetPage
from kimwerk.arrivals.web.views.office import received, to_list
from kimwerk.audit.services import record_read
from kimwerk.directory.models import Municipality
from kimwerk.kernel import german
from kimwerk.ui.components import Action, Cell, Column, Crumb, NavItem, Row, Table
from kimwerk.ui.listing import paged
from kimwerk.ui.notices import notify

Key = TypeVar("Key", int, str)
RECEIVE = Permission.REGISTRATION_RECEIVE


@require_GET
@needs(RECEIVE)
def places(request: ActorRequest, pk: int, occasion: int) -> HttpResponse:
    """Who needs a place in a school year, what there is, and who waits."""
    delivery = _of_planning(request, pk, occasion)
    year = _year(request)
    children = children_of(request.actor, delivery, year)
    offers = with_taken(offers_of(request.actor, delivery, year))
    waiting = paged([each for each in children if each.offer_id is None], request.GET)
    if waiting.items:
        record_read(actor=request.actor, subject_type=DeliveredRow._meta.db_table, amount=len(waiting.items))
    names = dict(
        Municipality.objects.filter(ags__in={each.municipality for each in children}).values_list("ags", "name")
    )
    names |= {offer.municipality.ags: offer.municipality.name for offer in offers}
    entering = Action(_("Enter places"), _address("arrivals:keep_places", delivery, year), "add", is_new_entry=True)
    by_place, by_age = needs_by_place(children, offers), needs_by_age(children, offers)
    page = SheetPage(
        title=_("Places in the school year %(year)s") % {"year": _spoken(year)},
        state=_("%(children)s children, %(waiting)s of them without a place")
        % {"children": len(children), "waiting": waiting.pagination.count},
        crumbs=to_list(delivery),
        action=entering,
        links=tuple(
            NavItem(_spoken(each), _address("arrivals:places", delivery, each)) for each in (year - 1, year + 1)
        ),
        parts=(
            _needs("places", _("By municipality"), _("Municipality"), _named(by_place, names)),
            _needs("ages", _("By age"), _("Age"), _named(by_age, {})),
            _weeks(children),
            _offers(offers),
            _waiting(delivery, waiting.items, names, year),
        ),
        pagination=waiting.pagination if waiting.items else None,
    )
    return render(request, "arrivals/sheet.html", {"page": page})


@require_http_methods(["GET", "POST"])
@needs(RECEIVE)
def keep(request: ActorRequest, pk: int, occasion: int) -> HttpResponse:
    """Enter places, or correct their number."""
    delivery = _of_planning(request, pk, occasion)
    towns = Municipality.objects.filter(district=delivery.contract.organisation.district).order_by("sort_key")
    form = OfferForm(request.POST if request.method == "POST" else None, places=towns, year=_year(request))
    if request.method == "POST" and form.is_valid():
        try:
            kept = keep_offer(actor=request.actor, delivery=delivery, facts=form.facts())
        except PlaceRefused:
            form.add_error("places", _("More of these places are taken already. Take some back first."))
        else:
            notify(request, _("The places are entered."))
            return redirect(_address("arrivals:places", delivery, kept.school_year))
    back = _address("arrivals:places", delivery, _year(request))
    crumbs = (*to_list(delivery), Crumb(_("Places for children"), back))
    lead = _("Enter the same name and age once more to change a number.")
    page = FormPage(_("Enter places"), crumbs, (form,), _("Save"), back, lead=lead)
    return render(request, "arrivals/form.html", {"page": page}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(RECEIVE)
def give(request: ActorRequest, pk: int, occasion: int, row: int) -> HttpResponse:
    """Give a child a place, or take it back."""
    delivery, year = _of_planning(request, pk, occasion), _year(request)
    child = next((each for each in children_of(request.actor, delivery, year) if each.registration_id == row), None)
    if child is None:
        raise Http404
    offers = with_taken(offers_of(request.actor, delivery, year))
    form = GiveForm(request.POST if request.method == "POST" else None, offers=_fitting(child, offers), child=child)
    back = _address("arrivals:places", delivery, year)
    if request.method == "POST" and form.is_valid():
        chosen = next((each for each in offers if each.pk == form.cleaned_data["offer"]), None)
        try:
            if chosen:
                give_place(actor=request.actor, offer=chosen, registration_id=row)
            else:
                free_place(actor=request.actor, recipient_id=delivery.contract.recipient_id, registration_id=row)
        except PlaceRefused:
            form.add_error("offer", _("Every place is taken by now. Choose another one."))
        else:
            notify(request, _("The place is noted."))
            return redirect(back)
    crumbs = (*to_list(delivery), Crumb(_("Places for children"), back))
    page = FormPage(child.name, crumbs, (form,), _("Save"), back)
    return render(request, "arrivals/form.html", {"page": page}, status=422 if form.errors else 200)


def _of_planning(request: ActorRequest, pk: int, occasion: int) -> Delivery:
    delivery = received(request, pk, occasion)
    if delivery.contract.kind not in REFERENCE:
        raise Http404
    return delivery


def _year(request: ActorRequest) -> int:
    sent = request.GET.get("schuljahr", "")
    is_year = sent.isascii() and sent.isdecimal() and 2000 <= int(sent) <= 2100
    return int(sent) if is_year else school_year_of(timezone.localdate())


def _spoken(year: int) -> str:
    return f"{year}/{(year + 1) % 100:02}"


def _address(name: str, delivery: Delivery, year: int, *more: int) -> str:
    return f"{reverse(name, args=[delivery.contract.pk, delivery.occasion.pk, *more])}?schuljahr={year}"


def _fitting(child: Child, offers: dict[PlaceOffer, int]) -> dict[PlaceOffer, int]:
    """Offers for the child's age with a place left, and the one that it has."""
    return {
        offer: offer.places - taken
        for offer, taken in offers.items()
        if offer.pk == child.offer_id
        or (taken < offer.places and (child.age is None or offer.age_from <= child.age <= offer.age_to))
    }


def _named(needed: Mapping[Key, Need], names: Mapping[Key, str]) -> dict[str, Need]:
    return {names.get(key, str(key)): need for key, need in needed.items()}


def _needs(key: str, title: str, heading: str, needed: dict[str, Need]) -> Part:
    columns = (
        Column(heading),
        Column(_("Children"), is_numeric=True),
        Column(_("With a place"), is_numeric=True),
        Column(_("Waiting"), is_numeric=True),
        Column(_("Places for children"), is_numeric=True),
        Column(_("Missing"), is_numeric=True),
    )
    rows = tuple(
        Row(
            (Cell(name), *(Cell(str(n)) for n in (need.children, need.placed, need.waiting, need.places, need.missing)))
        )
        for name, need in needed.items()
    )
    return Part(
        key, title, Table(title, columns, rows, is_caption_hidden=True), _("Nobody needs a place in this year.")
    )


def _weeks(children: tuple[Child, ...]) -> Part:
    columns = (Column(_("Week of arrival")), Column(_("Children"), is_numeric=True))
    rows = tuple(
        Row((Cell(_("week %(week)s/%(year)s") % {"week": f"{week:02}", "year": year}), Cell(str(count))))
        for (year, week), count in by_week(children).items()
    )
    table = Table(_("By week"), columns, rows, is_caption_hidden=True)
    return Part("weeks", _("By week"), table, _("Nobody needs a place in this year."))


def _offers(offers: dict[PlaceOffer, int]) -> Part:
    columns = (
        Column(_("Name")),
        Column(_("Municipality")),
        Column(_("Ages")),
        Column(_("Places for children"), is_numeric=True),
        Column(_("Taken"), is_numeric=True),
    )
    rows = tuple(
        Row(
            (
                Cell(offer.name),
                Cell(offer.municipality.name),
                Cell(_("%(first)s to %(last)s") % {"first": offer.age_from, "last": offer.age_to}),
                Cell(str(offer.places)),
                Cell(str(taken)),
            )
        )
        for offer, taken in offers.items()
    )
    table = Table(_("Places entered"), columns, rows, is_caption_hidden=True)
    return Part("offers", _("Places entered"), table, _("No places yet. Enter what schools and day-care centres have."))


def _waiting(delivery: Delivery, waiting: tuple[Child, ...], names: dict[str, str], year: int) -> Part:
    columns = (Column(_("Name")), Column(_("Age"), is_numeric=True), Column(_("Municipality")), Column(_("Arrived on")))
    keys = [delivery.contract.pk, delivery.occasion.pk]
    rows = tuple(
        Row(
            (
                Cell(
                    each.name, f"{reverse('arrivals:give_place', args=[*keys, each.registration_id])}?schuljahr={year}"
                ),
                Cell(str(each.age) if each.age is not None else ""),
                Cell(names.get(each.municipality, each.municipality)),
                Cell(german.day(each.arrived_on) if each.arrived_on else ""),
            )
        )
        for each in waiting
    )
    table = Table(_("Waiting list"), columns, rows, is_caption_hidden=True)
    return Part("waiting", _("Waiting list"), table, _("Every child has a place."))
