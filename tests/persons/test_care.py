"""Who may open whose file: in the application, and in the database as the web role."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.persons.models import Care, NameToken, Person, PersonKey
from kimwerk.persons.policies import may_open
from kimwerk.persons.selectors import facts_by_category, person_card, search_persons
from kimwerk.persons.services import NotEntrusted, entrust, release
from kimwerk.persons.types import CareReason
from tests.cast import Cast, as_owner
from tests.persons.people import register

ActAs = Callable[[Actor], Actor]
TABLES = [
    *("persons_person", "persons_personname", "persons_nametoken", "persons_nationality", "persons_language"),
    *("persons_care", "vault_personkey"),
]
COLLEAGUES_AND_NEIGHBOURS = ["mehmet", "kim", "anton", "lena", "arno", "tina", "doris", "sam", "tomasz", "klaus"]


def rows(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")
        found: tuple[int] = cursor.fetchone()
    return found[0]


def test_whoever_registers_a_person_is_entrusted_with_them(cast: Cast, act_as: ActAs) -> None:
    frieda = act_as(cast.actor("frieda"))
    person = register(cast, frieda)
    assert list(Person.objects.visible_to(frieda)) == [person]
    assert may_open(frieda, person)
    assert Care.objects.get(person=person).reason == CareReason.REGISTERED.value


@pytest.mark.parametrize("character", COLLEAGUES_AND_NEIGHBOURS)
def test_a_person_does_not_exist_for_anybody_else(cast: Cast, act_as: ActAs, character: str) -> None:
    person = register(cast, act_as(cast.actor("frieda")))
    other = act_as(cast.actor(character))
    assert not Person.objects.visible_to(other).exists()
    assert not may_open(other, person)
    assert person_card(other, person.pk) is None
    assert facts_by_category(other, person.pk) == {}
    assert search_persons(other, "Musterenko") == ()


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("character", [*COLLEAGUES_AND_NEIGHBOURS, None])
def test_the_database_shows_a_file_to_nobody_else(cast: Cast, act_as: ActAs, table: str, character: str | None) -> None:
    register(cast, act_as(cast.actor("frieda")))
    assert rows(table) > 0
    act_as(cast.actor(character) if character else Actor(None, ""))
    assert rows(table) == 0


def test_the_coordination_sees_who_is_responsible_but_not_for_whom(cast: Cast, act_as: ActAs) -> None:
    register(cast, act_as(cast.actor("frieda")))
    act_as(cast.actor("karin"))
    assert (rows("persons_care"), rows("persons_person"), rows("vault_personkey")) == (1, 0, 0)


def test_nobody_can_entrust_themselves_in_sql(cast: Cast, act_as: ActAs) -> None:
    person = register(cast, act_as(cast.actor("frieda")))
    mehmet = act_as(cast.actor("mehmet"))
    with pytest.raises(DatabaseError), transaction.atomic():
        Care.objects.create(
            person_id=person.pk,
            organisation_id=person.organisation_id,
            account_id=mehmet.account_id,
            reason=CareReason.CASE.value,
            granted_by_id=mehmet.account_id,
        )
    karin = act_as(cast.actor("karin"))
    with pytest.raises(DatabaseError), transaction.atomic():
        Care.objects.create(
            person_id=person.pk,
            organisation_id=person.organisation_id,
            account_id=karin.account_id,
            reason=CareReason.CASE.value,
            granted_by_id=karin.account_id,
        )


def test_nobody_registers_where_they_keep_no_files(cast: Cast, act_as: ActAs) -> None:
    act_as(cast.actor("klaus"))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select walls.admit_person(%s)", [cast.organisations["Rhein-Sieg-Kreis"]])


def test_care_belongs_to_the_controller_of_the_person(cast: Cast, act_as: ActAs) -> None:
    frieda = act_as(cast.actor("frieda"))
    person = register(cast, frieda)
    Care.objects.create(
        person_id=person.pk,
        organisation_id=cast.organisations["Kreis Kleve"],
        account_id=cast.accounts["klaus"],
        reason=CareReason.CASE.value,
        granted_by_id=frieda.account_id,
    )
    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")


def test_a_colleague_opens_the_file_while_entrusted(cast: Cast, act_as: ActAs) -> None:
    frieda, mehmet = act_as(cast.actor("frieda")), cast.actor("mehmet")
    person = register(cast, frieda)
    entrust(actor=frieda, person_id=person.pk, account_id=cast.accounts["mehmet"], reason=CareReason.CASE, case_key="1")
    act_as(mehmet)
    assert person_card(mehmet, person.pk) is not None
    act_as(frieda)
    ended = release(
        actor=frieda, person_id=person.pk, account_id=cast.accounts["mehmet"], reason=CareReason.CASE, case_key="1"
    )
    act_as(mehmet)
    assert ended == 1
    assert person_card(mehmet, person.pk) is None
    assert rows("persons_person") == 0


def test_entrusting_twice_gives_one_care(cast: Cast, act_as: ActAs) -> None:
    frieda = act_as(cast.actor("frieda"))
    person = register(cast, frieda)
    first, second = (
        entrust(
            actor=frieda, person_id=person.pk, account_id=cast.accounts["mehmet"], reason=CareReason.CASE, case_key="1"
        )
        for _ in range(2)
    )
    assert first == second


def test_a_deputy_reads_for_a_time_and_cannot_pass_the_file_on(cast: Cast, act_as: ActAs) -> None:
    frieda, mehmet = act_as(cast.actor("frieda")), cast.actor("mehmet")
    person = register(cast, frieda)
    entrust(
        actor=frieda,
        person_id=person.pk,
        account_id=cast.accounts["mehmet"],
        reason=CareReason.DEPUTY,
        until=timezone.now() + timedelta(days=14),
    )
    act_as(mehmet)
    assert may_open(mehmet, person)
    with pytest.raises(PermissionDenied):
        entrust(
            actor=mehmet, person_id=person.pk, account_id=cast.accounts["mehmet"], reason=CareReason.CASE, case_key="2"
        )


def test_the_coordination_assigns_without_reading(cast: Cast, act_as: ActAs) -> None:
    person = register(cast, act_as(cast.actor("frieda")))
    karin = act_as(cast.actor("karin"))
    entrust(actor=karin, person_id=person.pk, account_id=cast.accounts["mehmet"], reason=CareReason.CASE, case_key="1")
    assert not may_open(karin, person)
    with pytest.raises(PermissionDenied):
        entrust(actor=karin, person_id=person.pk, account_id=cast.accounts["karin"], reason=CareReason.CASE)
    act_as(cast.actor("mehmet"))
    assert may_open(cast.actor("mehmet"), person)


def test_breaking_the_glass_opens_for_reading_and_ends(cast: Cast, act_as: ActAs) -> None:
    person = register(cast, act_as(cast.actor("frieda")))
    karin = act_as(cast.actor("karin"))
    entrust(
        actor=karin,
        person_id=person.pk,
        account_id=cast.accounts["karin"],
        reason=CareReason.BREAK_GLASS,
        until=timezone.now() + timedelta(hours=8),
    )
    assert may_open(karin, person)
    assert Person.objects.filter(pk=person.pk).update(town="Siegburg") == 0
    with pytest.raises(IntegrityError, match="care_by_breaking_the_glass_ends"), transaction.atomic():
        entrust(actor=karin, person_id=person.pk, account_id=cast.accounts["karin"], reason=CareReason.BREAK_GLASS)


def test_nobody_of_another_organisation_is_entrusted(cast: Cast, act_as: ActAs) -> None:
    frieda = act_as(cast.actor("frieda"))
    person = register(cast, frieda)
    for character in ("klaus", "arno", "doris"):
        with pytest.raises(NotEntrusted):
            entrust(actor=frieda, person_id=person.pk, account_id=cast.accounts[character], reason=CareReason.CASE)


def test_care_is_ended_and_never_prolonged(cast: Cast, act_as: ActAs) -> None:
    frieda = act_as(cast.actor("frieda"))
    person = register(cast, frieda)
    care = entrust(
        actor=frieda,
        person_id=person.pk,
        account_id=cast.accounts["mehmet"],
        reason=CareReason.DEPUTY,
        until=timezone.now() + timedelta(days=1),
    )
    with pytest.raises(IntegrityError, match="care is ended"), transaction.atomic():
        Care.objects.filter(pk=care.pk).update(ends_at=timezone.now() + timedelta(days=30))
    with pytest.raises(IntegrityError, match="care is ended"), transaction.atomic():
        Care.objects.filter(pk=care.pk).update(reason=CareReason.CASE.value)
    assert Care.objects.filter(pk=care.pk).delete()[0] == 0


def test_who_lost_the_role_opens_nothing(cast: Cast, act_as: ActAs) -> None:
    from kimwerk.accounts.models import Membership

    register(cast, act_as(cast.actor("frieda")))
    with as_owner():
        Membership.objects.filter(account=cast.accounts["frieda"]).delete()
    frieda = act_as(cast.actor("frieda"))
    assert not Person.objects.visible_to(frieda).exists()
    assert rows("persons_person") == 0


def test_search_words_are_walled_too(cast: Cast, act_as: ActAs) -> None:
    register(cast, act_as(cast.actor("frieda")))
    act_as(cast.actor("klaus"))
    assert not NameToken.objects.filter(token__gte="MUSTER", token__lt="MUSTES").exists()
    assert not PersonKey.objects.exists()
