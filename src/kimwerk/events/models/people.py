"""Who is invited to an event, and who takes part."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.events.models.event import Event
from kimwerk.events.types import RegisteredVia


class Invitation(models.Model):
    """One address that was invited, with a link that answers once. Only the hash of the link is kept.

    The organisation whose event it is stands here again, so that the wall of events can ask for a link
    without a wall asking itself.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="invitations")
    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    body = models.ForeignKey(
        "directory.Organisation", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    name = models.CharField(max_length=200)
    email = models.EmailField()
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    is_coming = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "email"], name="event_address_is_invited_once"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, is_coming__isnull=True)
                | Q(answered_at__isnull=False, is_coming__isnull=False),
                name="event_invitation_is_answered_when_and_how",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ParticipantQuerySet(models.QuerySet["Participant"]):
    """Participants of events that the actor reads."""

    def visible_to(self, actor: Actor) -> ParticipantQuerySet:
        homes = actor.scope(Permission.EVENT_READ).touched_organisations
        return self.filter(event__organisation__in=homes)

    def kept_by(self, actor: Actor) -> ParticipantQuerySet:
        homes = actor.scope(Permission.EVENT_MANAGE).touched_organisations
        return self.filter(event__organisation__in=homes)


class Participant(models.Model):
    """Somebody on the list of an event, in their profession or as a volunteer."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="participants")
    invitation = models.ForeignKey(
        Invitation, on_delete=models.SET_NULL, null=True, blank=True, related_name="participants"
    )
    name = models.CharField(max_length=160)
    body = models.CharField(max_length=160, blank=True)
    email = models.EmailField(blank=True)
    via = models.CharField(max_length=8, choices=RegisteredVia.choices)
    registered_at = models.DateTimeField(default=timezone.now)
    is_present = models.BooleanField(null=True, blank=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="event_participant_has_a_name")]

    def __str__(self) -> str:
        return self.name
