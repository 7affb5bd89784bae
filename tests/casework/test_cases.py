"""Opening, clarifying, handing over and closing a case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.casework.models import AdmissionRule, Case, CaseEvent, Clarification
from kimwerk.casework.sealing import Texts
from kimwerk.casework.services import (
    CaseIsClosed,
    CaseRefused,
    ChangedMeanwhile,
    change_case,
    clarify,
    close_case,
    deputise,
    end_deputy,
    hand_over,
    open_case,
    reopen_case,
)
from kimwerk.casework.types import (
    Attainment,
    CaseKind,
    CaseProblem,
    CaseState,
    ChoiceList,
    ClarificationFacts,
    ClosingFacts,
    Decision,
    EventKind,
    Sealed,
)
from kimwerk.persons.models import Person
from tests.casework.cases import OPENED, choice, facts, opened, running
from tests.cast import Cast, as_owner
from tests.persons.people import COUNTY, register

Act = Callable[[Actor], Actor]


def ending(**changes: object) -> ClosingFacts:
    values: dict[str, object] = {
        "closed_on": date(2022, 9, 1),
        "reason_id": choice(ChoiceList.CLOSURE_REASON, "ziele-erreicht"),
        "attainment": Attainment.REACHED,
    } | changes
    return ClosingFacts(**values)  # type: ignore[arg-type]  # each test names the fields it changes


def test_a_case_begins_in_clarification_and_is_numbered_by_year(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    first, second = opened(cast, frieda), opened(cast, frieda)
    assert first.state == CaseState.CLARIFICATION
    assert [first.number, second.number] == ["2022-00001", "2022-00002"]
    assert first.responsible_id == cast.accounts["frieda"]


def test_nobody_opens_a_case_for_somebody_elses_person(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    person = register(cast, frieda)
    mehmet = act_as(cast.actor("mehmet"))
    with pytest.raises(PermissionDenied):
        open_case(actor=mehmet, person_id=person.pk, facts=facts(cast))


@pytest.mark.parametrize(
    ("changes", "field", "problem"),
    [
        ({"opened_on": date(2999, 1, 1)}, "opened_on", CaseProblem.IN_THE_FUTURE),
        ({"opened_on": date(1999, 12, 31)}, "opened_on", CaseProblem.LONG_AGO),
        ({"municipality_id": 0}, "municipality", CaseProblem.UNKNOWN),
        ({"access_path_id": 0}, "access_path", CaseProblem.UNKNOWN),
        ({"site_id": 0}, "site", CaseProblem.UNKNOWN),
        ({"referred_by_id": 0}, "referred_by", CaseProblem.UNKNOWN),
    ],
)
def test_a_frame_that_cannot_be_is_refused_at_its_field(
    cast: Cast, act_as: Act, changes: dict[str, object], field: str, problem: CaseProblem
) -> None:
    with pytest.raises(CaseRefused) as refused:
        opened(cast, act_as(cast.actor("frieda")), **changes)
    assert refused.value.problems == {field: problem}


def test_the_second_of_two_who_correct_a_case_is_told(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    case = opened(cast, frieda)
    change_case(actor=frieda, case=case, version=1, facts=facts(cast, kind=CaseKind.CASE_MANAGEMENT))
    with pytest.raises(ChangedMeanwhile):
        change_case(actor=frieda, case=case, version=1, facts=facts(cast))
    case.refresh_from_db()
    assert case.kind == CaseKind.CASE_MANAGEMENT


def test_a_clarification_says_why_and_its_reason_is_sealed(cast: Cast, act_as: Act) -> None:
    case = running(cast, act_as(cast.actor("frieda")))
    assert (case.state, case.kind) == (CaseState.RUNNING, CaseKind.CASE_MANAGEMENT)
    stored = Clarification.objects.get(case=case)
    assert b"Stellen" not in bytes(stored.reason)
    assert Texts(case.person_id).open(stored.reason, Sealed.CLARIFICATION) == "Viele Stellen, kein Zugang."


def test_a_clarification_without_a_reason_is_refused(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    with pytest.raises(CaseRefused) as refused:
        clarify(actor=frieda, case=opened(cast, frieda), facts=ClarificationFacts(Decision.ADVICE, reason=" "))
    assert refused.value.problems == {"reason": CaseProblem.MISSING}


def test_a_required_admission_rule_binds_unless_there_is_an_exception(cast: Cast, act_as: Act) -> None:
    with as_owner():
        rule = AdmissionRule.objects.create(
            organisation_id=cast.organisations[COUNTY], label="Mindestens drei Problemlagen", is_required=True
        )
    frieda = act_as(cast.actor("frieda"))
    case = opened(cast, frieda)
    with pytest.raises(CaseRefused) as refused:
        clarify(actor=frieda, case=case, facts=ClarificationFacts(Decision.CASE_MANAGEMENT, reason="Ja"))
    assert refused.value.problems == {"exception": CaseProblem.NOT_ADMITTED}
    clarify(actor=frieda, case=case, facts=ClarificationFacts(Decision.ADVICE, reason="Eine Frage"))
    clarify(actor=frieda, case=case, facts=ClarificationFacts(Decision.CASE_MANAGEMENT, "Ja", criteria=(rule.pk,)))
    clarify(actor=frieda, case=case, facts=ClarificationFacts(Decision.CASE_MANAGEMENT, "Ja", exception="Härtefall"))
    assert Clarification.objects.filter(case=case).count() == 3


def test_whoever_hands_over_can_no_longer_open_case_or_person(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    case = running(cast, frieda)
    hand_over(actor=frieda, case=case, account_id=cast.accounts["mehmet"], summary="Termin am Montag")
    assert not Case.objects.visible_to(frieda).exists()
    assert not Case.objects.exists(), "the wall holds too"
    assert not Person.objects.visible_to(frieda).exists()
    mehmet = act_as(cast.actor("mehmet"))
    assert Case.objects.visible_to(mehmet).get() == case
    assert Person.objects.visible_to(mehmet).exists()
    event = CaseEvent.objects.get(case=case, kind=EventKind.HANDED_OVER)
    assert Texts(case.person_id).open(event.text, Sealed.EVENT) == "Termin am Montag"


def test_the_coordination_assigns_a_case_it_cannot_open(cast: Cast, act_as: Act) -> None:
    case = running(cast, act_as(cast.actor("frieda")))
    karin = act_as(cast.actor("karin"))
    hand_over(actor=karin, case=case, account_id=cast.accounts["mehmet"])
    assert not Case.objects.visible_to(karin).exists()
    assert Case.objects.overseen_by(karin).get().responsible_id == cast.accounts["mehmet"]
    assert Case.objects.visible_to(act_as(cast.actor("mehmet"))).exists()


@pytest.mark.parametrize("stranger", ["tomasz", "klaus", "karin", "frieda"])
def test_a_case_is_handed_to_a_colleague_who_counsels_here_only(cast: Cast, act_as: Act, stranger: str) -> None:
    frieda = act_as(cast.actor("frieda"))
    with pytest.raises(CaseRefused):
        hand_over(actor=frieda, case=opened(cast, frieda), account_id=cast.accounts[stranger])


def test_a_deputy_works_on_the_case_until_the_day_is_over(cast: Cast, act_as: Act) -> None:
    frieda, today = act_as(cast.actor("frieda")), timezone.localdate()
    case = running(cast, frieda)
    deputise(actor=frieda, case=case, account_id=cast.accounts["mehmet"], until=today)
    mehmet = act_as(cast.actor("mehmet"))
    assert Case.objects.visible_to(mehmet).exists()
    with as_owner():
        Case.objects.filter(pk=case.pk).update(deputy_until=today - timedelta(days=1))
    act_as(mehmet)
    assert not Case.objects.visible_to(mehmet).exists()
    assert not Case.objects.exists()


def test_standing_in_can_be_ended(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    case = deputise(actor=frieda, case=running(cast, frieda), account_id=cast.accounts["mehmet"])
    end_deputy(actor=frieda, case=case)
    mehmet = act_as(cast.actor("mehmet"))
    assert not Case.objects.visible_to(mehmet).exists()
    assert not Person.objects.visible_to(mehmet).exists()


def test_a_deputy_does_not_pass_the_case_on(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    case = deputise(actor=frieda, case=running(cast, frieda), account_id=cast.accounts["mehmet"])
    with pytest.raises(PermissionDenied):
        hand_over(actor=act_as(cast.actor("mehmet")), case=case, account_id=cast.accounts["mehmet"])


def test_a_closed_case_is_readable_and_refuses_every_errand(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    case = close_case(actor=frieda, case=running(cast, frieda), facts=ending(remaining_needs="Sprachkurs B2"))
    assert Case.objects.visible_to(frieda).get().goal_attainment == Attainment.REACHED
    with pytest.raises(CaseIsClosed):
        clarify(actor=frieda, case=case, facts=ClarificationFacts(Decision.ADVICE, "Doch"))
    with pytest.raises(CaseIsClosed):
        change_case(actor=frieda, case=case, version=case.version, facts=facts(cast))
    with pytest.raises(PermissionDenied):
        hand_over(actor=frieda, case=case, account_id=cast.accounts["mehmet"])


@pytest.mark.parametrize(
    "statement",
    [
        "update casework_case set priority = 'high' where id = %s",
        "update casework_clarification set decision = 'other' where case_id = %s",
        "delete from casework_clarification where case_id = %s",
        "insert into casework_note (case_id, text, written_at, written_by_id, version)"
        " select %s, 'x'::bytea, now(), walls.actor(), 1",
        "insert into casework_deadline (case_id, kind, due_on, note, set_at, set_by_id)"
        " select %s, 'other', current_date, ''::bytea, now(), walls.actor()",
        "insert into casework_goal (case_id, text, indicator, agreed_on, state, version, changed_at, changed_by_id)"
        " select %s, 'x'::bytea, ''::bytea, current_date, 'open', 1, now(), walls.actor()",
    ],
)
def test_the_database_refuses_to_write_to_a_closed_case(cast: Cast, act_as: Act, statement: str) -> None:
    frieda = act_as(cast.actor("frieda"))
    case = close_case(actor=frieda, case=running(cast, frieda), facts=ending())
    with pytest.raises(IntegrityError, match="closed case"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [case.pk])


def test_nobody_becomes_the_erasure_run_by_saying_so(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    case = close_case(actor=frieda, case=running(cast, frieda), facts=ending())
    with pytest.raises(IntegrityError, match="closed case"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('kimwerk.maintenance', 'on', true)")
        cursor.execute("update casework_case set priority = 'high' where id = %s", [case.pk])


def test_a_closed_case_is_taken_up_again_with_a_reason(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    case = close_case(actor=frieda, case=running(cast, frieda), facts=ending())
    with pytest.raises(CaseRefused):
        reopen_case(actor=frieda, case=case, reason="")
    assert reopen_case(actor=frieda, case=case, reason="Kommt wieder").state == CaseState.RUNNING
    assert [event.kind for event in CaseEvent.objects.filter(case=case).order_by("pk")][-2:] == ["closed", "reopened"]


def test_the_history_of_a_case_is_only_added_to(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    case = opened(cast, frieda)
    CaseEvent.objects.filter(case=case).update(kind="closed")
    assert CaseEvent.objects.get(case=case).kind == EventKind.OPENED, "no policy lets anybody update it"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"closed_on": OPENED - timedelta(days=1)}, "closed_on"),
        ({"closed_on": date(2999, 1, 1)}, "closed_on"),
        ({"reason_id": 0}, "reason"),
    ],
)
def test_an_ending_that_cannot_be_is_refused(cast: Cast, act_as: Act, changes: dict[str, object], field: str) -> None:
    frieda = act_as(cast.actor("frieda"))
    with pytest.raises(CaseRefused) as refused:
        close_case(actor=frieda, case=running(cast, frieda), facts=ending(**changes))
    assert set(refused.value.problems) == {field}
