"""Goals, the steps towards them, and how both went."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kimwerk.casework.models.case import Case
from kimwerk.casework.models.choice import Choice
from kimwerk.casework.types import GoalState, StepOwner, StepState


class Goal(models.Model):
    """What the person wants to reach, in their own words, and how one will see it. Texts are sealed."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="goals")
    domain = models.ForeignKey(
        Choice, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    text = models.BinaryField()
    indicator = models.BinaryField(blank=True, default=bytes)
    agreed_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in GoalState], default=GoalState.OPEN.value
    )
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[s.value for s in GoalState]), name="goal_state_is_known"),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=models.F("agreed_on")),
                name="goal_is_due_after_it_is_agreed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.state}"

    @property
    def is_open(self) -> bool:
        """Whether something is still to come."""
        return GoalState(self.state).is_open


class Step(models.Model):
    """An intermediate step: who does what by when. The text is sealed."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="steps", db_index=False)
    text = models.BinaryField()
    owner = models.CharField(max_length=12, choices=[(o.value, o.value) for o in StepOwner])
    body = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(
        max_length=8, choices=[(s.value, s.value) for s in StepState], default=StepState.OPEN.value
    )
    settled_on = models.DateField(null=True, blank=True)
    settled_by = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(owner__in=[o.value for o in StepOwner]), name="step_owner_is_known"),
            models.CheckConstraint(
                condition=Q(owner=StepOwner.BODY.value, body__isnull=False)
                | ~Q(owner=StepOwner.BODY.value) & Q(body__isnull=True),
                name="step_of_a_body_names_it",
            ),
            models.CheckConstraint(
                condition=Q(state=StepState.OPEN.value, settled_on__isnull=True, settled_by__isnull=True)
                | Q(
                    state__in=[StepState.DONE.value, StepState.DROPPED.value],
                    settled_on__isnull=False,
                    settled_by__isnull=False,
                ),
                name="step_settled_when_and_by_whom",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"], condition=Q(state=StepState.OPEN.value), include=["case"], name="step_open_by_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.goal_id}: {self.state}"


class GoalChange(models.Model):
    """A goal's state at a moment: the history is added to, never changed. The note is sealed."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="changes", db_index=False)
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in GoalState])
    note = models.BinaryField(blank=True, default=bytes)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in GoalState]), name="goal_change_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.goal_id}: {self.state}"
