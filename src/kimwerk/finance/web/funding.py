"""Funding: what is paid for each post and why, and the rules by which it is."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.finance.calculation.funding import Award, award
from kimwerk.finance.calculation.posts import cost_in
from kimwerk.finance.calculation.rules import Grant
from kimwerk.finance.models import FundingRule
from kimwerk.finance.selectors.plans import PlanInputs, plan_inputs
from kimwerk.finance.types import GrantLabel
from kimwerk.finance.web.forms import YearForm
from kimwerk.finance.web.pages import PartsPage
from kimwerk.finance.web.within import readable_plan, tabs_of, to_plans, years_of
from kimwerk.finance.wording import REASONS, euro, way_of
from kimwerk.kernel import german
from kimwerk.kernel.money import Money
from kimwerk.kernel.rounding import trimmed
from kimwerk.staffing.web.forms import days_text
from kimwerk.staffing.web.pages import Part
from kimwerk.ui.components import Cell, Column, Row, Table


@needs(Permission.FINANCE_READ)
def awards(request: ActorRequest, pk: int) -> HttpResponse:
    """What the rules pay for each post of a plan in a year, and why."""
    found = readable_plan(request, pk)
    inputs = plan_inputs(request.actor, found)
    asked = YearForm(request.GET, found.years)
    page = PartsPage(
        title=_("Funding by post"),
        state=f"{found.title} · {years_of(found)}",
        crumbs=to_plans(),
        tabs=tabs_of(request.actor, found, "funding"),
        filter=asked,
        reset_url=reverse("finance:funding", args=[pk]),
        hidden="" if inputs.may_see_costs else _("What single posts cost is not shown; the ceilings are."),
        parts=tuple(_part(inputs, grant, asked.chosen) for grant in Grant),
    )
    return render(request, "finance/parts.html", {"page": page})


@needs(Permission.FINANCE_READ)
def rules(request: ActorRequest) -> HttpResponse:
    """The rules of the Land as the program knows them."""
    rows = tuple(
        Row(
            (
                Cell(rule.get_kind_display(), note=rule.get_grant_display()),
                Cell(days_text(rule.valid)),
                Cell(euro(rule.ceiling), note=_per(rule)),
                Cell(german.number(trimmed(rule.least_share)) if rule.least_share else "–"),
                Cell(rule.source, note=rule.get_months_display()),
            )
        )
        for rule in FundingRule.objects.order_by("-valid", "kind", "grant")
    )
    columns = (
        Column(_("For what")), Column(_("Valid")), Column(_("At most a year"), is_numeric=True),
        Column(_("Least share"), is_numeric=True), Column(_("Source and how months count")),
    )  # fmt: skip
    title = _("Funding rules")
    empty = _("No rules are loaded. The operator does that: kimwerk load_funding_rules.")
    page = PartsPage(
        title=title,
        state=_("Dated data with their sources; years without a rule stay without money until one is known"),
        parts=(Part("rules", title, Table(title, columns, rows, is_caption_hidden=True), empty),),
    )
    return render(request, "finance/parts.html", {"page": page})


def _per(rule: FundingRule) -> str:
    return _("for %(share)s of a full post") % {"share": german.number(trimmed(rule.per_share))}


def _part(inputs: PlanInputs, grant: Grant, year: int) -> Part:
    found = [
        award(held, grant, year, inputs.given.rules, cost_in(held, year) if grant is Grant.PERSONNEL else None)
        for held in inputs.given.held
    ]
    columns = (
        Column(_("Post")), Column(_("Share"), is_numeric=True), Column(_("Ceiling"), is_numeric=True),
        *((Column(_("Cost"), is_numeric=True),) if inputs.may_see_costs else ()),
        Column(_("Paid"), is_numeric=True), Column(_("Why")),
    )  # fmt: skip
    total = Money.sum(each.paid for each in found)
    middle = (Cell(),) if inputs.may_see_costs else ()
    foot = Row((Cell(_("Together")), Cell(), Cell(), *middle, Cell(euro(total)), Cell()))
    title = GrantLabel(grant.value).label
    rows = tuple(_row(each, shows_cost=inputs.may_see_costs) for each in found)
    return Part(
        grant.value, title, Table(title, columns, rows, foot, is_caption_hidden=True), _("The plan has no posts.")
    )


def _row(found: Award, *, shows_cost: bool) -> Row:
    cost = (Cell(euro(found.cost) if found.cost is not None else "–"),) if shows_cost else ()
    return Row(
        (
            Cell(found.held.title, note=found.held.group),
            Cell(found.held.share.german()),
            Cell(euro(found.ceiling), note=way_of(found)),
            *cost,
            Cell(euro(found.paid)),
            Cell(REASONS[found.reason], note=_missing(found)),
        )
    )


def _missing(found: Award) -> str:
    """Which days no rule covers, or which least share by which rule is not reached."""
    if found.below is not None:
        named = {"share": german.number(trimmed(found.below.least_share.posts)), "source": found.below.source}
        return _("The least share is %(share)s: %(source)s") % named
    spans = ", ".join(f"{german.day(days.start)} – {german.day(days.last_day)}" for days in found.gaps)
    return _("Without a rule: %(days)s") % {"days": spans} if spans else ""
