"""The programme plan as a drawing and as a table."""

from __future__ import annotations

from datetime import date

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from kimwerk.access.actors import Actor
from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.directory.web.homes import home_in
from kimwerk.kernel import german
from kimwerk.steering.models import PlanEntry
from kimwerk.steering.services.plans import keep_entry, remove_entry
from kimwerk.steering.types import PlanKind, PlanState, SteeringRefused
from kimwerk.steering.web.pages import ConfirmPage, PlanPage
from kimwerk.steering.web.plan_forms import PlanForm
from kimwerk.steering.web.timeline import timeline_of
from kimwerk.steering.web.within import ask, home_of
from kimwerk.steering.web.wording import say
from kimwerk.ui.components import Action, Badge, Cell, Column, Confirmation, Crumb, NavItem, Row, Table, Tone
from kimwerk.ui.notices import notify

READ, ATTEND, MANAGE = Permission.STEERING_READ, Permission.STEERING_ATTEND, Permission.STEERING_MANAGE
TONES = {
    PlanState.AHEAD: Tone.NEUTRAL,
    PlanState.RUNNING: Tone.INFO,
    PlanState.LATE: Tone.WARNING,
    PlanState.DONE: Tone.SUCCESS,
}


@require_GET
@needs(READ, ATTEND)
def plan(request: ActorRequest) -> HttpResponse:
    """Phases and milestones by strand, drawn and as a table."""
    home = home_in(request, READ, ATTEND)
    found = PlanEntry.objects.visible_to(home.actor).order_by("planned_from", "pk")
    entries, today = _by_strand(list(found)), timezone.localdate()
    keeps = home.actor.can(MANAGE)
    late = [each for each in entries if each.state(today) is PlanState.LATE]
    page = PlanPage(
        title=_("Programme plan"),
        state=_window(entries),
        action=Action(
            _("Enter a phase or milestone"), home.address(reverse("steering:new_plan_entry")), "add", is_new_entry=True
        )
        if keeps
        else None,
        alert=gettext("Late: %(titles)s") % {"titles": ", ".join(each.title for each in late)} if late else "",
        timeline=timeline_of(entries, today, _described(entries, today)),
        table=_table(entries, today, keeps=keeps),
        empty=_("No plan yet. Begin with the phases of the programme, then enter its milestones.")
        if keeps
        else _("No plan yet."),
        homes=home.form,
    )
    return render(request, "steering/plan.html", {"page": page})


@needs(MANAGE)
def add(request: ActorRequest) -> HttpResponse:
    """Enter a phase or a milestone."""
    home = home_in(request, MANAGE)
    form = PlanForm(request.POST or None, strands=_strands(home.actor))
    if form.is_valid():
        try:
            keep_entry(actor=home.actor, organisation_id=home_of(home.actor), facts=form.facts)
        except SteeringRefused as refused:
            say(form, refused)
        else:
            notify(request, _("Entered."))
            return redirect(home.address(reverse("steering:plan")))
    return ask(request, _("Enter a phase or milestone"), _to_plan(), form, _("Enter"))


@needs(MANAGE)
def change(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct an entry, or say when it began and ended."""
    kept = _kept(request, pk)
    form = PlanForm(request.POST or None, strands=_strands(request.actor), entry=kept)
    if form.is_valid():
        try:
            keep_entry(actor=request.actor, organisation_id=kept.organisation_id, facts=form.facts, entry=kept)
        except SteeringRefused as refused:
            say(form, refused)
        else:
            notify(request, _("Changed."))
            return redirect("steering:plan")
    links = (NavItem(_("Take out of the plan"), reverse("steering:remove_plan_entry", args=[pk])),)
    return ask(request, kept.title, _to_plan(), form, links=links)


@needs(MANAGE)
def remove(request: ActorRequest, pk: int) -> HttpResponse:
    """Take an entry out of the plan, after asking once more."""
    kept = _kept(request, pk)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        remove_entry(actor=request.actor, entry=kept)
        notify(request, _("Taken out of the plan."))
        return redirect("steering:plan")
    question = gettext("Take “%(title)s” out of the plan?") % {"title": kept.title}
    confirmation = Confirmation(question, _("Take out of the plan"), reverse("steering:plan"), is_dangerous=True)
    page = ConfirmPage(_("Take out of the plan"), _to_plan(), confirmation)
    return render(request, "steering/confirm.html", {"page": page})


def _by_strand(entries: list[PlanEntry]) -> list[PlanEntry]:
    """The strands in the order in which they begin, and within each its entries."""
    order = {strand: place for place, strand in enumerate(dict.fromkeys(each.strand for each in entries))}
    return sorted(entries, key=lambda each: order[each.strand])


def _window(entries: list[PlanEntry]) -> str:
    if not entries:
        return ""
    first, last = min(each.planned_from for each in entries), max(each.planned_until for each in entries)
    return f"{first.year} – {last.year}"


def _described(entries: list[PlanEntry], today: date) -> str:
    """What the drawing shows, for those who do not see it."""
    counts = [sum(1 for each in entries if each.state(today) is state) for state in PlanState]
    said = ", ".join(f"{count} {state.label}" for count, state in zip(counts, PlanState, strict=True) if count)
    return gettext("%(count)s phases and milestones over time: %(said)s. The table below says the same in words.") % {
        "count": len(entries),
        "said": said,
    }


def _table(entries: list[PlanEntry], today: date, *, keeps: bool) -> Table:
    columns = (
        Column(_("What")), Column(_("Strand")), Column(_("Planned")), Column(_("Actual")), Column(_("Who")),
        Column(_("State")),
    )  # fmt: skip
    rows = tuple(_row(each, today, keeps=keeps) for each in entries)
    return Table(_("Phases and milestones"), columns, rows)


def _row(entry: PlanEntry, today: date, *, keeps: bool) -> Row:
    state = entry.state(today)
    return Row(
        (
            Cell(
                entry.title,
                reverse("steering:change_plan_entry", args=[entry.pk]) if keeps else "",
                note=entry.note or entry.get_kind_display(),
            ),
            Cell(entry.strand),
            Cell(_days(entry, entry.planned_from, entry.planned_until)),
            Cell(_days(entry, entry.begun_on, entry.ended_on)),
            Cell(entry.responsible or "–"),
            Cell(badge=Badge(state.label, TONES[state])),
        ),
        key=str(entry.pk),
    )


def _days(entry: PlanEntry, first: date | None, last: date | None) -> str:
    if entry.kind == PlanKind.MILESTONE or (first and first == last):
        return german.day(first) if first else "–"
    if first is None:
        return "–"
    return (
        f"{german.day(first)} – {german.day(last)}" if last else gettext("since %(day)s") % {"day": german.day(first)}
    )


def _strands(actor: Actor) -> list[str]:
    found = PlanEntry.objects.kept_by(actor).order_by("strand")
    return list(found.values_list("strand", flat=True).distinct())


def _kept(request: ActorRequest, pk: int) -> PlanEntry:
    return get_object_or_404(PlanEntry.objects.kept_by(request.actor), pk=pk)


def _to_plan() -> tuple[Crumb, ...]:
    return (Crumb(_("Programme plan"), reverse("steering:plan")),)
