"""Gaps of the system: the register, one of them, and its way."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.kernel import german
from kimwerk.needs.models import Gap, GapStep, Need
from kimwerk.needs.policies import may_bundle
from kimwerk.needs.selectors.register import FEWEST, NeedWish, counts_of, evidence_of, gaps_for, needs_for
from kimwerk.needs.services import bundle, change_gap, move_gap, open_gap
from kimwerk.needs.types import NEXT, GapState, NeedsRefused
from kimwerk.needs.web.forms import GapFilter, GapForm, MoveForm
from kimwerk.needs.web.pages import ThingPage
from kimwerk.needs.web.tables import gap_badge, need_table
from kimwerk.needs.web.within import ask, say, to_gap, to_gaps
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.components import Action, Cell, Column, Fact, Moment, NavItem, Row, Table
from kimwerk.ui.listing import chips_of, paged
from kimwerk.ui.notices import notify
from kimwerk.ui.pages import ListPage

REPORT, MANAGE = Permission.NEED_REPORT, Permission.NEED_MANAGE
MOST_OFFERED = 200


@require_GET
@needs(REPORT)
def gaps(request: ActorRequest) -> HttpResponse:
    """All gaps, by state."""
    form = GapFilter(request.GET)
    found = paged(gaps_for(request.actor, form.wish), request.GET)
    counts = counts_of(request.actor, list(found.items))
    title = _("Gaps")
    columns = (
        Column(_("Gap")), Column(_("Needs named"), is_numeric=True), Column(_("How much it matters")),
        Column(_("Who could close it")), Column(_("Who looks after it")), Column(_("State")),
    )  # fmt: skip
    rows = tuple(_gap_row(gap, counts.get(gap.pk, 0)) for gap in found.items)
    may_open = request.actor.can(MANAGE)
    page = ListPage(
        title=title,
        state=_("gaps of the system, with how often they were named"),
        action=Action(_("Open a gap"), reverse("needs:open_gap"), "add", is_new_entry=True) if may_open else None,
        filter=form,
        chips=chips_of(form, request.GET),
        reset_url=reverse("needs:gaps"),
        links=(),
        table=Table(title, columns, rows, is_caption_hidden=True),
        pagination=found.pagination,
        empty_title=_("No gap yet"),
        empty_text=_("Needs that come of one cause are bundled into a gap, which then goes to a committee."),
    )
    return render(request, "needs/list.html", {"page": page})


@require_GET
@needs(REPORT)
def gap(request: ActorRequest, pk: int) -> HttpResponse:
    """One gap with its evidence and its way."""
    found = get_object_or_404(Gap.objects.visible_to(request.actor), pk=pk)
    bundled = needs_for(request.actor, NeedWish()).filter(gap=pk)
    steps = found.steps.select_related("taken_by").order_by("-pk")
    page = ThingPage(
        title=found.title,
        state=found.get_level_display(),
        badge=gap_badge(found),
        crumbs=to_gaps(),
        links=_gap_links(request, found),
        text=found.text,
        facts=_gap_facts(request, found),
        table_title=_("Needs in this gap"),
        table=need_table(list(bundled[:MOST_OFFERED])),
        table_empty=_("No need stands in this gap yet."),
        moments=tuple(map(_moment, steps)),
    )
    return render(request, "needs/thing.html", {"page": page})


@needs(MANAGE)
def new_gap(request: ActorRequest) -> HttpResponse:
    """Open a gap; needs named in the address are chosen to begin with."""
    home = min(request.actor.scope(MANAGE).organisations, default=0)
    chosen = [int(pk) for pk in request.GET.getlist("need") if pk.isdigit()]
    form = GapForm(request.POST or None, unbundled=_unbundled(request, home), chosen=chosen)
    if form.is_valid() and (made := _opened(request, home, form)):
        notify(request, _("The gap is open. It waits for an agenda of the steering group."))
        return redirect("needs:gap", pk=made.pk)
    return ask(request, _("Open a gap"), to_gaps(), form, _("Open the gap"))


@needs(MANAGE)
def keep_gap(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct a gap, and put further needs into it."""
    kept = get_object_or_404(Gap.objects.kept_by(request.actor), pk=pk)
    form = GapForm(request.POST or None, unbundled=_unbundled(request, kept.organisation_id), gap=kept)
    if form.is_valid():
        change_gap(actor=request.actor, gap=kept, facts=form.facts)
        bundle(actor=request.actor, gap=kept, need_ids=form.need_ids)
        notify(request, _("Changed."))
        return redirect("needs:gap", pk=pk)
    return ask(request, _("Correct the gap"), to_gap(kept), form)


@needs(MANAGE)
def move(request: ActorRequest, pk: int) -> HttpResponse:
    """Take a gap one step on."""
    kept = get_object_or_404(Gap.objects.kept_by(request.actor), pk=pk)
    form = MoveForm(request.POST or None, gap=kept)
    if form.is_valid():
        state, reason = GapState(form.cleaned_data["state"]), form.cleaned_data["reason"]
        try:
            move_gap(actor=request.actor, gap=kept, state=state, reason=reason)
        except NeedsRefused as refused:
            say(form, refused)
        else:
            notify(request, _("Noted. Whoever reported needs of this gap reads it."))
            return redirect("needs:gap", pk=pk)
    return ask(request, _("Next step"), to_gap(kept), form, _("Note it"))


def _opened(request: ActorRequest, home: int, form: GapForm) -> Gap | None:
    try:
        with transaction.atomic():
            return open_gap(actor=request.actor, organisation_id=home, facts=form.facts, need_ids=form.need_ids)
    except IntegrityError:
        form.add_error("title", gettext("A gap of this name stands in the register. Put the needs into that one."))
        return None


def _unbundled(request: ActorRequest, organisation_id: int) -> list[Need]:
    waiting = Need.objects.kept_by(request.actor).unbundled().filter(organisation=organisation_id)
    return list(waiting.select_related("municipality").order_by("title")[:MOST_OFFERED])


def _gap_row(gap: Gap, count: int) -> Row:
    return Row(
        (
            Cell(gap.title, address_of_record("needs:gap", gap.pk)),
            Cell(german.number(count)),
            Cell(gap.get_severity_display()),
            Cell(gap.get_level_display()),
            Cell(gap.owner or "–"),
            Cell(badge=gap_badge(gap)),
        ),
        key=str(gap.pk),
    )


def _gap_links(request: ActorRequest, gap: Gap) -> tuple[NavItem, ...]:
    if not may_bundle(request.actor, gap.organisation_id):
        return ()
    keep = NavItem(_("Correct, and add needs"), reverse("needs:keep_gap", args=[gap.pk]))
    if not NEXT[GapState(gap.state)]:
        return (keep,)
    return (NavItem(_("Next step"), reverse("needs:move_gap", args=[gap.pk])), keep)


def _gap_facts(request: ActorRequest, gap: Gap) -> tuple[Fact, ...]:
    few = gettext("fewer than %(fewest)s") % {"fewest": FEWEST}
    named = "; ".join(
        f"{each.origin.label}: {few if each.count is None else german.number(each.count)}"
        for each in evidence_of(request.actor, gap)
    )
    return (
        Fact(_("How much it matters"), gap.get_severity_display()),
        Fact(_("Who looks after it"), gap.owner),
        Fact(_("How often it was named"), named),
    )


def _moment(step: GapStep) -> Moment:
    return Moment(step.on_day, step.get_state_display(), step.reason, by=step.taken_by.display_name)
