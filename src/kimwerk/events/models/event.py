"""Events, what is to be done for them, and the templates of their checklists."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.events.types import COMING, EventKind, EventState


class EventsQuerySet(models.QuerySet["Event"]):
    """Events of organisations whose events the actor reads. Row-level security stands behind it."""

    def visible_to(self, actor: Actor) -> EventsQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.EVENT_READ).touched_organisations)

    def kept_by(self, actor: Actor) -> EventsQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.EVENT_MANAGE).touched_organisations)

    def coming(self) -> EventsQuerySet:
        """Those that are neither held nor called off."""
        return self.filter(state__in=[state.value for state in COMING])


class Event(models.Model):
    """One event: what, when, where, and how far it is."""

    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=12, choices=EventKind.choices)
    title = models.CharField(max_length=160)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    municipality = models.ForeignKey(
        "directory.Municipality", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    place = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    places = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=EventState.choices, default=EventState.PLANNED.value)
    activity_kind = models.ForeignKey(
        "activities.Category", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    activity = models.ForeignKey(
        "activities.Activity", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    feedback = models.OneToOneField("surveys.Survey", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    planned_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)

    objects = EventsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="event_has_a_title"),
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in EventKind]), name="event_kind_is_known"),
            models.CheckConstraint(condition=Q(state__in=[s.value for s in EventState]), name="event_state_is_known"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")), name="event_ends_after_it_begins"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-starts_at", "-id"], name="event_of_an_organisation")]

    def __str__(self) -> str:
        return self.title

    @property
    def day(self) -> date:
        """The day on which the event begins."""
        return timezone.localdate(self.starts_at)

    @property
    def is_coming(self) -> bool:
        """Whether it is neither held nor called off."""
        return EventState(self.state) in COMING


class Step(models.Model):
    """Something to be done for an event by a day."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="steps")
    title = models.CharField(max_length=200)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, done_by__isnull=True)
                | Q(done_on__isnull=False, done_by__isnull=False),
                name="event_step_done_when_and_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class StepTemplateQuerySet(models.QuerySet["StepTemplate"]):
    """Templates of the organisations whose events the actor reads."""

    def visible_to(self, actor: Actor) -> StepTemplateQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.EVENT_READ).touched_organisations)


class StepTemplate(models.Model):
    """A line of the checklist with which events of a kind begin at an organisation."""

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=EventKind.choices)
    days = models.SmallIntegerField()
    title = models.CharField(max_length=200)

    objects = StepTemplateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "days", "title"], name="event_template_step_stands_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title
