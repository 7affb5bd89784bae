"""Inviting to events, and answers that come by the link of an invitation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.walls import name_link
from kimwerk.accounts.tokens import LinkState, fresh_token, hash_token
from kimwerk.audit.services import record, record_unnamed
from kimwerk.events.models import Event, Invitation, Participant
from kimwerk.events.selectors.events import places_left
from kimwerk.events.services.planning import coming
from kimwerk.events.types import (
    Addressee,
    EventsProblem,
    EventsRefused,
    EventState,
    Guest,
    RegisteredVia,
)

MOST_GUESTS = 10
"""So many may be registered by one link."""


@dataclass(frozen=True, slots=True)
class Sent:
    """An invitation with its link's secret, which is told once and kept nowhere."""

    invitation: Invitation
    token: str


@dataclass(frozen=True, slots=True)
class FoundInvitation:
    """An invitation as the holder of its link finds it."""

    state: LinkState
    invitation: Invitation | None = None


@transaction.atomic
def invite(*, actor: Actor, event: Event, addressees: Sequence[Addressee]) -> list[Sent]:
    """Make an invitation for everybody who has none yet. Raises EventsRefused where nobody is left to invite."""
    current = coming(actor, event)
    known = set(Invitation.objects.filter(event=current).values_list("email", flat=True))
    fresh = {each.email: each for each in addressees if each.email and each.email not in known}
    if not fresh:
        raise EventsRefused(EventsProblem.NOBODY)
    sent = [_invitation(current, each) for each in fresh.values()]
    Invitation.objects.bulk_create(each.invitation for each in sent)
    if current.state == EventState.PLANNED:
        current.state = EventState.INVITED.value
        current.save(update_fields=["state"])
    record(actor=actor, action="event.invited", subject=current, amount=len(sent))
    return sent


@transaction.atomic
def remind(*, actor: Actor, event: Event) -> list[Sent]:
    """New links for those who have not answered; the links before stop working. Raises EventsRefused."""
    current = coming(actor, event)
    silent = list(Invitation.objects.select_for_update(of=("self",)).filter(event=current, answered_at=None))
    if not silent:
        raise EventsRefused(EventsProblem.NOBODY)
    sent = []
    for invitation in silent:
        token = fresh_token()
        invitation.token_hash, invitation.sent_at = hash_token(token), timezone.now()
        invitation.expires_at = current.starts_at
        sent.append(Sent(invitation, token))
    Invitation.objects.bulk_update(silent, ["token_hash", "sent_at", "expires_at"])
    record(actor=actor, action="event.reminded", subject=current, amount=len(sent))
    return sent


def find_invitation(token: str) -> FoundInvitation:
    """What the holder of this token finds; names the link to the database for the rest of the transaction."""
    name_link(hash_token(token))
    found = Invitation.objects.filter(token_hash=hash_token(token)).select_related("event__municipality").first()
    if found is None:
        return FoundInvitation(LinkState.GONE)
    if not found.event.is_coming or found.expires_at <= timezone.now():
        return FoundInvitation(LinkState.OVER, found)
    return FoundInvitation(LinkState.OPEN if found.answered_at is None else LinkState.USED, found)


@transaction.atomic
def answer_by_link(*, token: str, guests: Sequence[Guest]) -> FoundInvitation:
    """Register by the link, or decline without a guest; it answers once. Raises EventsRefused where it is full.

    Whoever is slower than somebody else with the same link is told that it was used.
    """
    found = find_invitation(token)
    if found.invitation is None or found.state is not LinkState.OPEN:
        return found
    _one_at_a_time(found.invitation.event_id)
    held = Invitation.objects.select_for_update(of=("self",)).get(pk=found.invitation.pk)
    if held.answered_at is not None:
        return FoundInvitation(LinkState.USED, found.invitation)
    left = places_left(found.invitation.event)
    if left is not None and len(guests) > left:
        raise EventsRefused(EventsProblem.FULL)
    held.answered_at, held.is_coming = timezone.now(), bool(guests)
    held.save(update_fields=["answered_at", "is_coming"])
    Participant.objects.bulk_create(
        Participant(
            event_id=held.event_id, invitation=held, name=guest.name, body=guest.body, email=guest.email,
            via=RegisteredVia.LINK.value,
        )
        for guest in guests[:MOST_GUESTS]
    )  # fmt: skip
    record_unnamed(action="event.answered", subject=held)
    return FoundInvitation(LinkState.OPEN, held)


def _invitation(event: Event, addressee: Addressee) -> Sent:
    token = fresh_token()
    invitation = Invitation(
        event=event,
        organisation_id=event.organisation_id,
        body_id=addressee.body_id,
        name=addressee.name,
        email=addressee.email,
        token_hash=hash_token(token),
        expires_at=event.starts_at,
        sent_at=timezone.now(),
    )
    return Sent(invitation, token)


def _one_at_a_time(event_id: int) -> None:
    """Places are counted and given one registration after the other."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"event {event_id}"])
