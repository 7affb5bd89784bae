"""Registering a family."""

from __future__ import annotations

from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.activities.services import log_activity
from kimwerk.activities.types import Facts
from kimwerk.arrivals.models import Occasion, Registration
from kimwerk.arrivals.policies import may_register
from kimwerk.arrivals.selectors.contracts import not_collected
from kimwerk.arrivals.selectors.lists import member_facts, rows_of_family, shared_facts
from kimwerk.arrivals.services.judging import judge_member, judge_shared, tidied_member, tidied_shared
from kimwerk.arrivals.services.refusals import FamilyRefused, NotCollected, OccasionClosed, RegisteredOtherwise
from kimwerk.arrivals.services.writing import account_of, notice_family, put_facts
from kimwerk.arrivals.types import FamilyFacts, SharedFacts
from kimwerk.audit.services import record

MOST_MEMBERS = 30


@transaction.atomic
def register_family(*, actor: Actor, occasion: Occasion, facts: FamilyFacts) -> tuple[Registration, ...]:
    """Enter everybody of a family, all or nobody, and their registration into the diary.

    The same key sent again returns what was registered then. Raises FamilyRefused, OccasionClosed, NotCollected, and
    RegisteredOtherwise where the key was sent before with something else.
    """
    if not may_register(actor, occasion.organisation_id, facts.shared.municipality_id):
        raise PermissionDenied
    _one_at_a_time(facts)
    if known := rows_of_family(actor, facts.key):
        return _as_before(known, facts)
    current = Occasion.objects.visible_to(actor).open_on(timezone.localdate()).filter(pk=occasion.pk).first()
    if current is None:
        raise OccasionClosed
    facts = _checked(facts, occasion.organisation_id)
    rows = _rows(actor, current, facts)
    _log(actor, current, facts.shared, len(rows))
    record(actor=actor, action="registration.made", amount=len(rows))
    return rows


def _one_at_a_time(facts: FamilyFacts) -> None:
    """Whoever sends the same family twice at once waits for the first to be done."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"family {facts.key}"])


def _as_before(known: tuple[Registration, ...], facts: FamilyFacts) -> tuple[Registration, ...]:
    """What was registered under this key; nothing that is said now may get lost in silence."""
    facts = _tidied(facts)
    said = [(member, facts.shared) for member in facts.members]
    if [(member_facts(row), shared_facts(row)) for row in known] != said:
        raise RegisteredOtherwise(known[0])
    return known


def _tidied(facts: FamilyFacts) -> FamilyFacts:
    return replace(facts, shared=tidied_shared(facts.shared), members=tuple(map(tidied_member, facts.members)))


def _checked(facts: FamilyFacts, organisation_id: int) -> FamilyFacts:
    facts = _tidied(facts)
    shared = judge_shared(facts.shared, organisation_id)
    members = {place: found for place, member in enumerate(facts.members) if (found := judge_member(member))}
    if shared or members or not 0 < len(facts.members) <= MOST_MEMBERS:
        raise FamilyRefused(shared, members)
    if unwanted := not_collected(organisation_id, (facts.shared, *facts.members)):
        raise NotCollected(unwanted)
    return facts


def _rows(actor: Actor, occasion: Occasion, facts: FamilyFacts) -> tuple[Registration, ...]:
    rows = []
    for place, member in enumerate(facts.members, start=1):
        row = Registration(
            occasion=occasion,
            organisation_id=occasion.organisation_id,
            family=facts.key,
            place_in_family=place,
            noted_at=facts.noted_at,
            registered_by_id=account_of(actor),
        )
        put_facts(row, member, facts.shared)
        rows.append(row)
    notice_family(actor, rows)
    return tuple(Registration.objects.bulk_create(rows))


def _log(actor: Actor, occasion: Occasion, shared: SharedFacts, people: int) -> None:
    """The work of registering arises in the diary by itself."""
    if occasion.activity_kind_id is None or not actor.can(Permission.ACTIVITY_LOG):
        return
    log_activity(
        actor=actor,
        facts=Facts(
            organisation_id=occasion.organisation_id,
            day=timezone.localdate(),
            kind_id=occasion.activity_kind_id,
            done_by_id=account_of(actor),
            municipality_id=shared.municipality_id,
            participants_target=people,
        ),
    )
