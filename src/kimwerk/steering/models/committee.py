"""Committees, their seats, and who holds them from when to when."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.steering.types import CommitteeKind, Rhythm


class CommitteeQuerySet(models.QuerySet["Committee"]):
    """Committees of organisations that the actor may read, and those in which the actor sits today."""

    def visible_to(self, actor: Actor) -> CommitteeQuerySet:
        reads = actor.scope(Permission.STEERING_READ).organisations
        if not actor.can(Permission.STEERING_ATTEND):
            return self.filter(organisation__in=reads)
        held = Term.objects.of_account(actor, timezone.localdate()).values("seat__committee")
        return self.filter(Q(organisation__in=reads) | Q(pk__in=held))

    def kept_by(self, actor: Actor) -> CommitteeQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.STEERING_MANAGE).organisations)

    def existing(self, on: date) -> CommitteeQuerySet:
        return self.filter(valid__contains=on)


class Committee(models.Model):
    """A body that meets: what it is for, how often, and what it takes to decide.

    A working group that becomes a crisis staff ends and names its successor; its papers stay with it.
    """

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=CommitteeKind.choices)
    purpose = models.TextField(blank=True)
    rhythm = models.CharField(max_length=20, choices=Rhythm.choices, default=Rhythm.AS_NEEDED.value)
    quorum_percent = models.PositiveSmallIntegerField(default=50)
    notice_days = models.PositiveSmallIntegerField(default=14)
    valid = DateRangeField()
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors")

    objects = CommitteeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="committee_name_is_unique"),
            models.CheckConstraint(
                condition=Q(valid__isempty=False, valid__startswith__isnull=False), name="committee_has_a_first_day"
            ),
            models.CheckConstraint(
                condition=Q(quorum_percent__gte=1, quorum_percent__lte=100), name="committee_quorum_is_a_share"
            ),
            models.CheckConstraint(condition=Q(notice_days__lte=90), name="committee_notice_is_at_most_a_quarter"),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(valid__endswith__isnull=False),
                name="committee_with_a_successor_has_ended",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in CommitteeKind]), name="committee_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(rhythm__in=[rhythm.value for rhythm in Rhythm]), name="committee_rhythm_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SeatQuerySet(models.QuerySet["Seat"]):
    """Seats of committees that the actor may read or keep."""

    def visible_to(self, actor: Actor) -> SeatQuerySet:
        return self.filter(committee__in=Committee.objects.visible_to(actor))

    def kept_by(self, actor: Actor) -> SeatQuerySet:
        return self.filter(committee__in=Committee.objects.kept_by(actor))

    def given(self) -> SeatQuerySet:
        """Those that were not given up."""
        return self.filter(is_given_up=False)


class Seat(models.Model):
    """A place in a committee: an organisation in a function. Whoever holds it changes, the seat stays."""

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="seats")
    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    function = models.CharField(max_length=120)
    has_vote = models.BooleanField(default=True)
    is_chair = models.BooleanField(default=False)
    is_given_up = models.BooleanField(default=False)

    objects = SeatQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "organisation", "function"],
                condition=Q(is_given_up=False),
                name="seat_stands_once_in_a_committee",
            ),
            models.UniqueConstraint(
                fields=["committee"], condition=Q(is_chair=True, is_given_up=False), name="seat_of_the_chair_is_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.function}"


class TermQuerySet(models.QuerySet["Term"]):
    """Who holds seats of committees that the actor may keep."""

    def kept_by(self, actor: Actor) -> TermQuerySet:
        return self.filter(seat__committee__in=Committee.objects.kept_by(actor))

    def of_account(self, actor: Actor, on: date) -> TermQuerySet:
        """What the actor holds that day, as a member or a deputy."""
        return self.filter(account=actor.account_id, days__contains=on, seat__is_given_up=False)

    def running(self, on: date) -> TermQuerySet:
        return self.filter(days__contains=on)


class Term(models.Model):
    """Somebody in a seat, or deputising in it, from when to when."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="terms")
    name = models.CharField(max_length=160)
    email = models.EmailField(blank=True)
    account = models.ForeignKey("accounts.Account", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    is_deputy = models.BooleanField(default=False)
    days = DateRangeField()

    objects = TermQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="term_is_one_at_a_time",
                expressions=[("seat", RangeOperators.EQUAL), ("days", RangeOperators.OVERLAPS)],
                condition=Q(is_deputy=False),
            ),
            ExclusionConstraint(
                name="term_of_a_deputy_is_one_at_a_time",
                expressions=[("seat", RangeOperators.EQUAL), ("days", RangeOperators.OVERLAPS)],
                condition=Q(is_deputy=True),
            ),
            models.CheckConstraint(
                condition=Q(days__isempty=False, days__startswith__isnull=False), name="term_has_a_first_day"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="term_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
