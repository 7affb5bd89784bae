"""People on posts: all of them on a day, and one with everything kept about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record_read
from kimwerk.kernel.fte import Fte
from kimwerk.staffing.models import Course, Employee, Leave, Occupancy, OnboardingStep, Substitution
from kimwerk.staffing.reckoning import fte_on
from kimwerk.staffing.selectors.paging import page_behind
from kimwerk.staffing.selectors.posts import period_of, present_stints


@dataclass(frozen=True, slots=True)
class EmployeeLine:
    """Somebody on a day: the share that counts, the posts, and who stands in."""

    employee: Employee
    share: Fte
    posts: tuple[str, ...]
    courses: tuple[Course, ...]
    is_away: bool
    substitute: Employee | None


@dataclass(frozen=True, slots=True)
class EmployeeFile:
    """Everything kept about somebody."""

    occupancies: tuple[Occupancy, ...]
    leaves: tuple[Leave, ...]
    steps: tuple[OnboardingStep, ...]
    courses: tuple[Course, ...]
    substitutions: tuple[Substitution, ...]
    standing_in: tuple[Substitution, ...]

    def share_on(self, day: date) -> Fte:
        """The share that counts on a day: nothing while away."""
        return fte_on(present_stints(self.occupancies), day)


def people_on(actor: Actor, day: date, behind: int | None = None) -> tuple[list[EmployeeLine], int | None]:
    """A page of those the actor may read, by name, and the last of them where more follow.

    That they were handed out is recorded.
    """
    holding = Occupancy.objects.visible_to(actor).running(day).select_related("post", "employee")
    holding = holding.prefetch_related("employee__leaves")
    today = Substitution.objects.filter(days__contains=day).select_related("substitute")
    everybody = Employee.objects.visible_to(actor).prefetch_related(
        Prefetch("occupancies", holding), "courses", "leaves", Prefetch("substitutions", today)
    )
    found = page_behind(everybody, ("sort_key",), behind)
    if found.rows:
        record_read(actor=actor, subject_type=Employee._meta.db_table, amount=len(found.rows))
    lines = [
        EmployeeLine(
            employee,
            fte_on(present_stints(employee.occupancies.all()), day),
            tuple(held.post.name for held in employee.occupancies.all()),
            tuple(employee.courses.all()),
            any(period_of(leave.days).contains(day) for leave in employee.leaves.all()),
            next((each.substitute for each in employee.substitutions.all()), None),
        )
        for employee in found.rows
    ]
    return lines, found.last


def employee_file(actor: Actor, employee: Employee) -> EmployeeFile:
    """Everything kept about somebody whom the actor may read; recorded."""
    record_read(actor=actor, subject_type=Employee._meta.db_table, subject_id=str(employee.pk))
    held = Occupancy.objects.visible_to(actor).filter(employee=employee).select_related("post", "employee")
    return EmployeeFile(
        tuple(held.prefetch_related("employee__leaves").order_by("-days", "pk")),
        tuple(employee.leaves.order_by("-days")),
        tuple(employee.onboarding.order_by("position")),
        tuple(employee.courses.order_by("title")),
        tuple(employee.substitutions.select_related("employee", "substitute")),
        tuple(employee.standing_in.select_related("employee", "substitute")),
    )
