"""Referrals as errands: sent, answered, closed as a loop, stopped by a withdrawal in either order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from kimwerk.access.actors import Actor
from kimwerk.accounts.sealing import CannotUnseal
from kimwerk.casework.events import ReferralFailed
from kimwerk.casework.models import Referral, ReferralOrigin
from kimwerk.casework.referral_states import ForbiddenMove, ReferralState, transitions
from kimwerk.casework.referral_texts import open_need, open_note
from kimwerk.casework.referral_types import (
    Answer,
    DeclineReason,
    Failure,
    Outcome,
    ReferralChannel,
    ReferralField,
    ReferralProblem,
)
from kimwerk.casework.selectors.referrals import received_referral
from kimwerk.casework.services.answers import answer_referral, release_content, report_arrival, report_result
from kimwerk.casework.services.referral_refusals import NothingToRelease, ReferralMoved, ReferralRefused
from kimwerk.casework.services.referrals import (
    finish_referral,
    give_up_referral,
    note_arrival,
    recall_referral,
    send_referral,
)
from kimwerk.casework.services.stopping import lapse_referrals
from kimwerk.consent.keys import open_content
from kimwerk.consent.models import Disclosure
from kimwerk.consent.selectors import to_be_deleted_by
from kimwerk.consent.services import read_disclosure, withdraw
from kimwerk.kernel.data_categories import DataCategory
from kimwerk.kernel.events import handles
from tests.casework.cases import running
from tests.casework.referring import CONCERN, JOBCENTER, NEED, agent, consent_for, referral_facts, sent
from tests.cast import Cast

Act = Callable[[Actor], Actor]
ACCEPTED = Answer(is_accepted=True, note="Termin am Dienstag um zehn.")
DECLINED = Answer(is_accepted=False, reason=DeclineReason.NO_CAPACITY)
HEARD: list[Failure] = []


@handles(ReferralFailed)
def _hear(event: ReferralFailed) -> None:
    HEARD.append(event.failure)


@pytest.fixture(autouse=True)
def _nothing_heard() -> None:
    HEARD.clear()


def accept(cast: Cast, act_as: Act, referral: Referral, answer: Answer = ACCEPTED) -> Referral:
    """Answered at the Jobcenter; afterwards the database knows the agent as the actor."""
    jana = act_as(agent(cast))
    return answer_referral(actor=jana, referral=referral, version=referral.version, answer=answer)


def test_a_referral_waits_and_has_told_who_it_is_about_to_nobody(cast: Cast, act_as: Act) -> None:
    made = sent(cast, act_as(cast.actor("frieda")))
    assert made.referral.stage is ReferralState.SENT
    assert open_need(made.referral.need) == NEED
    assert NEED not in made.referral.need
    assert made.disclosure is None
    assert CONCERN.encode() not in bytes(made.origin.concern)
    assert made.referral.answer_due_on == timezone.localdate() + timedelta(days=14)


def test_what_a_referral_asks_is_disclosed_under_the_consent(cast: Cast, act_as: Act) -> None:
    made = sent(cast, act_as(cast.actor("frieda")))
    asking = made.asking
    assert (asking.grant_id, asking.recipient_id) == (made.grant.pk, cast.organisations[JOBCENTER])
    assert asking.categories == [DataCategory.CONCERN]
    assert open_content(asking) == {
        DataCategory.CONCERN: {
            "need": NEED, "language": "Ukrainisch", "municipality": "Siegburg", "age": made.referral.age_band
        }
    }  # fmt: skip


def test_a_consent_that_leaves_out_the_matter_lets_nobody_be_asked(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    case = running(cast, frieda)
    consent_for(cast, case, categories=(DataCategory.IDENTITY, DataCategory.CONTACT))
    with pytest.raises(ReferralRefused) as refused:
        send_referral(actor=frieda, case=case, facts=referral_facts(cast, concern=""))
    assert refused.value.problems == {ReferralField.CATEGORIES: ReferralProblem.NOT_COVERED}
    assert not Disclosure.objects.exists()


def test_the_database_stores_no_referral_that_asks_without_a_disclosure(cast: Cast, act_as: Act) -> None:
    """Whoever calls: no disclosure, somebody else's recipient, or one that was recalled are refused alike."""
    made = sent(cast, act_as(cast.actor("frieda")))
    values = {field.attname: getattr(made.referral, field.attname) for field in Referral._meta.concrete_fields}
    elsewhere = cast.organisations["Kreis Kleve"]
    recall_referral(actor=made.sender, referral=made.referral, version=1)
    for changes in ({"asking_id": None}, {"recipient_id": elsewhere}, {}):
        with pytest.raises(IntegrityError, match="disclosed under a consent"), transaction.atomic():
            Referral.objects.create(**values | {"id": None} | changes)
    Referral.objects.create(**values | {"id": None, "asking_id": None, "channel": "slip"})


def test_a_request_about_somebody_else_is_refused_by_the_database(cast: Cast, act_as: Act) -> None:
    made = sent(cast, act_as(cast.actor("frieda")))
    other = running(cast, made.sender)
    with pytest.raises(IntegrityError, match="about the person of its case"), transaction.atomic():
        ReferralOrigin.objects.filter(referral=made.referral).update(case=other)


@pytest.mark.parametrize(
    ("changes", "field", "problem"),
    [
        ({"recipient_id": 0}, ReferralField.RECIPIENT, ReferralProblem.UNKNOWN),
        ({"target_id": 0}, ReferralField.TARGET, ReferralProblem.UNKNOWN),
        ({"need": " "}, ReferralField.NEED, ReferralProblem.MISSING),
        ({"need": "x" * 401}, ReferralField.NEED, ReferralProblem.TOO_LONG),
        ({"need": "Bitte Frau Beispiel anrufen"}, ReferralField.NEED, ReferralProblem.NAMES_SOMEBODY),
        ({"need": "Rückruf an a@b.example"}, ReferralField.NEED, ReferralProblem.NAMES_SOMEBODY),
        ({"answer_due_on": date(2020, 1, 1)}, ReferralField.ANSWER_DUE_ON, ReferralProblem.IN_THE_PAST),
        ({"answer_due_on": date(2999, 1, 1)}, ReferralField.ANSWER_DUE_ON, ReferralProblem.TOO_FAR_AHEAD),
        ({"categories": (), "concern": ""}, ReferralField.CATEGORIES, ReferralProblem.NOTHING_TO_DISCLOSE),
        ({"categories": (DataCategory.HEALTH,)}, ReferralField.CATEGORIES, ReferralProblem.NOT_COVERED),
    ],
)
def test_a_referral_that_cannot_be_is_refused_at_its_field(
    cast: Cast, act_as: Act, changes: dict[str, object], field: ReferralField, problem: ReferralProblem
) -> None:
    frieda = act_as(cast.actor("frieda"))
    case = running(cast, frieda)
    consent_for(cast, case)
    with pytest.raises(ReferralRefused) as refused:
        send_referral(actor=frieda, case=case, facts=referral_facts(cast, **changes))
    assert refused.value.problems == {field: problem}
    assert not Referral.objects.exists()


def test_the_need_must_not_name_the_person(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    case = running(cast, frieda)
    assert case.person
    consent_for(cast, case)
    with pytest.raises(ReferralRefused) as refused:
        send_referral(
            actor=frieda, case=case, facts=referral_facts(cast, need=f"{case.person.family_name} braucht Leistungen")
        )
    assert refused.value.problems == {ReferralField.NEED: ReferralProblem.NAMES_SOMEBODY}


def test_without_a_consent_only_a_slip_of_paper_goes(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    case = running(cast, frieda)
    with pytest.raises(ReferralRefused):
        send_referral(actor=frieda, case=case, facts=referral_facts(cast))
    slip = send_referral(actor=frieda, case=case, facts=referral_facts(cast, channel=ReferralChannel.SLIP))
    act_as(agent(cast))
    assert not Referral.objects.filter(pk=slip.pk).exists()


def test_a_colleague_refers_nobody_out_of_a_foreign_case(cast: Cast, act_as: Act) -> None:
    case = running(cast, act_as(cast.actor("frieda")))
    with pytest.raises(PermissionDenied):
        send_referral(actor=act_as(cast.actor("mehmet")), case=case, facts=referral_facts(cast))


def test_acceptance_discloses_what_was_promised_and_nothing_else(cast: Cast, act_as: Act) -> None:
    made = sent(cast, act_as(cast.actor("frieda")))
    answered = accept(cast, act_as, made.referral)
    assert answered.stage is ReferralState.ACCEPTED
    assert open_note(answered.note) == ACCEPTED.note
    act_as(made.sender)
    disclosure = made.disclosure
    assert disclosure is not None
    assert (disclosure.recipient_id, disclosure.grant_id) == (cast.organisations[JOBCENTER], made.grant.pk)


def test_the_recipient_stays_the_recipient_to_the_database(cast: Cast, act_as: Act) -> None:
    """Accepting acts in the sender's name for one errand; nothing of the sender's is open afterwards."""
    made = sent(cast, act_as(cast.actor("frieda")))
    accept(cast, act_as, made.referral)
    assert list(ReferralOrigin.objects.all()) == []
    assert Referral.objects.count() == 1


def test_declining_names_a_reason_and_announces_a_need_without_a_name(cast: Cast, act_as: Act) -> None:
    made = sent(cast, act_as(cast.actor("frieda")))
    assert made.case.person
    name = made.case.person.family_name
    declined = accept(cast, act_as, made.referral, DECLINED)
    assert (declined.stage, declined.decline_reason) == (ReferralState.DECLINED, "no_capacity")
    assert [each.reason for each in HEARD] == ["no_capacity"]
    said = repr(HEARD[0])
    assert name not in said
    assert made.case.number not in said
    act_as(made.sender)
    assert made.disclosure is None


def test_nobody_else_answers(cast: Cast, act_as: Act) -> None:
    made = sent(cast, act_as(cast.actor("frieda")))
    for name in ("frieda", "tina", "arno", "klaus", "sam", "karin"):
        with pytest.raises(PermissionDenied):
            answer_referral(actor=act_as(cast.actor(name)), referral=made.referral, version=1, answer=ACCEPTED)


def test_the_loop_closes_with_arrival_and_result(cast: Cast, act_as: Act) -> None:
    made = sent(cast, act_as(cast.actor("frieda")))
    jana = act_as(agent(cast))
    at = answer_referral(actor=jana, referral=made.referral, version=1, answer=ACCEPTED)
    at = report_arrival(actor=jana, referral=at, version=at.version, on=timezone.localdate())
    at = report_result(actor=jana, referral=at, version=at.version, outcome=Outcome.SETTLED)
    assert (at.stage, at.outcome) == (ReferralState.FINISHED, "settled")
    assert at.ended_at is not None
    with pytest.raises(ForbiddenMove):
        report_result(actor=jana, referral=at, version=at.version, outcome=Outcome.UNKNOWN)


def test_the_sender_closes_the_loop_by_what_the_person_tells(cast: Cast, act_as: Act) -> None:
    made = sent(cast, act_as(cast.actor("frieda")))
    at = note_arrival(actor=made.sender, referral=made.referral, version=1, on=timezone.localdate())
    at = finish_referral(actor=made.sender, referral=at, version=at.version, outcome=Outcome.WAITING_LIST)
    assert at.outcome == "waiting_list"


def test_the_second_of_two_who_move_a_referral_is_told(cast: Cast, act_as: Act) -> None:
    made = sent(cast, act_as(cast.actor("frieda")))
    accept(cast, act_as, made.referral)
    act_as(made.sender)
    with pytest.raises(ReferralMoved) as moved:
        recall_referral(actor=made.sender, referral=made.referral, version=1)
    assert moved.value.current.stage is ReferralState.ACCEPTED


def test_recalling_takes_back_what_was_disclosed(cast: Cast, act_as: Act) -> None:
    made = sent(cast, act_as(cast.actor("frieda")))
    at = accept(cast, act_as, made.referral)
    act_as(made.sender)
    recalled = recall_referral(actor=made.sender, referral=at, version=at.version)
    assert recalled.stage is ReferralState.RECALLED
    disclosure = made.disclosure
    assert disclosure
    assert disclosure.recalled_at is not None


def test_a_withdrawal_stops_what_waits_and_it_can_no_longer_be_accepted(cast: Cast, act_as: Act) -> None:
    made = sent(cast, act_as(cast.actor("frieda")))
    withdraw(actor=made.sender, grant=made.grant)
    made.referral.refresh_from_db()
    assert made.referral.stage is ReferralState.STOPPED
    assert made.asking.recalled_at
    jana = act_as(agent(cast))
    with pytest.raises(ForbiddenMove):
        answer_referral(actor=jana, referral=made.referral, version=made.referral.version, answer=ACCEPTED)
    act_as(made.sender)
    assert made.disclosure is None


def test_a_withdrawal_after_the_acceptance_stops_it_too(cast: Cast, act_as: Act) -> None:
    made = sent(cast, act_as(cast.actor("frieda")))
    accept(cast, act_as, made.referral)
    act_as(made.sender)
    withdraw(actor=made.sender, grant=made.grant)
    made.referral.refresh_from_db()
    assert made.referral.stage is ReferralState.STOPPED
    assert made.disclosure
    assert made.asking.recalled_at
    assert made.disclosure.recalled_at


def test_after_a_withdrawal_nothing_more_is_sent(cast: Cast, act_as: Act) -> None:
    """The other order: the consent has gone when the referral is sent."""
    frieda = act_as(cast.actor("frieda"))
    case = running(cast, frieda)
    withdraw(actor=frieda, grant=consent_for(cast, case))
    with pytest.raises(ReferralRefused) as refused:
        send_referral(actor=frieda, case=case, facts=referral_facts(cast))
    assert refused.value.problems == {ReferralField.CATEGORIES: ReferralProblem.NOT_COVERED}
    assert not Referral.objects.exists()


def test_the_recipient_is_told_what_to_delete_of_what_it_has_opened(cast: Cast, act_as: Act) -> None:
    """What was opened before the withdrawal is to be deleted; what nobody opened is merely gone."""
    made = sent(cast, act_as(cast.actor("frieda")))
    unopened = sent(cast, made.sender)
    jana = act_as(agent(cast))
    read_disclosure(actor=jana, disclosure=made.asking)
    act_as(made.sender)
    for each in (made, unopened):
        withdraw(actor=made.sender, grant=each.grant)
    act_as(jana)
    assert [each.pk for each in to_be_deleted_by(jana)] == [made.asking.pk]
    with pytest.raises(CannotUnseal):
        read_disclosure(actor=jana, disclosure=unopened.asking)


def test_a_request_is_no_longer_read_when_its_consent_has_run_out(cast: Cast, act_as: Act) -> None:
    made = sent(cast, act_as(cast.actor("frieda")))
    jana = act_as(agent(cast))
    with time_machine.travel(timezone.now() + timedelta(days=400)):
        found = received_referral(jana, made.referral.pk)
    assert found
    assert (found.row.is_hidden, found.row.need, found.row.state) == (True, "", ReferralState.SENT)


def test_a_consent_that_ran_out_stops_the_acceptance(cast: Cast, act_as: Act) -> None:
    """Expiry is found out when the recipient answers, not by a job."""
    made = sent(cast, act_as(cast.actor("frieda")))
    jana = act_as(agent(cast))
    with time_machine.travel(timezone.now() + timedelta(days=400)):
        at = answer_referral(actor=jana, referral=made.referral, version=1, answer=ACCEPTED)
    assert at.stage is ReferralState.STOPPED
    act_as(made.sender)
    assert made.disclosure is None


def test_an_ended_referral_is_not_touched_by_a_withdrawal(cast: Cast, act_as: Act) -> None:
    made = sent(cast, act_as(cast.actor("frieda")))
    done = finish_referral(actor=made.sender, referral=made.referral, version=1, outcome=Outcome.SETTLED)
    withdraw(actor=made.sender, grant=made.grant)
    done.refresh_from_db()
    assert done.stage is ReferralState.FINISHED


def test_another_consent_withdrawn_stops_nothing(cast: Cast, act_as: Act) -> None:
    made = sent(cast, act_as(cast.actor("frieda")))
    other = consent_for(cast, made.case, categories=(DataCategory.FAMILY,))
    withdraw(actor=made.sender, grant=other)
    made.referral.refresh_from_db()
    assert made.referral.stage is ReferralState.SENT


def test_a_sender_without_a_role_leaves_the_telling_to_the_case(cast: Cast, act_as: Act) -> None:
    """The case was handed over meanwhile: the recipient accepts, and whoever has the case now tells."""
    from kimwerk.casework.services import hand_over

    made = sent(cast, act_as(cast.actor("frieda")))
    hand_over(actor=made.sender, case=made.case, account_id=cast.accounts["mehmet"])
    at = accept(cast, act_as, made.referral)
    assert at.stage is ReferralState.ACCEPTED
    mehmet = act_as(cast.actor("mehmet"))
    assert made.disclosure is None
    release_content(actor=mehmet, referral=at)
    assert made.disclosure is not None
    with pytest.raises(NothingToRelease):
        release_content(actor=mehmet, referral=at)


def test_giving_up_announces_the_need(cast: Cast, act_as: Act) -> None:
    made = sent(cast, act_as(cast.actor("frieda")))
    give_up_referral(actor=made.sender, referral=made.referral, version=1)
    assert [each.reason for each in HEARD] == ["unanswered"]


def test_what_nobody_answers_lapses_by_itself_after_the_grace(cast: Cast, act_as: Act) -> None:
    made = sent(cast, act_as(cast.actor("frieda")))
    today = timezone.localdate()
    assert lapse_referrals(today) == ()
    age(made.referral, days=28)
    assert lapse_referrals(today) == ()
    age(made.referral, days=1)
    assert [each.recipient_id for each in lapse_referrals(today)] == [cast.organisations[JOBCENTER]]
    assert [each.reason for each in HEARD] == ["unanswered"]
    made.referral.refresh_from_db()
    assert made.referral.stage is ReferralState.UNANSWERED
    assert lapse_referrals(today) == ()


def test_a_slip_that_the_person_carries_does_not_lapse(cast: Cast, act_as: Act) -> None:
    """Nobody was asked, so nobody failed to answer, and no need is announced."""
    made = sent(cast, act_as(cast.actor("frieda")), channel=ReferralChannel.SLIP, categories=(), concern="")
    age(made.referral, days=60)
    assert lapse_referrals(timezone.localdate()) == ()
    assert HEARD == []


def test_a_job_of_every_night_lets_them_lapse(cast: Cast, act_as: Act, monkeypatch: pytest.MonkeyPatch) -> None:
    made = sent(cast, act_as(cast.actor("frieda")))
    age(made.referral, days=29)
    monkeypatch.setattr("django.db.connection.close_if_unusable_or_obsolete", lambda: None)
    nightly = app.periodic_registry.periodic_tasks["kimwerk.casework.tasks.lapse", ""]
    assert nightly.cron == "20 3 * * *"
    nightly.task(timestamp=0)
    made.referral.refresh_from_db()
    assert made.referral.stage is ReferralState.UNANSWERED
    assert [each.reason for each in HEARD] == ["unanswered"]


def age(referral: Referral, days: int) -> None:
    """Let time pass for a referral."""
    from tests.cast import as_owner

    with as_owner():
        current = Referral.objects.get(pk=referral.pk)
        Referral.objects.filter(pk=referral.pk).update(answer_due_on=current.answer_due_on - timedelta(days=days))


@pytest.mark.parametrize("state", sorted(ReferralState))
def test_the_database_lets_pass_what_the_table_of_states_permits(cast: Cast, act_as: Act, state: ReferralState) -> None:
    """Every pair of states, tried in SQL as the web role: exactly the permitted ones pass."""
    made = sent(cast, act_as(cast.actor("frieda")))
    needed = {"decline_reason": "other"} if state is ReferralState.DECLINED else {}
    needed |= {"outcome": "unknown"} if state is ReferralState.FINISHED else {}
    for before in ReferralState:
        passed = True
        try:
            with transaction.atomic():
                _put(made.referral, before)
                ended = None if state in {"sent", "accepted", "arrived"} else timezone.now()
                values = {"decline_reason": "", "outcome": ""} | needed
                Referral.objects.filter(pk=made.referral.pk).update(state=state.value, ended_at=ended, **values)
                transaction.set_rollback(True)
        except IntegrityError:
            passed = False
        assert passed == ((before, state) in transitions() or before is state), f"{before} -> {state}"


def _put(referral: Referral, state: ReferralState) -> None:
    """Bring a referral into a state past the trigger, as only the owner can."""
    from tests.cast import as_owner

    with as_owner():
        Referral.objects.filter(pk=referral.pk).update(
            state=state.value,
            ended_at=None if state in {"sent", "accepted", "arrived"} else timezone.now(),
            decline_reason="other" if state is ReferralState.DECLINED else "",
            outcome="unknown" if state is ReferralState.FINISHED else "",
        )


@pytest.mark.parametrize("column", ["need", "age_band", "language", "recipient_id", "channel"])
def test_what_was_asked_is_never_altered(cast: Cast, act_as: Act, column: str) -> None:
    made = sent(cast, act_as(cast.actor("frieda")))
    value = cast.organisations["Kreis Kleve"] if column == "recipient_id" else "slip"
    with pytest.raises(IntegrityError, match="stays as it was asked"), transaction.atomic():
        Referral.objects.filter(pk=made.referral.pk).update(**{column: value})
