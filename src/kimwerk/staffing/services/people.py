"""Keeping people on posts: who they are, when they are away, how they begin, what they learn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.accounts.models import Account
from kimwerk.audit.services import record
from kimwerk.kernel.names import sort_key
from kimwerk.kernel.periods import ONE_DAY
from kimwerk.staffing.models import Course, Employee, Leave, OnboardingStep
from kimwerk.staffing.types import CourseState, LeaveKind


class AccountTaken(Exception):
    """Somebody else in the plan has this account."""


class LeaveOverlaps(Exception):
    """The person is away on some of these days already."""


class OnboardingBegun(Exception):
    """The person has an onboarding plan already."""


class CourseStands(Exception):
    """The person has this course already."""


FIRST_WEEKS = (
    (0, gettext_noop("Workplace, account and second factor")),
    (1, gettext_noop("Data protection, consent and release from confidentiality")),
    (2, gettext_noop("The municipality, its social office and its sites")),
    (4, gettext_noop("Sitting in on counselling of a colleague")),
    (7, gettext_noop("Directory of services, legal circles and ways of referral")),
    (9, gettext_noop("Case management: assessment, goals, steps, with example cases")),
    (11, gettext_noop("First consultations in company")),
    (14, gettext_noop("Reflection with the coordination of case management")),
    (18, gettext_noop("Introduction to the network and the steering group’s work")),
)
"""Steps of the first two to three weeks (committee paper of 2022, 3.2.2), each so many days after the first."""


@transaction.atomic
def add_employee(
    *, actor: Actor, organisation_id: int, given_name: str, family_name: str, account: Account | None = None
) -> Employee:
    """Take somebody into the plan."""
    if not actor.can_at(Permission.STAFF_MANAGE, organisation_id):
        raise PermissionDenied
    employee = Employee(organisation_id=organisation_id)
    _name(employee, given_name, family_name, account)
    record(actor=actor, action="employee.added", subject=employee)
    return employee


@transaction.atomic
def change_employee(
    *, actor: Actor, employee: Employee, given_name: str, family_name: str, account: Account | None = None
) -> Employee:
    """Correct name and account."""
    employee = _locked(actor, employee)
    _name(employee, given_name, family_name, account)
    record(actor=actor, action="employee.changed", subject=employee)
    return employee


@transaction.atomic
def add_leave(*, actor: Actor, employee: Employee, kind: LeaveKind, first_day: date, last_day: date) -> Leave:
    """Somebody is away: their share counts for nothing on these days."""
    employee = _locked(actor, employee)
    try:
        with transaction.atomic():
            leave = Leave.objects.create(
                employee=employee, kind=kind.value, days=DateRange(first_day, last_day + ONE_DAY)
            )
    except IntegrityError as error:
        raise LeaveOverlaps from error
    record(actor=actor, action="leave.added", subject=leave)
    return leave


@transaction.atomic
def remove_leave(*, actor: Actor, leave: Leave) -> None:
    """Take an absence out again."""
    _locked(actor, leave.employee)
    record(actor=actor, action="leave.removed", subject=leave)
    leave.delete()


@transaction.atomic
def begin_onboarding(*, actor: Actor, employee: Employee, first_day: date) -> None:
    """Give somebody the plan of the first weeks."""
    employee = _locked(actor, employee)
    if employee.onboarding.exists():
        raise OnboardingBegun
    OnboardingStep.objects.bulk_create(
        OnboardingStep(employee=employee, position=position, title=_(title), due_on=first_day + timedelta(days=days))
        for position, (days, title) in enumerate(FIRST_WEEKS)
    )
    record(actor=actor, action="onboarding.begun", subject=employee, amount=len(FIRST_WEEKS))


@transaction.atomic
def settle_step(*, actor: Actor, step: OnboardingStep, is_done: bool) -> None:
    """Tick a step off, or take the tick back."""
    _locked(actor, step.employee)
    step.done_on = timezone.localdate() if is_done else None
    step.done_by_id = actor.account_id if is_done else None
    step.save(update_fields=["done_on", "done_by_id"])
    record(actor=actor, action="onboarding.step_settled", subject=step)


@dataclass(frozen=True, slots=True)
class CourseFacts:
    """What is known of a course."""

    title: str
    state: CourseState
    is_required: bool = False
    completed_on: date | None = None
    expires_on: date | None = None


@transaction.atomic
def keep_course(*, actor: Actor, employee: Employee, facts: CourseFacts, course: Course | None = None) -> Course:
    """Enter a course of somebody, or correct one."""
    employee = _locked(actor, employee)
    course = course or Course(employee=employee)
    course.title, course.state, course.is_required = facts.title, facts.state.value, facts.is_required
    course.completed_on, course.expires_on = facts.completed_on, facts.expires_on
    try:
        with transaction.atomic():
            course.save()
    except IntegrityError as error:
        raise CourseStands from error
    record(actor=actor, action="course.kept", subject=course)
    return course


def _locked(actor: Actor, employee: Employee) -> Employee:
    return Employee.objects.kept_by(actor).select_for_update(of=("self",)).get(pk=employee.pk)


def _name(employee: Employee, given_name: str, family_name: str, account: Account | None) -> None:
    employee.given_name, employee.family_name, employee.account = given_name, family_name, account
    employee.sort_key = sort_key(f"{family_name} {given_name}")
    try:
        with transaction.atomic():
            employee.save()
    except IntegrityError as error:
        raise AccountTaken from error
