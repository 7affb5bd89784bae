"""From the figures of an edition to tables that may be protected and published.

Counts of people and of what is done with them go through disclosure control. Counts of meetings and needs tell of
nobody and are published as they are. Of amounts of money those are not printed that tell what a single post costs or a
single body gives: the room that knows the contributions says which. Each printed amount is a sum of years that do not
tell, and so is every difference of two of them. What cannot be protected is named with the reason, and left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kimwerk.kernel.figures import MISSING, Axis, MemberKind, Unit
from kimwerk.kernel.hashing import content_hash
from kimwerk.kernel.periods import Period
from kimwerk.reporting.content import Content, FrozenFigure
from kimwerk.reporting.disclosure.publication import TIME, PublicTable
from kimwerk.reporting.disclosure.tables import Dimension, Key
from kimwerk.reporting.public.kinship import identity_by, joined

ROOT = "*"
"""The node that is everything."""
NOT_RECORDED = "?"
"""The node of what was not recorded; tables know no empty names."""

OF_PEOPLE = frozenset(
    {
        *(Unit.ACTIVITIES, Unit.PARTICIPANTS, Unit.CASES, Unit.PERSONS, Unit.HOUSEHOLDS),
        *(Unit.CONTACTS, Unit.REFERRALS, Unit.CONFERENCES),
    }
)
OF_NOBODY = frozenset(
    {
        *(Unit.MEETINGS, Unit.RESOLUTIONS, Unit.NEEDS, Unit.GAPS, Unit.MEASURES, Unit.AGREEMENTS),
        *(Unit.EVENTS, Unit.PUBLICATIONS, Unit.EURO, Unit.KINDERGARTENS, Unit.ENQUIRIES),
    }
)
OF_STAFF = frozenset({Unit.MINUTES, Unit.FTE})
"""Units that tell how much, and for how long, single colleagues work."""
SLICES = {"month": Period.months, "quarter": Period.quarters, "year": Period.years}
"""Slices of time that are coarse enough to publish, and how a window is cut into them."""


class Unpublished(StrEnum):
    """Why a figure of an edition is not among its public tables."""

    RATE = "rate"  # would tell its numerator beside its denominator
    STAFF = "staff"  # tells of single colleagues
    TOO_FINE = "too_fine"  # weeks and days
    OVERLAPPING = "overlapping"  # narrowed to several members at once
    NOT_COUNTED = "not_counted"
    BALANCE = "balance"  # a stock that would tell, with who came and who went, what is hidden elsewhere
    CONTRIBUTIONS = "contributions"  # every amount tells a single contribution, or nobody asked
    TOLD_BY_TEXT = "told_by_text"  # a text of the report names a number that is not published
    NOT_ADDITIVE = "not_additive"  # somebody may stand in several parts, so that margins would be invented


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure that may be published, as one table for the engine, or as numbers that need no protection."""

    figure: FrozenFigure
    tables: tuple[PublicTable, ...]

    @property
    def is_protected(self) -> bool:
        """Whether the engine decides what is printed."""
        return bool(self.tables)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A figure that is not published, and why."""

    title: str
    why: Unpublished


def candidates_of(content: Content, organisation_id: int) -> tuple[tuple[Candidate, ...], tuple[LeftOut, ...]]:
    """The figures of an edition that may be published, each question once, and the others with the reason."""
    found: list[Candidate] = []
    left: list[LeftOut] = []
    asked = set[str]()
    for figure in content.figures:
        why = _why_not(figure)
        if why:
            left.append(LeftOut(figure.title, why))
            continue
        question = content_hash(
            [
                figure.key,
                str(figure.days),
                [axis.dimension.key for axis in figure.axes],
                {key: list(members) for key, members in _only(figure).items()},
            ]
        )
        if question not in asked:
            asked.add(question)
            of_people = figure.answer.figure.unit in OF_PEOPLE
            found.append(Candidate(figure, tuple(_tables(figure, organisation_id)) if of_people else ()))
    return tuple(found), tuple(left)


def has_small_numbers(content: Content, threshold: int) -> bool:
    """Whether a report tells counts of people, or of what is done with them, below the threshold."""
    return any(
        0 < Decimal(value) < threshold
        for figure in content.figures
        if figure.table and figure.answer.figure.unit in OF_PEOPLE
        for value in (*figure.answer.counted.cells.values(), figure.total)
        if value is not None
    )


def node_of(member_key: str) -> str:
    """The node of a member."""
    return NOT_RECORDED if member_key == MISSING else member_key


def identity_of(figure: FrozenFigure, organisation_id: int) -> str:
    """What the figure counts, whatever it is called: figures that count the same are one to whoever subtracts."""
    return identity_by(figure.answer.figure, organisation_id)


def _why_not(figure: FrozenFigure) -> Unpublished | None:
    if not figure.table or (not any(figure.answer.counted.cells.values()) and not figure.total):
        return Unpublished.NOT_COUNTED
    declared = figure.answer.figure
    kinds = {(axis.dimension.kind, axis.dimension.key in SLICES) for axis in figure.axes}
    if declared.unit in OF_STAFF or any(kind is MemberKind.PERSON for kind, _is_slice in kinds):
        return Unpublished.STAFF
    if declared.unit not in OF_PEOPLE | OF_NOBODY or not declared.is_additive:
        return Unpublished.RATE
    if declared.unit is Unit.EURO and _tells_all(figure):
        return Unpublished.CONTRIBUTIONS
    if (MemberKind.TIME, False) in kinds:
        return Unpublished.TOO_FINE
    return _overlapping(figure)


def _tells_all(figure: FrozenFigure) -> bool:
    """Whether nothing is left to print of these amounts."""
    counted = figure.answer.counted
    keys = counted.cells if figure.axes else {()}
    return counted.telling is None or counted.telling.issuperset(keys)


def _overlapping(figure: FrozenFigure) -> Unpublished | None:
    if any(len(members) != 1 for members in _only(figure).values()):
        return Unpublished.OVERLAPPING
    if figure.answer.figure.unit not in OF_PEOPLE:
        return None
    several = [axis for axis in figure.axes if axis.dimension.is_multiple]
    if len(several) > 1:
        return Unpublished.OVERLAPPING
    return None if several or _adds_up(figure) else Unpublished.NOT_ADDITIVE


def _adds_up(figure: FrozenFigure) -> bool:
    """Whether the parts come to the whole: else some of it stands in several of them."""
    cells = figure.answer.counted.cells.values()
    return not figure.axes or sum(Decimal(value or 0) for value in cells) == Decimal(figure.total or 0)


def _only(figure: FrozenFigure) -> Mapping[str, Sequence[str]]:
    return figure.answer.query.only


def _tables(figure: FrozenFigure, organisation_id: int) -> Iterator[PublicTable]:
    """One table; where several members may apply at once, one for the whole and then one for each of them."""
    multiple = next((place for place, axis in enumerate(figure.axes) if axis.dimension.is_multiple), None)
    only = {key: node_of(members[0]) for key, members in _only(figure).items()}
    if multiple is None:
        yield _table(figure, organisation_id, figure.axes, dict(figure.answer.counted.cells), only)
        return
    yield _table(figure, organisation_id, (), {}, only)
    axis = figure.axes[multiple]
    others = tuple(each for place, each in enumerate(figure.axes) if place != multiple)
    for member in axis.members:
        cells = {
            tuple(part for place, part in enumerate(key) if place != multiple): value
            for key, value in figure.answer.counted.cells.items()
            if key[multiple] == member.key
        }
        yield _table(figure, organisation_id, others, cells, only | {axis.dimension.key: node_of(member.key)})


def _table(
    figure: FrozenFigure,
    organisation_id: int,
    axes: Sequence[Axis],
    cells: Mapping[tuple[str, ...], object],
    only: Mapping[str, str],
) -> PublicTable:
    counts: dict[Key, int] = {
        tuple(node_of(part) for part in key): int(str(value)) for key, value in cells.items() if value
    }
    if not axes:
        counts = {(): counts.get((), int(str(figure.total or 0)) if not cells else 0)}
    time = next((axis.dimension.key for axis in axes if axis.dimension.kind is MemberKind.TIME), "")
    table = PublicTable(
        name=figure.title,
        figure=identity_of(figure, organisation_id),
        window=figure.days,
        dimensions=tuple(_dimension(axis) for axis in axes),
        counts=counts,
        only=only,
        periods={piece.key: piece.covered for piece in SLICES[time](figure.window)} if time else {},
    )
    return joined(table, organisation_id)


def _dimension(axis: Axis) -> Dimension:
    is_time = axis.dimension.kind is MemberKind.TIME
    nodes = tuple(node_of(member.key) for member in axis.members) or (NOT_RECORDED,)
    return Dimension(TIME if is_time else axis.dimension.key, {ROOT: nodes})
