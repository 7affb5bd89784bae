"""A frozen figure as it is shown: its table, its chart, and the sentences that go with them."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.kernel.figures import Dimension, Figure, MemberKind
from kimwerk.reporting.catalogue import figures
from kimwerk.reporting.charts import ChartKind, choose_chart, is_drawable
from kimwerk.reporting.content import FrozenFigure
from kimwerk.reporting.document import HeaderCell, Row, TableBlock
from kimwerk.reporting.report_wording import parameter_label
from kimwerk.reporting.sizing import MOST_PRINTED
from kimwerk.reporting.tables import Line, lay_out
from kimwerk.reporting.types import ChartChoice, FigureProblem
from kimwerk.reporting.wording import enumerated, notes_of, too_large_text

_SUITABLE_OVER_TIME = (ChartChoice.COLUMNS, ChartChoice.LINE)
_SUITABLE_PARTS = (ChartChoice.STACKED, ChartChoice.MULTIPLES, ChartChoice.MATRIX)


def choices_for(dimensions: tuple[Dimension, ...]) -> tuple[ChartChoice, ...]:
    """The charts that can show a figure broken down by these dimensions; three are a table and nothing else."""
    times = [dimension for dimension in dimensions if dimension.kind is MemberKind.TIME]
    always = (ChartChoice.AUTOMATIC, ChartChoice.NONE)
    if not dimensions or len(dimensions) > 2:
        return always
    if len(dimensions) == 1:
        return (*always, *(_SUITABLE_OVER_TIME if times else (ChartChoice.BARS,)))
    return (*always, *(_SUITABLE_PARTS if len(times) == 1 else (ChartChoice.MATRIX,)))


def chart_kind(figure: FrozenFigure) -> ChartKind | None:
    """The chart to draw: the author's choice where it fits the numbers, else the one that suits them."""
    best = choose_chart(figure.answer.figure.unit, figure.axes)
    if best is None or figure.chart is ChartChoice.NONE or not is_drawable(figure.answer.counted):
        return None
    if figure.chart is ChartChoice.AUTOMATIC:
        return best
    fitting = choices_for(tuple(axis.dimension for axis in figure.axes))
    stacks_badly = figure.chart is ChartChoice.STACKED and best is not ChartKind.STACKED
    return best if figure.chart not in fitting or stacks_badly else ChartKind(figure.chart.value)


def title_of(declared: Figure[Actor], by: tuple[str, ...]) -> str:
    """What the figure is called in this breakdown; in its usual one it has a title of its own."""
    if by == declared.by:
        return str(declared.title)
    alike = (other for other in figures() if str(other.counts) == str(declared.counts) and not other.by)
    whole = str(next(alike, declared).title)
    names = {dimension.key: str(dimension.title) for dimension in declared.dimensions}
    if not by:
        return whole
    return _("%(what)s by %(by)s") % {"what": whole, "by": enumerated(names.get(key, key) for key in by)}


def table_block(figure: FrozenFigure) -> TableBlock:
    """The figure's numbers with shares and sums, as a table of the paper."""
    layout = lay_out(figure.answer)
    heads = (HeaderCell(layout.stub), *(HeaderCell(column) for column in layout.columns))
    return TableBlock(
        caption=figure.title,
        header=(heads,),
        rows=tuple(_row(line) for line in layout.lines),
        numeric=(False, *(True for _column in layout.columns)),
        total=_row(layout.total) if layout.total else None,
    )


def _row(line: Line) -> Row:
    heading = f"{line.heading} ({line.remark})" if line.remark else line.heading
    return Row(heading, tuple(cell.text for cell in line.cells), is_sum=line.is_sum)


def notes_on(figure: FrozenFigure) -> tuple[str, ...]:
    """What one must know to read the numbers: what they are narrowed to, of what the shares are, what is cut off."""
    return (*_narrowings(figure), *notes_of(figure.answer))


def _narrowings(figure: FrozenFigure) -> Iterator[str]:
    for narrowing in figure.narrowed:
        yield _("Only %(dimension)s: %(members)s.") % {
            "dimension": narrowing.dimension,
            "members": ", ".join(narrowing.members),
        }


def problem_text(figure: FrozenFigure) -> str:
    """Why a figure has no numbers, and what to do."""
    if figure.problem is FigureProblem.TABLE_TOO_LARGE:
        return too_large_text(figure.problem_subject, MOST_PRINTED)
    subject = {"subject": parameter_label(figure.problem_subject)}
    texts = {
        FigureProblem.UNKNOWN_FIGURE: _("There is no such figure any more. Remove it or choose another one."),
        FigureProblem.UNKNOWN_DIMENSION: _('The figure cannot be broken down by "%(subject)s". Change the figure.'),
        FigureProblem.TOO_MANY_DIMENSIONS: _("A figure is broken down by three dimensions at most. Change the figure."),
        FigureProblem.UNKNOWN_MEMBER: _(
            '"%(subject)s" is narrowed to something that does not exist. Change the figure.'
        ),
        FigureProblem.WINDOW_TOO_LONG: _(
            "The window of the figure is longer than a hundred years. Change the figure or the window of the report."
        ),
        FigureProblem.NOT_PUBLISHED: _("Not published: %(subject)s."),
        FigureProblem.PARAMETER_MISSING: _("%(subject)s must be more than nothing for this to be counted."),
    }
    return texts[figure.problem] % subject if figure.problem else ""
