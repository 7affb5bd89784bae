"""People on posts: who they are, when they are away, how they begin, what they have learned."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.staffing.types import CourseState, LeaveKind


class EmployeeQuerySet(models.QuerySet["Employee"]):
    """People of organisations whose posts the actor may read. Row-level security stands behind it."""

    def visible_to(self, actor: Actor) -> EmployeeQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.STAFF_READ).organisations)

    def kept_by(self, actor: Actor) -> EmployeeQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.STAFF_MANAGE).organisations)


class Employee(models.Model):
    """Somebody who holds shares of posts; with an account if they work with the program."""

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    given_name = models.CharField(max_length=120)
    family_name = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=500)
    account = models.ForeignKey("accounts.Account", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = EmployeeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "account"], name="employee_is_one_for_an_account"),
        ]
        indexes = [models.Index(fields=["organisation", "sort_key"], name="employee_by_name")]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}"


class Leave(models.Model):
    """Days on which somebody does not work, so that their share counts for nothing."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="leaves")
    kind = models.CharField(max_length=20, choices=LeaveKind.choices)
    days = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="leave_is_once_at_a_time",
                expressions=[("employee", RangeOperators.EQUAL), ("days", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                condition=models.Q(days__isempty=False, days__startswith__isnull=False, days__endswith__isnull=False),
                name="leave_has_first_and_last_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.days}"


class OnboardingStep(models.Model):
    """One step of somebody's first weeks."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="onboarding")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    done_by_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["employee", "position"], name="onboarding_step_has_its_place"),
            models.CheckConstraint(
                condition=models.Q(done_on__isnull=True, done_by_id__isnull=True)
                | models.Q(done_on__isnull=False, done_by_id__isnull=False),
                name="onboarding_step_done_when_and_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Course(models.Model):
    """A course of somebody: those of the Land are a condition of funding."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="courses")
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=20, choices=CourseState.choices)
    is_required = models.BooleanField(default=False)
    completed_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["employee", "title"], name="course_stands_once"),
            models.CheckConstraint(
                condition=models.Q(state=CourseState.COMPLETED.value, completed_on__isnull=False)
                | (~models.Q(state=CourseState.COMPLETED.value) & models.Q(completed_on__isnull=True)),
                name="course_is_completed_on_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(expires_on__isnull=True) | models.Q(expires_on__gt=models.F("completed_on")),
                name="course_expires_after_it_is_completed",
            ),
        ]

    def __str__(self) -> str:
        return self.title
