"""Writing down contacts with other bodies and working groups."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.network.models import Encounter
from kimwerk.network.policies import may_keep
from kimwerk.network.services.refusing import name_nobody
from kimwerk.network.types import EncounterFacts, NetworkProblem, NetworkRefused


@transaction.atomic
def note_encounter(*, actor: Actor, organisation_id: int, facts: EncounterFacts) -> Encounter:
    """Write down one's own contact with a body or a working group. Raises NetworkRefused."""
    if not may_keep(actor, organisation_id) or actor.account_id is None:
        raise PermissionDenied
    encounter = Encounter(organisation_id=organisation_id, met_by_id=actor.account_id)
    _take_over(encounter, facts)
    record(actor=actor, action="encounter.noted", subject=encounter)
    return encounter


@transaction.atomic
def correct_encounter(*, actor: Actor, encounter: Encounter, facts: EncounterFacts) -> Encounter:
    """Correct a contact of one's own; with whom it was stays. Raises NetworkRefused."""
    own = Encounter.objects.kept_by(actor).filter(met_by=actor.account_id)
    current = own.select_for_update(of=("self",)).filter(pk=encounter.pk).first()
    if current is None:
        raise PermissionDenied
    _take_over(current, facts)
    record(actor=actor, action="encounter.corrected", subject=current)
    return current


def _take_over(encounter: Encounter, facts: EncounterFacts) -> None:
    name_nobody(facts.title, facts.text, facts.function, facts.group)
    if facts.on_day > timezone.localdate():
        raise NetworkRefused(NetworkProblem.NOT_YET)
    if facts.next_on is not None and facts.next_on <= facts.on_day:
        raise NetworkRefused(NetworkProblem.ENDS_BEFORE_IT_BEGINS)
    encounter.partner_id, encounter.group, encounter.function = facts.partner_id, facts.group, facts.function
    encounter.kind, encounter.on_day, encounter.next_on = facts.kind.value, facts.on_day, facts.next_on
    encounter.title, encounter.text, encounter.municipality_id = facts.title, facts.text, facts.municipality_id
    encounter.save()
