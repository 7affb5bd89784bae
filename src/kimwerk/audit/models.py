"""The log's rows as Django reads them. The tables are made in SQL and belong to another role."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission


class EventQuerySet(models.QuerySet["Event"]):
    """Reads of the log. Row-level security stands behind it."""

    def visible_to(self, actor: Actor) -> EventQuerySet:
        """The whole log for whoever may read it; nothing for anybody else."""
        return self if actor.can(Permission.AUDIT_READ) else self.none()


class Event(models.Model):
    """One entry: somebody changed, did or read something."""

    id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    kind = models.TextField()
    action = models.TextField()
    subject_type = models.TextField()
    subject_id = models.TextField()
    columns = ArrayField(models.TextField())
    amount = models.IntegerField()
    request_id = models.TextField()
    digest = models.BinaryField()

    objects = EventQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = 'audit"."event'

    def __str__(self) -> str:
        return f"{self.action} {self.subject_type} {self.subject_id}"


class Seal(models.Model):
    """A sealed batch: which entries, how many, and the hash that follows from the seal before."""

    id = models.BigIntegerField(primary_key=True)
    first_event = models.BigIntegerField()
    last_event = models.BigIntegerField()
    events = models.IntegerField()
    hash = models.BinaryField()
    sealed_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = 'audit"."seal'

    def __str__(self) -> str:
        return f"{self.first_event}-{self.last_event}"
