"""A frozen figure as it is shown: its table, its chart, and the sentences that go with them."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from kimwerk.kernel.figures import Dimension, MemberKind
from kimwerk.reporting.charts import ChartKind, choose_chart
from kimwerk.reporting.content import FrozenFigure
from kimwerk.reporting.document import TableBlock
from kimwerk.reporting.tables import Shown, member_label, table_of
from kimwerk.reporting.types import ChartChoice, FigureProblem
from kimwerk.reporting.wording import counted_label, parameter_label, window_label

_SUITABLE_OVER_TIME = (ChartChoice.COLUMNS, ChartChoice.LINE)
_SUITABLE_PARTS = (ChartChoice.STACKED, ChartChoice.MULTIPLES, ChartChoice.MATRIX)


def choices_for(dimensions: tuple[Dimension, ...]) -> tuple[ChartChoice, ...]:
    """The charts that can show a figure broken down by these dimensions."""
    times = [dimension for dimension in dimensions if dimension.kind is MemberKind.TIME]
    always = (ChartChoice.AUTOMATIC, ChartChoice.NONE)
    if not dimensions:
        return always
    if len(dimensions) == 1:
        return (*always, *(_SUITABLE_OVER_TIME if times else (ChartChoice.BARS,)))
    return (*always, *(_SUITABLE_PARTS if len(times) == 1 else (ChartChoice.MATRIX,)))


def chart_kind(figure: FrozenFigure) -> ChartKind | None:
    """The chart to draw: the author's choice where it fits the numbers, else the one that suits them."""
    best = choose_chart(figure.unit, figure.axes)
    if best is None or figure.chart is ChartChoice.NONE:
        return None
    if figure.chart is ChartChoice.AUTOMATIC:
        return best
    fitting = choices_for(tuple(axis.dimension for axis in figure.axes))
    stacks_badly = figure.chart is ChartChoice.STACKED and best is not ChartKind.STACKED
    return best if figure.chart not in fitting or stacks_badly else ChartKind(figure.chart.value)


def shown(figure: FrozenFigure) -> Shown:
    """What the table needs of the figure. ValueError if it was not counted."""
    if figure.counted is None:
        raise ValueError(figure.key)
    return Shown(figure.title, figure.unit, figure.counted, figure.places, figure.is_additive)


def figure_table_block(figure: FrozenFigure) -> TableBlock:
    """The figure's numbers with shares and sums."""
    return table_of(shown(figure))


def chart_text(figure: FrozenFigure, kind: ChartKind) -> str:
    """What a chart shows, for those who do not see it; the numbers follow in the table."""
    names = {
        ChartKind.BARS: _("Bar chart"),
        ChartKind.COLUMNS: _("Column chart over time"),
        ChartKind.LINE: _("Line chart over time"),
        ChartKind.STACKED: _("Stacked columns over time"),
        ChartKind.MULTIPLES: _("Small charts over time, one for each part"),
        ChartKind.MATRIX: _("Shaded table"),
    }
    facts = {"chart": names[kind], "title": figure.title, "window": window_label(figure.window)}
    text = _("%(chart)s: %(title)s, %(window)s.") % facts
    total = figure.counted.total if figure.counted else None
    if total is not None and figure.is_additive:
        text += " " + _("In all %(total)s.") % {"total": counted_label(figure.unit, total, figure.places)}
    return text + " " + _("All numbers stand in the table.")


def notes_on(figure: FrozenFigure) -> tuple[str, ...]:
    """What one must know to read the numbers: denominator, parts that overlap, slices that are incomplete."""
    return tuple(_notes(figure))


def _notes(figure: FrozenFigure) -> Iterator[str]:
    for narrowing in figure.narrowed:
        yield _("Only %(dimension)s: %(members)s.") % {
            "dimension": narrowing.dimension,
            "members": ", ".join(narrowing.members),
        }
    for key, value in figure.parameters.items():
        yield _("Computed with %(parameter)s: %(value)s.") % {
            "parameter": parameter_label(key),
            "value": f"{value.normalize():f}".replace(".", ","),
        }
    if figure.axes and shown(figure).has_shares and figure.counted:
        yield _("Shares are shares of %(whole)s.") % {
            "whole": counted_label(figure.unit, figure.counted.total, figure.places)
        }
    for axis in figure.axes:
        if axis.dimension.is_multiple and figure.is_additive:
            yield _("One entry may stand in several rows of %(dimension)s; the rows add up to more than the total.") % {
                "dimension": f"„{axis.dimension.title}“"
            }
        incomplete = [member_label(member) for member in axis.members if member.is_incomplete]
        if incomplete:
            yield _("Incomplete, not to be compared with the others: %(slices)s.") % {"slices": ", ".join(incomplete)}


def problem_text(figure: FrozenFigure) -> str:
    """Why a figure has no numbers, and what to do."""
    subject = {"subject": parameter_label(figure.problem_subject)}
    texts = {
        FigureProblem.UNKNOWN_FIGURE: _("There is no such figure any more. Remove it or choose another one."),
        FigureProblem.UNKNOWN_DIMENSION: _("The figure cannot be broken down by %(subject)s. Change the figure."),
        FigureProblem.TOO_MANY_DIMENSIONS: _("A figure is broken down by two dimensions at most. Change the figure."),
        FigureProblem.UNKNOWN_MEMBER: _("The figure is narrowed to something that does not exist. Change the figure."),
        FigureProblem.PARAMETER_MISSING: _("%(subject)s must be given before this can be counted."),
    }
    return texts[figure.problem] % subject if figure.problem else ""


