"""How large a table may be. What nobody could read is refused, and before it is counted where that shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from math import prod

from kimwerk.access.actors import Actor
from kimwerk.kernel.figures import (
    MOST_DIMENSIONS,
    Counted,
    Figure,
    FigureQuery,
    Member,
    MemberKind,
    QueryError,
    QueryProblem,
)
from kimwerk.kernel.periods import Period, Slice

MOST_SHOWN = 400_000
"""Numbers of a table on the screen and in its files, sums included: so many are laid out within two seconds."""

MOST_PRINTED = 20_000
"""Numbers of a table in a report, sums included: about fifty pages, which take the worker seconds to set."""

MOST_LINKED = 10_000
"""Numbers beyond which nobody looks for the rows behind each."""

USUAL_MEMBERS = 60
"""So many members a dimension hardly ever has within one district, slices of time aside."""

SLICES: Mapping[str, Callable[[Period], Iterable[Slice]]] = {
    "week": Period.iso_weeks,
    "month": Period.months,
    "quarter": Period.quarters,
    "year": Period.years,
}


def answered(actor: Actor, declared: Figure[Actor], query: FigureQuery, most: int) -> Counted:
    """The answer of a figure. QueryError if its table would have more than `most` numbers, and as the figure raises.

    What members there are is asked for one dimension at a time, and only where the lists that a figure offers would
    make too large a table: each of these answers is small, whatever the table itself would be. Over a usual window no
    list is looked at.
    """
    usual = (_slices(declared, query, key) or USUAL_MEMBERS for key in query.by)
    if len(query.by) == MOST_DIMENSIONS and declared.choices and numbers_in(usual) > most:
        _foresee(actor, declared, query, most)
    counted = declared.compute(actor, query)
    _refuse_above(most, (len(axis.members) for axis in counted.axes))
    return counted


def numbers_in(sizes: Iterable[int]) -> int:
    """The numbers of a table whose dimensions have so many members: every combination, and every sum."""
    return prod(size + 1 for size in sizes)


def is_linked(counted: Counted) -> bool:
    """Whether the numbers are so few that each leads to its rows."""
    return numbers_in(len(axis.members) for axis in counted.axes) <= MOST_LINKED


def _foresee(actor: Actor, declared: Figure[Actor], query: FigureQuery, most: int) -> None:
    """Refuse a table that is too large before it is counted."""
    offered = declared.choices(actor) if declared.choices else {}
    listed = {key: size for key in query.by if (size := _listed(declared, query, key, offered))}
    if len(listed) == len(query.by) and numbers_in(listed.values()) <= most:
        return
    _refuse_above(most, (_size(actor, declared, query, key) for key in query.by))


def _listed(
    declared: Figure[Actor], query: FigureQuery, key: str, offered: Mapping[str, tuple[Member, ...]]
) -> int | None:
    """How many members a dimension has at most, "not recorded" among them; None where no list tells it."""
    if query.only.get(key):
        return len(query.only[key])
    if key in offered:
        return len(offered[key]) + 1
    return _slices(declared, query, key)


def _size(actor: Actor, declared: Figure[Actor], query: FigureQuery, key: str) -> int:
    slices = _slices(declared, query, key)
    if slices is not None:
        return slices
    (axis,) = declared.compute(actor, replace(query, by=(key,))).axes
    return len(axis.members)


def _slices(declared: Figure[Actor], query: FigureQuery, key: str) -> int | None:
    known = next((each for each in declared.dimensions if each.key == key), None)
    is_time = known is not None and known.kind is MemberKind.TIME and key in SLICES
    return sum(1 for _slice in SLICES[key](query.window)) if is_time else None


def _refuse_above(most: int, sizes: Iterable[int]) -> None:
    numbers = numbers_in(sizes)
    if numbers > most:
        raise QueryError(QueryProblem.TABLE_TOO_LARGE, str(numbers))
