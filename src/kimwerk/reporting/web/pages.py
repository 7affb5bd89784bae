"""What the pages of figures show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.forms import BoundField
from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.kernel.figures import Figure, FigureTable, MemberKind, Text, Unit
from kimwerk.reporting.charts import ChartKind, choose_chart, is_drawable
from kimwerk.reporting.charts.render import render_chart
from kimwerk.reporting.exploring import Explored
from kimwerk.reporting.selectors import table_hash
from kimwerk.reporting.tables import Layout, Line, lay_out
from kimwerk.reporting.threshold import small_below
from kimwerk.reporting.web.asking import NARROWING, AskForm, quick_windows
from kimwerk.reporting.wording import (
    chart_description,
    chart_wording,
    days_label,
    definition_of,
    enumerated,
    notes_of,
    source_of,
    unit_label,
    value_label,
)
from kimwerk.ui import components as ui
from kimwerk.ui.components import Chart, Chip, Column, Crumb, Fact, Row, Tab, Table, Tile

MOST_CELLS = 2_000
"""Cells beyond which a page would take longer to read than a file: the table is then cut, and says so."""

MOST_BARS = 60
MOST_SLICES = 130
"""Members of a dimension, and slices of time, beyond which a chart is a blur."""


@dataclass(frozen=True, slots=True)
class FigureEntry:
    """A figure in the list."""

    title: Text
    url: str


@dataclass(frozen=True, slots=True)
class Counting:
    """Figures that count the same in different breakdowns, and what that is."""

    counts: str
    entries: tuple[FigureEntry, ...]


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """The figures of one unit: only these may be compared."""

    unit: str
    key: str
    countings: tuple[Counting, ...]


@dataclass(frozen=True, slots=True)
class CataloguePage:
    """All figures, by unit."""

    groups: tuple[UnitGroup, ...]


def catalogue_page(figures: tuple[Figure[Actor], ...]) -> CataloguePage:
    """The figures in the order of their units, those that count the same together."""
    found: dict[Unit, dict[str, list[FigureEntry]]] = {}
    for figure in figures:
        entry = FigureEntry(figure.title, reverse("reporting:figure", args=[figure.key]))
        found.setdefault(figure.unit, {}).setdefault(str(figure.counts), []).append(entry)
    return CataloguePage(
        tuple(
            UnitGroup(
                unit_label(unit),
                unit.value.replace("_", "-"),
                tuple(Counting(counts, tuple(entries)) for counts, entries in countings.items()),
            )
            for unit, countings in found.items()
        )
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """What was counted: the whole, the chart, the table, and how to take them along."""

    tile: Tile
    notes: tuple[str, ...]
    table: Table
    chart: Chart | None
    no_chart: str
    warnings: tuple[str, ...]
    cut: str
    downloads: tuple[tuple[str, str], ...]
    facts: tuple[Fact, ...]
    has_rows: bool


@dataclass(frozen=True, slots=True)
class FigurePage:
    """One figure: its definition, the question, and the answer or why there is none."""

    figure: Figure[Actor]
    definition: str
    unit: str
    form: AskForm
    quick: tuple[Tab, ...]
    chips: tuple[Chip, ...]
    window: str
    reset_url: str
    crumbs: tuple[Crumb, ...]
    answer: Answer | None = None
    refusals: tuple[str, ...] = ()

    @property
    def question_fields(self) -> tuple[BoundField, ...]:
        """Window, breakdown, organisation and posts."""
        return tuple(field for field in self.form if field.name not in NARROWING)

    @property
    def filter_fields(self) -> tuple[BoundField, ...]:
        """What narrows the figure."""
        return tuple(field for field in self.form if field.name in NARROWING)

    @property
    def has_rows(self) -> bool:
        """Whether there is more to tell than the total."""
        return self.answer is not None and self.answer.has_rows


def figure_page(
    form: AskForm,
    query: QueryDict,
    explored: Explored | None,
    links: Mapping[tuple[str, ...], str],
    refusal: str,
) -> FigurePage:
    """The page for a question and its answer."""
    window = form.asked().window
    url = reverse("reporting:figure", args=[form.figure.key])
    return FigurePage(
        figure=form.figure,
        definition=definition_of(form.figure),
        unit=unit_label(form.figure.unit),
        form=form,
        quick=quick_windows(query, window, form.today),
        chips=form.chips(),
        window=days_label(form.figure, window),
        reset_url=url,
        crumbs=(Crumb(_("Figures"), reverse("reporting:figures")),),
        answer=_answer(explored, query, links) if explored else None,
        refusals=(refusal,) if refusal else tuple(_problems(form)),
    )


def _problems(form: AskForm) -> Iterator[str]:
    """What is wrong with the question, for whoever sees the answer's place alone renewed."""
    for name, errors in form.errors.items():
        for error in errors:
            yield f"{form.fields[name].label}: {error}" if name in form.fields else str(error)


def no_chart_text(table: FigureTable[Actor]) -> str:
    """Why there is no chart: nothing to draw, or too much."""
    axes = table.counted.axes
    if not axes:
        return ""
    if not any(value is None or value for value in table.counted.cells.values()):
        return _("Nothing was counted in this window. Check the window and what it is narrowed to.")
    if len(axes) > 2:
        return _("Three dimensions are shown as a table alone.")
    if not is_drawable(table.counted):
        return ""
    return _("Too many values for a chart. Choose a shorter window or a filter.")


def is_counted(table: FigureTable[Actor]) -> bool:
    """Whether the table has any row and column."""
    return all(axis.members for axis in table.counted.axes)


def protection_text(explored: Explored) -> str:
    """That numbers are hidden, and how many; nothing where all are told."""
    if not explored.is_protected or not explored.hidden:
        return ""
    text = _(
        "Protected: numbers below %(threshold)s, and others from which they could be reckoned, are hidden. "
        "Hidden here: %(hidden)s."
    )
    return text % {"threshold": small_below(), "hidden": explored.hidden}


def _answer(explored: Explored, query: QueryDict, links: Mapping[tuple[str, ...], str]) -> Answer:
    table = explored.table
    figure, layout = table.figure, lay_out(table)
    shown, cut = cut_to_page(layout)
    shown_table = page_table(table, shown, links)
    kind = chart_kind_of(table)
    unit = unit_label(figure.unit)
    return Answer(
        tile=Tile(value_label(figure, table.counted.total), unit, note=days_label(figure, table.query.window)),
        notes=notes_of(table),
        table=shown_table,
        chart=chart_of(kind, table, shown_table) if kind else None,
        no_chart=no_chart_text(table) if kind is None else "",
        warnings=tuple(filter(None, [protection_text(explored)])),
        cut=cut,
        downloads=tuple(
            (form.upper(), reverse("reporting:download", args=[figure.key, form]) + "?" + query.urlencode())
            for form in ("csv", "xlsx", "json")
        ),
        facts=(
            Fact(_("What is counted"), figure.counts),
            Fact(_("Among what"), figure.population),
            Fact(_("Unit"), unit),
            Fact(_("Source"), _("%(source)s, counted live") % {"source": source_of(figure)}),
            Fact(_("Check sum of this answer"), table_hash(table)),
        ),
        has_rows=bool(table.counted.axes) and is_counted(table),
    )


def cut_to_page(layout: Layout) -> tuple[Layout, str]:
    """The table as far as a page shows it, and a sentence about the rest."""
    rows = max(MOST_CELLS // max(len(layout.columns), 1), 1)
    if len(layout.lines) <= rows:
        return layout, ""
    text = _("The first %(shown)d of %(all)d rows. The files hold all of them.")
    kept = Layout(layout.stub, layout.columns, layout.lines[:rows], layout.total)
    return kept, text % {"shown": rows, "all": len(layout.lines)}


def page_table(table: FigureTable[Actor], layout: Layout, links: Mapping[tuple[str, ...], str]) -> Table:
    """The table of a page; numbers lead to their rows where that can be said."""
    address = reverse(table.figure.rows) if links else ""

    def row(line: Line) -> Row:
        cells = tuple(
            ui.Cell(
                cell.text, url=f"{address}?{links[cell.key]}" if address and cell.value and cell.key in links else ""
            )
            for cell in line.cells
        )
        return Row((ui.Cell(line.heading, note=line.remark), *cells))

    return Table(
        caption=_("%(title)s, %(window)s")
        % {"title": table.figure.title, "window": days_label(table.figure, table.query.window)},
        columns=(Column(layout.stub), *(Column(title, is_numeric=True) for title in layout.columns)),
        rows=tuple(row(line) for line in layout.lines),
        foot=row(layout.total) if layout.total else None,
        is_caption_hidden=True,
    )


def chart_kind_of(table: FigureTable[Actor]) -> ChartKind | None:
    """The chart that suits the answer; None where there is none or it would be a blur."""
    axes = table.counted.axes
    if not is_drawable(table.counted):
        return None
    for axis in axes:
        most = MOST_SLICES if axis.dimension.kind is MemberKind.TIME else MOST_BARS
        if len(axis.members) > (most if len(axes) == 1 or axis.dimension.kind is MemberKind.TIME else MOST_BARS // 2):
            return None
    return choose_chart(table.figure.unit, axes)


def chart_of(kind: ChartKind, table: FigureTable[Actor], page_table: Table) -> Chart:
    """The chart with its frame, and the table beneath it."""
    figure = table.figure
    svg: SafeString = render_chart(
        kind, table.counted, chart_wording(figure), prefix="figure", title=str(figure.title),
        description=chart_description(table),
    )  # fmt: skip
    return Chart(
        title=_chart_title(table),
        svg=svg,
        table=page_table,
        definition="",
        window=days_label(figure, table.query.window),
        source=source_of(figure),
        key="figure",
        is_table_open=True,
    )


def _chart_title(table: FigureTable[Actor]) -> str:
    by = enumerated(str(axis.dimension.title) for axis in table.counted.axes)
    return _("%(unit)s by %(by)s") % {"unit": unit_label(table.figure.unit), "by": by}
