"""What finance tells reports: the table of the plan in force, its balance, and who bears what.

A line that would be somebody's salary is told to nobody who may not read salaries; then the figure has no members.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from kimwerk.access.actors import Actor
from kimwerk.finance.calculation.lines import Side
from kimwerk.finance.calculation.posts import CannotCompute
from kimwerk.finance.calculation.sharing import Bearer
from kimwerk.finance.laying import Layout, Row, RowKind, lay_out
from kimwerk.finance.models import CostPlan
from kimwerk.finance.selectors.plans import PlanInputs, plan_inputs
from kimwerk.finance.selectors.sharing import sharing_of
from kimwerk.finance.types import BearerLabel
from kimwerk.kernel.figures import (
    ALL,
    Axis,
    Counted,
    Dimension,
    Figure,
    FigureQuery,
    Member,
    MemberKind,
    QueryError,
    QueryProblem,
    Unit,
    Value,
)

LINE = Dimension("finance_line", _("Line"))
YEAR = Dimension("year", _("Year"), MemberKind.TIME)
BEARER = Dimension("bearer", _("Bearer"))


SUMS = frozenset({RowKind.SUM, RowKind.BALANCE})


def _effects(actor: Actor, query: FigureQuery) -> Counted:
    """Lines and sums of the plans in force, with all their years; the total is the balance of all years."""
    layouts = [layout for _inputs, layout in _laid_out(actor, query)]
    lines: dict[str, Member] = {}
    years: dict[str, Member] = {}
    cells: dict[tuple[str, ...], Decimal] = {}
    for layout in layouts:
        for row in layout.rows:
            if not row.kind.is_money or None in row.values:
                continue
            lines.setdefault(row.key, Member(row.key, row.title, is_sum=row.kind in SUMS))
            for year, value in zip(layout.years, row.values, strict=True):
                years.setdefault(str(year), Member(str(year), str(year)))
                cells[row.key, str(year)] = value or Decimal(0)
    total = _balance(layouts)
    if query.by == (LINE.key,):
        sums: dict[tuple[str, ...], Decimal] = {
            (line,): sum((cells[line, year] for year in years if (line, year) in cells), Decimal(0)) for line in lines
        }
        return _answer(query, {LINE.key: (LINE, lines)}, sums, total)
    if query.by == (YEAR.key,):
        balances: dict[tuple[str, ...], Decimal] = {(year,): cells["balance", year] for year in years}
        return _answer(query, {YEAR.key: (YEAR, years)}, balances, total)
    return _answer(query, {LINE.key: (LINE, lines), YEAR.key: (YEAR, years)}, cells, total)


def _balance_by_year(actor: Actor, query: FigureQuery) -> Counted:
    return _by_year(actor, query, lambda row: row.kind is RowKind.BALANCE)


def _expenditure(actor: Actor, query: FigureQuery) -> Counted:
    return _by_year(actor, query, lambda row: row.kind is RowKind.SUM and row.key == Side.EXPENDITURE.value)


def _funding(actor: Actor, query: FigureQuery) -> Counted:
    return _by_year(actor, query, lambda row: row.kind is RowKind.SUM and row.key == Side.INCOME.value, sign=-1)


def _by_year(actor: Actor, query: FigureQuery, is_meant: Callable[[Row], bool], sign: int = 1) -> Counted:
    """One row of the plans in force by calendar year; plans of several organisations are added."""
    cells: dict[tuple[str, ...], Decimal] = {}
    telling = set[str]()
    for inputs, layout in _laid_out(actor, query):
        for row in (row for row in layout.rows if is_meant(row)):
            for year, value in zip(layout.years, row.values, strict=True):
                if value is not None and _touches(query, year):
                    cells[str(year),] = cells.get((str(year),), Decimal(0)) + sign * value
                    telling |= {str(year)} if inputs.tells_a_post(year) else set()
    members = {key: Member(key, key) for key, *_rest in sorted(cells)}
    total = sum(cells.values(), Decimal(0)) if cells else None
    return _answer(query, {YEAR.key: (YEAR, members)}, cells, total, telling)


def _borne(actor: Actor, query: FigureQuery) -> Counted:
    """What each bearer bears in the years of the window, computed and entered."""
    cells: dict[tuple[str, ...], Decimal] = {}
    telling = set[str]()
    for plan in _plans(actor, query):
        inputs = plan_inputs(actor, plan)
        if not inputs.shows_lines:
            continue
        for year in (year for year in plan.years if _touches(query, year)):
            sharing = sharing_of(actor, inputs, year)
            telling |= {bearer.value for bearer in sharing.telling}
            telling |= {Bearer.LAND.value, Bearer.COUNTY.value} if inputs.tells_a_post(year) else set()
            for bearer in Bearer:
                cells[bearer.value,] = cells.get((bearer.value,), Decimal(0)) + sharing.costs.of(bearer).amount
    members = {bearer.value: Member(bearer.value, str(BearerLabel(bearer.value).label)) for bearer in Bearer}
    total = sum(cells.values(), Decimal(0)) if cells else None
    return _answer(query, {BEARER.key: (BEARER, members if cells else {})}, cells, total, telling)


def _answer(
    query: FigureQuery,
    known: Mapping[str, tuple[Dimension, Mapping[str, Member]]],
    cells: Mapping[tuple[str, ...], Decimal],
    total: Decimal | None,
    telling: Collection[str] | None = None,
) -> Counted:
    """The cells along the dimensions that were asked for, in the order of the question; the total without one.

    What is narrowed must be told apart, or the total would be another one than it looks. `telling` are members of the
    one dimension whose amounts tell a single contribution; then the total does, since readers subtract the others.
    """
    if loose := next((name for name in query.only if query.only[name] and name not in query.by), ""):
        raise QueryError(QueryProblem.UNKNOWN_DIMENSION, loose)
    if not query.by:
        return Counted((), {}, total, telling=_with_total(telling, 0))
    if set(query.by) != set(known):
        raise QueryError(QueryProblem.UNKNOWN_DIMENSION, ", ".join(sorted(set(known) - set(query.by))))
    order = list(known)
    places = [order.index(key) for key in query.by]
    kept: dict[tuple[str, ...], Value] = {}
    for at, value in cells.items():
        key = tuple(at[place] for place in places)
        if all(member in query.only.get(name, (member,)) for name, member in zip(query.by, key, strict=True)):
            kept[key] = value
    if any(query.only.values()) and len(known) == 1:
        total = sum((value for value in kept.values() if isinstance(value, Decimal)), Decimal(0))
    axes = []
    for name in query.by:
        dimension, members = known[name]
        wanted = query.only.get(name)
        axes.append(Axis(dimension, tuple(m for key, m in members.items() if wanted is None or key in wanted)))
    asked = None if telling is None else [member for member in telling if (member,) in kept]
    return Counted(tuple(axes), kept, total, telling=_with_total(asked, len(axes)))


def _with_total(telling: Collection[str] | None, axes: int) -> frozenset[tuple[str, ...]] | None:
    """The keys of what tells; the total among them where any part does."""
    if not telling:
        return None if telling is None else frozenset()
    return frozenset({(ALL,) * axes, *((member,) for member in telling if axes)})


def _laid_out(actor: Actor, query: FigureQuery) -> list[tuple[PlanInputs, Layout]]:
    layouts = []
    for plan in _plans(actor, query):
        inputs = plan_inputs(actor, plan)
        try:
            layouts.append((inputs, lay_out(inputs, explains=False)))
        except CannotCompute:
            continue  # the page of the plan says what is missing
    return layouts


def _plans(actor: Actor, query: FigureQuery) -> list[CostPlan]:
    """The plans in force that reach into the window."""
    window = query.window
    found = CostPlan.objects.visible_to(actor).filter(
        is_in_force=True, first_year__lte=window.last_day.year, last_year__gte=window.first_day.year
    )
    if query.organisation is not None:
        found = found.filter(organisation=query.organisation)
    return list(found.select_related("organisation").order_by("first_year", "pk"))


def _touches(query: FigureQuery, year: int) -> bool:
    return query.window.first_day.year <= year <= query.window.last_day.year


def _balance(layouts: list[Layout]) -> Decimal | None:
    """The balance of all years together; None where one is not shown or there is no plan."""
    values = [value for layout in layouts for row in layout.rows if row.kind is RowKind.BALANCE for value in row.values]
    shown = [value for value in values if value is not None]
    return sum(shown, Decimal(0)) if shown and len(shown) == len(values) else None


FIGURES: tuple[Figure[Actor], ...] = (
    Figure(
        "financial_effects",
        _("Financial effects"),
        Unit.EURO,
        _("Lines, sums and balance of the cost plan in force, with all its years; the total is the balance."),
        _("Plans in force that reach into the window."),
        (LINE, YEAR),
        "finance",
        _effects,
        places=2,
        is_additive=False,
        rows="finance:plans",
        by=(LINE.key, YEAR.key),
    ),
    Figure(
        "programme_balance",
        _("Cost to the county after funding"),
        Unit.EURO,
        _("Expenditure less income of the cost plan in force, in the calendar years that the window touches."),
        _("Plans in force that reach into the window."),
        (YEAR,),
        "finance",
        _balance_by_year,
        places=2,
        rows="finance:plans",
        by=(YEAR.key,),
    ),
    Figure(
        "programme_expenditure",
        _("Expenditure of the programme"),
        Unit.EURO,
        _("Sum of expenditure of the cost plan in force, in the calendar years that the window touches."),
        _("Plans in force that reach into the window."),
        (YEAR,),
        "finance",
        _expenditure,
        places=2,
        rows="finance:plans",
        by=(YEAR.key,),
    ),
    Figure(
        "programme_funding",
        _("Funding of the programme"),
        Unit.EURO,
        _("Sum of income of the cost plan in force, in the calendar years that the window touches."),
        _("Plans in force that reach into the window."),
        (YEAR,),
        "finance",
        _funding,
        places=2,
        rows="finance:plans",
        by=(YEAR.key,),
    ),
    Figure(
        "cost_by_bearer",
        _("Who bears the cost of the programme"),
        Unit.EURO,
        _("The cost plan in force, funding that is passed on, and what was entered for others, by who bears it."),
        _("Calendar years that the window touches; municipalities without an entry are missing."),
        (BEARER,),
        "finance",
        _borne,
        places=2,
        rows="finance:plans",
        by=(BEARER.key,),
    ),
)
