"""Checklists of module 3 that somebody has begun for a case."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kimwerk.access.actors import Actor
from kimwerk.casework.checklist_types import ChecklistState, ItemState
from kimwerk.casework.models.case import Case


class ChecklistQuerySet(models.QuerySet["Checklist"]):
    """Checklists, behind the wall of their cases. No role of an authority passes it."""

    def visible_to(self, actor: Actor) -> ChecklistQuerySet:
        return self.filter(case__in=Case.objects.visible_to(actor))


class Checklist(models.Model):
    """The preparation of an application (naturalisation, §§ 25a, 25b, 104c). Information, no legal advice.

    `as_of` is the version of the law that the list followed when it was begun.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="checklists")
    list_key = models.CharField(max_length=40)
    as_of = models.DateField()
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in ChecklistState])
    authority = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    appointment_at = models.DateTimeField(null=True, blank=True)
    applied_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    begun_at = models.DateTimeField(auto_now_add=True)
    begun_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)
    version = models.PositiveIntegerField(default=1)

    objects = ChecklistQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in ChecklistState]), name="checklist_state_is_known"
            ),
            models.UniqueConstraint(
                fields=["case", "list_key"],
                condition=Q(state__in=[ChecklistState.PREPARING.value, ChecklistState.APPLIED.value]),
                name="checklist_runs_once_in_a_case",
            ),
            models.CheckConstraint(
                condition=Q(applied_on__isnull=True)
                | Q(decided_on__isnull=True)
                | Q(decided_on__gte=models.F("applied_on")),
                name="checklist_is_decided_after_it_is_applied",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.list_key} of case {self.case_id}"


class ChecklistItem(models.Model):
    """How far one line of a checklist is. The line itself stands in the data of the list."""

    checklist = models.ForeignKey(Checklist, on_delete=models.CASCADE, related_name="items")
    item_key = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in ItemState])
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["checklist", "item_key"], name="checklist_has_a_line_once"),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in ItemState]), name="checklist_item_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(changed_at__isnull=True, changed_by__isnull=True)
                | Q(changed_at__isnull=False, changed_by__isnull=False),
                name="checklist_item_changed_when_and_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.checklist_id}: {self.item_key}"
