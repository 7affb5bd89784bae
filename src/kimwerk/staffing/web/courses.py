"""The first weeks and the courses of somebody."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.staffing.models import Course, Employee, OnboardingStep
from kimwerk.staffing.services.people import CourseStands, OnboardingBegun, begin_onboarding, keep_course, settle_step
from kimwerk.staffing.web.forms import CourseForm, OnboardingForm
from kimwerk.staffing.web.within import ask, kept_employee, to_employee
from kimwerk.ui.notices import notify

STANDS = _("The person has this course already. Correct that entry.")


@needs(Permission.STAFF_MANAGE)
def onboarding(request: ActorRequest, pk: int) -> HttpResponse:
    """Give somebody the plan of the first weeks."""
    kept = kept_employee(request, pk)
    form = OnboardingForm(request.POST or None)
    if form.is_valid():
        try:
            begin_onboarding(actor=request.actor, employee=kept, first_day=form.cleaned_data["first_day"])
        except OnboardingBegun:
            form.add_error("first_day", _("There is a plan already. It stands on the page of the person."))
        else:
            notify(request, _("The plan of the first weeks is there."))
            return redirect("staffing:employee", pk=pk)
    lead = _("Nine steps in two to three weeks, each with its day.")
    return ask(request, _("Begin the first weeks"), to_employee(kept), form, _("Begin"), lead)


@needs(Permission.STAFF_MANAGE)
@require_POST
def step(request: ActorRequest, pk: int) -> HttpResponse:
    """Tick a step off, or take the tick back."""
    kept = Employee.objects.kept_by(request.actor)
    found = get_object_or_404(OnboardingStep.objects.filter(employee__in=kept).select_related("employee"), pk=pk)
    settle_step(actor=request.actor, step=found, is_done=found.done_on is None)
    notify(request, _("Ticked off.") if found.done_on else _("The step is open again."))
    return redirect("staffing:employee", pk=found.employee_id)


@needs(Permission.STAFF_MANAGE)
def new_course(request: ActorRequest, pk: int) -> HttpResponse:
    """Enter a course of somebody."""
    kept = kept_employee(request, pk)
    return _keep(request, kept, CourseForm(request.POST or None), None)


@needs(Permission.STAFF_MANAGE)
def course(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct a course."""
    kept = Employee.objects.kept_by(request.actor)
    found = get_object_or_404(Course.objects.filter(employee__in=kept).select_related("employee"), pk=pk)
    return _keep(request, found.employee, CourseForm.about(request.POST or None, found), found)


def _keep(request: ActorRequest, kept: Employee, form: CourseForm, course: Course | None) -> HttpResponse:
    if form.is_valid():
        try:
            keep_course(actor=request.actor, employee=kept, facts=form.facts, course=course)
        except CourseStands:
            form.add_error("title", STANDS)
        else:
            notify(request, _("The course is entered."))
            return redirect("staffing:employee", pk=kept.pk)
    return ask(request, _("Course of %(person)s") % {"person": kept}, to_employee(kept), form)
