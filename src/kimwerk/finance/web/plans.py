"""Cost plans: the list, the table of one with where every cent comes from, files, and keeping the plan."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.finance.calculation.findings import findings_of
from kimwerk.finance.calculation.posts import CannotCompute
from kimwerk.finance.calculation.table import YearTable
from kimwerk.finance.laying import Layout, RowKind, lay_out
from kimwerk.finance.laying import Row as LaidRow
from kimwerk.finance.selectors.plans import PlanInputs, plan_inputs, plans_page, titles_of
from kimwerk.finance.services.plans import NameTaken, YearsTaken, change_plan, create_plan
from kimwerk.finance.web.forms import PlanForm
from kimwerk.finance.web.pages import Bar, BarGroup, CostRow, CostTable, PartsPage, PlanPage
from kimwerk.finance.web.within import (
    HIDDEN,
    ask,
    home_of,
    kept_plan,
    readable_plan,
    tabs_of,
    to_plan,
    to_plans,
    years_of,
)
from kimwerk.finance.wording import euro, findings_in_words, refusal_in_words
from kimwerk.finance.writing import as_csv, as_json, as_workbook
from kimwerk.kernel import german
from kimwerk.kernel.money import Money
from kimwerk.staffing.web.pages import Part
from kimwerk.staffing.web.within import asked_behind, next_url
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.components import Action, Badge, Cell, Column, NavItem, Row, Table, Tile, Tone
from kimwerk.ui.notices import notify

TAKEN = _("There is a plan with this short name already.")
YEARS_TAKEN = _("Another plan is in force for one of these years. Take it out of force first.")
IN_FORCE = Badge(_("quoted in reports"), Tone.SUCCESS)
FORMS = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@needs(Permission.FINANCE_READ)
def plans(request: ActorRequest) -> HttpResponse:
    """The list of plans."""
    found = plans_page(request.actor, asked_behind(request))
    columns = (Column(_("Plan")), Column(_("Years")), Column(_("Organisation")), Column(_("Short name")))
    rows = tuple(
        Row(
            (
                Cell(
                    plan.title, address_of_record("finance:plan", plan.pk), badge=IN_FORCE if plan.is_in_force else None
                ),
                Cell(years_of(plan)),
                Cell(plan.organisation.name),
                Cell(plan.name),
            )
        )
        for plan in found.rows
    )
    title = _("Cost plans")
    page = PartsPage(
        title=title,
        state=_("What posts cost, who pays, and what is left to the county"),
        action=Action(_("Begin a plan"), reverse("finance:add_plan"), is_new_entry=True)
        if request.actor.can(Permission.FINANCE_MANAGE)
        else None,
        parts=(
            Part(
                "plans", title, Table(title, columns, rows, is_caption_hidden=True), _("No plan yet."),
                next_url(found.last),
            ),
        ),
    )  # fmt: skip
    return render(request, "finance/parts.html", {"page": page})


@needs(Permission.FINANCE_READ)
def plan(request: ActorRequest, pk: int) -> HttpResponse:
    """The table of a plan, with where every cent comes from."""
    found = readable_plan(request, pk)
    inputs = plan_inputs(request.actor, found)
    tables = inputs.tables()
    layout = lay_out(inputs, tables=tables)
    page = PlanPage(
        title=found.title,
        state=f"{years_of(found)} · {found.organisation.name}",
        crumbs=to_plans(),
        tabs=tabs_of(request.actor, found, "plan"),
        action=Action(_("Compare scenarios"), reverse("finance:scenarios", args=[pk])),
        note=found.note,
        hidden="" if inputs.shows_lines else HIDDEN,
        tiles=_tiles(inputs, layout),
        table=cost_table(layout),
        origins=_origins(layout),
        findings=_findings(inputs, tables),
        bars=_bars(layout),
        files=tuple(NavItem(form.upper(), reverse("finance:download", args=[pk, form])) for form in FORMS),
    )
    return render(request, "finance/plan.html", {"page": page})


@needs(Permission.FINANCE_READ)
def download(request: ActorRequest, pk: int, form: str) -> HttpResponse:
    """The table as a file."""
    found = readable_plan(request, pk)
    if form not in FORMS:
        raise Http404
    inputs = plan_inputs(request.actor, found)
    tables = inputs.tables()
    layout, findings = lay_out(inputs, tables=tables), _findings(inputs, tables)
    contents = {
        "csv": lambda: as_csv(layout).encode(),
        "json": lambda: as_json(layout, findings).encode(),
        "xlsx": lambda: as_workbook(layout, findings),
    }
    response = HttpResponse(contents[form](), content_type=FORMS[form])
    response["Content-Disposition"] = f'attachment; filename="kostenplan-{found.name}.{form}"'
    return response


@needs(Permission.FINANCE_MANAGE)
def add(request: ActorRequest) -> HttpResponse:
    """Begin a plan."""
    form = PlanForm(request.POST or None)
    if form.is_valid():
        try:
            made = create_plan(actor=request.actor, organisation_id=home_of(request), facts=form.facts)
        except NameTaken:
            form.add_error("name", TAKEN)
        except YearsTaken:
            form.add_error("is_in_force", YEARS_TAKEN)
        else:
            notify(request, _("The plan is there. Now take over posts and add lines."))
            return redirect("finance:basis", pk=made.pk)
    return ask(request, _("Begin a plan"), to_plans(), form, label=_("Begin"))


@needs(Permission.FINANCE_MANAGE)
def change(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct a plan."""
    kept = kept_plan(request, pk)
    form = PlanForm.about(request.POST or None, kept)
    if form.is_valid():
        try:
            change_plan(actor=request.actor, plan=kept, facts=form.facts)
        except NameTaken:
            form.add_error("name", TAKEN)
        except YearsTaken:
            form.add_error("is_in_force", YEARS_TAKEN)
        except CannotCompute as error:
            form.add_error(None, refusal_in_words(error, titles_of(kept)))
        else:
            notify(request, _("The plan is changed."))
            return redirect("finance:plan", pk=pk)
    lead = _("Years that are added begin with the rates of the year nearest to them.")
    return ask(request, _("Correct %(name)s") % {"name": kept.title}, to_plan(kept), form, lead=lead)


def cost_table(layout: Layout) -> CostTable:
    """The table as a page shows it."""
    return CostTable(
        layout.title, tuple(str(year) for year in layout.years), tuple(cost_row(row, row.texts) for row in layout.rows)
    )


def cost_row(row: LaidRow, cells: Sequence[str]) -> CostRow:
    """A row as a page shows it."""
    return CostRow(row.title, tuple(cells), row.kind in {RowKind.SUM, RowKind.BALANCE}, not row.kind.is_money)


def _tiles(inputs: PlanInputs, layout: Layout) -> tuple[Tile, ...]:
    """The balance of each of the first years, with its share of the cost."""
    if not inputs.shows_lines:
        return ()
    rows = {row.key: row.values for row in layout.rows}
    tiles = []
    for at, year in enumerate(layout.years[:4]):
        balance, spent = rows["balance"][at], rows["expenditure"][at]
        if balance is None or spent is None:
            continue
        share = german.percent(Money(balance).ratio_to(Money(spent)), 2) if spent else "–"
        tiles.append(Tile(euro(balance), str(year), _("Balance, %(share)s of the expenditure") % {"share": share}))
    return tuple(tiles)


def _origins(layout: Layout) -> Table:
    """Where every amount comes from; years with the same origin stand together."""
    rows = []
    for row in layout.rows:
        if row.kind not in {RowKind.LINE, RowKind.SHOWN}:
            continue
        for origin in dict.fromkeys(row.origins):
            years = [str(year) for year, each in zip(layout.years, row.origins, strict=True) if each == origin]
            rows.append(Row((Cell(row.title), Cell(", ".join(years)), Cell(origin), Cell(row.source or "–"))))
    columns = (Column(_("Line")), Column(_("Years")), Column(_("How it comes about")), Column(_("Source")))
    return Table(_("Where every amount comes from"), columns, tuple(rows), is_caption_hidden=True)


def _findings(inputs: PlanInputs, tables: Sequence[YearTable]) -> tuple[str, ...]:
    if not inputs.shows_lines:
        return ()
    lines = {line.key: line for line in inputs.lines}
    return findings_in_words(findings_of(tables, inputs.assumed()), lines)


def _bars(layout: Layout) -> tuple[BarGroup, ...]:
    """Expenditure, income and balance of every year on one scale."""
    rows = [row for row in layout.rows if row.kind in {RowKind.SUM, RowKind.BALANCE}]
    values = [abs(value) for row in rows for value in row.values if value is not None]
    most = max(values, default=Decimal(0))
    if not most:
        return ()
    return tuple(
        BarGroup(str(year), tuple(bar(row.title, row.values[at], most) for row in rows))
        for at, year in enumerate(layout.years)
    )


def bar(label: str, value: Decimal | None, most: Decimal) -> Bar:
    """A bar of a hundred parts."""
    amount = value or Decimal(0)
    return Bar(label, euro(abs(amount)), int(abs(amount) * 100 / most), amount < 0)
