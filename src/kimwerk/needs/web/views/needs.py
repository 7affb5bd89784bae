"""Needs: the register, one of them, reporting and judging."""

from __future__ import annotations

import csv
import io

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.activities.export.sanitising import harmless
from kimwerk.audit.services import record
from kimwerk.kernel import german
from kimwerk.needs.models import Need
from kimwerk.needs.policies import may_bundle
from kimwerk.needs.selectors.register import FEWEST, needs_for, similar_to
from kimwerk.needs.services import check_need, correct_need, reject_need, report_need
from kimwerk.needs.types import NeedsRefused, NeedState
from kimwerk.needs.web.forms import NeedFilter, NeedForm, ReasonForm
from kimwerk.needs.web.pages import ThingPage
from kimwerk.needs.web.tables import need_badge, need_table
from kimwerk.needs.web.within import ask, places_of, say, to_need, to_needs
from kimwerk.ui.components import Action, Fact, NavItem, Tone
from kimwerk.ui.listing import chips_of
from kimwerk.ui.newest import newest_first
from kimwerk.ui.notices import notify
from kimwerk.ui.pages import ListPage

REPORT, MANAGE = Permission.NEED_REPORT, Permission.NEED_MANAGE


@require_GET
@needs(REPORT)
def register(request: ActorRequest) -> HttpResponse:
    """All needs, by filter."""
    form = NeedFilter(request.GET, places=places_of(request.actor))
    found = newest_first(needs_for(request.actor, form.wish), request.GET, by="named_on")
    title = _("Needs named")
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    page = ListPage(
        title=title,
        state=_("as they were named, the newest first"),
        action=Action(_("Report a need"), reverse("needs:report"), "add", is_new_entry=True),
        filter=form,
        chips=chips_of(form, request.GET),
        reset_url=reverse("needs:needs"),
        links=(
            NavItem(_("By municipality and topic"), reverse("needs:matrix")),
            NavItem(_("List as a file for spreadsheets (CSV)"), reverse("needs:export") + query),
        ),
        table=need_table(found.items),
        pagination=found.pagination,
        empty_title=_("No need is reported yet"),
        empty_text=_("Report what was named at an event, in a working group or in counselling. Name nobody."),
    )
    return render(request, "needs/list.html", {"page": page})


@require_GET
@needs(REPORT)
def export(request: ActorRequest) -> HttpResponse:
    """The needs of the list as CSV, texts shielded against formulas."""
    form = NeedFilter(request.GET, places=places_of(request.actor))
    found = list(needs_for(request.actor, form.wish))
    out = io.StringIO()
    table = need_table(found)
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(str(column.title)) for column in table.columns])
    for row in table.rows:
        writer.writerow([harmless(str(cell.badge.label if cell.badge else cell.text)) for cell in row.cells])
    record(actor=request.actor, action="need.exported", amount=len(found))
    headers = {"Content-Disposition": f'attachment; filename="{gettext("needs")}.csv"'}
    return HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


@require_GET
@needs(REPORT)
def need(request: ActorRequest, pk: int) -> HttpResponse:
    """One need, with those that could be the same."""
    found = _seen(request, pk)
    likely = similar_to(request.actor, found)
    page = ThingPage(
        title=found.title,
        state=_named(found),
        badge=need_badge(found),
        crumbs=to_needs(),
        links=_need_links(request, found),
        text=found.text,
        facts=_need_facts(found),
        table_title=_("Could be the same"),
        table=need_table(likely),
        table_empty=_("No other need sounds like this one."),
        check_url=_check_url(request, found),
    )
    return render(request, "needs/thing.html", {"page": page})


@needs(REPORT)
def report(request: ActorRequest) -> HttpResponse:
    """Report a need."""
    form = NeedForm(request.POST or None, places=places_of(request.actor))
    if form.is_valid():
        try:
            home = min(request.actor.scope(REPORT).touched_organisations)
            made = report_need(actor=request.actor, organisation_id=home, facts=form.facts)
        except NeedsRefused as refused:
            say(form, refused)
        else:
            notify(request, _("The need is reported. What becomes of it stands here."))
            return redirect("needs:need", pk=made.pk)
    return ask(request, _("Report a need"), to_needs(), form, _("Report it"), draft="needs-report")


@needs(REPORT)
def correct(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct a need: one's own while it is fresh, or as whoever checks."""
    found = _seen(request, pk)
    if not _may_correct(request, found):
        raise Http404
    form = NeedForm(request.POST or None, places=places_of(request.actor), need=found)
    if form.is_valid():
        try:
            correct_need(actor=request.actor, need=found, facts=form.facts)
        except NeedsRefused as refused:
            say(form, refused)
        else:
            notify(request, _("Changed."))
            return redirect("needs:need", pk=pk)
    return ask(request, _("Correct the need"), to_need(found), form)


@require_POST
@needs(MANAGE)
def check(request: ActorRequest, pk: int) -> HttpResponse:
    """Note that a need is checked."""
    kept = get_object_or_404(Need.objects.kept_by(request.actor), pk=pk)
    try:
        check_need(actor=request.actor, need=kept)
    except NeedsRefused:
        notify(request, _("The need stands in a gap already."), tone=Tone.INFO)
    else:
        notify(request, _("The need is checked."))
    return redirect("needs:need", pk=pk)


@needs(MANAGE)
def reject(request: ActorRequest, pk: int) -> HttpResponse:
    """Put a need aside, with the reason."""
    kept = get_object_or_404(Need.objects.kept_by(request.actor), pk=pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            reject_need(actor=request.actor, need=kept, reason=form.cleaned_data["reason"])
        except NeedsRefused as refused:
            say(form, refused)
        else:
            notify(request, _("The need is put aside. Whoever reported it reads why."))
            return redirect("needs:need", pk=pk)
    return ask(request, _("Put the need aside"), to_need(kept), form, _("Put aside"))


def _seen(request: ActorRequest, pk: int) -> Need:
    found = Need.objects.visible_to(request.actor)
    return get_object_or_404(
        found.select_related("municipality", "topic", "target_group", "legal_circle", "gap", "reported_by"), pk=pk
    )


def _may_correct(request: ActorRequest, need: Need) -> bool:
    is_own_fresh = need.reported_by_id == request.actor.account_id and need.state == NeedState.REPORTED
    return is_own_fresh or may_bundle(request.actor, need.organisation_id)


def _named(need: Need) -> str:
    named = {"day": german.day(need.named_on), "origin": need.get_origin_display()}
    return gettext("named on %(day)s: %(origin)s") % named


def _need_links(request: ActorRequest, need: Need) -> tuple[NavItem, ...]:
    links = []
    if _may_correct(request, need):
        links.append(NavItem(_("Correct"), reverse("needs:correct", args=[need.pk])))
    if may_bundle(request.actor, need.organisation_id) and need.gap_id is None:
        links.append(NavItem(_("Open a gap out of it"), f"{reverse('needs:open_gap')}?need={need.pk}"))
        links.append(NavItem(_("Put the need aside"), reverse("needs:reject", args=[need.pk])))
    return tuple(links)


def _check_url(request: ActorRequest, need: Need) -> str:
    is_fresh = need.state == NeedState.REPORTED and may_bundle(request.actor, need.organisation_id)
    return reverse("needs:check", args=[need.pk]) if is_fresh else ""


def _source(need: Need) -> Fact:
    """Who reported it; for failed referrals how many there were, where that may be told."""
    if need.reported_by is not None:
        return Fact(_("Reported by"), need.reported_by.display_name)
    few = gettext("fewer than %(fewest)s") % {"fewest": FEWEST}
    return Fact(_("Failed referrals"), german.number(need.times) if need.times >= FEWEST else few)


def _need_facts(need: Need) -> tuple[Fact, ...]:
    gap = need.gap
    return (
        Fact(_("Occasion"), need.occasion),
        Fact(_("Municipality"), need.municipality or ""),
        Fact(_("Topic"), need.topic or ""),
        Fact(_("Target group"), need.target_group or ""),
        Fact(_("Legal circle"), need.legal_circle or ""),
        _source(need),
        Fact(_("Gap"), gap.title if gap else _("none yet"), url=reverse("needs:gap", args=[gap.pk]) if gap else ""),
        *([Fact(_("Put aside because"), need.reason)] if need.reason else []),
    )
