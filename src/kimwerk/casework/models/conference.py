"""Case conferences: who is invited, what is asked, what is agreed, who does what."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.casework.conference_types import Attendance, ClientPresence, ConferenceState
from kimwerk.casework.models.case import Case
from kimwerk.kernel.data_categories import DataCategory


class ConferenceQuerySet(models.QuerySet["Conference"]):
    """Conferences: those of one's own cases, and the anonymised ones of one's organisation."""

    def visible_to(self, actor: Actor) -> ConferenceQuerySet:
        learning = (
            actor.scope(Permission.CASE_WORK).touched_organisations
            | actor.scope(Permission.CASE_OVERSEE).touched_organisations
        )
        return self.filter(
            Q(case__in=Case.objects.visible_to(actor)) | Q(case__isnull=True, organisation__in=sorted(learning))
        )

    def countable_by(self, actor: Actor) -> ConferenceQuerySet:
        """Those that may be counted, not read."""
        counted = actor.scope(Permission.CASE_COUNT).touched_organisations
        return self.filter(
            Q(organisation__in=sorted(counted)) | Q(pk__in=Conference.objects.visible_to(actor).values("pk"))
        )

    def planned(self) -> ConferenceQuerySet:
        return self.filter(state=ConferenceState.PLANNED.value)


class Conference(models.Model):
    """A case conference (Fallkonferenz). Without a case it is anonymised, for learning, and knows no person.

    `question` and `agreement` are sealed: with the person's key where there is one, by the
    installation otherwise. Content goes to the invited only when a consent covers every one of them.
    """

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="conferences")
    occasion = models.CharField(max_length=120)
    planned_at = models.DateTimeField()
    place = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in ConferenceState])
    question = models.BinaryField()
    categories = ArrayField(
        models.CharField(max_length=24, choices=[(c.value, c.value) for c in DataCategory]), default=list, blank=True
    )
    shared_at = models.DateTimeField(null=True, blank=True)
    shared_by = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    held_on = models.DateField(null=True, blank=True)
    client = models.CharField(max_length=12, blank=True, choices=[(c.value, c.value) for c in ClientPresence])
    agreement = models.BinaryField(blank=True, default=b"")
    next_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)
    version = models.PositiveIntegerField(default=1)

    objects = ConferenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in ConferenceState]), name="conference_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=ConferenceState.HELD.value, held_on__isnull=False)
                | (~Q(state=ConferenceState.HELD.value) & Q(held_on__isnull=True)),
                name="conference_is_held_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(shared_at__isnull=True, shared_by__isnull=True)
                | Q(shared_at__isnull=False, shared_by__isnull=False, case__isnull=False),
                name="conference_shared_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(case__isnull=False) | Q(categories=[], client=""),
                name="conference_without_a_case_knows_nobody",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "planned_at"], name="conference_by_day")]

    def __str__(self) -> str:
        return f"Conference {self.pk}"

    @property
    def is_anonymous(self) -> bool:
        """Whether it is held for learning, with no person behind it."""
        return self.case_id is None


class ConferenceInvitee(models.Model):
    """An organisation that is invited, and what it was told."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="invitees")
    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    legal_circle = models.ForeignKey(
        "activities.Category", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    attendance = models.CharField(max_length=12, choices=[(a.value, a.value) for a in Attendance])
    disclosure = models.ForeignKey(
        "consent.Disclosure", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "organisation"], name="conference_invites_an_organisation_once"
            ),
            models.CheckConstraint(
                condition=Q(attendance__in=[a.value for a in Attendance]), name="conference_attendance_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.conference_id}: {self.organisation_id}"


class ConferenceTask(models.Model):
    """What somebody took on at a conference: a colleague, an organisation, or the person themselves."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="tasks")
    text = models.BinaryField()
    account = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    is_for_client = models.BooleanField(default=False)
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(account__isnull=False, organisation__isnull=True, is_for_client=False)
                | Q(account__isnull=True, organisation__isnull=False, is_for_client=False)
                | Q(account__isnull=True, organisation__isnull=True, is_for_client=True),
                name="conference_task_has_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="conference_task_done_when_and_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"Task {self.pk} of {self.conference_id}"
