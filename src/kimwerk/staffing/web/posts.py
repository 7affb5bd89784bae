"""Posts: the plan on a day, one post with who held it, and keeping posts."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.kernel import german
from kimwerk.staffing.models import FundingLine, Occupancy, Post
from kimwerk.staffing.selectors.posts import PostLine, Staffing, staffing_on
from kimwerk.staffing.services.posts import PostRefused, add_funding_line, add_post, change_post
from kimwerk.staffing.types import PostKindLabel
from kimwerk.staffing.web.forms import DayForm, FundingLineForm, PostForm, days_text, last_day_text
from kimwerk.staffing.web.pages import Page, Part
from kimwerk.staffing.web.within import ask, home_of, kept_post, to_post, to_posts
from kimwerk.staffing.web.wording import say_post
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.components import Action, Badge, Cell, Column, Fact, NavItem, Row, Table, Tile, Tone
from kimwerk.ui.notices import notify

ENDS_SOON = timedelta(days=180)
"""Planning security: contracts that end within half a year are named."""


@needs(Permission.STAFF_READ)
def overview(request: ActorRequest) -> HttpResponse:
    """The plan of posts on a reference date."""
    asked = DayForm(request.GET if "on" in request.GET else {"on": timezone.localdate().isoformat()})
    found = staffing_on(request.actor, asked.day)
    may_keep = request.actor.can(Permission.STAFF_MANAGE)
    page = Page(
        title=_("Posts"),
        state=_("on %(day)s, without anybody’s salary") % {"day": german.day(found.day)},
        action=Action(_("Add a post"), reverse("staffing:add_post"), is_new_entry=True) if may_keep else None,
        filter=asked,
        reset_url=reverse("staffing:overview"),
        tiles=_tiles(found),
        parts=(_by_kind(found), _plan(found)),
        links=(NavItem(_("Add a funding line"), reverse("staffing:add_funding_line")),) if may_keep else (),
    )
    return render(request, "staffing/page.html", {"page": page})


@needs(Permission.STAFF_READ)
def post(request: ActorRequest, pk: int) -> HttpResponse:
    """One post: what it is, and who holds and held it."""
    found = get_object_or_404(
        Post.objects.visible_to(request.actor).select_related("organisation", "municipality", "funding_line"), pk=pk
    )
    held = Occupancy.objects.visible_to(request.actor).filter(post=found).select_related("employee")
    may_keep = request.actor.can_at(Permission.STAFF_MANAGE, found.organisation_id)
    url = reverse("staffing:occupy", args=[pk])
    page = Page(
        title=found.name,
        state=found.get_kind_display(),
        crumbs=to_posts(),
        action=Action(_("Occupy the post"), url) if may_keep else None,
        facts=_facts(found),
        links=(NavItem(_("Correct"), reverse("staffing:change_post", args=[pk])),) if may_keep else (),
        parts=(_history(list(held.order_by("-days", "pk")), may_keep=may_keep),),
    )
    return render(request, "staffing/page.html", {"page": page})


@needs(Permission.STAFF_MANAGE)
def add(request: ActorRequest) -> HttpResponse:
    """Take a post into the plan."""
    form = PostForm(request.POST or None, lines=_lines(request))
    if form.is_valid():
        try:
            made = add_post(actor=request.actor, organisation_id=home_of(request), facts=form.facts)
        except PostRefused as refused:
            say_post(form, refused)
        else:
            notify(request, _("The post is in the plan."))
            return redirect("staffing:post", pk=made.pk)
    return ask(request, _("Add a post"), to_posts(), form, _("Add"))


@needs(Permission.STAFF_MANAGE)
def change(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct a post."""
    kept = kept_post(request, pk)
    form = PostForm(request.POST or None, lines=_lines(request), post=kept)
    if form.is_valid():
        try:
            change_post(actor=request.actor, post=kept, facts=form.facts)
        except PostRefused as refused:
            say_post(form, refused)
        else:
            notify(request, _("The post is changed."))
            return redirect("staffing:post", pk=pk)
    return ask(request, _("Correct %(name)s") % {"name": kept.name}, to_post(kept), form)


@needs(Permission.STAFF_MANAGE)
def new_funding_line(request: ActorRequest) -> HttpResponse:
    """Take in what pays for posts."""
    form = FundingLineForm(request.POST or None)
    if form.is_valid():
        try:
            add_funding_line(actor=request.actor, organisation_id=home_of(request), **form.cleaned_data)
        except PostRefused as refused:
            say_post(form, refused)
        else:
            notify(request, _("The funding line is added. Posts can be put on it."))
            return redirect("staffing:overview")
    lead = _("What pays for posts, from when to when. A post on it must lie within these days.")
    return ask(request, _("Add a funding line"), to_posts(), form, _("Add"), lead)


def _lines(request: ActorRequest) -> QuerySet[FundingLine]:
    return FundingLine.objects.visible_to(request.actor).filter(organisation=home_of(request))


def _tiles(found: Staffing) -> tuple[Tile, ...]:
    ending = sum(1 for line in found.lines if _ends_soon(line, found.day))
    return (
        Tile(found.held.german(), _("full-time equivalents held"), _("Held by people who are not away on this day.")),
        Tile(german.number(found.people), _("people"), _("Everybody counts once, whatever the share.")),
        Tile(found.vacant.german(), _("vacant"), _("Full-time equivalents of the plan that nobody holds.")),
        Tile(german.number(ending), _("contracts that end"), _("Posts on which one ends within half a year.")),
    )


def _ends_soon(line: PostLine, day: date) -> bool:
    ends_on = line.contract_ends_on
    return ends_on is not None and ends_on - day <= ENDS_SOON


def _by_kind(found: Staffing) -> Part:
    rows = [
        Row((Cell(PostKindLabel(kind.value).label), Cell(german.number(share.posts, 2))))
        for kind, share in found.by_kind().items()
    ]
    foot = Row((Cell(_("Together")), Cell(german.number(found.held.posts, 2))))
    columns = (Column(_("What for")), Column(_("FTE"), is_numeric=True))
    title = _("By module")
    return Part("kinds", title, Table(title, columns, tuple(rows), foot, is_caption_hidden=True), _("Nobody is there."))


def _plan(found: Staffing) -> Part:
    columns = (
        Column(_("Post")), Column(_("Share"), is_numeric=True), Column(_("Held by")), Column(_("Workplace")),
        Column(_("State")),
    )  # fmt: skip
    rows = tuple(_line(line, found.day) for line in found.lines)
    title = _("The plan")
    empty = _("No post exists on this day.")
    return Part("plan", title, Table(title, columns, rows, is_caption_hidden=True), empty)


def _line(line: PostLine, day: date) -> Row:
    names = ", ".join(str(holder.employee) for holder in line.holders)
    return Row(
        key=f"post-{line.post.pk}",
        cells=(
            Cell(line.post.name, address_of_record("staffing:post", line.post.pk), note=line.post.get_kind_display()),
            Cell(line.post.fte.german()),
            Cell(names or "–", note=", ".join(_("%(name)s stands in") % {"name": each} for each in line.substitutes)),
            Cell(line.post.municipality or line.post.get_workplace_display()),
            Cell(badge=_badge(line, day)),
        ),
    )


def _badge(line: PostLine, day: date) -> Badge:
    if line.vacant:
        return Badge(_("%(share)s vacant") % {"share": line.vacant.german()}, Tone.WARNING)
    if any(holder.employee.leaves.all() for holder in line.holders):
        return Badge(_("away"), Tone.INFO)
    ends_on = line.contract_ends_on
    if ends_on and _ends_soon(line, day):
        return Badge(_("contract until %(day)s") % {"day": german.day(ends_on)}, Tone.WARNING)
    return Badge(_("occupied"), Tone.SUCCESS)


def _facts(post: Post) -> tuple[Fact, ...]:
    return (
        Fact(_("Employer"), post.organisation.name),
        Fact(_("Share of a full post"), post.fte.german()),
        Fact(_("Workplace"), post.get_workplace_display(), note=post.municipality or ""),
        Fact(_("Exists"), days_text(post.valid)),
        Fact(_("Funding line"), post.funding_line.name if post.funding_line else ""),
    )


def _history(held: list[Occupancy], *, may_keep: bool) -> Part:
    columns = (
        Column(_("Person")), Column(_("Share"), is_numeric=True), Column(_("From")), Column(_("Last day")),
        Column(_("Contract until")),
    )  # fmt: skip
    rows = tuple(
        Row(
            (
                Cell(occupancy.employee, address_of_record("staffing:employee", occupancy.employee_id)),
                Cell(occupancy.fte.german(), address_of_record("staffing:occupancy", occupancy.pk) if may_keep else ""),
                Cell(german.day(occupancy.days.lower)),
                Cell(last_day_text(occupancy.days.upper)),
                Cell(german.day(occupancy.contract_ends_on) if occupancy.contract_ends_on else "–"),
            )
        )
        for occupancy in held
    )
    title = _("Who holds and held it")
    return Part("held", title, Table(title, columns, rows, is_caption_hidden=True), _("Nobody has held it yet."))
