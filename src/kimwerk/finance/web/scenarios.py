"""Scenarios: side by side with the plan, the difference in every line, and what moves the balance most."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.finance.calculation.posts import CannotCompute
from kimwerk.finance.calculation.scenarios import sensitivity
from kimwerk.finance.calculation.table import YearTable
from kimwerk.finance.laying import Layout, differences, lay_out
from kimwerk.finance.models import CostPlan, Scenario
from kimwerk.finance.selectors.plans import PlanInputs, plan_inputs, titles_of
from kimwerk.finance.services.plans import NameTaken
from kimwerk.finance.services.scenarios import keep_scenario, remove_scenario
from kimwerk.finance.web.forms import ScenarioForm, YearForm
from kimwerk.finance.web.pages import BarGroup, ComparePage, CostTable
from kimwerk.finance.web.plans import bar, cost_row
from kimwerk.finance.web.within import (
    HIDDEN,
    ask,
    ask_again,
    kept_plan,
    may_keep,
    of_kept_plan,
    readable_plan,
    tabs_of,
    to_plan,
    years_of,
)
from kimwerk.finance.wording import euro, refusal_in_words
from kimwerk.kernel import german
from kimwerk.ui.components import Action, Cell, Column, NavItem, Row, Table
from kimwerk.ui.notices import notify

TAKEN = gettext_lazy("The plan has a scenario of this name already.")


@needs(Permission.FINANCE_READ)
def compare(request: ActorRequest, pk: int) -> HttpResponse:
    """The plan and its scenarios side by side, for one year."""
    found = readable_plan(request, pk)
    inputs = plan_inputs(request.actor, found)
    asked = YearForm(request.GET, found.years)
    tables = inputs.tables()
    layouts = [
        (found.title, lay_out(inputs, tables=tables, explains=False)),
        *((each.name, lay_out(inputs, each, explains=False)) for each in inputs.scenarios),
    ]
    keeps = may_keep(request.actor, found)
    page = ComparePage(
        title=_("Scenarios"),
        state=f"{found.title} · {years_of(found)}",
        crumbs=to_plan(found),
        tabs=tabs_of(request.actor, found, "scenarios"),
        action=Action(_("Add a scenario"), reverse("finance:add_scenario", args=[pk])) if keeps else None,
        filter=asked,
        reset_url=reverse("finance:scenarios", args=[pk]),
        hidden="" if inputs.shows_lines else HIDDEN,
        table=_side_by_side(layouts, asked.chosen),
        bars=_bars(layouts),
        sensitivity=_sensitivity(inputs, tables),
        links=tuple(_link(each) for each in inputs.scenarios) if keeps else (),
        has_scenarios=bool(inputs.scenarios),
    )
    return render(request, "finance/compare.html", {"page": page})


@needs(Permission.FINANCE_MANAGE)
def add(request: ActorRequest, pk: int) -> HttpResponse:
    """Think of other assumptions."""
    return _keep(request, kept_plan(request, pk), None)


@needs(Permission.FINANCE_MANAGE)
def change(request: ActorRequest, pk: int) -> HttpResponse:
    """Change a scenario."""
    kept = of_kept_plan(request, Scenario, pk)
    return _keep(request, kept.plan, kept)


@needs(Permission.FINANCE_MANAGE)
def remove(request: ActorRequest, pk: int) -> HttpResponse:
    """Give a scenario up."""
    kept = of_kept_plan(request, Scenario, pk)
    if request.method == "POST":
        remove_scenario(actor=request.actor, scenario=kept)
        notify(request, _("The scenario is taken out."))
        return redirect("finance:scenarios", pk=kept.plan_id)
    question = _("Take the scenario %(name)s out?") % {"name": kept.name}
    return ask_again(request, to_plan(kept.plan, "scenarios"), question, _("The plan itself stays as it is."))


def _keep(request: ActorRequest, plan: CostPlan, scenario: Scenario | None) -> HttpResponse:
    form = ScenarioForm(request.POST or None, plan=plan, scenario=scenario)
    if form.is_valid():
        try:
            keep_scenario(actor=request.actor, plan=plan, facts=form.facts, scenario=scenario)
        except NameTaken:
            form.add_error("name", TAKEN)
        except CannotCompute as error:
            form.add_error(None, refusal_in_words(error, titles_of(plan)))
        else:
            notify(request, _("The scenario is computed."))
            return redirect("finance:scenarios", pk=plan.pk)
    title = _("Change %(name)s") % {"name": scenario.name} if scenario else _("Add a scenario")
    url = reverse("finance:remove_scenario", args=[scenario.pk]) if scenario else ""
    lead = _("What is left empty stays as the plan has it.")
    links = (NavItem(_("Take the scenario out"), url),) if scenario else ()
    return ask(request, title, to_plan(plan, "scenarios"), form, label=_("Compute"), lead=lead, links=links)


def _link(scenario: Scenario) -> NavItem:
    return NavItem(_("Change %(name)s") % {"name": scenario.name}, reverse("finance:scenario", args=[scenario.pk]))


def _side_by_side(layouts: list[tuple[str, Layout]], year: int) -> CostTable:
    """Every row of the plan, with the scenarios and by how much they differ."""
    plan = layouts[0][1]
    at = plan.years.index(year)
    columns = [_("Plan")]
    for name, _layout in layouts[1:]:
        columns += [name, _("difference")]
    others = [({row.key: row for row in layout.rows}, differences(plan, layout)) for _name, layout in layouts[1:]]
    rows = []
    for row in plan.rows:
        cells = [row.text(at)]
        for laid, difference in others:
            other = laid.get(row.key)
            cells += [other.text(at), _signed(difference[row.key][at])] if other else ["–", "–"]
        rows.append(cost_row(row, cells))
    return CostTable(_("Plan and scenarios in %(year)s") % {"year": year}, tuple(columns), tuple(rows))


def _signed(value: Decimal | None) -> str:
    if value is None:
        return _("not shown")
    return ("+" if value > 0 else "") + german.number(value, 2) if value else "–"


def _bars(layouts: list[tuple[str, Layout]]) -> tuple[BarGroup, ...]:
    """The balance of every year, plan and scenarios on one scale."""
    balances = [(name, next(row.values for row in layout.rows if row.key == "balance")) for name, layout in layouts]
    most = max((abs(value) for _name, values in balances for value in values if value is not None), default=Decimal(0))
    if not most:
        return ()
    return tuple(
        BarGroup(str(year), tuple(bar(name, values[at], most) for name, values in balances))
        for at, year in enumerate(layouts[0][1].years)
    )


def _sensitivity(inputs: PlanInputs, tables: Sequence[YearTable]) -> Table:
    """What moves the balance of all years most when a rate rises by one percent of itself."""
    titles = {line.key: line.title for line in inputs.lines}
    given = inputs.assumed()
    moved = sensitivity(inputs.plan.years, inputs.lines, given, tables) if inputs.shows_lines else ()
    rows = tuple(
        Row((Cell(titles[movement.what]), Cell(("+" if movement.by.amount > 0 else "") + euro(movement.by))))
        for movement in moved
    )
    columns = (Column(_("Line")), Column(_("Balance of all years"), is_numeric=True))
    return Table(_("What moves the balance most"), columns, rows, is_caption_hidden=True)
