"""A generated caseload: as many of each as asked for, sound by the rooms' own rules, behind their walls, readable."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from kimwerk.access.actors import Actor
from kimwerk.access.walls import set_actor
from kimwerk.accounts.selectors import actor_by_id
from kimwerk.casework.models import Case
from kimwerk.casework.selectors.case_file import clarification_of, contacts_of, goals_of
from kimwerk.casework.services.contacting import write_note
from kimwerk.desk.generate.bare import FOREIGN_KEYS, INDEXES
from kimwerk.desk.generate.caseload_rows import TABLES
from kimwerk.desk.generate.load import Size, generate
from kimwerk.persons.identity import compared_person, identity_numbers
from kimwerk.persons.models import Person
from kimwerk.persons.selectors import search_persons
from kimwerk.persons.selectors.duplicates import likely_duplicates
from kimwerk.persons.selectors.facts import facts_of
from tests.cast import Cast, as_owner
from tests.desk.conftest import empty_everything
from tests.made_once import MakeOnce

SIZE = Size(activities=50, persons=900, cases=300, contacts=2_000)
LAST = date(2026, 6, 10)


def ask(sql: str, *values: object) -> list[tuple[object, ...]]:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return cursor.fetchall()


def shape() -> list[tuple[object, ...]]:
    """Keys, indexes, triggers and walls of the tables that are filled."""
    tables = list(TABLES)
    state = """
    select relname::text, relforcerowsecurity::text from pg_class where oid = any(%s::regclass[])
    union all select tgrelid::regclass::text, tgname || tgenabled::text from pg_trigger
      where tgrelid = any(%s::regclass[]) and not tgisinternal order by 1, 2
    """
    return [*ask(FOREIGN_KEYS, tables), *ask(INDEXES, tables), *ask(state, tables, tables)]


def generated(_cast: Cast) -> None:
    with as_owner():
        empty_everything()
        generate(size=SIZE, seed=1, years=10, municipalities=396, last=LAST)


@pytest.fixture(scope="module", autouse=True)
def generated_once(make_once: MakeOnce) -> None:
    make_once(generated)


@pytest.fixture
def caseload(db: None) -> None:
    """A small caseload over all 54 bodies."""


def somebody() -> Actor:
    """A case manager with many running cases."""
    [(account,)] = ask(
        "select responsible_id from casework_case where state = 'running' group by 1 order by count(*) desc, 1 limit 1"
    )
    assert isinstance(account, int)
    actor = actor_by_id(account)
    assert actor
    set_actor(account)
    return actor


def test_there_are_as_many_of_each_as_asked_for(caseload: None) -> None:
    for table, count in (("persons_person", 900), ("casework_case", 300), ("casework_casecontact", 2_000)):
        assert ask(f"select count(*) from {table}") == [(count,)]
    assert ask("select count(*) from activities_activity") == [(2_050,)]
    assert ask("select count(distinct number) = count(*) from casework_case group by organisation_id") == [(True,)] * 54


def test_every_body_has_fifteen_case_managers_at_least(caseload: None) -> None:
    counts = ask(
        "select count(*) from accounts_membership where role = 'case_manager' group by organisation_id order by 1"
    )
    assert len(counts) == 54
    assert counts[0] == (15,)


def test_cases_are_in_all_states_and_contacts_lie_within_them(caseload: None) -> None:
    assert {state for (state,) in ask("select distinct state from casework_case")} == {
        "clarification",
        "running",
        "closed",
    }
    outside = ask(
        "select count(*) from casework_casecontact k join activities_activity a on a.id = k.activity_id"
        " join casework_case c on c.id = k.case_id where a.day < c.opened_on or a.day > coalesce(c.closed_on, %s)",
        LAST,
    )
    assert outside == [(0,)]
    assert ask(
        "select count(*) from casework_case c where last_contact_on is distinct from (select max(a.day)"
        " from casework_casecontact k join activities_activity a on a.id = k.activity_id where k.case_id = c.id)"
    ) == [(0,)]


def test_a_case_manager_finds_own_people_and_reads_what_is_sealed(caseload: None) -> None:
    actor = somebody()
    case = Case.objects.own_of(actor).filter(state="running", last_contact_on__isnull=False).order_by("pk")[0]
    assert clarification_of(case)
    assert goals_of(case)[0].text == "Ich will wieder arbeiten."
    assert any("Erfundene Notiz" in contact.note for contact in contacts_of(case))
    person = Person.objects.visible_to(actor).get(pk=case.person_id)
    assert person.pk in {hit.id for hit in search_persons(actor, person.family_name[:7], 50)}


def test_the_matcher_knows_generated_people(caseload: None) -> None:
    assert ask("select count(*) from persons_identity where subject = 'person'") == [(900,)]
    actor = somebody()
    person = Person.objects.visible_to(actor).filter(birth_date__isnull=False).order_by("pk")[0]
    facts = facts_of(person)
    assert person.match_keys == identity_numbers(compared_person(facts))
    assert person.pk in {each.hit.id for each in likely_duplicates(actor, facts)}


def test_a_generated_case_can_be_worked_on(caseload: None) -> None:
    actor = somebody()
    case = Case.objects.own_of(actor).filter(state="running").order_by("pk")[0]
    note = write_note(actor=actor, case=case, text="Weiter geht es.")
    assert note.case_id == case.pk


def test_nobody_sees_the_people_of_others(caseload: None) -> None:
    actor = somebody()
    [(mine,)] = ask(
        "select count(distinct person_id) from persons_care where account_id = %s and ends_at is null", actor.account_id
    )
    set_actor(actor.account_id)
    assert Person.objects.count() == mine
    set_actor(None)
    assert not Person.objects.exists()


def test_keys_indexes_triggers_and_walls_stand_again_afterwards(empty: None) -> None:
    before = shape()
    with as_owner():
        generate(size=SIZE, seed=1, years=10, municipalities=396, last=LAST)
    assert shape() == before


def test_generating_is_recorded_as_one_act(caseload: None) -> None:
    assert ask("select kind, action, amount from audit.event where subject_type = 'persons_person'") == [
        ("act", "caseload.generated", 900)
    ]
