"""What becomes of rows: a file for who agreed, and after the end nothing but numbers and proof."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.arrivals.due import due_items
from kimwerk.arrivals.figures import FIGURES
from kimwerk.arrivals.models import (
    CareTaken,
    DeliveredRow,
    Erasure,
    Invitation,
    Occasion,
    Receipt,
    Registration,
    RegistrationVersion,
)
from kimwerk.arrivals.selectors.offices import deliveries_of
from kimwerk.arrivals.services import (
    NotAgreed,
    SeriesFacts,
    TooEarlyToErase,
    close_occasion,
    erase_occasion,
    invite,
    take_into_care,
)
from kimwerk.casework.services import CaseComesTooEarly, open_case
from kimwerk.kernel.figures import FigureQuery
from kimwerk.kernel.periods import Period
from kimwerk.persons.models import Person
from kimwerk.persons.services import erase_person
from kimwerk.persons.types import ErasureReason
from tests.arrivals.offices import officer
from tests.arrivals.test_delivering import ABH, Surge
from tests.arrivals.test_office_work import MORNING
from tests.arrivals.test_registering import correct
from tests.casework.cases import facts as case_facts
from tests.cast import Cast, as_owner
from tests.consent.consents import allow

ActAs = Callable[[Actor], Actor]


@pytest.fixture
def spring(cast: Cast, act_as: ActAs) -> Surge:
    return Surge(cast, act_as)


def test_who_agreed_gets_a_file_and_gets_it_once(spring: Surge, cast: Cast) -> None:
    frieda, mother = spring.act_as(cast.actor("frieda")), spring.rows[0]
    with pytest.raises(NotAgreed):
        take_into_care(actor=frieda, registration=mother, agreed_on=date(2022, 3, 1))
    taken = take_into_care(actor=frieda, registration=mother, agreed_on=date(2022, 3, 12))
    assert take_into_care(actor=frieda, registration=mother, agreed_on=date(2022, 3, 12)) == taken
    person = Person.objects.visible_to(frieda).get(pk=taken.person_id)
    assert (person.family_name, person.given_names, person.birth_date) == ("Musterenko", "Oksana", date(1988, 4, 12))
    mehmet = spring.act_as(cast.actor("mehmet"))
    assert not Person.objects.visible_to(mehmet).filter(pk=person.pk).exists()
    with pytest.raises(PermissionDenied):
        take_into_care(actor=spring.act_as(spring.karin), registration=spring.rows[1], agreed_on=date(2022, 3, 12))


def test_a_case_of_somebody_from_a_list_begins_only_with_a_consent(spring: Surge, cast: Cast) -> None:
    frieda, mother = spring.act_as(cast.actor("frieda")), spring.rows[0]
    taken = take_into_care(actor=frieda, registration=mother, agreed_on=timezone.localdate())
    with pytest.raises(CaseComesTooEarly) as early:
        open_case(actor=frieda, person_id=taken.person_id, facts=case_facts(cast))
    assert len(early.value.objections) == 1
    allow(cast, frieda, taken.person_id)
    assert open_case(actor=frieda, person_id=taken.person_id, facts=case_facts(cast)).person_id == taken.person_id


def test_an_erased_person_cannot_be_told_by_their_row(spring: Surge, cast: Cast) -> None:
    frieda = spring.act_as(cast.actor("frieda"))
    taken = take_into_care(actor=frieda, registration=spring.rows[0], agreed_on=date(2022, 3, 12))
    erase_person(actor=frieda, person_id=taken.person_id, reason=ErasureReason.ASKED)
    assert not CareTaken.objects.of_person(taken.person_id).exists()
    assert Registration.objects.visible_to(frieda).count() == 3


def test_nothing_is_erased_before_its_time(spring: Surge) -> None:
    karin = spring.act_as(spring.karin)
    today = timezone.localdate()
    for end in (None, today - timedelta(days=179)):
        if end:
            close_occasion(actor=karin, occasion=spring.occasion, on=end)
        with pytest.raises(TooEarlyToErase):
            erase_occasion(actor=karin, occasion=spring.occasion)
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select arrivals_erase(%s)", [spring.occasion.pk])


def test_an_erased_occasion_leaves_numbers_receipts_and_a_protocol(spring: Surge, cast: Cast) -> None:
    frieda, karin = spring.act_as(cast.actor("frieda")), spring.karin
    taken = take_into_care(actor=frieda, registration=spring.rows[0], agreed_on=date(2022, 3, 12))
    correct(frieda, spring.rows[1], given_names="Danylo Petro")
    spring.release()
    spring.fetch(ABH)
    amira = spring.act_as(officer(ABH))
    invite(actor=amira, delivery=deliveries_of(amira)[0], facts=SeriesFacts(MORNING, "Kreishaus", 9))
    spring.act_as(karin)
    close_occasion(actor=karin, occasion=spring.occasion, on=timezone.localdate() - timedelta(days=180))
    assert due_items(karin)[-1].title == "Listen zu löschen"
    erasure = erase_occasion(actor=karin, occasion=spring.occasion)
    assert (erasure.rows, erasure.versions, erasure.delivered, erasure.became_files) == (3, 1, 3, 1)
    with as_owner():
        for model in (Registration, RegistrationVersion, DeliveredRow, Invitation, CareTaken):
            assert not model.objects.exists()  # type: ignore[attr-defined]  # all have managers
        assert Receipt.objects.count() == 1
    spring.act_as(karin)
    assert not Occasion.objects.to_be_erased(timezone.localdate()).exists()
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    window = Period.of_days(monday, timezone.localdate())
    assert FIGURES[0].compute(karin, FigureQuery(window)).total == 3
    spring.act_as(frieda)
    assert Person.objects.visible_to(frieda).filter(pk=taken.person_id).exists()
    assert Erasure.objects.visible_to(cast.actor("doris")).count() == 0  # as Frieda the database shows none


def test_the_pages_open_a_file_and_erase(spring: Surge, cast: Cast, sign_in: Callable[[str], Client]) -> None:
    frieda, karin, mother = sign_in("frieda"), sign_in("karin"), spring.rows[0]
    row = reverse("arrivals:row", args=[mother.pk])
    assert "Akte anlegen" in frieda.get(row).content.decode()
    opening = reverse("arrivals:take_into_care", args=[mother.pk])
    assert frieda.post(opening, {"agreed_on": "12.03.2022"}).status_code == 422
    early = frieda.post(opening, {"agreed_on": "01.03.2022", "is_asked": "on"})
    assert "vor der Ankunft" in early.content.decode()
    opened = frieda.post(opening, {"agreed_on": "12.03.2022", "is_asked": "on"}, follow=True).content.decode()
    assert "Die Akte ist angelegt" in opened
    assert "Zur Akte" in frieda.get(row).content.decode()
    erasing = reverse("arrivals:erase", args=[spring.occasion.pk])
    assert karin.get(erasing).status_code == 404
    with as_owner():
        Occasion.objects.update(ends_on=timezone.localdate() - timedelta(days=181))
    assert "Die Listen jetzt löschen?" in karin.get(erasing).content.decode()
    assert "3 Zeilen sind gelöscht" in karin.post(erasing, follow=True).content.decode()
