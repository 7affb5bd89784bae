"""Referrals from the side of the recipient: accepted or declined, arrived, finished; with an account or a link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record, record_unnamed
from kimwerk.casework.models.referral import Referral, ReferralLink, ReferralOrigin
from kimwerk.casework.referral_policies import may_answer
from kimwerk.casework.referral_states import Move, ReferralState, Side, after
from kimwerk.casework.referral_texts import CONCERN, seal_note
from kimwerk.casework.referral_types import PURPOSE, Answer, DeclineReason, Outcome
from kimwerk.casework.services.delegation import in_the_name_of
from kimwerk.casework.services.links import keep_content, revoke_links
from kimwerk.casework.services.referral_refusals import NothingToRelease, ReferralMoved
from kimwerk.casework.services.referrals import store_move
from kimwerk.consent.models import Disclosure, Grant
from kimwerk.consent.selectors import covering_grant
from kimwerk.consent.services import NotCovered, disclose
from kimwerk.kernel.data_categories import DataCategory
from kimwerk.persons.keys import open_for
from kimwerk.persons.selectors import facts_by_category

Content = Mapping[DataCategory, Mapping[str, str]]
"""What is disclosed: values by their names, by category."""


@dataclass(frozen=True, slots=True)
class Told:
    """What an acceptance disclosed."""

    content: Content = field(default_factory=dict)
    disclosure: Disclosure | None = None


@transaction.atomic
def answer_referral(*, actor: Actor, referral: Referral, version: int, answer: Answer) -> Referral:
    """Accept or decline from the queue. On acceptance what was agreed is disclosed, as the sender ordered.

    If the consent has ended meanwhile the referral stops instead: its state tells.
    """
    if answer.is_accepted and may_answer(actor, referral):
        _hold_consent(referral)
    current = _locked(actor, referral, version)
    current.answered_by_id = actor.account_id
    _answer(current, answer)
    record(actor=actor, action=f"referral.{current.state}", subject=current)
    return current


@transaction.atomic
def answer_by_link(*, link: ReferralLink, token: str, answer: Answer) -> Referral:
    """The same for whoever holds the link and gave its PIN; what is disclosed is sealed under the link."""
    if answer.is_accepted:
        _hold_consent(Referral.objects.get(pk=link.referral_id))
    current = Referral.objects.select_for_update(of=("self",)).get(pk=link.referral_id)
    told = _answer(current, answer)
    if told.disclosure:
        keep_content(link, token, told.content, until=told.disclosure.share_ends_on)
    if not current.is_open:
        revoke_links(current)
    record_unnamed(action=f"referral.{current.state}", subject=current)
    return current


@transaction.atomic
def report_arrival(*, actor: Actor, referral: Referral, version: int, on: date) -> Referral:
    """The person was there."""
    current = _locked(actor, referral, version)
    current.arrived_on = on
    store_move(current, Move.NOTE_ARRIVAL, Side.RECIPIENT, "arrived_on")
    record(actor=actor, action="referral.arrived", subject=current)
    return current


@transaction.atomic
def report_result(*, actor: Actor, referral: Referral, version: int, outcome: Outcome) -> Referral:
    """Close the loop with a result."""
    current = _locked(actor, referral, version)
    current.outcome = outcome.value
    store_move(current, Move.FINISH, Side.RECIPIENT, "outcome")
    record(actor=actor, action="referral.finished", subject=current)
    return current


@transaction.atomic
def report_by_link(*, link: ReferralLink, outcome: Outcome) -> Referral:
    """Close the loop through the link, which ends with it."""
    current = Referral.objects.select_for_update(of=("self",)).get(pk=link.referral_id)
    current.outcome = outcome.value
    store_move(current, Move.FINISH, Side.RECIPIENT, "outcome")
    revoke_links(current)
    record_unnamed(action="referral.finished", subject=current)
    return current


@transaction.atomic
def release_content(*, actor: Actor, referral: Referral) -> Referral:
    """Disclose what could not be disclosed when the recipient accepted, because the sender had left the case."""
    origin = ReferralOrigin.objects.kept_by(actor).filter(referral=referral.pk, referral__disclosure=None).first()
    current = Referral.objects.select_for_update(of=("self",)).filter(pk=referral.pk).first()
    if origin is None or current is None or current.stage not in {ReferralState.ACCEPTED, ReferralState.ARRIVED}:
        raise NothingToRelease
    told = _disclose(actor, origin)
    if told is None or told.disclosure is None:
        raise NothingToRelease
    current.disclosure = told.disclosure
    current.save(update_fields=["disclosure"])
    record(actor=actor, action="referral.released", subject=current)
    return current


def _hold_consent(referral: Referral) -> None:
    """Take hold of the consent before the referral, as a withdrawal does: so neither waits for the other."""
    with in_the_name_of(referral.sent_by_id) as sender:
        if sender is not None:
            grants = ReferralOrigin.objects.kept_by(sender).filter(referral=referral.pk).values("grant")
            list(Grant.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=grants))


def _answer(referral: Referral, answer: Answer) -> Told:
    """Move the referral by the answer. Returns what was disclosed by it, to be kept where there is no account."""
    referral.answered_at, referral.note = timezone.now(), seal_note(answer.note)
    changed = ("answered_at", "answered_by", "note")
    if not answer.is_accepted:
        referral.decline_reason = (answer.reason or DeclineReason.OTHER).value
        store_move(referral, Move.DECLINE, Side.RECIPIENT, *changed, "decline_reason")
        return Told()
    after(referral.stage, Move.ACCEPT, Side.RECIPIENT)
    with in_the_name_of(referral.sent_by_id) as sender:
        origin = ReferralOrigin.objects.kept_by(sender).filter(referral=referral.pk).first() if sender else None
        told = _disclose(sender, origin) if sender and origin else Told()
    if told is None:
        store_move(referral, Move.STOP, Side.CONSENT, *changed)
        return Told()
    referral.disclosure = told.disclosure
    store_move(referral, Move.ACCEPT, Side.RECIPIENT, *changed, "disclosure")
    return told


def _disclose(actor: Actor, origin: ReferralOrigin) -> Told | None:
    """Hand out what the referral promised; None if no consent in force covers it any more."""
    person_id = origin.case.person_id
    if person_id is None:
        return None
    content = _content(actor, person_id, origin)
    if not content:
        return Told()
    grant = _grant(person_id, origin, frozenset(content))
    if grant is None:
        return None
    try:
        disclosure = disclose(
            actor=actor,
            person_id=person_id,
            recipient_id=origin.referral.recipient_id,
            purpose=PURPOSE,
            content=content,
            grant=grant,
        )
    except NotCovered:
        return None
    origin.grant = grant
    origin.save(update_fields=["grant"])
    return Told(content, disclosure)


def _grant(person_id: int, origin: ReferralOrigin, categories: frozenset[DataCategory]) -> Grant | None:
    """The consent in force; where several cover it, the one on which the referral was sent."""
    recipient_id = origin.referral.recipient_id
    covering = Grant.objects.covering(recipient_id, PURPOSE, categories, timezone.localdate()).filter(person=person_id)
    sent_on = covering.filter(pk=origin.grant_id).first() if origin.grant_id else None
    return sent_on or covering_grant(person_id, recipient_id=recipient_id, purpose=PURPOSE, categories=categories)


def _content(actor: Actor, person_id: int, origin: ReferralOrigin) -> dict[DataCategory, Mapping[str, str]]:
    facts = facts_by_category(actor, person_id)
    chosen = (DataCategory(category) for category in origin.categories)
    content: dict[DataCategory, Mapping[str, str]] = {each: facts[each] for each in chosen if facts.get(each)}
    if origin.concern:
        content[DataCategory.CONCERN] = {"concern": open_for(person_id, bytes(origin.concern), purpose=CONCERN)}
    return content


def _locked(actor: Actor, referral: Referral, version: int) -> Referral:
    current = Referral.objects.select_for_update(of=("self",)).filter(pk=referral.pk).first()
    if current is None or not may_answer(actor, current):
        raise PermissionDenied
    if current.version != version:
        raise ReferralMoved(current)
    return current
