"""Tables of an event, and what was named at them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.events.models.event import Event


class TableGroupQuerySet(models.QuerySet["TableGroup"]):
    """Tables of events that the actor keeps."""

    def kept_by(self, actor: Actor) -> TableGroupQuerySet:
        return self.filter(event__organisation__in=actor.scope(Permission.EVENT_MANAGE).touched_organisations)


class TableGroup(models.Model):
    """A table at which a question was talked about, with its moderator."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="groups")
    title = models.CharField(max_length=160)
    moderator = models.CharField(max_length=160, blank=True)
    topic = models.ForeignKey("activities.Category", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = TableGroupQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "title"], name="event_table_is_named_once")]

    def __str__(self) -> str:
        return self.title


class GroupResultQuerySet(models.QuerySet["GroupResult"]):
    """What was named at events that the actor reads."""

    def visible_to(self, actor: Actor) -> GroupResultQuerySet:
        return self.filter(group__event__organisation__in=actor.scope(Permission.EVENT_READ).touched_organisations)

    def kept_by(self, actor: Actor) -> GroupResultQuerySet:
        return self.filter(group__event__organisation__in=actor.scope(Permission.EVENT_MANAGE).touched_organisations)


class GroupResult(models.Model):
    """One thing that was named at a table; it names nobody."""

    group = models.ForeignKey(TableGroup, on_delete=models.PROTECT, related_name="results")
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    topic = models.ForeignKey("activities.Category", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    target_group = models.ForeignKey(
        "activities.Category", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    legal_circle = models.ForeignKey(
        "activities.Category", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = GroupResultQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="event_result_has_a_title")]

    def __str__(self) -> str:
        return self.title
