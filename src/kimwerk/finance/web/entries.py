"""What a plan is computed from: its posts and its lines."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.finance.calculation.posts import CannotCompute
from kimwerk.finance.models import CostPlan, PlanLine, PlanPost
from kimwerk.finance.selectors.plans import titles_of
from kimwerk.finance.services.plans import (
    LineBooked,
    LineInUse,
    NameTaken,
    keep_line,
    keep_plan_post,
    remove_line,
    remove_plan_post,
    take_over_posts,
)
from kimwerk.finance.web.forms import LineForm, PlanPostForm, TakeOverForm
from kimwerk.finance.web.pages import PartsPage
from kimwerk.finance.web.within import (
    ask,
    ask_again,
    kept_plan,
    of_kept_plan,
    tabs_of,
    to_plan,
    to_plans,
    years_of,
)
from kimwerk.finance.wording import refusal_in_words
from kimwerk.kernel import german
from kimwerk.kernel.rounding import trimmed
from kimwerk.staffing.web.forms import days_text
from kimwerk.staffing.web.pages import Part
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.components import Action, Cell, Column, NavItem, Row, Table
from kimwerk.ui.notices import notify

TAKEN = _("The plan has something of this name already.")


@needs(Permission.FINANCE_MANAGE)
def basis(request: ActorRequest, pk: int) -> HttpResponse:
    """The posts and lines of a plan."""
    kept = kept_plan(request, pk)
    page = PartsPage(
        title=_("Posts and lines"),
        state=f"{kept.title} · {years_of(kept)}",
        crumbs=to_plans(),
        tabs=tabs_of(request.actor, kept, "basis"),
        action=Action(_("Add a line"), reverse("finance:add_line", args=[pk]), is_new_entry=True),
        links=(
            NavItem(_("Take over posts"), reverse("finance:take_over", args=[pk])),
            NavItem(_("Add a post"), reverse("finance:add_post", args=[pk])),
            NavItem(_("Correct title, years and note"), reverse("finance:change_plan", args=[pk])),
        ),
        parts=(_lines(kept), _posts(kept)),
    )
    return render(request, "finance/parts.html", {"page": page})


@needs(Permission.FINANCE_MANAGE)
def take_over(request: ActorRequest, pk: int) -> HttpResponse:
    """Copy who holds which post on a day."""
    kept = kept_plan(request, pk)
    form = TakeOverForm(request.POST or None)
    if form.is_valid():
        count = take_over_posts(actor=request.actor, plan=kept, day=form.cleaned_data["day"])
        notify(request, _("%(count)s posts are taken over.") % {"count": count})
        return redirect("finance:basis", pk=pk)
    lead = _("Posts with who holds them on this day, without names. What is in the plan already stays.")
    return ask(request, _("Take over posts"), to_plan(kept, "basis"), form, label=_("Take over"), lead=lead)


@needs(Permission.FINANCE_MANAGE)
def add_post(request: ActorRequest, pk: int) -> HttpResponse:
    """Enter a share of a post."""
    kept = kept_plan(request, pk)
    return _keep_post(request, kept, PlanPostForm(request.POST or None, plan=kept), None)


@needs(Permission.FINANCE_MANAGE)
def post(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct a share of a post."""
    kept = of_kept_plan(request, PlanPost, pk)
    return _keep_post(request, kept.plan, PlanPostForm.about(request.POST or None, kept), kept)


@needs(Permission.FINANCE_MANAGE)
def drop_post(request: ActorRequest, pk: int) -> HttpResponse:
    """Take a share of a post out of the plan."""
    kept = of_kept_plan(request, PlanPost, pk)
    if request.method == "POST":
        remove_plan_post(actor=request.actor, post=kept)
        notify(request, _("The post is taken out of the plan."))
        return redirect("finance:basis", pk=kept.plan_id)
    question = _("Take %(name)s out of the plan?") % {"name": kept.title}
    consequence = _("Its cost goes with it, and scenarios that are about this post.")
    return ask_again(request, to_plan(kept.plan, "basis"), question, consequence)


@needs(Permission.FINANCE_MANAGE)
def add_line(request: ActorRequest, pk: int) -> HttpResponse:
    """Enter a line."""
    kept = kept_plan(request, pk)
    return _keep_line(request, kept, None)


@needs(Permission.FINANCE_MANAGE)
def line(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct a line."""
    kept = of_kept_plan(request, PlanLine, pk)
    return _keep_line(request, kept.plan, kept)


@needs(Permission.FINANCE_MANAGE)
def drop_line(request: ActorRequest, pk: int) -> HttpResponse:
    """Take a line out of the plan."""
    kept = of_kept_plan(request, PlanLine, pk)
    consequence = _("Its amounts go with it.")
    if request.method == "POST":
        try:
            remove_line(actor=request.actor, line=kept)
        except LineInUse:
            consequence = _("A percentage is of this line. Change that one first.")
        except LineBooked:
            consequence = _("Something is booked on this line or was called for. It has to stay.")
        else:
            notify(request, _("The line is taken out of the plan."))
            return redirect("finance:basis", pk=kept.plan_id)
    question = _("Take %(name)s out of the plan?") % {"name": kept.title}
    return ask_again(request, to_plan(kept.plan, "basis"), question, consequence)


def _keep_post(request: ActorRequest, plan: CostPlan, form: PlanPostForm, known: PlanPost | None) -> HttpResponse:
    if form.is_valid():
        try:
            keep_plan_post(actor=request.actor, plan=plan, facts=form.facts, post=known)
        except NameTaken:
            form.add_error("title", TAKEN)
        except CannotCompute as error:
            form.add_error(None, refusal_in_words(error, titles_of(plan)))
        else:
            notify(request, _("The post is in the plan."))
            return redirect("finance:basis", pk=plan.pk)
    title = _("Correct %(name)s") % {"name": known.title} if known else _("Add a post")
    links = (NavItem(_("Take it out"), reverse("finance:remove_post", args=[known.pk])),) if known else ()
    return ask(request, title, to_plan(plan, "basis"), form, links=links)


def _keep_line(request: ActorRequest, plan: CostPlan, known: PlanLine | None) -> HttpResponse:
    form = LineForm(request.POST or None, plan=plan, line=known)
    if form.is_valid():
        try:
            keep_line(actor=request.actor, plan=plan, facts=form.facts, line=known)
        except NameTaken:
            form.add_error("title", TAKEN)
        except CannotCompute as error:
            form.add_error(None, refusal_in_words(error, titles_of(plan)))
        else:
            notify(request, _("The line is in the plan, and the table is computed anew."))
            return redirect("finance:basis", pk=plan.pk)
    title = _("Correct %(name)s") % {"name": known.title} if known else _("Add a line")
    links = (NavItem(_("Take it out"), reverse("finance:remove_line", args=[known.pk])),) if known else ()
    return ask(request, title, to_plan(plan, "basis"), form, links=links)


def _lines(plan: CostPlan) -> Part:
    columns = (
        Column(_("Line")), Column(_("Summed as")), Column(_("Basis")),
        *(Column(str(year), is_numeric=True) for year in plan.years),
    )  # fmt: skip
    rows = []
    for each in plan.lines.prefetch_related("rates").order_by("position", "pk"):
        rates = {rate.year: german.number(trimmed(rate.value)) for rate in each.rates.all()}
        rows.append(
            Row(
                (
                    Cell(each.title, address_of_record("finance:line", each.pk), note=", ".join(each.groups)),
                    Cell(each.get_side_display()),
                    Cell(each.get_basis_display(), note=each.get_rounding_display()),
                    *(Cell(rates.get(year, "–")) for year in plan.years),
                )
            )
        )
    title = _("Lines")
    return Part("lines", title, Table(title, columns, tuple(rows), is_caption_hidden=True), _("No line yet."))


def _posts(plan: CostPlan) -> Part:
    columns = (
        Column(_("Post")), Column(_("Group")), Column(_("What for")), Column(_("Share"), is_numeric=True),
        Column(_("Occupied")),
    )  # fmt: skip
    rows = tuple(
        Row(
            (
                Cell(each.title, address_of_record("finance:post", each.pk)),
                Cell(each.group),
                Cell(each.get_kind_display()),
                Cell(german.number(trimmed(each.share))),
                Cell(days_text(each.occupied)),
            )
        )
        for each in plan.posts.order_by("group", "title")
    )
    title = _("Posts")
    return Part("posts", title, Table(title, columns, rows, is_caption_hidden=True), _("No post yet."))
