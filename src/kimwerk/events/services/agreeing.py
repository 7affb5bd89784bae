"""Agreements with municipalities."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.activities.guard import personal_trait
from kimwerk.audit.services import record
from kimwerk.events.models import Agreement
from kimwerk.events.policies import may_keep
from kimwerk.events.types import AgreementFacts, EventsProblem, EventsRefused


@transaction.atomic
def agree(*, actor: Actor, organisation_id: int, municipality_id: int, facts: AgreementFacts) -> Agreement:
    """Write down what was agreed with a municipality; it holds until a newer one begins. Raises EventsRefused."""
    if not may_keep(actor, organisation_id) or actor.account_id is None:
        raise PermissionDenied
    today = timezone.localdate()
    if any(personal_trait(text, today) for text in (facts.target_groups, facts.interfaces, facts.delimitation)):
        raise EventsRefused(EventsProblem.NAMES_SOMEBODY)
    known = Agreement.objects.visible_to(actor).filter(organisation=organisation_id, municipality=municipality_id)
    if known.filter(valid_from=facts.valid_from).exists():
        raise EventsRefused(EventsProblem.SAME_DAY)
    made = Agreement.objects.create(
        organisation_id=organisation_id,
        municipality_id=municipality_id,
        valid_from=facts.valid_from,
        target_groups=facts.target_groups,
        interfaces=facts.interfaces,
        delimitation=facts.delimitation,
        agreed_by_id=actor.account_id,
    )
    record(actor=actor, action="agreement.made", subject=made)
    return made
