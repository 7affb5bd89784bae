"""What happens at an event: who is there, what is named at the tables, and its entry in the diary."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.activities.guard import personal_trait
from kimwerk.activities.services import log_activity
from kimwerk.activities.services.refusals import EntryRefused
from kimwerk.activities.types import Facts
from kimwerk.audit.services import record
from kimwerk.events.models import Event, GroupResult, Participant, TableGroup
from kimwerk.events.services.planning import coming, locked
from kimwerk.events.types import (
    EventsProblem,
    EventsRefused,
    EventState,
    GroupFacts,
    Guest,
    HeldFacts,
    RegisteredVia,
    ResultFacts,
)


@transaction.atomic
def register(*, actor: Actor, event: Event, guests: Sequence[Guest]) -> int:
    """Put people onto the list of participants; returns how many. Whoever stands on it by name and body stays once."""
    current = locked(actor, event)
    known = set(current.participants.values_list("name", "body"))
    fresh = {(guest.name, guest.body): guest for guest in guests if (guest.name, guest.body) not in known}
    if not fresh:
        raise EventsRefused(EventsProblem.NOBODY)
    Participant.objects.bulk_create(
        Participant(event=current, name=guest.name, body=guest.body, email=guest.email, via=RegisteredVia.OFFICE.value)
        for guest in fresh.values()
    )
    record(actor=actor, action="event.registered", subject=current, amount=len(fresh))
    return len(fresh)


@transaction.atomic
def note_presence(*, actor: Actor, event: Event, present: Collection[int]) -> None:
    """Note who of the list was there; everybody else was not."""
    current = locked(actor, event)
    current.participants.filter(pk__in=present).update(is_present=True)
    current.participants.exclude(pk__in=present).update(is_present=False)
    record(actor=actor, action="event.presence_noted", subject=current)


@transaction.atomic
def keep_group(*, actor: Actor, event: Event, facts: GroupFacts, group: TableGroup | None = None) -> TableGroup:
    """Set up a table, or change it."""
    current = locked(actor, event)
    kept = group or TableGroup(event=current)
    kept.title, kept.moderator, kept.topic_id = facts.title, facts.moderator, facts.topic_id
    kept.save()
    record(actor=actor, action="event.table_kept", subject=current)
    return kept


@transaction.atomic
def keep_result(
    *, actor: Actor, group: TableGroup, facts: ResultFacts, result: GroupResult | None = None
) -> GroupResult:
    """Write down what was named at a table. Raises EventsRefused where it reads like a person's data."""
    locked(actor, group.event)
    today = timezone.localdate()
    if personal_trait(facts.title, today) or personal_trait(facts.text, today):
        raise EventsRefused(EventsProblem.NAMES_SOMEBODY)
    kept = result or GroupResult(group=group)
    kept.title, kept.text, kept.topic_id = facts.title, facts.text, facts.topic_id
    kept.target_group_id, kept.legal_circle_id = facts.target_group_id, facts.legal_circle_id
    kept.save()
    record(actor=actor, action="event.result_kept", subject=group.event)
    return kept


@transaction.atomic
def hold_event(*, actor: Actor, event: Event, facts: HeldFacts) -> Event:
    """Note that an event was held; the work stands in the diary from then on. Raises EventsRefused."""
    current = coming(actor, event)
    if current.day > timezone.localdate():
        raise EventsRefused(EventsProblem.NOT_YET)
    if current.activity_kind_id is not None and actor.account_id is not None:
        current.activity_id = _log(actor, actor.account_id, current, current.activity_kind_id, facts)
    current.state = EventState.HELD.value
    current.save(update_fields=["state", "activity"])
    record(actor=actor, action="event.held", subject=current)
    return current


def _log(actor: Actor, account_id: int, event: Event, kind_id: int, facts: HeldFacts) -> int:
    """The entry in the diary of whoever says that the event was held."""
    entry = Facts(
        organisation_id=event.organisation_id,
        day=event.day,
        kind_id=kind_id,
        done_by_id=account_id,
        municipality_id=event.municipality_id,
        topics=tuple(sorted(set(event.groups.exclude(topic=None).values_list("topic_id", flat=True)))),
        participants_target=facts.participants_target,
        participants_partner=facts.participants_partner,
        minutes=facts.minutes,
    )
    try:
        return log_activity(actor=actor, facts=entry).pk
    except EntryRefused as refused:
        raise EventsRefused(EventsProblem.DIARY_REFUSED) from refused
