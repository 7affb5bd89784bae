"""The walls of casework, asked in SQL as the web role: what a mistake in the program would run into."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.casework.models import Case, Insight
from kimwerk.casework.services.agreeing import make_agreement
from kimwerk.casework.services.assessing import assess
from kimwerk.casework.services.contacting import log_contact, write_note
from kimwerk.casework.services.drafting import keep_draft
from kimwerk.casework.services.insights import break_glass
from kimwerk.casework.services.planning import agree_goal, plan_step
from kimwerk.casework.services.reminding import set_deadline
from kimwerk.casework.types import (
    ChoiceList,
    ContactFacts,
    DeadlineKind,
    GoalFacts,
    Occasion,
    RatingFacts,
    StepFacts,
    StepOwner,
)
from tests.casework.cases import choice, running
from tests.cast import Cast, as_owner

Act = Callable[[Actor], Actor]
DAY = date(2022, 3, 8)
CONTENT = (
    *("casework_clarification", "casework_assessment", "casework_rating", "casework_goal", "casework_step"),
    *("casework_goalchange", "casework_agreement", "casework_note", "casework_deadline", "casework_draft"),
    "casework_caseevent",
)
EVERYTHING = (*CONTENT, "casework_case", "casework_casecontact")


@pytest.fixture
def case(cast: Cast, act_as: Act) -> Case:
    """A case of Frieda's with a row in every table."""
    frieda = act_as(cast.actor("frieda"))
    case = running(cast, frieda)
    goal = agree_goal(actor=frieda, case=case, facts=GoalFacts("Arbeiten", "Praktikum", DAY))
    plan_step(actor=frieda, goal=goal, facts=StepFacts("Lebenslauf", StepOwner.CLIENT))
    rating = RatingFacts(choice(ChoiceList.LIFE_DOMAIN, "arbeit"), 1, need="Stelle")
    assess(actor=frieda, case=case, assessed_on=DAY, occasion=Occasion.BASELINE, ratings=[rating])
    log_contact(actor=frieda, case=case, facts=ContactFacts(DAY, cast.categories["workshop"], None, 30))
    write_note(actor=frieda, case=case, text="Geheim")
    make_agreement(actor=frieda, case=case, language="uk", agreed_on=DAY)
    set_deadline(actor=frieda, case=case, kind=DeadlineKind.OTHER, due_on=DAY)
    keep_draft(actor=frieda, case=case, form="note", url=f"/faelle/{case.pk}/notizen/neu/", content="note=Geheim")
    return case


def rows(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")
        row: tuple[int] = cursor.fetchone()
    return row[0]


def test_whoever_works_on_a_case_sees_a_row_in_every_table(case: Case) -> None:
    assert {table: rows(table) > 0 for table in EVERYTHING} == dict.fromkeys(EVERYTHING, True)


@pytest.mark.parametrize("character", ["mehmet", "tomasz", "klaus", "arno", "tina", "stefan", "doris", "sam", "fiona"])
def test_nobody_else_sees_any_row(cast: Cast, act_as: Act, case: Case, character: str) -> None:
    act_as(cast.actor(character))
    assert {table: rows(table) for table in EVERYTHING} == dict.fromkeys(EVERYTHING, 0)


@pytest.mark.parametrize("character", ["karin", "kim", "lena"])
def test_whoever_counts_sees_frames_and_no_content(cast: Cast, act_as: Act, case: Case, character: str) -> None:
    act_as(cast.actor(character))
    assert {table: rows(table) for table in CONTENT} == dict.fromkeys(CONTENT, 0)
    assert rows("casework_case") == rows("casework_casecontact") == 1


def test_a_broken_glass_shows_content_and_lets_nobody_write(cast: Cast, act_as: Act, case: Case) -> None:
    karin = act_as(cast.actor("karin"))
    insight = break_glass(actor=karin, case=case, reason="Beschwerde")
    assert rows("casework_note") == 1
    with connection.cursor() as cursor:
        cursor.execute("update casework_goal set state = 'given_up'")
        assert cursor.rowcount == 0
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "insert into casework_note (case_id, text, written_at, written_by_id, version)"
            " values (%s, 'x', now(), walls.actor(), 1)",
            [case.pk],
        )
    with as_owner():
        Insight.objects.filter(pk=insight.pk).update(
            begins_at=timezone.now() - timedelta(hours=2), ends_at=timezone.now() - timedelta(hours=1)
        )
    act_as(karin)
    assert rows("casework_note") == 0, "its time is over without any job"


def test_a_broken_glass_is_never_prolonged(cast: Cast, act_as: Act, case: Case) -> None:
    karin = act_as(cast.actor("karin"))
    break_glass(actor=karin, case=case, reason="Beschwerde")
    with pytest.raises(IntegrityError, match="never changed or prolonged"), transaction.atomic():
        Insight.objects.update(ends_at=timezone.now() + timedelta(days=30))


def test_nobody_opens_a_case_to_themselves_without_overseeing(cast: Cast, act_as: Act, case: Case) -> None:
    for character in ("mehmet", "klara", "kim"):
        act_as(cast.actor(character))
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Insight.objects.create(
                case_id=case.pk,
                account_id=cast.accounts[character],
                kind="break_glass",
                reason="Neugier",
                ends_at=timezone.now() + timedelta(hours=1),
            )


def test_the_owner_is_bound_too_unless_it_declares_maintenance(case: Case) -> None:
    with connection.cursor() as cursor:
        cursor.execute("reset role")
        cursor.execute("select set_config('kimwerk.actor', '', true)")
    try:
        assert {table: rows(table) for table in EVERYTHING} == dict.fromkeys(EVERYTHING, 0)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("set role kimwerk_app")


def test_a_case_keeps_its_person_and_is_never_deleted(cast: Cast, act_as: Act, case: Case) -> None:
    with pytest.raises(IntegrityError, match="keeps its person"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(number="2022-99999")
    with connection.cursor() as cursor:
        cursor.execute("delete from casework_case")
        assert cursor.rowcount == 0, "no policy lets anybody delete"


def test_a_role_that_ended_opens_nothing(cast: Cast, act_as: Act, case: Case) -> None:
    frieda = act_as(cast.actor("frieda"))
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "update accounts_membership set valid = daterange('2020-01-01', current_date) where account_id = %s",
            [frieda.account_id],
        )
    act_as(frieda)
    assert rows("casework_case") == rows("casework_note") == 0
