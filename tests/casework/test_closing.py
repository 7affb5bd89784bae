"""Closing over something open: refused by name, and by the database whoever writes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.casework.conference_types import ConferenceFacts, TaskFacts
from kimwerk.casework.models import Case
from kimwerk.casework.open_parts import open_parts
from kimwerk.casework.referral_types import Outcome
from kimwerk.casework.selectors.open_work import running_shares
from kimwerk.casework.services import CaseHasOpenParts, close_case, open_case
from kimwerk.casework.services.answers import answer_referral
from kimwerk.casework.services.closing import end_shares
from kimwerk.casework.services.conferences import add_task, plan_conference, settle_task
from kimwerk.casework.services.planning import agree_goal, move_goal, plan_step, settle_step
from kimwerk.casework.services.referrals import finish_referral
from kimwerk.casework.types import (
    Attainment,
    ChoiceList,
    ClosingFacts,
    GoalFacts,
    GoalState,
    PartKind,
    StepFacts,
    StepOwner,
    StepState,
)
from kimwerk.consent.models import Disclosure
from kimwerk.consent.selectors import to_be_deleted_by
from kimwerk.consent.services import read_disclosure
from tests.casework.cases import choice, facts
from tests.casework.referring import JOBCENTER, Sent, agent, sent
from tests.casework.test_referrals import ACCEPTED
from tests.cast import Cast

Act = Callable[[Actor], Actor]
SignIn = Callable[[str], Client]


def ending() -> ClosingFacts:
    reason = choice(ChoiceList.CLOSURE_REASON, "ziele-erreicht")
    return ClosingFacts(timezone.localdate(), reason, Attainment.REACHED)


def open_kinds(made: Sent) -> dict[PartKind, int]:
    return {part.kind: part.amount for part in open_parts(made.sender, made.case)}


def close_past_the_errand(case: Case) -> None:
    with transaction.atomic():
        Case.objects.filter(pk=case.pk).update(
            state="closed",
            closed_on=timezone.localdate(),
            closed_by=case.responsible_id,
            closure_reason=ending().reason_id,
            goal_attainment="reached",
        )


def test_a_case_is_closed_only_when_each_part_of_it_is_settled(cast: Cast, act_as: Act) -> None:
    """Errand and database refuse as long as anything is open, and name it; settled one by one, it closes."""
    made = sent(cast, act_as(cast.actor("frieda")))
    frieda, case, today = made.sender, made.case, timezone.localdate()
    goal = agree_goal(actor=frieda, case=case, facts=GoalFacts("Arbeit", "Vertrag", today))
    step = plan_step(actor=frieda, goal=goal, facts=StepFacts("Mappe", StepOwner.CLIENT, today))
    conference = plan_conference(
        actor=frieda,
        facts=ConferenceFacts(
            organisation_id=case.organisation_id,
            occasion="Übergang",
            planned_at=timezone.now() + timedelta(days=3),
            question="Wer hilft?",
            case_id=case.pk,
            invitees=(cast.organisations[JOBCENTER],),
        ),
    )
    task = add_task(actor=frieda, conference=conference, task=TaskFacts("Termin", today, account_id=frieda.account_id))
    jana = act_as(agent(cast))
    answered = answer_referral(actor=jana, referral=made.referral, version=1, answer=ACCEPTED)
    act_as(frieda)

    def refused(*kinds: PartKind) -> None:
        with pytest.raises(CaseHasOpenParts) as error:
            close_case(actor=frieda, case=case, facts=ending())
        assert [part.kind for part in error.value.parts] == list(kinds)
        with pytest.raises(IntegrityError, match=f"not closed while a {kinds[0].value} is open"):
            close_past_the_errand(case)

    refused(PartKind.GOAL, PartKind.STEP, PartKind.REFERRAL, PartKind.CONFERENCE_TASK)
    move_goal(actor=frieda, goal=goal, state=GoalState.REACHED)
    settle_step(actor=frieda, step=step, state=StepState.DROPPED)
    refused(PartKind.REFERRAL, PartKind.CONFERENCE_TASK)
    finish_referral(actor=frieda, referral=answered, version=answered.version, outcome=Outcome.SETTLED)
    settle_task(actor=frieda, task=task)
    assert open_kinds(made) == {PartKind.SHARE: 2}
    refused(PartKind.SHARE)
    assert end_shares(actor=frieda, case=case) == 2
    assert close_case(actor=frieda, case=case, facts=ending()).closed_on == today


def test_ending_the_shares_tells_the_recipient_to_delete_what_was_opened(cast: Cast, act_as: Act) -> None:
    made = sent(cast, act_as(cast.actor("frieda")))
    jana = act_as(agent(cast))
    read_disclosure(actor=jana, disclosure=made.asking)
    act_as(made.sender)
    assert end_shares(actor=made.sender, case=made.case) == 0  # it belongs to an open referral
    finish_referral(actor=made.sender, referral=made.referral, version=1, outcome=Outcome.UNKNOWN)
    assert end_shares(actor=made.sender, case=made.case) == 1
    act_as(jana)
    assert [each.pk for each in to_be_deleted_by(jana)] == [made.asking.pk]


def test_shares_run_on_for_another_open_case_of_the_person(cast: Cast, act_as: Act) -> None:
    made = sent(cast, act_as(cast.actor("frieda")))
    assert made.case.person_id
    open_case(actor=made.sender, person_id=made.case.person_id, facts=facts(cast))
    finish_referral(actor=made.sender, referral=made.referral, version=1, outcome=Outcome.UNKNOWN)
    assert not running_shares(made.sender, made.case).exists()
    close_case(actor=made.sender, case=made.case, facts=ending())
    assert Disclosure.objects.shared(timezone.localdate()).exists()


def test_the_page_names_what_is_open_and_leads_to_ending_the_shares(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    made = sent(cast, act_as(cast.actor("frieda")))
    frieda, url = sign_in("frieda"), f"/faelle/{made.case.pk}/abschluss/"
    form = {
        "closed_on": date.today().isoformat(),
        "reason": ending().reason_id,
        "attainment": "reached",
        "remaining_needs": "",
    }
    page = frieda.post(url, form).content.decode()
    assert "Der Fall kann noch nicht abgeschlossen werden. Noch offen: Verweise (1)." in page
    act_as(made.sender)
    finish_referral(actor=made.sender, referral=made.referral, version=1, outcome=Outcome.UNKNOWN)
    page = frieda.post(url, form).content.decode()
    assert "Laufende Weitergaben (1)" in page
    assert f"{url}weitergaben/" in page
    assert JOBCENTER in frieda.get(f"{url}weitergaben/").content.decode()
    frieda.post(f"{url}weitergaben/")
    assert frieda.post(url, form).status_code == 302
