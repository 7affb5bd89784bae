"""What offices do with what they hold: appointments and letters, places and waiting lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import islice, permutations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from kimwerk.access.actors import Actor
from kimwerk.accounts.models import Account
from kimwerk.arrivals.appointments import Hours, appointments
from kimwerk.arrivals.models import Invitation, PlaceOffer, PlaceTaken, Receipt
from kimwerk.arrivals.placing import Places, without_place
from kimwerk.arrivals.selectors.households import household_keys, households, series_of, uninvited
from kimwerk.arrivals.selectors.offices import Delivery, deliveries_of
from kimwerk.arrivals.selectors.places import children_of, needs_by_age, needs_by_place, offers_of, with_taken
from kimwerk.arrivals.services import (
    AlreadyRegistered,
    OfferFacts,
    PlaceRefused,
    SeriesFacts,
    accept_findings,
    appoint_anew,
    free_place,
    give_place,
    invite,
    keep_offer,
    note_registered,
)
from kimwerk.arrivals.types import Finding, OfficeKind
from kimwerk.arrivals.web.papers.invitation import letter_of, print_invitations, words
from kimwerk.kernel.holidays import is_holiday
from tests.arrivals.families import arrive
from tests.arrivals.offices import officer
from tests.arrivals.test_delivering import ABH, SCHOOL, YOUTH, Surge
from tests.arrivals.test_registering import OXANA
from tests.cast import Cast
from tests.conftest import BACKEND

ActAs = Callable[[Actor], Actor]
MORNING = Hours(date(2027, 4, 2), time(9), time(10), 30, 2)


@pytest.fixture
def spring(cast: Cast, act_as: ActAs) -> Surge:
    found = Surge(cast, act_as)
    other = arrive(act_as(cast.actor("mehmet")), found.occasion, cast, OXANA)[0]
    accept_findings(actor=act_as(found.karin), registration=other, findings=[Finding.DUPLICATE])
    found.release()
    return found


def fetched(spring: Surge, kind: OfficeKind) -> tuple[Actor, Delivery]:
    """Whoever works at an office that has fetched, and what it holds."""
    spring.fetch(kind)
    there = spring.act_as(officer(kind))
    return there, deliveries_of(there)[0]


@given(
    st.integers(5, 90), st.integers(1, 3), st.dates(date(2022, 1, 1), date(2030, 1, 1)), st.integers(1, 60)
)  # fmt: skip
@settings(deadline=None)
def test_appointments_are_in_order_on_weekdays_within_the_hours(
    minutes: int, at_once: int, first: date, count: int
) -> None:
    hours = Hours(first, time(8), time(10), minutes, at_once)
    found = list(islice(appointments(hours), count))
    assert len(found) == count
    assert found == sorted(found)
    assert max(Counter(found).values()) <= at_once
    for each in found:
        assert each.weekday() < 5
        assert not is_holiday(each.date())
        assert each.time() >= hours.opens
        assert each + timedelta(minutes=minutes) <= datetime.combine(each.date(), hours.closes)


def test_hours_too_short_for_one_appointment_give_none() -> None:
    assert list(appointments(Hours(date(2022, 4, 1), time(9), time(9, 20), 30))) == []


@given(
    st.dictionaries(st.integers(6, 8), st.integers(0, 2), max_size=3),
    st.lists(st.tuples(st.integers(6, 8), st.integers(0, 2), st.integers(0, 2)), max_size=3),
)
def test_no_other_way_of_giving_out_places_helps_more_children(
    demand: dict[int, int], spans: list[tuple[int, int, int]]
) -> None:
    offers = [Places(start, start + length, free) for start, length, free in spans]
    single = [each for each in offers for _ in range(each.free)]
    children = [age for age, count in demand.items() for _ in range(count)]

    def placed(order: tuple[int, ...]) -> int:
        return sum(each.age_from <= age <= each.age_to for age, each in zip(order, single, strict=False))

    padded = children + [99] * max(0, len(single) - len(children))
    best = max((placed(order) for order in permutations(padded, len(single))), default=0) if len(single) < 5 else None
    missing = without_place(demand, offers)
    assert all(0 < count <= demand[age] for age, count in missing.items())
    if best is not None:
        assert len(children) - sum(missing.values()) == best


def test_households_are_invited_in_the_order_of_registration_and_once(spring: Surge) -> None:
    there, delivery = fetched(spring, ABH)
    facts = SeriesFacts(MORNING, "Kreishaus, Raum 1", 1)
    (first,) = invite(actor=there, delivery=delivery, facts=facts)
    (second,) = invite(actor=there, delivery=delivery, facts=facts)
    assert invite(actor=there, delivery=delivery, facts=facts) == ()
    assert (first.household, first.series, second.series) == (str(spring.rows[0].family), 1, 2)
    assert not uninvited(there, delivery).exists()
    family = households(there, delivery, household_keys(there, delivery))[0]
    assert [each["given_names"] for each in family.members] == ["Oksana", "Danylo", "Sofiia"]
    assert (
        note_registered(actor=there, invitations=[first.pk]),
        note_registered(actor=there, invitations=[first.pk]),
    ) == (1, 0)
    spring.act_as(spring.karin)
    assert not Invitation.objects.exists()
    with pytest.raises(PermissionDenied):
        invite(actor=spring.karin, delivery=delivery, facts=facts)


def test_another_appointment_is_a_series_of_its_own_and_not_for_whoever_came(spring: Surge) -> None:
    there, delivery = fetched(spring, ABH)
    first, second = invite(actor=there, delivery=delivery, facts=SeriesFacts(MORNING, "Kreishaus, Raum 1", 2))
    day = timezone.make_aware(datetime(2027, 4, 5, 11))
    moved = appoint_anew(actor=there, invitation=first, starts_at=day, place="Rathaus")
    assert (moved.series, moved.starts_at, moved.place) == (2, day, "Rathaus")
    assert [each.key for each in series_of(there, delivery, 2)] == [first.household]
    note_registered(actor=there, invitations=[second.pk])
    with pytest.raises(AlreadyRegistered):
        appoint_anew(actor=there, invitation=second, starts_at=day, place="Rathaus")
    with pytest.raises(PermissionDenied):
        appoint_anew(actor=spring.act_as(spring.karin), invitation=first, starts_at=day, place="Rathaus")
    office, url = Client(), reverse("arrivals:appoint_anew", args=[first.pk])
    office.force_login(Account.objects.get(email=f"{ABH.value}@kimwerk.example"), backend=BACKEND)
    good_friday = {"day": "26.03.2027", "at": "09:00", "place": "Rathaus"}
    assert "ein Feiertag" in office.post(url, good_friday).content.decode()
    assert (
        "Der neue Termin steht" in office.post(url, good_friday | {"day": "25.03.2027"}, follow=True).content.decode()
    )


def test_a_letter_is_in_german_and_in_the_language_of_the_family(spring: Surge) -> None:
    there, delivery = fetched(spring, ABH)
    invite(actor=there, delivery=delivery, facts=SeriesFacts(MORNING, "Kreishaus, Raum 1", 9))
    listed = households(there, delivery, household_keys(there, delivery))
    letter = letter_of(listed[0])
    assert [column.language for column in letter.columns] == ["de", "uk"]
    assert letter.address == ("Oksana Musterenko", "c/o Familie Beispiel", "Musterweg 1", "53721 Siegburg")
    assert ("Wo", "Kreishaus, Raum 1") in letter.columns[0].lines
    assert letter_of(listed[1]).columns[1].language == "en"  # no nationality is known
    assert print_invitations("Ausländerbehörde", listed).startswith(b"%PDF")


def test_every_language_of_the_letter_says_everything() -> None:
    known = words()
    said = {language: set(texts) for language, texts in known["languages"].items()}
    assert all(keys == said["de"] for keys in said.values())
    assert {*known["nationalities"].values(), known["otherwise"]} <= said.keys()


def test_places_are_set_against_children_by_age_and_municipality(spring: Surge, cast: Cast) -> None:
    there, delivery = fetched(spring, SCHOOL)
    son = children_of(there, delivery, 2022)[0]
    assert (son.age, son.name) == (10, "Musterenko, Danylo")
    assert children_of(there, delivery, 2031) == ()
    town = cast.municipalities["Siegburg"]
    school = OfferFacts(2022, "Gesamtschule Muster", town, 10, 16, 1)
    offer = keep_offer(actor=there, delivery=delivery, facts=school)
    offers = with_taken(offers_of(there, delivery, 2022))
    need = needs_by_age((son, son), offers)[10]
    assert (need.children, need.waiting, need.places, need.missing) == (2, 2, 1, 1)
    give_place(actor=there, offer=offer, registration_id=son.registration_id)
    with pytest.raises(PlaceRefused):
        keep_offer(actor=there, delivery=delivery, facts=OfferFacts(2022, "Gesamtschule Muster", town, 10, 16, 0))
    children = children_of(there, delivery, 2022)
    by_place = needs_by_place(children, with_taken(offers_of(there, delivery, 2022)))["05382060"]
    assert (by_place.placed, by_place.waiting, by_place.missing) == (1, 0, 0)
    free_place(actor=there, recipient_id=offer.recipient_id, registration_id=son.registration_id)
    assert children_of(there, delivery, 2022)[0].offer_id is None


def test_a_place_is_for_a_child_of_the_office_and_taken_once(spring: Surge, cast: Cast) -> None:
    there, delivery = fetched(spring, YOUTH)
    facts = OfferFacts(2022, "Kita Muster", cast.municipalities["Siegburg"], 0, 6, 0)
    full = keep_offer(actor=there, delivery=delivery, facts=facts)
    mother, _son, daughter = spring.rows
    for child in (mother, daughter):
        with pytest.raises(PlaceRefused):
            give_place(actor=there, offer=full, registration_id=child.pk)
    spring.act_as(officer(SCHOOL))
    assert not PlaceOffer.objects.exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        PlaceTaken.objects.create(
            recipient_id=full.recipient_id, offer_id=full.pk, registration_id=daughter.pk, taken_by_id=there.account_id
        )


def test_the_pages_invite_print_and_note_who_came(spring: Surge) -> None:
    there, delivery = fetched(spring, ABH)
    office = Client()
    office.force_login(Account.objects.get(pk=there.account_id), backend=BACKEND)
    address = reverse("arrivals:invitations", args=[delivery.contract.pk, delivery.occasion.pk])
    assert "2 Haushalte haben keinen Termin" in office.get(address).content.decode()
    sent = {
        **{"first_day": (timezone.localdate() + timedelta(days=9)).isoformat(), "opens": "08:30", "closes": "12:00"},
        **{"minutes": "30", "at_once": "1", "most": "10", "place": "Kreishaus"},
    }
    early = office.post(f"{address}neu/", sent | {"first_day": timezone.localdate().isoformat(), "closes": "08:35"})
    assert "Briefe brauchen einige Tage" in early.content.decode()
    assert "Kein Termin passt" in early.content.decode()
    assert "2 Haushalte sind eingeladen" in office.post(f"{address}neu/", sent, follow=True).content.decode()
    letters = office.post(f"{address}briefe.pdf", {"series": "1"})
    assert letters.content.startswith(b"%PDF")
    assert Receipt.objects.get(kind="letters").row_count == 4
    assert office.post(f"{address}briefe.pdf", {"series": "7"}).status_code == 404
    invitation = Invitation.objects.visible_to(there).earliest("starts_at")
    page = reverse("arrivals:invitation", args=[invitation.pk])
    assert "Musterenko, Oksana" in office.get(page).content.decode()
    assert "Als registriert vermerkt" in office.post(f"{page}registriert/", follow=True).content.decode()


def test_the_pages_plan_places_and_show_who_waits(spring: Surge, cast: Cast) -> None:
    there, delivery = fetched(spring, SCHOOL)
    office = Client()
    office.force_login(Account.objects.get(pk=there.account_id), backend=BACKEND)
    keys = [delivery.contract.pk, delivery.occasion.pk]
    address = reverse("arrivals:places", args=keys) + "?schuljahr=2022"
    assert "1 Kinder, davon 1 ohne Platz" in office.get(address).content.decode()
    form = reverse("arrivals:keep_places", args=keys)
    sent = {"school_year": "2022", "name": "Gesamtschule Muster", "places": "1"}
    sent |= {"municipality": str(cast.municipalities["Siegburg"]), "age_from": "10", "age_to": "16"}
    assert office.post(form, sent | {"age_to": "9"}).status_code == 422
    assert "Die Plätze sind eingetragen" in office.post(form, sent, follow=True).content.decode()
    giving = reverse("arrivals:give_place", args=[*keys, spring.rows[1].pk]) + "?schuljahr=2022"
    assert "1 frei" in office.get(giving).content.decode()
    offer = PlaceOffer.objects.visible_to(there).get()
    assert "Jedes Kind hat einen Platz" in office.post(giving, {"offer": str(offer.pk)}, follow=True).content.decode()
    assert office.get(reverse("arrivals:invitations", args=keys)).status_code == 404
