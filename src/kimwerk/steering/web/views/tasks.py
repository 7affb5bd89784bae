"""Tasks of committees: the follow-up list, giving them, and saying how far they are."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.kernel import german
from kimwerk.steering.models import Task
from kimwerk.steering.policies import may_keep, may_settle
from kimwerk.steering.selectors.tasks import tasks_for
from kimwerk.steering.services.tasks import change_task, give_task, settle_task
from kimwerk.steering.types import WorkState
from kimwerk.steering.web.meeting_forms import SettleForm, TaskFilter, TaskForm
from kimwerk.steering.web.meeting_within import kept_item, to_minutes
from kimwerk.steering.web.pages import Page
from kimwerk.steering.web.tables import task_badge, task_table
from kimwerk.steering.web.within import ask, kept_committee, to_committee
from kimwerk.ui.components import Crumb, Fact, NavItem
from kimwerk.ui.listing import chips_of, paged
from kimwerk.ui.notices import notify
from kimwerk.ui.pages import ListPage

READ, ATTEND, MANAGE = Permission.STEERING_READ, Permission.STEERING_ATTEND, Permission.STEERING_MANAGE


@require_GET
@needs(READ, ATTEND)
def tasks(request: ActorRequest) -> HttpResponse:
    """The follow-up list."""
    form = TaskFilter(request.GET, actor=request.actor)
    found = paged(tasks_for(request.actor, form.wish), request.GET)
    page = ListPage(
        title=_("Tasks"),
        state=_("those that are due first"),
        filter=form,
        chips=chips_of(form, request.GET),
        reset_url=reverse("steering:tasks"),
        table=task_table(found.items, names_committee=True),
        pagination=found.pagination,
        empty_title=_("No task is open"),
        empty_text=_("Tasks are given while minutes are written, or on the page of a committee."),
    )
    return render(request, "steering/list.html", {"page": page})


@require_GET
@needs(READ, ATTEND)
def task(request: ActorRequest, pk: int) -> HttpResponse:
    """One task with where it comes from."""
    found = _seen(request, pk)
    links = []
    if may_settle(request.actor, found):
        links.append(NavItem(_("Say how far it is"), reverse("steering:settle_task", args=[pk])))
    if may_keep(request.actor, found.committee):
        links.append(NavItem(_("Correct"), reverse("steering:change_task", args=[pk])))
    page = Page(
        title=found.title,
        badge=task_badge(found),
        crumbs=_to_tasks(),
        links=tuple(links),
        facts=_facts(found),
    )
    return render(request, "steering/page.html", {"page": page})


@needs(MANAGE)
def give(request: ActorRequest, pk: int) -> HttpResponse:
    """Give a task at an item of the agenda."""
    item = kept_item(request, pk)
    form = TaskForm(request.POST or None, committee=item.meeting.committee)
    if form.is_valid():
        give_task(actor=request.actor, committee=item.meeting.committee, facts=form.facts, item=item)
        notify(request, _("The task is given. It goes out with the minutes."))
        return redirect(f"{reverse('steering:minutes', args=[item.meeting_id])}#item-{pk}")
    lead = _("Out of: %(item)s") % {"item": item.title}
    return ask(request, _("Give a task"), to_minutes(item.meeting), form, _("Give"), lead)


@needs(MANAGE)
def give_between(request: ActorRequest, pk: int) -> HttpResponse:
    """Give a task between meetings."""
    committee = kept_committee(request, pk)
    form = TaskForm(request.POST or None, committee=committee)
    if form.is_valid():
        give_task(actor=request.actor, committee=committee, facts=form.facts)
        notify(request, _("The task is given."))
        return redirect("steering:committee", pk=pk)
    return ask(request, _("Give a task"), to_committee(committee), form, _("Give"))


@needs(MANAGE)
def change(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct a task."""
    kept = get_object_or_404(Task.objects.kept_by(request.actor).select_related("committee"), pk=pk)
    form = TaskForm(request.POST or None, committee=kept.committee, task=kept)
    if form.is_valid():
        change_task(actor=request.actor, task=kept, facts=form.facts)
        notify(request, _("Changed."))
        return redirect("steering:task", pk=pk)
    return ask(request, _("Correct the task"), _to_task(kept), form)


@needs(READ, ATTEND)
def settle(request: ActorRequest, pk: int) -> HttpResponse:
    """Say how far a task is."""
    found = _seen(request, pk)
    if not may_settle(request.actor, found):
        return redirect("steering:task", pk=pk)
    form = SettleForm(request.POST or None, initial={"state": found.state, "note": found.note})
    if form.is_valid():
        state = WorkState(form.cleaned_data["state"])
        settle_task(actor=request.actor, task=found, state=state, note=form.cleaned_data["note"])
        notify(request, _("Noted how far it is."))
        return redirect("steering:task", pk=pk)
    return ask(request, _("Say how far it is"), _to_task(found), form, lead=found.title)


def _seen(request: ActorRequest, pk: int) -> Task:
    found = Task.objects.visible_to(request.actor).select_related("committee", "meeting__committee")
    return get_object_or_404(found, pk=pk)


def _to_tasks() -> tuple[Crumb, ...]:
    return (Crumb(_("Tasks"), reverse("steering:tasks")),)


def _to_task(task: Task) -> tuple[Crumb, ...]:
    return (*_to_tasks(), Crumb(task.title, reverse("steering:task", args=[task.pk])))


def _facts(task: Task) -> tuple[Fact, ...]:
    meeting = task.meeting
    return (
        Fact(_("Who"), task.owner_name),
        Fact(_("Until"), german.day(task.due_on) if task.due_on else ""),
        Fact(_("Committee"), task.committee.name, url=reverse("steering:committee", args=[task.committee_id])),
        Fact(
            _("Out of"),
            str(meeting) if meeting else _("between meetings"),
            url=reverse("steering:meeting", args=[meeting.pk]) if meeting else "",
        ),
        Fact(_("Done on"), german.day(task.done_on) if task.done_on else _("not yet")),
        Fact(_("Remark"), task.note),
    )
