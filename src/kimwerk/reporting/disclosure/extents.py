"""What a node of a dimension covers, and what is left of it without another one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kimwerk.kernel.periods import Period
from kimwerk.reporting.disclosure.publication import TIME, PublicTable
from kimwerk.reporting.disclosure.tables import Dimension


@dataclass(frozen=True, slots=True)
class Without:
    """A whole dimension but for these leaves; without none it is everything."""

    leaves: frozenset[str] = frozenset()


EVERYTHING = Without()
Extent = Period | frozenset[str] | Without
"""What a node covers: days, leaves of its dimension, or what is left of it without some."""
Coordinates = frozenset[tuple[str, Extent]]
DEEPEST = 8
"""So many times at most a leaf is a sum in another table, whose leaf is one in a third."""


class Extents:
    """What each node of all tables covers. A leaf that is a sum in another table covers what it covers there."""

    def __init__(self, tables: Sequence[PublicTable], publications: Sequence[int]) -> None:
        self._sums: dict[tuple[str, str], dict[int, frozenset[str]]] = {}
        self._publication = 0
        for table, publication in zip(tables, publications, strict=True):
            for dimension in table.dimensions:
                for node in dimension.children:
                    if node != dimension.root or dimension.name in table.partial:
                        of_node = self._sums.setdefault((dimension.name, node), {})
                        of_node[publication] = leaves_below(dimension, node)

    def begin(self, publication: int) -> None:
        """Nodes mean what they mean in this publication from now on; else in the latest before, else in the next."""
        self._publication = publication

    def of(self, table: PublicTable, dimension: Dimension) -> dict[str, Extent]:
        """Each node's extent; the root that is everything has none."""
        if dimension.name == TIME:
            return {node: table.periods.get(node, table.window) for node in dimension.nodes}
        root = "" if dimension.name in table.partial else dimension.root
        return {
            node: self._spread(dimension.name, leaves_below(dimension, node))
            for node in dimension.nodes
            if node != root
        }

    def of_node(self, dimension: str, node: str) -> Extent:
        """The extent of a node that a table is narrowed to."""
        return self._spread(dimension, frozenset({node}))

    def _spread(self, dimension: str, leaves: frozenset[str]) -> frozenset[str]:
        for _depth in range(DEEPEST):
            wider = frozenset().union(*(self._meaning(dimension, leaf) for leaf in leaves))
            if wider == leaves:
                break
            leaves = wider
        return leaves

    def _meaning(self, dimension: str, leaf: str) -> frozenset[str]:
        known = self._sums.get((dimension, leaf))
        if not known:
            return frozenset({leaf})
        before = [publication for publication in known if publication <= self._publication]
        return known[max(before) if before else min(known)]


def leaves_below(dimension: Dimension, node: str) -> frozenset[str]:
    """The leaves that a node is the sum of; a leaf is itself."""
    below = dimension.children.get(node)
    return frozenset().union(*(leaves_below(dimension, child) for child in below)) if below else frozenset({node})


def less(wide: Extent, narrow: Extent) -> Extent | None:
    """What the first covers beyond the second, if that is one stretch of days, a set of leaves, or all but some."""
    if isinstance(wide, Period) and isinstance(narrow, Period):
        if wide.start == narrow.start and narrow.end < wide.end:
            return Period(narrow.end, wide.end)
        if wide.end == narrow.end and wide.start < narrow.start:
            return Period(wide.start, narrow.start)
        return None
    if isinstance(wide, frozenset) and isinstance(narrow, frozenset) and narrow < wide:
        return wide - narrow
    if isinstance(wide, Without) and isinstance(narrow, frozenset) and not wide.leaves & narrow:
        return Without(wide.leaves | narrow)
    return None
