"""Answers to figures out of grouped rows, where each row knows its member along every dimension."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from kimwerk.kernel.figures import (
    MOST_DIMENSIONS,
    Axis,
    Counted,
    Dimension,
    FigureQuery,
    Member,
    MemberKind,
    QueryError,
    QueryProblem,
    Value,
)
from kimwerk.kernel.periods import Period

ActorT = TypeVar("ActorT")
Rows = Iterator[tuple[Mapping[str, Member], int]]


@dataclass(frozen=True, slots=True)
class GroupedCount(Generic[ActorT]):
    """Adds up rows by the dimensions asked for. Raises QueryError for a question it cannot answer.

    `slices` names the members of a dimension of time, also those without anything.
    """

    rows: Callable[[ActorT, FigureQuery], Rows]
    along: tuple[Dimension, ...]
    slices: Callable[[Dimension, Period], tuple[Member, ...]] | None = None

    def __call__(self, actor: ActorT, query: FigureQuery) -> Counted:
        by = [self._dimension(key) for key in query.by]
        if len(by) > MOST_DIMENSIONS or len(set(query.by)) < len(query.by):
            raise QueryError(QueryProblem.TOO_MANY_DIMENSIONS)
        only = {self._dimension(key).key: members for key, members in query.only.items() if members}
        counted: Counter[tuple[Member, ...]] = Counter()
        for members, count in self.rows(actor, query):
            if all(members[key].key in wanted for key, wanted in only.items()):
                counted[tuple(members[dimension.key] for dimension in by)] += count
        cells: dict[tuple[str, ...], Value] = {tuple(m.key for m in at): count for at, count in counted.items()}
        axes = (Axis(each, self._members(each, {at[place] for at in counted}, query)) for place, each in enumerate(by))
        return Counted(tuple(axes), cells if by else {}, counted.total())

    def _members(self, dimension: Dimension, met: set[Member], query: FigureQuery) -> tuple[Member, ...]:
        if self.slices and dimension.kind is MemberKind.TIME:
            return self.slices(dimension, query.window)
        return _sorted(met)

    def _dimension(self, key: str) -> Dimension:
        found = next((each for each in self.along if each.key == key), None)
        if found is None:
            raise QueryError(QueryProblem.UNKNOWN_DIMENSION, key)
        return found


def _sorted(members: set[Member]) -> tuple[Member, ...]:
    return tuple(sorted(members, key=lambda member: (member.label, member.key)))
