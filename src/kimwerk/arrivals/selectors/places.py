"""Children who need a place in a school year, and the places there are, as an office holds and enters them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from kimwerk.access.actors import Actor
from kimwerk.arrivals.models import PlaceOffer, PlaceTaken
from kimwerk.arrivals.placing import Places, without_place
from kimwerk.arrivals.rules import age_on
from kimwerk.arrivals.selectors.offices import Delivery, held_rows
from kimwerk.arrivals.types import OfficeKind
from kimwerk.arrivals.types import RegistrationField as F

REFERENCE: Mapping[str, tuple[int, int]] = {OfficeKind.SCHOOL_OFFICE: (9, 30), OfficeKind.YOUTH_OFFICE: (11, 1)}
"""The day of the school year on which ages count: § 35 SchulG NRW, and the year of day care."""
AGES: Mapping[str, range] = {OfficeKind.SCHOOL_OFFICE: range(6, 18), OfficeKind.YOUTH_OFFICE: range(7)}
FIRST_MONTH = 8


@dataclass(frozen=True, slots=True)
class Child:
    """A child that needs a place. The age is None where no day of birth is known."""

    registration_id: int
    name: str
    municipality: str
    age: int | None
    arrived_on: date | None
    offer_id: int | None


@dataclass(frozen=True, slots=True)
class Need:
    """Children of one municipality or age, and what there is for them."""

    children: int
    placed: int
    places: int
    missing: int

    @property
    def waiting(self) -> int:
        """Those without a place of their own."""
        return self.children - self.placed


def school_year_of(day: date) -> int:
    """The year in which the school year of that day began."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def children_of(actor: Actor, delivery: Delivery, school_year: int) -> tuple[Child, ...]:
    """Everybody of an age for a place in that year, in the order of registration: the order of the waiting list."""
    kind = delivery.contract.kind
    day = date(school_year, *REFERENCE[kind])
    taken = dict(offers_of(actor, delivery, school_year).values_list("taken__registration", "pk"))
    rows = held_rows(actor, delivery).values_list("registration", "content")
    found = (_child(number, content or {}, day, taken.get(number)) for number, content in rows)
    return tuple(each for each in found if each.age is None or each.age in AGES[kind] or each.offer_id)


def offers_of(actor: Actor, delivery: Delivery, school_year: int) -> QuerySet[PlaceOffer]:
    """The places that the office has entered for that year."""
    found = PlaceOffer.objects.visible_to(actor).filter(
        recipient=delivery.contract.recipient_id,
        kind=delivery.contract.kind,
        occasion=delivery.occasion,
        school_year=school_year,
    )
    return found.select_related("municipality").order_by("municipality__sort_key", "name", "age_from")


def with_taken(offers: QuerySet[PlaceOffer]) -> dict[PlaceOffer, int]:
    """Offers with the number of their places that are taken."""
    return {each: each.taken_count for each in offers.annotate(taken_count=Count("taken"))}


def needs_by_place(children: tuple[Child, ...], offers: Mapping[PlaceOffer, int]) -> dict[str, Need]:
    """By municipality (official key): children, places, and how many find none in their own municipality."""
    keys = {each.municipality for each in children} | {offer.municipality.ags for offer in offers}
    return {
        key: _need(
            [each for each in children if each.municipality == key],
            {offer: taken for offer, taken in offers.items() if offer.municipality.ags == key},
        )
        for key in sorted(keys)
    }


def needs_by_age(children: tuple[Child, ...], offers: Mapping[PlaceOffer, int]) -> dict[int, Need]:
    """By age: children, places open to this age, and how many find none anywhere, counted over all ages at once."""
    missing = _missing(children, offers)
    ages = sorted({each.age for each in children if each.age is not None})
    return {
        age: Need(
            sum(each.age == age for each in children),
            sum(each.age == age and each.offer_id is not None for each in children),
            sum(offer.places for offer in offers if offer.age_from <= age <= offer.age_to),
            missing.get(age, 0),
        )
        for age in ages
    }


def by_week(children: tuple[Child, ...]) -> dict[tuple[int, int], int]:
    """How many children arrived in which week of ISO 8601."""
    counted: Counter[tuple[int, int]] = Counter()
    for each in children:
        if each.arrived_on:
            year, week, _day = each.arrived_on.isocalendar()
            counted[year, week] += 1
    return dict(sorted(counted.items()))


def _need(children: list[Child], offers: Mapping[PlaceOffer, int]) -> Need:
    placed = sum(each.offer_id is not None for each in children)
    missing = sum(_missing(tuple(children), offers).values())
    return Need(len(children), placed, sum(offer.places for offer in offers), missing)


def _missing(children: tuple[Child, ...], offers: Mapping[PlaceOffer, int]) -> dict[int, int]:
    waiting = Counter(each.age for each in children if each.age is not None and each.offer_id is None)
    free = (Places(offer.age_from, offer.age_to, offer.places - taken) for offer, taken in offers.items())
    return without_place({age: count for age, count in waiting.items() if age is not None}, free)


def _child(number: int, content: Mapping[str, object], day: date, offer_id: int | None) -> Child:
    born, arrived = (_day(content.get(key)) for key in (F.BIRTH_DATE, F.ARRIVED_ON))
    name = ", ".join(str(content[key]) for key in (F.FAMILY_NAME, F.GIVEN_NAMES) if content.get(key))
    age = age_on(born, day) if born else None
    return Child(number, name, str(content.get(F.MUNICIPALITY) or ""), age, arrived, offer_id)


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value else None


def taken_by(actor: Actor, registration_id: int, recipient_id: int) -> PlaceTaken | None:
    """The place that a child has."""
    found = PlaceTaken.objects.visible_to(actor).filter(registration=registration_id, recipient=recipient_id)
    return found.select_related("offer").first()
