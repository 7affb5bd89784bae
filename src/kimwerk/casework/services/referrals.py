"""Referrals from the side of the sender: sent, taken back, given up, arrived, finished."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.casework.events import ReferralFailed
from kimwerk.casework.models.case import Case
from kimwerk.casework.models.referral import Referral, ReferralOrigin
from kimwerk.casework.referral_policies import may_keep_case
from kimwerk.casework.referral_states import ENDED, FAILED, Move, ReferralState, Side, after
from kimwerk.casework.referral_texts import CONCERN, seal_need
from kimwerk.casework.referral_types import (
    AGE_BANDS,
    DAYS_TO_ANSWER,
    PURPOSE,
    Failure,
    Outcome,
    ReferralChannel,
    ReferralFacts,
    ReferralField,
    ReferralProblem,
)
from kimwerk.casework.services.links import revoke_links
from kimwerk.casework.services.referral_judging import judge_referral
from kimwerk.casework.services.referral_refusals import ReferralMoved, ReferralRefused
from kimwerk.consent.models import Disclosure, Grant
from kimwerk.consent.selectors import covering_grant
from kimwerk.consent.services import NotCovered, disclose, recall
from kimwerk.kernel.age_bands import AgeBand
from kimwerk.kernel.data_categories import DataCategory
from kimwerk.kernel.events import announce
from kimwerk.persons.keys import seal_for
from kimwerk.persons.reference import language_name
from kimwerk.persons.selectors import PersonCard, person_card


@transaction.atomic
def send_referral(*, actor: Actor, case: Case, facts: ReferralFacts) -> Referral:
    """Ask an organisation's queue. Raises ReferralRefused with what is wrong where.

    What is asked tells nobody's name and is a disclosure all the same: the database stores it under a consent in
    force only. That the consent covers what is to be disclosed on acceptance is asked now and again then.
    """
    if not may_keep_case(actor, case.pk) or case.person_id is None or actor.account_id is None:
        raise PermissionDenied
    card = person_card(actor, case.person_id)
    if card is None:
        raise PermissionDenied
    problems = judge_referral(facts, case, card)
    if problems:
        raise ReferralRefused(problems)
    grant = _grant_for(case.person_id, facts)
    asking = _asking(actor, case, facts, card, grant) if grant else None
    now = timezone.now()
    referral = Referral.objects.create(
        organisation_id=case.organisation_id,
        recipient_id=facts.recipient_id,
        target_id=facts.target_id,
        need=seal_need(facts.need.strip()),
        language=_language(card),
        municipality_id=case.municipality_id,
        age_band=_age_band(card).key,
        channel=facts.channel.value,
        state=ReferralState.SENT.value,
        sent_at=now,
        sent_by_id=actor.account_id,
        answer_due_on=facts.answer_due_on or timezone.localdate(now) + timedelta(days=DAYS_TO_ANSWER),
        asking=asking,
    )
    ReferralOrigin.objects.create(
        referral=referral,
        case=case,
        grant=grant,
        categories=[category.value for category in facts.categories] if grant else [],
        concern=seal_for(case.person_id, facts.concern.strip(), purpose=CONCERN) if facts.concern.strip() else b"",
    )
    record(actor=actor, action="referral.sent", subject=referral)
    return referral


@transaction.atomic
def recall_referral(*, actor: Actor, referral: Referral, version: int) -> Referral:
    """Take a referral back; what was disclosed with it and on acceptance is taken back too."""
    current = _locked(actor, referral, version)
    _move(current, Move.RECALL)
    for told in (current.asking, current.disclosure):
        if told is not None:
            recall(actor=actor, disclosure=told)
    revoke_links(current)
    record(actor=actor, action="referral.recalled", subject=current)
    return current


@transaction.atomic
def give_up_referral(*, actor: Actor, referral: Referral, version: int) -> Referral:
    """Stop waiting for an answer. The need that nobody met is announced, without a name."""
    current = _locked(actor, referral, version)
    _move(current, Move.LAPSE)
    revoke_links(current)
    record(actor=actor, action="referral.given_up", subject=current)
    return current


@transaction.atomic
def note_arrival(*, actor: Actor, referral: Referral, version: int, on: date) -> Referral:
    """The person was there, as the sender heard."""
    current = _locked(actor, referral, version)
    current.arrived_on = on
    _move(current, Move.NOTE_ARRIVAL, "arrived_on")
    record(actor=actor, action="referral.arrived", subject=current)
    return current


@transaction.atomic
def finish_referral(*, actor: Actor, referral: Referral, version: int, outcome: Outcome) -> Referral:
    """Close the loop with a result, as the sender heard it."""
    current = _locked(actor, referral, version)
    current.outcome = outcome.value
    _move(current, Move.FINISH, "outcome")
    revoke_links(current)
    record(actor=actor, action="referral.finished", subject=current)
    return current


def store_move(referral: Referral, move: Move, side: Side, *changed: str) -> None:
    """Move a locked referral and store it. A failure is announced. Raises ForbiddenMove."""
    referral.state = after(referral.stage, move, side).value
    if referral.stage in ENDED:
        referral.ended_at = timezone.now()
    referral.version += 1
    referral.save(update_fields=["state", "ended_at", "version", *changed])
    if referral.stage in FAILED:
        announce(ReferralFailed(failure_of(referral)))


def failure_of(referral: Referral) -> Failure:
    """What may be said upwards of a referral that failed."""
    return Failure(
        organisation_id=referral.organisation_id,
        recipient_id=referral.recipient_id,
        target_id=referral.target_id,
        municipality_id=referral.municipality_id,
        language=referral.language,
        age_band=referral.age_band,
        reason=referral.decline_reason or referral.state,
        failed_on=timezone.localdate(referral.ended_at),
    )


def _move(referral: Referral, move: Move, *changed: str) -> None:
    store_move(referral, move, Side.SENDER, *changed)


def _locked(actor: Actor, referral: Referral, version: int) -> Referral:
    """The referral as it stands now, held until the transaction ends; only for who works on its case."""
    if not ReferralOrigin.objects.kept_by(actor).filter(referral=referral.pk).exists():
        raise PermissionDenied
    current = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    if current.version != version:
        raise ReferralMoved(current)
    return current


def _grant_for(person_id: int, facts: ReferralFacts) -> Grant | None:
    """The consent the referral will rest on; none is needed for a slip that the person carries."""
    if facts.channel is ReferralChannel.SLIP:
        return None
    grant = covering_grant(
        person_id, recipient_id=facts.recipient_id, purpose=PURPOSE, categories=needed_categories(facts)
    )
    if grant is None:
        raise ReferralRefused({ReferralField.CATEGORIES: ReferralProblem.NOT_COVERED})
    return grant


def needed_categories(facts: ReferralFacts) -> frozenset[DataCategory]:
    """What a consent must cover: the matter itself, with which is asked, and the data chosen for the acceptance."""
    return frozenset({DataCategory.CONCERN, *facts.categories})


def _asking(actor: Actor, case: Case, facts: ReferralFacts, card: PersonCard, grant: Grant) -> Disclosure:
    """What the recipient reads before answering, frozen as a disclosure. Raises ReferralRefused."""
    language = _language(card)
    asked = {
        "need": facts.need.strip(),
        "language": language_name(language) if language else "",
        "municipality": case.municipality.name if case.municipality else "",
        "age": _age_band(card).key,
    }
    try:
        return disclose(
            actor=actor,
            person_id=grant.person_id,
            recipient_id=facts.recipient_id,
            purpose=PURPOSE,
            content={DataCategory.CONCERN: asked},
            grant=grant,
        )
    except NotCovered as error:
        raise ReferralRefused({ReferralField.CATEGORIES: ReferralProblem.NOT_COVERED}) from error


def _language(card: PersonCard) -> str:
    return card.interpreter_key or card.mother_tongue_key


def _age_band(card: PersonCard) -> AgeBand:
    today = timezone.localdate()
    if card.birth_date is not None:
        return AGE_BANDS.of_birth_date(card.birth_date, today)
    return AGE_BANDS.of_birth_year(card.birth_year, today)
