"""Answers to figures out of grouped rows, where each row knows its member along every dimension."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from kimwerk.kernel.figures import Axis, Counted, Dimension, FigureQuery, Member, QueryError, QueryProblem, Value

ActorT = TypeVar("ActorT")
Rows = Iterator[tuple[Mapping[str, Member], int]]
MOST_DIMENSIONS = 2


@dataclass(frozen=True, slots=True)
class GroupedCount(Generic[ActorT]):
    """Adds up rows by the dimensions asked for. Raises QueryError for a question it cannot answer."""

    rows: Callable[[ActorT, FigureQuery], Rows]
    along: tuple[Dimension, ...]

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
        axes = (Axis(each, _sorted({at[place] for at in counted})) for place, each in enumerate(by))
        return Counted(tuple(axes), cells if by else {}, counted.total())

    def _dimension(self, key: str) -> Dimension:
        found = next((each for each in self.along if each.key == key), None)
        if found is None:
            raise QueryError(QueryProblem.UNKNOWN_DIMENSION, key)
        return found


def _sorted(members: set[Member]) -> tuple[Member, ...]:
    return tuple(sorted(members, key=lambda member: (member.label, member.key)))
