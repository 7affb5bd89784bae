"""What came with packages beside templates."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.documents.types import Licence, PartKind


class ReceivedQuerySet(models.QuerySet["Received"]):
    """What organisations for which the actor works have taken over. Row-level security stands behind it."""

    def visible_to(self, actor: Actor) -> ReceivedQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.TEMPLATE_READ).touched_organisations)

    def kept_by(self, actor: Actor) -> ReceivedQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.TEMPLATE_KEEP).organisations)


class Received(models.Model):
    """A code list, figure, procedure or survey of another county, to be looked at and worked with.

    It is what the sender signed: `content` is never changed here, only replaced by a newer package of the same origin.
    """

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=PartKind.choices)
    key = models.CharField(max_length=120)
    title = models.CharField(max_length=160)
    licence = models.CharField(max_length=14, choices=Licence.choices)
    origin = models.CharField(max_length=160)
    content = models.TextField()
    sender = models.CharField(max_length=160)
    sender_key = models.CharField(max_length=64)
    received_on = models.DateField()
    received_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)

    objects = ReceivedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "key", "origin"], name="received_stands_once"),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(origin="") & ~Q(content=""), name="received_has_title_origin_and_content"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in PartKind]), name="received_kind_is_known"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "title", "id"], name="received_by_title")]

    def __str__(self) -> str:
        return self.title
