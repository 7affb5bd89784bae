"""The register of needs and gaps."""

from __future__ import annotations

import csv
import io

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
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
from kimwerk.directory.models import Municipality, Organisation
from kimwerk.kernel import german
from kimwerk.kernel.figures import Text
from kimwerk.needs.models import Gap, GapStep, Need
from kimwerk.needs.policies import may_bundle
from kimwerk.needs.selectors.register import FEWEST, NeedWish, counts_of, evidence_of, gaps_for, needs_for, similar_to
from kimwerk.needs.services import (
    bundle,
    change_gap,
    check_need,
    correct_need,
    move_gap,
    open_gap,
    reject_need,
    report_need,
)
from kimwerk.needs.types import NEXT, GapState, NeedsProblem, NeedsRefused, NeedState
from kimwerk.needs.web.forms import GapFilter, GapForm, MoveForm, NeedFilter, NeedForm, ReasonForm
from kimwerk.needs.web.pages import FormPage, ListPage, ThingPage
from kimwerk.ui.components import Action, Badge, Cell, Column, Crumb, Fact, Moment, NavItem, Row, Table, Tone
from kimwerk.ui.listing import chips_of, paged
from kimwerk.ui.notices import notify

REPORT, MANAGE = Permission.NEED_REPORT, Permission.NEED_MANAGE
NEED_TONES = {
    NeedState.REPORTED: Tone.NEUTRAL,
    NeedState.CHECKED: Tone.INFO,
    NeedState.BUNDLED: Tone.SUCCESS,
    NeedState.REJECTED: Tone.NEUTRAL,
}
GAP_TONES = {GapState.EFFECT_CHECKED: Tone.SUCCESS, GapState.REJECTED: Tone.NEUTRAL, GapState.DEFERRED: Tone.WARNING}
MOST_OFFERED = 200


@require_GET
@needs(REPORT)
def register(request: ActorRequest) -> HttpResponse:
    """All needs, by filter."""
    form = NeedFilter(request.GET, places=_places(request))
    found = paged(needs_for(request.actor, form.wish), request.GET)
    title = _("Needs named")
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    page = ListPage(
        title=title,
        state=_("as they were named, the newest first"),
        action=Action(_("Report a need"), reverse("needs:report"), "add", is_new_entry=True),
        filter=form,
        chips=chips_of(form, request.GET),
        reset_url=reverse("needs:needs"),
        links=(NavItem(_("List as a file for spreadsheets (CSV)"), reverse("needs:export") + query),),
        table=_need_table(found.items),
        pagination=found.pagination,
        empty_title=_("No need is reported yet"),
        empty_text=_("Report what was named at an event, in a working group or in counselling. Name nobody."),
    )
    return render(request, "needs/list.html", {"page": page})


@require_GET
@needs(REPORT)
def export(request: ActorRequest) -> HttpResponse:
    """The needs of the list as CSV, texts shielded against formulas."""
    form = NeedFilter(request.GET, places=_places(request))
    found = list(needs_for(request.actor, form.wish))
    out = io.StringIO()
    table = _need_table(found)
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
        badge=_need_badge(found),
        crumbs=_to_needs(),
        links=_need_links(request, found),
        text=found.text,
        facts=_need_facts(found),
        table_title=_("Could be the same"),
        table=_need_table(likely),
        table_empty=_("No other need sounds like this one."),
        check_url=_check_url(request, found),
    )
    return render(request, "needs/thing.html", {"page": page})


@needs(REPORT)
def report(request: ActorRequest) -> HttpResponse:
    """Report a need."""
    form = NeedForm(request.POST or None, places=_places(request))
    if form.is_valid():
        try:
            home = min(request.actor.scope(REPORT).touched_organisations)
            made = report_need(actor=request.actor, organisation_id=home, facts=form.facts)
        except NeedsRefused as refused:
            _say(form, refused)
        else:
            notify(request, _("The need is reported. What becomes of it stands here."))
            return redirect("needs:need", pk=made.pk)
    return _ask(request, _("Report a need"), _to_needs(), form, _("Report it"), draft="needs-report")


@needs(REPORT)
def correct(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct a need: one's own while it is fresh, or as whoever checks."""
    found = _seen(request, pk)
    if not _may_correct(request, found):
        raise Http404
    form = NeedForm(request.POST or None, places=_places(request), need=found)
    if form.is_valid():
        try:
            correct_need(actor=request.actor, need=found, facts=form.facts)
        except NeedsRefused as refused:
            _say(form, refused)
        else:
            notify(request, _("Changed."))
            return redirect("needs:need", pk=pk)
    return _ask(request, _("Correct the need"), _to_need(found), form)


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
            _say(form, refused)
        else:
            notify(request, _("The need is put aside. Whoever reported it reads why."))
            return redirect("needs:need", pk=pk)
    return _ask(request, _("Put the need aside"), _to_need(kept), form, _("Put aside"))


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
        badge=_gap_badge(found),
        crumbs=_to_gaps(),
        links=_gap_links(request, found),
        text=found.text,
        facts=_gap_facts(request, found),
        table_title=_("Needs in this gap"),
        table=_need_table(list(bundled[:MOST_OFFERED])),
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
    return _ask(request, _("Open a gap"), _to_gaps(), form, _("Open the gap"))


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
    return _ask(request, _("Correct the gap"), _to_gap(kept), form)


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
            _say(form, refused)
        else:
            notify(request, _("Noted. Whoever reported needs of this gap reads it."))
            return redirect("needs:gap", pk=pk)
    return _ask(request, _("Next step"), _to_gap(kept), form, _("Note it"))


def _opened(request: ActorRequest, home: int, form: GapForm) -> Gap | None:
    try:
        with transaction.atomic():
            return open_gap(actor=request.actor, organisation_id=home, facts=form.facts, need_ids=form.need_ids)
    except IntegrityError:
        form.add_error("title", gettext("A gap of this name stands in the register. Put the needs into that one."))
        return None


def _places(request: ActorRequest) -> QuerySet[Municipality]:
    """The municipalities of the districts whose needs the actor reads."""
    homes = request.actor.scope(REPORT).touched_organisations
    districts = Organisation.objects.filter(pk__in=homes).values("district")
    return Municipality.objects.filter(district__in=districts).order_by("sort_key")


def _unbundled(request: ActorRequest, organisation_id: int) -> list[Need]:
    waiting = Need.objects.kept_by(request.actor).unbundled().filter(organisation=organisation_id)
    return list(waiting.select_related("municipality").order_by("title")[:MOST_OFFERED])


def _seen(request: ActorRequest, pk: int) -> Need:
    found = Need.objects.visible_to(request.actor)
    return get_object_or_404(
        found.select_related("municipality", "topic", "target_group", "legal_circle", "gap", "reported_by"), pk=pk
    )


def _may_correct(request: ActorRequest, need: Need) -> bool:
    is_own_fresh = need.reported_by_id == request.actor.account_id and need.state == NeedState.REPORTED
    return is_own_fresh or may_bundle(request.actor, need.organisation_id)


def _ask(
    request: ActorRequest,
    title: Text,
    crumbs: tuple[Crumb, ...],
    form: NeedForm | ReasonForm | GapForm | MoveForm,
    label: Text = "",
    draft: str = "",
) -> HttpResponse:
    page = FormPage(title, crumbs, form, label or _("Save"), crumbs[-1].url, draft=draft)
    return render(request, "needs/form.html", {"page": page})


def _say(form: NeedForm | ReasonForm | MoveForm, refused: NeedsRefused) -> None:
    texts = {
        NeedsProblem.REASON_MISSING: ("reason", _("Say why: whoever reported the need reads it.")),
        NeedsProblem.WAY_CLOSED: (None, _("This step does not follow on the one before. Load the page again.")),
        NeedsProblem.NAMES_SOMEBODY: (
            "text",
            _("This reads like a name, an address or a birthday. Write what is missing, and name nobody."),
        ),
    }
    field, text = texts[refused.problem]
    form.add_error(field, str(text))


def _to_needs() -> tuple[Crumb, ...]:
    return (Crumb(_("Needs named"), reverse("needs:needs")),)


def _to_need(need: Need) -> tuple[Crumb, ...]:
    return (*_to_needs(), Crumb(need.title, reverse("needs:need", args=[need.pk])))


def _to_gaps() -> tuple[Crumb, ...]:
    return (Crumb(_("Gaps"), reverse("needs:gaps")),)


def _to_gap(gap: Gap) -> tuple[Crumb, ...]:
    return (*_to_gaps(), Crumb(gap.title, reverse("needs:gap", args=[gap.pk])))


def _need_table(found: list[Need] | tuple[Need, ...]) -> Table:
    columns = (
        Column(_("What is missing")), Column(_("Municipality")), Column(_("Topic")), Column(_("Target group")),
        Column(_("Where it was named")), Column(_("Named on")), Column(_("State")),
    )  # fmt: skip
    return Table(_("Needs named"), columns, tuple(map(_need_row, found)), is_caption_hidden=True)


def _need_row(need: Need) -> Row:
    return Row(
        (
            Cell(need.title, reverse("needs:need", args=[need.pk]), note=need.gap.title if need.gap else ""),
            Cell(need.municipality or "–"),
            Cell(need.topic or "–"),
            Cell(need.target_group or "–"),
            Cell(need.get_origin_display(), note=need.occasion),
            Cell(german.day(need.named_on)),
            Cell(badge=_need_badge(need)),
        ),
        key=str(need.pk),
    )


def _need_badge(need: Need) -> Badge:
    """The state of a need; where it is bundled, that of its gap."""
    return _gap_badge(need.gap) if need.gap else Badge(need.get_state_display(), NEED_TONES[NeedState(need.state)])


def _gap_badge(gap: Gap) -> Badge:
    return Badge(gap.get_state_display(), GAP_TONES.get(GapState(gap.state), Tone.INFO))


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


def _need_facts(need: Need) -> tuple[Fact, ...]:
    gap = need.gap
    return (
        Fact(_("Occasion"), need.occasion),
        Fact(_("Municipality"), need.municipality or ""),
        Fact(_("Topic"), need.topic or ""),
        Fact(_("Target group"), need.target_group or ""),
        Fact(_("Legal circle"), need.legal_circle or ""),
        Fact(_("Reported by"), need.reported_by.display_name),
        Fact(_("Gap"), gap.title if gap else _("none yet"), url=reverse("needs:gap", args=[gap.pk]) if gap else ""),
        *([Fact(_("Put aside because"), need.reason)] if need.reason else []),
    )


def _gap_row(gap: Gap, count: int) -> Row:
    return Row(
        (
            Cell(gap.title, reverse("needs:gap", args=[gap.pk])),
            Cell(german.number(count)),
            Cell(gap.get_severity_display()),
            Cell(gap.get_level_display()),
            Cell(gap.owner or "–"),
            Cell(badge=_gap_badge(gap)),
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
