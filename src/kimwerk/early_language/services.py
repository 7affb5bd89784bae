"""Everything that changes something about the language programme."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.early_language.models import Deed, Enquiry, Kindergarten, Offer
from kimwerk.early_language.policies import may_keep
from kimwerk.early_language.types import (
    NOT_DONE,
    RUNNING,
    DeedFacts,
    DeedKind,
    EarlyLanguageProblem,
    EarlyLanguageRefused,
    EnquiryFacts,
    EnquiryState,
    KindergartenFacts,
    OfferFacts,
    Step,
)


@transaction.atomic
def keep_kindergarten(
    *, actor: Actor, organisation_id: int, facts: KindergartenFacts, kindergarten: Kindergarten | None = None
) -> Kindergarten:
    """Enter a kindergarten, or change it. Raises EarlyLanguageRefused where the town has one of this name."""
    _allow(actor, organisation_id)
    kept = kindergarten or Kindergarten(organisation_id=organisation_id)
    kept.name, kept.carrier, kept.municipality_id = facts.name, facts.carrier, facts.municipality_id
    kept.address, kept.email, kept.closed_on = facts.address, facts.email, facts.closed_on
    kept.groups, kept.places = facts.groups, facts.places
    kept.is_language_kindergarten = facts.is_language_kindergarten
    _save(kept)
    record(actor=actor, action="early_language.kindergarten_kept", subject=kept)
    return kept


@transaction.atomic
def keep_offer(*, actor: Actor, organisation_id: int, facts: OfferFacts, offer: Offer | None = None) -> Offer:
    """Enter an offer, or change it. Raises EarlyLanguageRefused where there is one of this name."""
    _allow(actor, organisation_id)
    kept = offer or Offer(organisation_id=organisation_id)
    kept.title, kept.audience = facts.title, facts.audience.value
    kept.text, kept.ended_on = facts.text, facts.ended_on
    _save(kept)
    record(actor=actor, action="early_language.offer_kept", subject=kept)
    return kept


@transaction.atomic
def note_enquiry(*, actor: Actor, organisation_id: int, facts: EnquiryFacts, today: date) -> Enquiry:
    """Note that a kindergarten asked for something. Raises EarlyLanguageRefused for a day that is to come."""
    _allow(actor, organisation_id)
    if facts.asked_on > today:
        raise EarlyLanguageRefused(EarlyLanguageProblem.IN_THE_FUTURE)
    enquiry = Enquiry.objects.create(
        organisation_id=organisation_id,
        kindergarten_id=facts.kindergarten_id,
        offer_id=facts.offer_id,
        asked_on=facts.asked_on,
        via=facts.via.value,
    )
    record(actor=actor, action="early_language.enquiry_noted", subject=enquiry)
    return enquiry


@transaction.atomic
def settle_enquiry(*, actor: Actor, enquiry: Enquiry, step: Step, today: date) -> Enquiry:
    """Note what becomes of an enquiry. Raises EarlyLanguageRefused."""
    current = Enquiry.objects.kept_by(actor).select_for_update(of=("self",)).filter(pk=enquiry.pk).first()
    if current is None:
        raise PermissionDenied
    if not current.is_running:
        raise EarlyLanguageRefused(EarlyLanguageProblem.OVER)
    _judge(step, today)
    is_over = step.state not in RUNNING
    current.state, current.reason = (
        step.state.value,
        step.reason.value if step.reason and step.state in NOT_DONE else "",
    )
    current.day, current.event_id = step.on or current.day, step.event_id
    current.settled_on = (step.on if step.state is EnquiryState.DONE else today) if is_over else None
    current.save(update_fields=["state", "reason", "day", "event", "settled_on"])
    record(actor=actor, action=f"early_language.enquiry_{step.state.value}", subject=current)
    return current


@transaction.atomic
def keep_deed(*, actor: Actor, organisation_id: int, facts: DeedFacts, today: date, deed: Deed | None = None) -> Deed:
    """Note what was done, or correct it. Raises EarlyLanguageRefused."""
    _allow(actor, organisation_id)
    if facts.day > today:
        raise EarlyLanguageRefused(EarlyLanguageProblem.IN_THE_FUTURE)
    if facts.kind is DeedKind.COOPERATION and facts.partner_id is None:
        raise EarlyLanguageRefused(EarlyLanguageProblem.PARTNER_MISSING)
    if actor.account_id is None:
        raise PermissionDenied
    kept = deed or Deed(organisation_id=organisation_id, done_by_id=actor.account_id)
    kept.kind, kept.day, kept.times, kept.adults = facts.kind.value, facts.day, facts.times, facts.adults
    kept.kindergarten_id, kept.municipality_id = facts.kindergarten_id, facts.municipality_id
    kept.partner_id, kept.legal_circle_id = facts.partner_id, facts.legal_circle_id
    kept.save()
    record(actor=actor, action="early_language.deed_kept", subject=kept)
    return kept


@transaction.atomic
def remove_deed(*, actor: Actor, deed: Deed) -> None:
    """Take out what was noted by mistake."""
    _allow(actor, deed.organisation_id)
    record(actor=actor, action="early_language.deed_removed", subject=deed)
    deed.delete()


def _allow(actor: Actor, organisation_id: int) -> None:
    if not may_keep(actor, organisation_id):
        raise PermissionDenied


def _save(kept: Kindergarten | Offer) -> None:
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError as error:
        raise EarlyLanguageRefused(EarlyLanguageProblem.NAME_TAKEN) from error


def _judge(step: Step, today: date) -> None:
    if step.state in NOT_DONE and step.reason is None:
        raise EarlyLanguageRefused(EarlyLanguageProblem.REASON_MISSING)
    if step.state in (EnquiryState.AGREED, EnquiryState.DONE) and step.on is None:
        raise EarlyLanguageRefused(EarlyLanguageProblem.DAY_MISSING)
    if step.state is EnquiryState.DONE and step.on is not None and step.on > today:
        raise EarlyLanguageRefused(EarlyLanguageProblem.IN_THE_FUTURE)
