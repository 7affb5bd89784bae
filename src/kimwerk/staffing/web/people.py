"""People on posts: the list, one of them, and keeping them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.accounts.models import Account, Membership
from kimwerk.kernel import german
from kimwerk.kernel.figures import Text
from kimwerk.staffing.models import Course, Employee, Leave, OnboardingStep
from kimwerk.staffing.selectors.people import EmployeeFile, EmployeeLine, employee_file, people_on
from kimwerk.staffing.services.people import (
    AccountTaken,
    LeaveOverlaps,
    add_employee,
    add_leave,
    change_employee,
    remove_leave,
)
from kimwerk.staffing.types import CourseState, LeaveKind
from kimwerk.staffing.web.forms import EmployeeForm, LeaveForm, days_text, last_day_text
from kimwerk.staffing.web.pages import EmployeePage, LeaveLine, Page, Part, Step
from kimwerk.staffing.web.substitutions import lines_of
from kimwerk.staffing.web.within import ask, asked_behind, home_of, kept_employee, next_url, to_employee, to_people
from kimwerk.staffing.workload import Workload, workloads_of
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.components import Action, Badge, Cell, Column, NavItem, Row, Table, Tone
from kimwerk.ui.notices import notify

TAKEN = _("Somebody else in the plan has this account.")


@needs(Permission.STAFF_READ)
def people(request: ActorRequest) -> HttpResponse:
    """Everybody in the plan, with what they hold today."""
    today = timezone.localdate()
    found, last = people_on(request.actor, today, asked_behind(request))
    workloads = workloads_of(request.actor, [line.employee.account_id for line in found if line.employee.account_id])
    columns = (
        Column(_("Person")), Column(_("FTE today"), is_numeric=True), Column(_("Posts")),
        *(Column(each.title, is_numeric=True) for each in workloads), Column(_("Courses")),
    )  # fmt: skip
    rows = tuple(
        Row(
            (
                Cell(line.employee, address_of_record("staffing:employee", line.employee.pk), note=_standing_in(line)),
                Cell(line.share.german()),
                Cell(", ".join(line.posts) or "–"),
                *(_load(each, line) for each in workloads),
                Cell(badge=_courses_badge(line.courses, today)),
            )
        )
        for line in found
    )
    may_keep = request.actor.can(Permission.STAFF_MANAGE)
    title = _("Staff")
    page = Page(
        title=title,
        state=_("who holds posts, held them or will"),
        action=Action(_("Add somebody"), reverse("staffing:add_employee"), is_new_entry=True) if may_keep else None,
        parts=(
            Part(
                "people", title, Table(title, columns, rows, is_caption_hidden=True), _("Nobody is entered yet."),
                next_url(last),
            ),
        ),
    )  # fmt: skip
    return render(request, "staffing/page.html", {"page": page})


def _standing_in(line: EmployeeLine) -> Text:
    """That somebody is away, and who stands in."""
    if line.substitute is not None:
        return _("%(name)s stands in") % {"name": line.substitute}
    return _("away, nobody stands in") if line.is_away else ""


def _load(workload: Workload, line: EmployeeLine) -> Cell:
    """The number of somebody, and how much that is for a full post."""
    count = workload.counts.get(line.employee.account_id or 0)
    if count is None:
        return Cell("–")
    if not line.share:
        return Cell(german.number(count))
    per_post = german.number(Decimal(count) / line.share.posts, 0)
    return Cell(german.number(count), note=_("%(count)s for a full post") % {"count": per_post})


@needs(Permission.STAFF_READ)
def employee(request: ActorRequest, pk: int) -> HttpResponse:
    """Somebody: posts, absences, first weeks, courses."""
    found = get_object_or_404(Employee.objects.visible_to(request.actor), pk=pk)
    known = employee_file(request.actor, found)
    may_keep = request.actor.can_at(Permission.STAFF_MANAGE, found.organisation_id)
    today = timezone.localdate()
    page = Page(
        title=found,
        state=_("%(share)s FTE today") % {"share": known.share_on(today).german()},
        crumbs=to_people(),
        links=_errands(pk) if may_keep else (),
        parts=(_posts(known), _courses(known, today, may_keep=may_keep)),
    )
    whole = EmployeePage(
        leaves=tuple(_leave(leave) for leave in known.leaves),
        substitutions=lines_of(known, may_keep=may_keep),
        steps=tuple(_step(step, today) for step in known.steps),
        begin_url=reverse("staffing:begin_onboarding", args=[pk]),
        may_keep=may_keep,
    )
    return render(request, "staffing/employee.html", {"page": page, "whole": whole})


@needs(Permission.STAFF_MANAGE)
def add(request: ActorRequest) -> HttpResponse:
    """Take somebody into the plan."""
    form = EmployeeForm(request.POST or None, accounts=_accounts(home_of(request)))
    if form.is_valid():
        try:
            made = add_employee(actor=request.actor, organisation_id=home_of(request), **form.cleaned_data)
        except AccountTaken:
            form.add_error("account", TAKEN)
        else:
            notify(request, _("The person is in the plan. Now occupy a post."))
            return redirect("staffing:employee", pk=made.pk)
    lead = _("Name and posts only. What somebody earns is entered with a cost plan, behind a wall of its own.")
    return ask(request, _("Add somebody"), to_people(), form, _("Add"), lead)


@needs(Permission.STAFF_MANAGE)
def change(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct name and account."""
    kept = kept_employee(request, pk)
    form = EmployeeForm(request.POST or None, accounts=_accounts(kept.organisation_id), employee=kept)
    if form.is_valid():
        try:
            change_employee(actor=request.actor, employee=kept, **form.cleaned_data)
        except AccountTaken:
            form.add_error("account", TAKEN)
        else:
            notify(request, _("Changed."))
            return redirect("staffing:employee", pk=pk)
    return ask(request, _("Correct %(name)s") % {"name": kept}, to_employee(kept), form)


@needs(Permission.STAFF_MANAGE)
def new_leave(request: ActorRequest, pk: int) -> HttpResponse:
    """Somebody is away for a while."""
    kept = kept_employee(request, pk)
    form = LeaveForm(request.POST or None)
    if form.is_valid():
        entered = form.cleaned_data | {"kind": LeaveKind(form.cleaned_data["kind"])}
        try:
            add_leave(actor=request.actor, employee=kept, **entered)
        except LeaveOverlaps:
            form.add_error("first_day", _("The person is away on some of these days already. Change the days."))
        else:
            notify(request, _("On these days the share counts for nothing; the post stays held."))
            return redirect("staffing:employee", pk=pk)
    lead = _("Only that somebody is away. Reasons such as an illness do not belong here.")
    return ask(request, _("Enter an absence"), to_employee(kept), form, _("Enter"), lead)


@needs(Permission.STAFF_MANAGE)
@require_POST
def drop_leave(request: ActorRequest, pk: int) -> HttpResponse:
    """Take an absence out again."""
    kept = Employee.objects.kept_by(request.actor)
    leave = get_object_or_404(Leave.objects.filter(employee__in=kept).select_related("employee"), pk=pk)
    remove_leave(actor=request.actor, leave=leave)
    notify(request, _("The absence is taken out."))
    return redirect("staffing:employee", pk=leave.employee_id)


def _accounts(organisation_id: int) -> QuerySet[Account]:
    members = Membership.objects.filter(organisation=organisation_id).values("account")
    return Account.objects.filter(pk__in=members, is_active=True)


def _errands(pk: int) -> tuple[NavItem, ...]:
    return (
        NavItem(_("Correct"), reverse("staffing:change_employee", args=[pk])),
        NavItem(_("Enter an absence"), reverse("staffing:add_leave", args=[pk])),
        NavItem(_("Enter a substitution"), reverse("staffing:add_substitution", args=[pk])),
        NavItem(_("Enter a course"), reverse("staffing:add_course", args=[pk])),
    )


def _posts(known: EmployeeFile) -> Part:
    columns = (Column(_("Post")), Column(_("Share"), is_numeric=True), Column(_("From")), Column(_("Last day")))
    rows = tuple(
        Row(
            (
                Cell(held.post.name, address_of_record("staffing:post", held.post_id)),
                Cell(held.fte.german()),
                Cell(german.day(held.days.lower)),
                Cell(last_day_text(held.days.upper)),
            )
        )
        for held in known.occupancies
    )
    title = _("Posts")
    return Part("posts", title, Table(title, columns, rows, is_caption_hidden=True), _("No post yet."))


def _leave(leave: Leave) -> LeaveLine:
    days = days_text(leave.days)
    return LeaveLine(leave.pk, leave.get_kind_display(), days)


def _courses(known: EmployeeFile, today: date, *, may_keep: bool) -> Part:
    columns = (Column(_("Course")), Column(_("State")), Column(_("Completed on")), Column(_("Valid until")))
    rows = tuple(
        Row(
            (
                Cell(
                    course.title,
                    reverse("staffing:course", args=[course.pk]) if may_keep else "",
                    note=_("Condition of the funding") if course.is_required else "",
                ),
                Cell(badge=_course_badge(course, today)),
                Cell(german.day(course.completed_on) if course.completed_on else "–"),
                Cell(german.day(course.expires_on) if course.expires_on else "–"),
            )
        )
        for course in known.courses
    )
    title = _("Courses")
    return Part("courses", title, Table(title, columns, rows, is_caption_hidden=True), _("None entered."))


def _course_badge(course: Course, today: date) -> Badge:
    if course.expires_on and course.expires_on < today:
        return Badge(_("expired"), Tone.DANGER)
    tones = {CourseState.COMPLETED.value: Tone.SUCCESS, CourseState.BEGUN.value: Tone.INFO}
    return Badge(course.get_state_display(), tones.get(course.state, Tone.NEUTRAL))


def _courses_badge(courses: tuple[Course, ...], today: date) -> Badge:
    required = [course for course in courses if course.is_required]
    valid = [
        course
        for course in required
        if course.state == CourseState.COMPLETED.value and (course.expires_on is None or course.expires_on >= today)
    ]
    if not required:
        return Badge(_("none required"))
    named = {"done": len(valid), "all": len(required)}
    is_complete = len(valid) == len(required)
    return Badge(_("%(done)s of %(all)s required") % named, Tone.SUCCESS if is_complete else Tone.WARNING)


def _step(step: OnboardingStep, today: date) -> Step:
    if step.done_on:
        badge = Badge(_("done on %(day)s") % {"day": german.day(step.done_on)}, Tone.SUCCESS)
    elif step.due_on < today:
        badge = Badge(_("overdue"), Tone.WARNING)
    else:
        badge = Badge(_("open"))
    return Step(step.pk, step.title, german.day(step.due_on), badge, step.done_on is not None)
