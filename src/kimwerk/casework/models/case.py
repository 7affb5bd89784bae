"""A case, and what happened to it as a whole."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.casework.models.choice import Choice
from kimwerk.casework.models.insight import Insight
from kimwerk.casework.models.reach import at, own
from kimwerk.casework.sealing import Texts
from kimwerk.casework.types import Attainment, CaseKind, CaseState, Decision, EventKind, Priority


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases, walled by who works on them."""

    def visible_to(self, actor: Actor) -> CaseQuerySet:
        """Cases whose content the actor may read: one's own, deputised ones, and those opened for a while."""
        return self.filter(own(actor) | Q(pk__in=Insight.objects.in_force().opened_by(actor).values("case")))

    def own_of(self, actor: Actor) -> CaseQuerySet:
        """Cases the actor works on, as the responsible case manager or as deputy."""
        return self.filter(own(actor))

    def overseen_by(self, actor: Actor) -> CaseQuerySet:
        """Rows of cases for list and load. They hold no content, and are shown without names."""
        return self.filter(at(actor, Permission.CASE_OVERSEE))

    def countable_by(self, actor: Actor) -> CaseQuerySet:
        """Cases that may be counted by the actor, not read."""
        return self.filter(at(actor, Permission.CASE_COUNT) | own(actor))

    def not_closed(self) -> CaseQuerySet:
        return self.exclude(state=CaseState.CLOSED.value)

    def of_person(self, person_id: int) -> CaseQuerySet:
        return self.filter(person=person_id)


class Case(models.Model):
    """The counselling of one person: who does it, of what kind, since when, and how it ended.

    The row holds no content, so that the coordination can list and count. `last_contact_on` follows the
    contacts. `version` grows with every change.
    """

    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=12)
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in CaseKind])
    municipality = models.ForeignKey(
        "directory.Municipality", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    site = models.ForeignKey(
        "directory.Site", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    responsible = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)
    deputy = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    deputy_until = models.DateField(null=True, blank=True)
    state = models.CharField(
        max_length=14, choices=[(s.value, s.value) for s in CaseState], default=CaseState.CLARIFICATION.value
    )
    decision = models.CharField(max_length=16, blank=True, choices=[(d.value, d.value) for d in Decision])
    access_path = models.ForeignKey(Choice, on_delete=models.PROTECT, related_name="+", db_index=False)
    referred_by = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    priority = models.CharField(
        max_length=8, choices=[(p.value, p.value) for p in Priority], default=Priority.NORMAL.value
    )
    opened_on = models.DateField()
    opened_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)
    next_review_on = models.DateField(null=True, blank=True)
    last_contact_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    closure_reason = models.ForeignKey(
        Choice, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    goal_attainment = models.CharField(max_length=12, blank=True, choices=[(a.value, a.value) for a in Attainment])
    version = models.PositiveIntegerField(default=1)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="case_number_is_unique"),
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in CaseKind]), name="case_kind_is_known"),
            models.CheckConstraint(condition=Q(state__in=[s.value for s in CaseState]), name="case_state_is_known"),
            models.CheckConstraint(
                condition=Q(decision="") | Q(decision__in=[d.value for d in Decision]), name="case_decision_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=CaseState.RUNNING.value) | ~Q(decision=""), name="case_running_is_clarified"
            ),
            models.CheckConstraint(
                condition=Q(
                    state=CaseState.CLOSED.value,
                    closed_on__isnull=False,
                    closed_by__isnull=False,
                    closure_reason__isnull=False,
                    goal_attainment__in=[a.value for a in Attainment],
                )
                | ~Q(state=CaseState.CLOSED.value)
                & Q(closed_on__isnull=True, closed_by__isnull=True, closure_reason__isnull=True, goal_attainment=""),
                name="case_closed_when_by_whom_and_why",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=models.F("opened_on")),
                name="case_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(deputy__isnull=True, deputy_until__isnull=True)
                | Q(deputy__isnull=False) & ~Q(deputy=models.F("responsible")),
                name="case_deputy_is_somebody_else",
            ),
            models.CheckConstraint(condition=Q(opened_on__gte="2000-01-01"), name="case_opening_is_plausible"),
        ]
        indexes = [
            models.Index(fields=["responsible", "organisation", "state"], name="case_of_responsible"),
            models.Index(fields=["deputy", "organisation"], condition=Q(deputy__isnull=False), name="case_of_deputy"),
            models.Index(fields=["organisation", "opened_on"], name="case_by_opening"),
            models.Index(fields=["organisation", "closed_on"], name="case_by_closing"),
        ]

    def __str__(self) -> str:
        return self.number

    @cached_property
    def texts(self) -> Texts:
        """Opens what is sealed for the case's person; the key is read once."""
        return Texts(self.person_id)

    @property
    def is_closed(self) -> bool:
        """Whether nothing can be written any more."""
        return self.state == CaseState.CLOSED.value


class CaseCounter(models.Model):
    """The last number an organisation gave to a case in a year."""

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "year"], name="case_counter_stands_once")]

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class CaseEvent(models.Model):
    """What happened to a case as a whole: it is added to, never changed.

    `account` is whom it concerns (a new case manager, a deputy). `text` is sealed with the person's
    key: the summary of a handover, the reason of a reopening, what remains after closing.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=14, choices=[(k.value, k.value) for k in EventKind])
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)
    account = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    until = models.DateField(null=True, blank=True)
    text = models.BinaryField(blank=True, default=bytes)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in EventKind]), name="case_event_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.kind}"
