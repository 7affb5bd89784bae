"""Tables of an event, what was named at them, and noting the event as held."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.events.models import Event, GroupResult, TableGroup
from kimwerk.events.services.holding import hold_event, keep_group, keep_result
from kimwerk.events.web.forms import GroupForm, HoldForm, ResultForm
from kimwerk.events.web.within import ask, done, kept_event, to_event
from kimwerk.ui.notices import notify

MANAGE = Permission.EVENT_MANAGE


@needs(MANAGE)
def new_group(request: ActorRequest, pk: int) -> HttpResponse:
    """Set up a table."""
    return _keep_group(request, kept_event(request, pk), None)


@needs(MANAGE)
def change_group(request: ActorRequest, pk: int) -> HttpResponse:
    """Change a table."""
    kept = get_object_or_404(TableGroup.objects.kept_by(request.actor).select_related("event"), pk=pk)
    return _keep_group(request, kept.event, kept)


@needs(MANAGE)
def new_result(request: ActorRequest, pk: int) -> HttpResponse:
    """Write down what was named at a table."""
    group = get_object_or_404(TableGroup.objects.kept_by(request.actor).select_related("event"), pk=pk)
    return _keep_result(request, group, None)


@needs(MANAGE)
def change_result(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct what was named at a table."""
    found = GroupResult.objects.kept_by(request.actor).select_related("group__event")
    kept = get_object_or_404(found, pk=pk)
    return _keep_result(request, kept.group, kept)


@needs(MANAGE)
def hold(request: ActorRequest, pk: int) -> HttpResponse:
    """Note that an event was held; the diary gets its entry."""
    kept = kept_event(request, pk)
    there = kept.participants.filter(is_present=True).count()
    lasted = int((kept.ends_at - kept.starts_at).total_seconds() // 60) if kept.ends_at else None
    form = HoldForm(request.POST or None, initial={"participants_partner": there, "minutes": lasted})
    if form.is_valid():
        answer = done(
            request,
            form,
            lambda: hold_event(actor=request.actor, event=kept, facts=form.facts),
            _("Noted. The event stands in your diary."),
            pk,
        )
        if answer:
            return answer
    lead = _("The event is entered into your diary with these numbers.")
    return ask(request, _("Note as held"), to_event(kept), form, _("Note it in the diary"), lead=lead)


def _keep_group(request: ActorRequest, event: Event, group: TableGroup | None) -> HttpResponse:
    form = GroupForm(request.POST or None, group=group)
    if form.is_valid():
        try:
            with transaction.atomic():
                keep_group(actor=request.actor, event=event, facts=form.facts, group=group)
        except IntegrityError:
            form.add_error("title", gettext("There is a table with this question already."))
        else:
            notify(request, _("The table is set up."))
            return redirect("events:event", pk=event.pk)
    return ask(request, _("Change the table") if group else _("Set up a table"), to_event(event), form)


def _keep_result(request: ActorRequest, group: TableGroup, result: GroupResult | None) -> HttpResponse:
    form = ResultForm(request.POST or None, group=group, result=result)
    if form.is_valid():
        answer = done(
            request,
            form,
            lambda: keep_result(actor=request.actor, group=group, facts=form.facts, result=result),
            _("It is written down."),
            group.event_id,
        )
        if answer:
            return answer
    title = gettext("What was named: %(table)s") % {"table": group.title}
    return ask(request, title, to_event(group.event), form, _("Write it down"), draft="events-result")
