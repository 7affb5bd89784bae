"""Joins tables of one publication and of all earlier ones: cells that count the same people are one cell.

What readers can subtract is a cell as well. A half year beside its year tells the other half; an area with and without
a municipality tells the municipality. Such differences between tables are never printed, and are protected like
cells that are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from kimwerk.kernel.periods import Period
from kimwerk.reporting.disclosure.publication import TIME, Break, BreakKind, PublicTable, Published
from kimwerk.reporting.disclosure.structure import Relation, Structure
from kimwerk.reporting.disclosure.tables import Dimension, Key, Table, table_of

Extent = Period | frozenset[str]
"""What a node covers: days, or leaves of its dimension."""
Coordinates = frozenset[tuple[str, Extent]]
DEEPEST = 8
"""So many times at most a leaf is a sum in another table, whose leaf is one in a third."""


@dataclass(frozen=True, slots=True)
class _Identity:
    """Whom a cell counts."""

    figure: str
    definition: str
    at: Coordinates


@dataclass(frozen=True, slots=True)
class Union:
    """All tables as one structure. `places` has for each table, earlier ones first, the position of each key."""

    structure: Structure
    places: tuple[Mapping[Key, int], ...]
    differences: frozenset[int]
    breaks: tuple[Break, ...]


def union_of(tables: Sequence[PublicTable], earlier: Sequence[Published]) -> Union:
    """The union of all relations, with the differences that readers can form. Raises TableError."""
    everything = [*(published.table for published in earlier), *tables]
    names = dict.fromkeys(published.publication for published in earlier)
    order = {name: number for number, name in enumerate(names)}
    publications = [*(order[published.publication] for published in earlier), *(len(order) for _ in tables)]
    joining = _Joining(_Extents(everything, publications))
    for table, publication in zip(everything, publications, strict=True):
        joining.add(table, publication)
    joining.subtract()
    structure = Structure(tuple(joining.values), tuple(joining.relations))
    breaks = dict.fromkeys([*_breaks(tables, earlier), *_corrections(joining.corrected, tables, earlier)])
    return Union(structure, tuple(joining.places), frozenset(joining.differences), tuple(breaks))


def full_table(table: PublicTable) -> Table:
    """The table with all its margins; one without dimensions is a single number."""
    if table.dimensions:
        return table_of(table.dimensions, table.counts)
    return Table((), ((),), Structure((table.counts.get((), 0),), ()))


class _Joining:
    def __init__(self, extents: _Extents) -> None:
        self.values: list[int] = []
        self.relations: list[Relation] = []
        self.places: list[dict[Key, int]] = []
        self.differences: set[int] = set()
        self.corrected: set[tuple[int, int]] = set()
        self._extents = extents
        self._cells: dict[tuple[_Identity, int], int] = {}
        self._seen: set[tuple[int, tuple[int, ...]]] = set()
        self._tables_of: dict[_Identity, set[int]] = {}
        self._value_in: dict[tuple[_Identity, int], int] = {}

    def add(self, table: PublicTable, publication: int) -> None:
        self._extents.begin(publication)
        full = full_table(table)
        identities = self._identities(table, full.keys)
        number, places = len(self.places), dict[Key, int]()
        for key, identity, value in zip(full.keys, identities, full.structure.values, strict=True):
            places[key] = self._cell(identity, value)
            others = self._tables_of.setdefault(identity, set())
            self.corrected |= {(other, number) for other in others if self._value_in[identity, other] != value}
            others.add(number)
            self._value_in[identity, number] = value
        at = [places[key] for key in full.keys]
        for relation in full.structure.relations:
            self._relate(at[relation.total], [at[part] for part in relation.parts])
        self.places.append(places)

    def subtract(self) -> None:
        """Adds what is between two cells of different tables that differ in one extent, one inside the other."""
        for identity, cells in self._neighbours():
            for (one, first), (other, second) in combinations(cells, 2):
                if self._tables_of[one] & self._tables_of[other]:
                    continue
                wide, narrow = (first, second) if _less(first[0], second[0]) else (second, first)
                rest = _less(wide[0], narrow[0])
                if rest is None or self.values[wide[1]] < self.values[narrow[1]]:
                    continue
                between = _Identity(one.figure, one.definition, identity | {(wide[2], rest)})
                value, known = self.values[wide[1]] - self.values[narrow[1]], len(self.values)
                cell = self._cell(between, value)
                if cell == known:
                    self.differences.add(cell)
                self._relate(wide[1], [narrow[1], cell])

    def _neighbours(self) -> Iterator[tuple[Coordinates, list[tuple[_Identity, tuple[Extent, int, str]]]]]:
        found: dict[tuple[str, str, Coordinates, str], list[tuple[_Identity, tuple[Extent, int, str]]]] = {}
        for (identity, _value), cell in list(self._cells.items()):
            for dimension, extent in identity.at:
                rest = identity.at - {(dimension, extent)}
                place = (identity.figure, identity.definition, rest, dimension)
                found.setdefault(place, []).append((identity, (extent, cell, dimension)))
        for (_figure, _definition, rest, _dimension), cells in found.items():
            if len(cells) > 1 and len({frozenset(self._tables_of[identity]) for identity, _ in cells}) > 1:
                yield rest, cells

    def _cell(self, identity: _Identity, value: int) -> int:
        """Cells that count the same people are one, unless somebody corrected the number in between."""
        cell = self._cells.setdefault((identity, value), len(self.values))
        if cell == len(self.values):
            self.values.append(value)
        return cell

    def _relate(self, total: int, parts: Sequence[int]) -> None:
        if total in parts:  # a sum of one part is that part
            return
        known = (total, tuple(sorted(parts)))
        if known not in self._seen:
            self._seen.add(known)
            self.relations.append(Relation(total, tuple(parts)))

    def _identities(self, table: PublicTable, keys: Iterable[Key]) -> Iterator[_Identity]:
        extents = [self._extents.of(table, dimension) for dimension in table.dimensions]
        names = [dimension.name for dimension in table.dimensions]
        fixed = {(name, self._extents.of_node(name, node)) for name, node in table.only.items()}
        if TIME not in names:
            fixed.add((TIME, table.window))
        for key in keys:
            at = {
                (name, of_dimension[node])
                for name, of_dimension, node in zip(names, extents, key, strict=True)
                if node in of_dimension
            }
            yield _Identity(table.figure, table.definition, frozenset(at | fixed))


class _Extents:
    """What each node covers. A leaf that is a sum in another table covers what it covers there."""

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


def _less(wide: Extent, narrow: Extent) -> Extent | None:
    """What the first covers beyond the second, if that is one stretch of days or a set of leaves."""
    if isinstance(wide, Period) and isinstance(narrow, Period):
        if wide.start == narrow.start and narrow.end < wide.end:
            return Period(narrow.end, wide.end)
        if wide.end == narrow.end and wide.start < narrow.start:
            return Period(wide.start, narrow.start)
        return None
    if isinstance(wide, frozenset) and isinstance(narrow, frozenset) and narrow < wide:
        return wide - narrow
    return None


def _breaks(tables: Sequence[PublicTable], earlier: Sequence[Published]) -> Iterator[Break]:
    for table in tables:
        for published in earlier:
            yield from _breaks_between(table, published)


def _corrections(
    corrected: Iterable[tuple[int, int]], tables: Sequence[PublicTable], earlier: Sequence[Published]
) -> Iterator[Break]:
    for before, now in sorted(corrected):
        if before < len(earlier) <= now:
            yield Break(BreakKind.CORRECTED, tables[now - len(earlier)].name, earlier[before].publication)


def _breaks_between(table: PublicTable, published: Published) -> Iterator[Break]:
    before = published.table
    if before.figure != table.figure:
        return
    if before.definition != table.definition:
        yield Break(BreakKind.DEFINITION, table.name, published.publication)
        return
    old = {dimension.name: dimension for dimension in before.dimensions}
    for dimension in table.dimensions:
        known = old.get(dimension.name)
        if known is None or dimension.name == TIME:
            continue
        for node in sorted(set(dimension.children) & set(known.children)):
            if _finer(leaves_below(dimension, node), known) != _finer(leaves_below(known, node), dimension):
                yield Break(BreakKind.HIERARCHY, table.name, published.publication, dimension.name, node)


def _finer(leaves: Iterable[str], other: Dimension) -> frozenset[str]:
    """The leaves, or what they are sums of in the other hierarchy."""
    return frozenset().union(*(leaves_below(other, leaf) for leaf in leaves))
