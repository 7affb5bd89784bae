"""What must not be overlooked in a report: found by comparing its figures, not by trusting its authors.

A paper of 2022 set 1.233 activities beside 1.874 participants that were counted over another window.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kimwerk.kernel.figures import MISSING
from kimwerk.kernel.periods import Period
from kimwerk.reporting.content import Content, FrozenFigure, FrozenSection
from kimwerk.reporting.quoting import misquotes, wrong_shares
from kimwerk.reporting.table_agreement import first_finding
from kimwerk.reporting.types import RemarkKind

MUCH = Decimal("0.25")
"""The share of "not recorded" from which a breakdown says little."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark about a section, or about one of its figures by position.

    `other` is the figure it is compared with, `window` the window that differs; `quoted` and `told` are a number in a
    text and that of the figure. `section` is None for what is missing in the report as a whole, `key` then says what.
    """

    kind: RemarkKind
    section: int | None
    figure: int | None = None
    other: str = ""
    window: Period | None = None
    share: Decimal | None = None
    quoted: str = ""
    told: str = ""
    key: str = ""


def remarks_on(content: Content) -> tuple[Remark, ...]:
    """All remarks, in the order of the report; what is missing altogether comes first."""
    of_sections = (
        remark for position in range(len(content.sections)) for remark in remarks_on_section(content, position)
    )
    return (*_missing(content), *of_sections)


def findings_on(content: Content) -> tuple[Remark, ...]:
    """All remarks, and whether the tables agree with themselves: looked into when a report is made or released."""
    return (*remarks_on(content), *_disagreeing(content))


def needs_reason(content: Content) -> bool:
    """Whether something was found that somebody must weigh before a release."""
    return any(remark.kind.needs_reason for remark in findings_on(content))


def _missing(content: Content) -> Iterator[Remark]:
    """Parameters that the report was ordered for and that are not among its sections."""
    there = {section.key for section in content.sections}
    yield from (Remark(RemarkKind.PARAMETER_MISSING, None, key=key) for key in content.expected if key not in there)


def _disagreeing(content: Content) -> Iterator[Remark]:
    for position, section in enumerate(content.sections):
        for place, figure in enumerate(section.figures):
            if figure.table and figure.axes:
                finding = first_finding(figure.table)
                if finding:
                    yield Remark(RemarkKind.TABLE_DISAGREES, position, place, told=finding)


def remarks_on_section(content: Content, position: int) -> Iterator[Remark]:
    """What is to be said of one section."""
    section = content.sections[position]
    if not section.text.strip() and not section.figures and not _has_parts(content.sections, position):
        is_expected = section.key in content.expected
        yield Remark(
            RemarkKind.PARAMETER_MISSING if is_expected else RemarkKind.TEXT_MISSING, position, key=section.key
        )
    for quote in misquotes(section.text, section.figures, content.figures):
        yield Remark(
            RemarkKind.TEXT_DIFFERS,
            position,
            other=quote.figure,
            quoted=f"{quote.written} {quote.unit}",
            told=quote.told,
        )
    for quote in wrong_shares(section.text, section.figures):
        yield Remark(RemarkKind.SHARE_DIFFERS, position, other=quote.figure, quoted=f"{quote.written} %")
    for place, figure in enumerate(section.figures):
        yield from _on_figure(content, section, position, place, figure)


def is_releasable(content: Content) -> bool:
    """Whether every placed figure has its numbers."""
    return not any(remark.kind.forbids_release for remark in remarks_on(content))


def is_still_growing(content: Content) -> bool:
    """Whether the report's own window was not over when it was counted: said once, not of every figure."""
    return any(
        figure.window == content.window and not figure.problem and _was_open(figure)
        for section in content.sections
        for figure in section.figures
    )


def _was_open(figure: FrozenFigure) -> bool:
    return figure.window.last_day >= figure.counted_on


def _has_parts(sections: tuple[FrozenSection, ...], position: int) -> bool:
    after = sections[position + 1 : position + 2]
    return bool(after) and after[0].level > sections[position].level


def _on_figure(
    content: Content, section: FrozenSection, position: int, place: int, figure: FrozenFigure
) -> Iterator[Remark]:
    if figure.problem:
        yield Remark(RemarkKind.NOT_COUNTED, position, place, other=figure.problem_subject)
        return
    declared = figure.answer.figure
    if not str(declared.counts).strip() or not str(declared.population).strip():
        yield Remark(RemarkKind.NO_DEFINITION, position, place)
    beside = next((other for other in section.figures if other.window != figure.window and not other.problem), None)
    if beside is not None:
        yield Remark(RemarkKind.WINDOWS_DIFFER, position, place, other=beside.title, window=beside.window)
    elif figure.window != content.window:
        yield Remark(RemarkKind.OTHER_WINDOW, position, place, window=content.window)
    if figure.window != content.window and _was_open(figure):
        yield Remark(RemarkKind.NOT_OVER, position, place, window=figure.window)
    if not figure.total:
        yield Remark(RemarkKind.NOTHING_COUNTED, position, place)
    share = missing_share(figure)
    if share >= MUCH:
        yield Remark(RemarkKind.MUCH_MISSING, position, place, share=share)


def missing_share(figure: FrozenFigure) -> Decimal:
    """The share of the total that is not recorded along the figure's only dimension; 0 without one."""
    if len(figure.axes) != 1 or not figure.answer.figure.is_additive or not figure.total:
        return Decimal(0)
    return Decimal(figure.answer.counted.cells.get((MISSING,)) or 0) / Decimal(figure.total)
