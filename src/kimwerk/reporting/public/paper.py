"""The report of an edition for everybody: its texts, and of its numbers those that are published.

A number that is not published leaves a dash, and no bar; a figure that is not published says why. The comparison
with the earlier edition is made of what is public of both. The hash of the edition is left out: it was made with the
hidden numbers, and who knows all others could try which of them it belongs to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from itertools import repeat

from django.utils.translation import gettext as _

from kimwerk.kernel.figures import ALL, MISSING, Counted
from kimwerk.reporting.changes import changes_between
from kimwerk.reporting.compose import Release, document_of
from kimwerk.reporting.content import Change, Content, FrozenFigure
from kimwerk.reporting.document import ReportDocument
from kimwerk.reporting.freezing_parts import number_of, window_json
from kimwerk.reporting.public.naming import REASONS
from kimwerk.reporting.public.results import PublicTableJson, narrowed_to
from kimwerk.reporting.public.tables import NOT_RECORDED, ROOT, Unpublished
from kimwerk.reporting.quoting import cells_of, is_told, numbers_in, numbers_of, shares_in, shares_of
from kimwerk.reporting.types import ChangeKind, FigureProblem
from kimwerk.reporting.wording import unit_label

Question = tuple[str, str, tuple[str, ...], tuple[str, ...]]
"""What a table answers: figure, window, dimensions, and what it is narrowed to."""

WITH_NUMBERS = frozenset({ChangeKind.CORRECTED, ChangeKind.COMPARED})


def public_content(
    content: Content,
    tables: Sequence[PublicTableJson],
    why: Mapping[str, Unpublished],
    before: Content | None = None,
) -> Content:
    """What everybody may read of an edition with these public tables.

    `why` says, by their titles, why figures have none; `before` is what everybody may read of the edition that this
    one carries on.
    """
    answers = {_answered(table): table for table in tables}
    sections = tuple(
        replace(section, figures=tuple(_public(figure, answers, why) for figure in section.figures))
        for section in content.sections
    )
    shown = replace(content, sections=sections, continues=None, changes=())
    if content.continues is None or before is None:
        return shown
    changes = tuple(change for change in changes_between(before, shown) if _is_told(change))
    return replace(shown, continues=replace(content.continues, content_hash=""), changes=changes)


def public_document(content: Content, number: int, released_at: datetime) -> ReportDocument:
    """The paper of this edition, which says that it is the public one."""
    document = document_of(content, made_at=released_at, release=Release(number, released_at, content_hash=""))
    said = _("This is the report for the public. A dash stands for a number that is not published.")
    return replace(document, notice=" ".join(filter(None, (said, document.notice))))


def telling_texts(content: Content, public: Content) -> Iterator[str]:
    """Headings of the texts that name a number which is not published, with its unit or as a share.

    What a figure beside the text prints may be named. A number may stand hidden in one figure and printed in another
    one elsewhere; of which the text speaks nobody knows.
    """
    hidden = _hidden_by_unit(content, public)
    for section, shown in zip(content.sections, public.sections, strict=True):
        counts = any(
            _tells(numbers_in(section.text, unit), numbers, numbers_of(shown.figures, unit))
            for unit, numbers in hidden.items()
        )
        if counts or _tells(shares_in(section.text), shares_of(section.figures), shares_of(shown.figures)):
            yield section.heading


def _tells(named: Iterator[tuple[str, Decimal]], hidden: Collection[Decimal], beside: Collection[Decimal]) -> bool:
    return any(is_told(number, hidden) and not is_told(number, beside) for _written, number in named)


def _hidden_by_unit(content: Content, public: Content) -> Mapping[str, set[Decimal]]:
    """What the figures of the edition tell and the public ones do not, cell by cell and sum by sum."""
    hidden: dict[str, set[Decimal]] = defaultdict(set)
    for figure, shown in zip(content.figures, public.figures, strict=True):
        if figure.table is None:
            continue
        told = tuple(cells_of(figure))
        printed = cells_of(shown) if shown.table else repeat(None, len(told))
        unit = unit_label(figure.answer.figure.unit)
        hidden[unit] |= {one for one, other in zip(told, printed, strict=True) if one is not None and other is None}
    return hidden


def _is_told(change: Change) -> bool:
    return change.kind not in WITH_NUMBERS or None not in (change.before, change.after)


def _question(figure: FrozenFigure) -> Question:
    window = window_json(figure.days)
    dimensions = tuple(axis.dimension.key for axis in figure.axes)
    return figure.key, f"{window['from']} {window['to']}", dimensions, narrowed_to(figure)


def _answered(table: PublicTableJson) -> Question:
    window = table["window"]
    dimensions = tuple(dimension["key"] for dimension in table["dimensions"])
    return table["figure"], f"{window['from']} {window['to']}", dimensions, tuple(table["narrowed"])


def _public(
    figure: FrozenFigure, answers: Mapping[Question, PublicTableJson], why: Mapping[str, Unpublished]
) -> FrozenFigure:
    if figure.table is None:
        return figure
    table = answers.get(_question(figure))
    if table is None:
        reason = str(REASONS[why[figure.title]]) if figure.title in why else ""
        return replace(figure, table=None, problem=FigureProblem.NOT_PUBLISHED, problem_subject=reason)
    return replace(figure, table=replace(figure.table, counted=_counted(figure.table.counted, table)))


def _counted(counted: Counted, table: PublicTableJson) -> Counted:
    """The answer with the numbers of the public table alone."""
    values = {tuple(map(_member, cell["members"])): number_of(cell["value"]) for cell in table["cells"]}
    if not counted.axes:
        return replace(counted, cells={}, total=values[()], telling=None)
    margins = {key: value for key, value in values.items() if ALL in key}
    cells = {key: value for key, value in values.items() if ALL not in key}
    hides = None in values.values()
    total = margins.get((ALL,) * len(counted.axes), None if hides else counted.total)
    return replace(counted, cells=cells, total=total, margins=margins if hides else {}, telling=None)


def _member(node: str) -> str:
    return {ROOT: ALL, NOT_RECORDED: MISSING}.get(node, node)
