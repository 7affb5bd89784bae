"""Contacts, and notes about the counselling."""

from __future__ import annotations

from django.db import models

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.casework.models.case import Case
from kimwerk.casework.models.reach import at, own


class CaseContactQuerySet(models.QuerySet["CaseContact"]):
    """Contacts, walled by who works on their case; countable where cases are."""

    def visible_to(self, actor: Actor) -> CaseContactQuerySet:
        return self.filter(case__in=Case.objects.visible_to(actor))

    def countable_by(self, actor: Actor) -> CaseContactQuerySet:
        """Contacts that may be counted by the actor. What was talked about stands in notes."""
        return self.filter(at(actor, Permission.CASE_COUNT) | own(actor, "case__"), activity__removed_at__isnull=True)


class CaseContact(models.Model):
    """A contact in a case. Day, kind, channel, minutes and people stand in its diary entry, and only there."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="contacts")
    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    activity = models.OneToOneField("activities.Activity", on_delete=models.PROTECT, related_name="+")

    objects = CaseContactQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["organisation", "activity"], name="contact_by_organisation")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.activity_id}"


class Note(models.Model):
    """What was said, done or seen; sealed with the person's key. With a contact it is that contact's note."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    contact = models.OneToOneField(CaseContact, on_delete=models.PROTECT, null=True, blank=True, related_name="note")
    text = models.BinaryField()
    written_at = models.DateTimeField(auto_now_add=True)
    written_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(changed_at__isnull=True, changed_by__isnull=True)
                | models.Q(changed_at__isnull=False, changed_by__isnull=False),
                name="case_note_changed_when_and_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.pk}"
