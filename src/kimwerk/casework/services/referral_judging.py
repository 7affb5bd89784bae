"""What is wrong with a referral before it is sent."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from kimwerk.activities.models import Category
from kimwerk.activities.types import CategoryList
from kimwerk.casework.models.case import Case
from kimwerk.casework.referral_texts import points_to_somebody
from kimwerk.casework.referral_types import (
    LONGEST_NEED,
    LONGEST_TEXT,
    Problems,
    ReferralChannel,
    ReferralFacts,
    ReferralField,
    ReferralProblem,
)
from kimwerk.directory.models import Organisation
from kimwerk.persons.selectors import PersonCard

LONGEST_WAIT = timedelta(days=92)


def judge_referral(facts: ReferralFacts, case: Case, card: PersonCard) -> Problems:
    """Everything that can be said without asking for the consent; empty where nothing is wrong."""
    today = timezone.localdate()
    return {
        **_recipient(facts, case, today),
        **_target(facts, today),
        **_need(facts, card, today),
        **_disclosed(facts),
        **_deadline(facts, today),
    }


def _recipient(facts: ReferralFacts, case: Case, today: date) -> Problems:
    organisation = Organisation.objects.filter(pk=facts.recipient_id).first()
    if organisation is None:
        return {ReferralField.RECIPIENT: ReferralProblem.UNKNOWN}
    if organisation.pk == case.organisation_id:
        return {ReferralField.RECIPIENT: ReferralProblem.OWN_ORGANISATION}
    if organisation.closed_on is not None and organisation.closed_on <= today:
        return {ReferralField.RECIPIENT: ReferralProblem.RECIPIENT_CLOSED}
    return {}


def _target(facts: ReferralFacts, today: date) -> Problems:
    known = Category.objects.of(CategoryList.REFERRAL_TARGET).valid(today).filter(pk=facts.target_id).exists()
    return {} if known else {ReferralField.TARGET: ReferralProblem.UNKNOWN}


def _need(facts: ReferralFacts, card: PersonCard, today: date) -> Problems:
    if not facts.need.strip():
        return {ReferralField.NEED: ReferralProblem.MISSING}
    if len(facts.need) > LONGEST_NEED:
        return {ReferralField.NEED: ReferralProblem.TOO_LONG}
    if points_to_somebody(facts.need, today, (card.name, card.original_name)):
        return {ReferralField.NEED: ReferralProblem.NAMES_SOMEBODY}
    return {}


def _disclosed(facts: ReferralFacts) -> Problems:
    if facts.channel is ReferralChannel.SLIP:
        return {}
    if len(facts.concern) > LONGEST_TEXT:
        return {ReferralField.CONCERN: ReferralProblem.TOO_LONG}
    if not facts.categories and not facts.concern.strip():
        return {ReferralField.CATEGORIES: ReferralProblem.NOTHING_TO_DISCLOSE}
    return {}


def _deadline(facts: ReferralFacts, today: date) -> Problems:
    if facts.answer_due_on is None:
        return {}
    if facts.answer_due_on <= today:
        return {ReferralField.ANSWER_DUE_ON: ReferralProblem.IN_THE_PAST}
    if facts.answer_due_on > today + LONGEST_WAIT:
        return {ReferralField.ANSWER_DUE_ON: ReferralProblem.TOO_FAR_AHEAD}
    return {}
