"""Goals and the steps towards them."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.activities.selectors.book import book_for
from kimwerk.casework.models import Case, Goal, Step
from kimwerk.casework.sealing import Texts
from kimwerk.casework.selectors.case_file import GoalView, goals_of, step_view
from kimwerk.casework.services.drafting import discard_draft
from kimwerk.casework.services.planning import agree_goal, change_goal, change_step, move_goal, plan_step, settle_step
from kimwerk.casework.services.refusals import CaseRefused, ChangedMeanwhile
from kimwerk.casework.types import GoalState, StepState
from kimwerk.casework.web.filing import file_of, resume, writable
from kimwerk.casework.web.forms.work import GoalForm, GoalStateForm, StepForm
from kimwerk.casework.web.showing import meanwhile, plan_page
from kimwerk.casework.web.writing import form_answer
from kimwerk.persons.web.sent import sent_number
from kimwerk.ui.notices import notify

STEP_STATES = {"offen": StepState.OPEN, "erledigt": StepState.DONE, "entfallen": StepState.DROPPED}

BACK = "casework:plan"


@require_GET
@needs(Permission.CASE_WORK, Permission.CASE_OVERSEE)
def plan(request: ActorRequest, pk: int) -> HttpResponse:
    """Goals, steps, printed plans."""
    return render(request, "casework/plan.html", {"page": plan_page(request.actor, file_of(request, pk))})


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_WORK)
def new_goal(request: ActorRequest, pk: int) -> HttpResponse:
    """A goal in the person's own words."""
    found, name = writable(request, pk), "goal"
    form = GoalForm(request.POST or None)
    resume(request, found, name, form)
    if form.is_valid():
        try:
            agree_goal(actor=request.actor, case=found, facts=form.facts())
        except CaseRefused as refused:
            form.refuse(refused)
        else:
            discard_draft(actor=request.actor, case=found, form=name)
            notify(request, _("The goal is agreed. What is the first step?"))
            return redirect("casework:plan", pk=pk)
    return form_answer(request, found, form, _("New goal"), BACK, draft=name)


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_WORK)
def goal(request: ActorRequest, pk: int, goal: int) -> HttpResponse:
    """Correct a goal."""
    found, conflict = writable(request, pk), ""
    stored, view = get_object_or_404(Goal, pk=goal, case=found), _view(found, goal)
    form = GoalForm(request.POST or None, goal=view)
    if form.is_valid():
        try:
            change_goal(
                actor=request.actor,
                goal=stored,
                version=sent_number(request, "version", stored.version),
                facts=form.facts(),
            )
        except CaseRefused as refused:
            form.refuse(refused)
        except ChangedMeanwhile:
            conflict = meanwhile(view.text)
        else:
            notify(request, _("The goal is corrected."))
            return redirect("casework:plan", pk=pk)
    return form_answer(request, found, form, _("Correct goal"), BACK, version=stored.version, conflict=conflict)


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_WORK)
def goal_state(request: ActorRequest, pk: int, goal: int) -> HttpResponse:
    """Say where a goal stands now."""
    found = writable(request, pk)
    stored, view = get_object_or_404(Goal, pk=goal, case=found), _view(found, goal)
    form = GoalStateForm(request.POST or None, initial={"state": stored.state})
    if form.is_valid():
        given = form.cleaned_data
        move_goal(actor=request.actor, goal=stored, state=GoalState(given["state"]), note=given["note"])
        notify(request, _("It is written down where the goal stands."))
        return redirect("casework:plan", pk=pk)
    return form_answer(request, found, form, _("Where the goal stands"), BACK, lead=view.text)


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_WORK)
def new_step(request: ActorRequest, pk: int, goal: int) -> HttpResponse:
    """A step towards a goal: who does what by when."""
    found, name = writable(request, pk), f"step-{goal}"
    stored, view = get_object_or_404(Goal, pk=goal, case=found), _view(found, goal)
    form = StepForm(request.POST or None, book=book_for(request.actor))
    resume(request, found, name, form)
    if form.is_valid():
        try:
            plan_step(actor=request.actor, goal=stored, facts=form.facts())
        except CaseRefused as refused:
            form.refuse(refused)
        else:
            discard_draft(actor=request.actor, case=found, form=name)
            notify(request, _("The step is planned."))
            return redirect("casework:plan", pk=pk)
    return form_answer(request, found, form, _("New step"), BACK, draft=name, lead=view.text)


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_WORK)
def step(request: ActorRequest, pk: int, step: int) -> HttpResponse:
    """Correct a step."""
    found, conflict = writable(request, pk), ""
    stored = get_object_or_404(Step.objects.select_related("body"), pk=step, case=found)
    view = step_view(stored, Texts(found.person_id))
    form = StepForm(request.POST or None, book=book_for(request.actor), step=view)
    if form.is_valid():
        try:
            change_step(
                actor=request.actor,
                step=stored,
                version=sent_number(request, "version", stored.version),
                facts=form.facts(),
            )
        except CaseRefused as refused:
            form.refuse(refused)
        except ChangedMeanwhile:
            conflict = meanwhile(view.text)
        else:
            notify(request, _("The step is corrected."))
            return redirect("casework:plan", pk=pk)
    return form_answer(request, found, form, _("Correct step"), BACK, version=stored.version, conflict=conflict)


@require_http_methods(["POST"])
@needs(Permission.CASE_WORK)
def step_state(request: ActorRequest, pk: int, step: int, state: str) -> HttpResponse:
    """A step is done, dropped, or open again."""
    found = writable(request, pk)
    if state not in STEP_STATES:
        raise Http404
    stored = get_object_or_404(Step, pk=step, case=found)
    settle_step(actor=request.actor, step=stored, state=STEP_STATES[state])
    undo = "" if state == "offen" else reverse("casework:step_state", args=[pk, step, "offen"])
    notify(request, _("The step is settled.") if undo else _("The step is open again."), undo_url=undo)
    return redirect("casework:plan", pk=pk)


def _view(case: Case, goal: int) -> GoalView:
    return next(view for view in goals_of(case) if view.id == goal)
