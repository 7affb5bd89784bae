"""What the pages of the explorer show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.kernel import german
from kimwerk.reporting.comparing import caveats, compared
from kimwerk.reporting.datasets import ROOM as FILE
from kimwerk.reporting.denominators import source_of as source_of_people
from kimwerk.reporting.exploring import Explored, Question
from kimwerk.reporting.models import Exploration
from kimwerk.reporting.selectors import table_hash
from kimwerk.reporting.series_wording import broken_members, interruption_text
from kimwerk.reporting.tables import Layout, lay_out
from kimwerk.reporting.web.asking import NARROWING, quick_windows
from kimwerk.reporting.web.explorer_form import ExplorerForm
from kimwerk.reporting.web.pages import (
    chart_kind_of,
    chart_of,
    cut_to_page,
    is_counted,
    no_chart_text,
    page_table,
    protection_text,
)
from kimwerk.reporting.wording import days_label, definition_of, notes_of, source_of, unit_label, value_label
from kimwerk.ui.components import Badge, Cell, Chart, Chip, Column, Crumb, Fact, Row, Tab, Table, Tile, Tone

Links = Mapping[tuple[str, ...], str]
FILES = ("csv", "xlsx")


@dataclass(frozen=True, slots=True)
class ExplorerAnswer:
    """What was counted: the whole, the chart, the table, what one must know, and how to take it along."""

    tile: Tile
    table: Table
    chart: Chart | None
    no_chart: str
    has_rows: bool
    cut: str
    notes: tuple[str, ...]
    warnings: tuple[str, ...]
    downloads: tuple[tuple[str, str], ...]
    facts: tuple[Fact, ...]
    rows_url: str
    keep_url: str
    place_url: str
    series_url: str


@dataclass(frozen=True, slots=True)
class KeptQuestion:
    """The kept question that is open: its name, what may be done with it, and whether it means the same as then."""

    exploration: Exploration
    is_own: bool
    is_changed: bool


@dataclass(frozen=True, slots=True)
class ExplorerPage:
    """The question, and the answer or why there is none."""

    form: ExplorerForm
    title: str
    definition: str
    unit: str
    quick: tuple[Tab, ...]
    chips: tuple[Chip, ...]
    reset_url: str
    kept: KeptQuestion | None = None
    answer: ExplorerAnswer | None = None
    refusals: tuple[str, ...] = ()

    @property
    def question_fields(self) -> tuple[BoundField, ...]:
        """Everything but the filters."""
        return tuple(field for field in self.form if field.name not in (*NARROWING, "filter", "member"))

    @property
    def filter_fields(self) -> tuple[BoundField, ...]:
        """What narrows the figure."""
        return tuple(field for field in self.form if field.name in (*NARROWING, "filter", "member"))


@dataclass(frozen=True, slots=True)
class KeepPage:
    """A form about a question, and the way back to it."""

    title: str
    state: str
    form: forms.Form
    label: str
    crumbs: tuple[Crumb, ...]
    cancel_url: str


@dataclass(frozen=True, slots=True)
class KeptPage:
    """The questions that are kept."""

    table: Table | None


def explorer_url(query: QueryDict) -> str:
    """The explorer with this question."""
    asked = query.urlencode()
    return reverse("reporting:explorer") + (f"?{asked}" if asked else "")


def explorer_page(
    form: ExplorerForm,
    query: QueryDict,
    answer: ExplorerAnswer | None,
    refusals: Iterable[str],
    kept: KeptQuestion | None,
) -> ExplorerPage:
    """The page for a question and its answer."""
    window = form.asked().window
    return ExplorerPage(
        form=form,
        title=str(form.figure.title),
        definition=definition_of(form.figure),
        unit=unit_label(form.figure.unit),
        quick=quick_windows(query, window, form.today),
        chips=form.chips(),
        reset_url=f"{reverse('reporting:explorer')}?figure={form.figure.key}",
        kept=kept,
        answer=answer,
        refusals=tuple(refusals),
    )


def layout_of(explored: Explored) -> Layout:
    """The table of an answer: both windows side by side where two were asked for."""
    if not explored.before:
        return lay_out(explored.table)
    return compared(explored.table, explored.before, broken_members(explored.interruptions))


def answer_of(
    question: Question, explored: Explored, query: QueryDict, links: Links, rows_url: str, *, may_place: bool
) -> ExplorerAnswer:
    """The answer as the page shows it."""
    table, layout = explored.table, layout_of(explored)
    figure = table.figure
    shown, cut = cut_to_page(layout)
    shown_table = page_table(table, shown, {} if explored.before else links)
    kind = None if explored.before else chart_kind_of(table)
    asked = query.urlencode()
    files = ((form.upper(), f"{reverse('reporting:explorer_file', args=[form])}?{asked}") for form in FILES)
    is_placeable = may_place and not question.per
    return ExplorerAnswer(
        tile=Tile(
            value_label(figure, table.counted.total), unit_label(figure.unit), note=days_label(figure, question.window)
        ),
        table=shown_table,
        has_rows=explored.before is not None or is_counted(table),
        chart=chart_of(kind, table, shown_table) if kind else None,
        no_chart=no_chart_text(table) if kind is None and not explored.before else "",
        cut=cut,
        notes=(
            *(() if explored.before else notes_of(table)),
            *((source_of_people(question.per),) if question.per else ()),
        ),
        warnings=tuple(_warnings(explored)),
        downloads=tuple(files),
        facts=_facts(explored),
        rows_url=rows_url,
        keep_url=f"{reverse('reporting:explorer_keep')}?{asked}",
        place_url=f"{reverse('reporting:explorer_place')}?{asked}" if is_placeable else "",
        series_url=_series_url(question),
    )


def _series_url(question: Question) -> str:
    """The figure over released editions, where it stands there in one breakdown."""
    if len(question.by) > 1 or question.figure.room == FILE:
        return ""
    url = reverse("reporting:figure_series", args=[question.figure.key])
    return f"{url}?by={question.by[0]}" if question.by else url


def _warnings(explored: Explored) -> Iterable[str]:
    if protection := protection_text(explored):
        yield protection
    yield from map(interruption_text, explored.interruptions)
    if explored.before:
        yield from caveats(explored.table, explored.before)


def _facts(explored: Explored) -> tuple[Fact, ...]:
    figure = explored.table.figure
    return (
        Fact(_("What is counted"), figure.counts),
        Fact(_("Among what"), figure.population),
        Fact(_("Unit"), unit_label(figure.unit)),
        Fact(_("Source"), _("%(source)s, counted live") % {"source": source_of(figure)}),
        Fact(_("Check sum of this answer"), table_hash(explored.table)),
    )


def kept_page(explorations: Iterable[Exploration], actor: Actor) -> KeptPage:
    """One's own questions and those of colleagues."""
    rows = tuple(_kept(each, actor) for each in explorations)
    columns = (Column(_("Kept question")), Column(_("Kept by")), Column(_("Kept on")))
    return KeptPage(Table(_("Kept questions"), columns, rows, is_caption_hidden=True) if rows else None)


def _kept(exploration: Exploration, actor: Actor) -> Row:
    is_own = exploration.kept_by_id == actor.account_id
    url = reverse("reporting:exploration", args=[exploration.pk])
    badge = Badge(_("shared"), Tone.INFO) if exploration.is_shared else None
    return Row(
        (
            Cell(exploration.title, url, badge=badge),
            Cell(_("me") if is_own else exploration.kept_by.display_name),
            Cell(german.day(exploration.kept_at.date())),
        ),
        key=f"exploration-{exploration.pk}",
    )
