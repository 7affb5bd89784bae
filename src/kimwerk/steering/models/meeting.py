"""Meetings of committees: agenda, who was there, and what is written while they run."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.steering.models.committee import Committee, Seat
from kimwerk.steering.types import ItemSource, MeetingState, Presence, ProposalState


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings of committees that the actor may read or keep."""

    def visible_to(self, actor: Actor) -> MeetingQuerySet:
        return self.filter(committee__in=Committee.objects.visible_to(actor))

    def kept_by(self, actor: Actor) -> MeetingQuerySet:
        return self.filter(committee__in=Committee.objects.kept_by(actor))

    def held(self) -> MeetingQuerySet:
        """Those that take or took place."""
        return self.exclude(state=MeetingState.CANCELLED.value)

    def after(self, moment: datetime) -> MeetingQuerySet:
        return self.filter(starts_at__gt=moment)


class Meeting(models.Model):
    """One meeting of a committee. Once its minutes are closed, nothing of it changes; the database sees to it."""

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="meetings", db_index=False)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=160, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    guests = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED.value)
    invited_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["committee", "number"], name="meeting_number_is_unique"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=models.F("starts_at")),
                name="meeting_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in MeetingState]), name="meeting_state_is_known"
            ),
            models.CheckConstraint(
                condition=(Q(state="closed") & Q(closed_at__isnull=False, closed_by__isnull=False))
                | (~Q(state="closed") & Q(closed_at__isnull=True, closed_by__isnull=True)),
                name="meeting_closed_when_and_by_whom",
            ),
        ]
        indexes = [
            models.Index(fields=["committee", "-starts_at"], name="meeting_of_a_committee"),
            models.Index(fields=["-starts_at", "-id"], name="meeting_by_day"),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.committee.name} {self.number}"

    @property
    def day(self) -> date:
        """The day on which it begins."""
        return timezone.localdate(self.starts_at)

    @property
    def invite_by(self) -> date:
        """The last day on which the invitation goes out in time."""
        return self.day - timedelta(days=self.committee.notice_days)

    @property
    def is_closed(self) -> bool:
        """Whether nothing of it may change any more."""
        return self.state in (MeetingState.CLOSED, MeetingState.CANCELLED)


class AgendaItem(models.Model):
    """An item of an agenda; `note` is what the minutes say about it, `note_version` counts its writings."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items", db_index=False)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    presenter = models.CharField(max_length=160, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in ItemSource], default=ItemSource.OFFICE.value
    )
    source_id = models.BigIntegerField(null=True, blank=True)
    note = models.TextField(blank=True)
    note_version = models.PositiveIntegerField(default=0)
    note_at = models.DateTimeField(null=True, blank=True)
    note_by = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"], name="item_has_its_place", deferrable=models.Deferrable.DEFERRED
            ),
            models.UniqueConstraint(
                fields=["meeting", "source", "source_id"],
                condition=Q(source_id__isnull=False),
                name="item_comes_from_a_thing_once",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="item_has_a_title"),
            models.CheckConstraint(
                condition=Q(source__in=[source.value for source in ItemSource]), name="item_source_is_known"
            ),
            models.CheckConstraint(
                condition=Q(note_version=0, note_at__isnull=True, note_by__isnull=True)
                | Q(note_version__gt=0, note_at__isnull=False, note_by__isnull=False),
                name="item_note_was_written_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class NoteDraft(models.Model):
    """What somebody wrote about an item while somebody else wrote too: kept until its writer has merged it."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="drafts")
    written_by = models.ForeignKey("accounts.Account", on_delete=models.CASCADE, related_name="+", db_index=False)
    text = models.TextField()
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "written_by"], name="note_draft_is_one_a_writer"),
        ]

    def __str__(self) -> str:
        return str(self.item_id)


class Attendance(models.Model):
    """Who of a seat was at a meeting; the name stays as it was."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance", db_index=False)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=160, blank=True)
    presence = models.CharField(max_length=10, choices=Presence.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "seat"], name="attendance_of_a_seat_stands_once"),
            models.CheckConstraint(
                condition=Q(presence__in=[presence.value for presence in Presence]), name="attendance_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Proposals for committees that the actor may read or keep."""

    def visible_to(self, actor: Actor) -> ProposalQuerySet:
        return self.filter(committee__in=Committee.objects.visible_to(actor))

    def open(self) -> ProposalQuerySet:
        return self.filter(state=ProposalState.OPEN.value)


class Proposal(models.Model):
    """What somebody wants to see on the agenda of a committee."""

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="proposals")
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    proposed_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)
    proposed_on = models.DateField(default=timezone.localdate)
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.OPEN.value)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="proposal_has_a_title"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in ProposalState]), name="proposal_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title
