"""Joins tables of one publication and of all earlier ones: cells that count the same people are one cell.

What readers can subtract is a cell as well. A half year beside its year tells the other half; an area with and without
a municipality tells the municipality; a table beside one that is narrowed to a part of it tells the rest. Such
differences between tables are never printed, and are protected like cells that are. So are differences of differences:
the rests of a year and of its half year tell the rest of the other half.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

from kimwerk.kernel.periods import Period
from kimwerk.reporting.disclosure.publication import TIME, Break, BreakKind, PublicTable, Published
from kimwerk.reporting.disclosure.structure import Relation, Structure
from kimwerk.reporting.disclosure.tables import Dimension, Key, Table, table_of


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


@dataclass(frozen=True, slots=True)
class _Identity:
    """Whom a cell counts."""

    figure: str
    definition: str
    at: Coordinates


_Source = int | frozenset[int]
"""Where a cell comes from: a table, or the two tables between which it is."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell that is compared with another one in one dimension, of which it covers this."""

    identity: _Identity
    at: int
    extent: Extent


@dataclass(frozen=True, slots=True)
class Union:
    """All tables as one structure. `places` has for each table, earlier ones first, the position of each key.

    `differences` names the cells from which each cell can be formed that is never printed.
    """

    structure: Structure
    places: tuple[Mapping[Key, int], ...]
    differences: Mapping[int, frozenset[int]]
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
    return Union(structure, tuple(joining.places), joining.formed_from, tuple(breaks))


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
        self.formed_from: dict[int, frozenset[int]] = {}
        self.corrected: set[tuple[int, int]] = set()
        self._extents = extents
        self._cells: dict[tuple[_Identity, int], int] = {}
        self._seen: set[tuple[int, tuple[int, ...]]] = set()
        self._sources: dict[_Identity, set[_Source]] = {}
        self._along: dict[_Identity, frozenset[str]] = {}
        self._value_in: dict[_Identity, dict[int, int]] = {}

    def add(self, table: PublicTable, publication: int) -> None:
        self._extents.begin(publication)
        full = full_table(table)
        identities = self._identities(table, full.keys)
        number, places = len(self.places), dict[Key, int]()
        for key, identity, value in zip(full.keys, identities, full.structure.values, strict=True):
            places[key] = self._cell(identity, value)
            others = self._value_in.setdefault(identity, {})
            self.corrected |= {(other, number) for other, before in others.items() if before != value}
            others[number] = value
            self._sources.setdefault(identity, set()).add(number)
        at = [places[key] for key in full.keys]
        for relation in full.structure.relations:
            self._relate(at[relation.total], [at[part] for part in relation.parts])
        self.places.append(places)

    def subtract(self) -> None:
        """Adds what is between two cells of different tables that differ in one extent, one inside the other.

        Then what is between such differences, along the dimensions in which they do not differ yet.
        """
        self._subtract(is_first=True)
        while self.formed_from and self._subtract(is_first=False):
            pass

    def _subtract(self, *, is_first: bool) -> bool:
        """Whether readers learn anything new by subtracting once more."""
        before = len(self.relations)
        for wide, narrow, dimension, rest in list(self._pairs(is_first=is_first)):
            self._difference(wide, narrow, dimension, rest)
        return len(self.relations) > before

    def _difference(self, wide: _Cell, narrow: _Cell, dimension: str, rest: Extent) -> None:
        """The cell between these two, if there can be one: where a number was corrected the part may be the larger."""
        value = self.values[wide.at] - self.values[narrow.at]
        if value < 0:
            return
        others = wide.identity.at & narrow.identity.at
        between = replace(wide.identity, at=others | {(dimension, rest)})
        known = len(self.values)
        cell = self._cell(between, value)
        self._relate(wide.at, [narrow.at, cell])
        if cell == known:
            along = self._formed(wide.identity) | self._formed(narrow.identity) | {dimension}
            self._along[between] = self._along.get(between, along) & along
        if cell == known or cell in self.formed_from:
            self.formed_from[cell] = self.formed_from.get(cell, frozenset()) | {wide.at, narrow.at}
        origin = {frozenset({one, other}) for one in self._tables(wide) for other in self._tables(narrow)}
        self._sources.setdefault(between, set()).update(origin)

    def _pairs(self, *, is_first: bool) -> Iterator[tuple[_Cell, _Cell, str, Extent]]:
        """Cells of which readers get another one by subtracting, that one, and the dimension in which they differ.

        Cells that stand in one table differ by others of it; so do differences of the same two tables.
        """
        for dimension, pairs in self._neighbours():
            for one, other in pairs:
                formed = self._formed(one.identity) | self._formed(other.identity)
                if dimension in formed or bool(formed) == is_first:
                    continue
                if self._sources[one.identity] & self._sources[other.identity]:
                    continue
                for wide, narrow in ((one, other), (other, one)):
                    rest = _less(wide.extent, narrow.extent)
                    if rest is not None:
                        yield wide, narrow, dimension, rest

    def _neighbours(self) -> Iterator[tuple[str, Iterator[tuple[_Cell, _Cell]]]]:
        """Pairs of cells that differ in one dimension; one of them may be everything of it."""
        found: dict[tuple[_Identity, str], list[_Cell]] = {}
        known: dict[_Identity, list[int]] = {}
        for (identity, _value), cell in self._cells.items():
            known.setdefault(identity, []).append(cell)
            for dimension, extent in identity.at:
                others = replace(identity, at=identity.at - {(dimension, extent)})
                found.setdefault((others, dimension), []).append(_Cell(identity, cell, extent))
        for (others, dimension), cells in found.items():
            yield dimension, product([_Cell(others, cell, EVERYTHING) for cell in known.get(others, ())], cells)
            first = self._sources[cells[0].identity]
            if any(self._sources[cell.identity] != first for cell in cells):
                yield dimension, combinations(cells, 2)

    def _formed(self, identity: _Identity) -> frozenset[str]:
        """The dimensions along which a difference was formed; of what is printed none."""
        return frozenset() if identity in self._value_in else self._along.get(identity, frozenset())

    def _tables(self, cell: _Cell) -> Iterator[int]:
        for source in self._sources[cell.identity]:
            yield from (source,) if isinstance(source, int) else source

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
