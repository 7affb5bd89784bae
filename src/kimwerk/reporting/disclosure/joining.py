"""Cells of all tables, joined where they count the same people, with the differences that readers can form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations, product
from typing import NamedTuple

from kimwerk.reporting.disclosure.extents import EVERYTHING, Coordinates, Extent, Extents, less
from kimwerk.reporting.disclosure.publication import TIME, PublicTable
from kimwerk.reporting.disclosure.structure import Relation, Structure
from kimwerk.reporting.disclosure.tables import Key, Table, table_of

FIGURE = ""
"""What is counted, as if it were a dimension; figures are not subtracted from each other."""
Identity = Coordinates
"""Whom a cell counts."""


class _Cell(NamedTuple):
    """A cell that is compared with another one in one dimension, of which it covers this."""

    identity: Identity
    at: int
    extent: Extent


_Sources = frozenset[int | frozenset[int]]
"""Where a cell comes from: tables, or pairs of tables between which it is."""
_Line = tuple[Identity, str]
"""Cells that differ in one dimension only: whom they count but for that, and the dimension."""
FEW = 1024
"""So many different sources are kept; thousands of cells come from the same tables."""


def full_table(table: PublicTable) -> Table:
    """The table with all its margins; one without dimensions is a single number."""
    if table.dimensions:
        return table_of(table.dimensions, table.counts)
    return Table((), ((),), Structure((table.counts.get((), 0),), ()))


class Joining:
    """All tables as cells and relations. First the tables are added, then what is between them."""

    def __init__(self, extents: Extents) -> None:
        self.values: list[int] = []
        self.relations: list[Relation] = []
        self.places: list[dict[Key, int]] = []
        self.formed_from: dict[int, frozenset[int]] = {}
        self.corrected: set[tuple[int, int]] = set()
        self._extents = extents
        self._cells: dict[tuple[Identity, int], int] = {}
        self._seen: set[tuple[int, tuple[int, ...]]] = set()
        self._identities: list[Identity] = []
        self._sources: dict[Identity, _Sources] = {}
        self._along: dict[Identity, frozenset[str]] = {}
        self._value_in: dict[Identity, dict[int, int]] = {}
        self._known: dict[Identity, list[int]] = {}
        self._lines: dict[_Line, dict[int, Extent]] = {}
        self._changed: dict[Identity, None] = {}

    @property
    def identities(self) -> tuple[Identity, ...]:
        """Whom each cell counts."""
        return tuple(self._identities)

    def add(self, table: PublicTable, publication: int) -> None:
        """One more table, of a publication that is not before those of the tables added already."""
        self._extents.begin(publication)
        full = full_table(table)
        identities = self._counted_in(table, full.keys)
        number, places = len(self.places), dict[Key, int]()
        for key, identity, value in zip(full.keys, identities, full.structure.values, strict=True):
            places[key] = self._cell(identity, value)
            others = self._value_in.setdefault(identity, {})
            self.corrected |= {(other, number) for other, before in others.items() if before != value}
            others[number] = value
            self._comes_from(identity, frozenset({number}))
        at = [places[key] for key in full.keys]
        for relation in full.structure.relations:
            self._relate(at[relation.total], [at[part] for part in relation.parts])
        self.places.append(places)

    def subtract(self) -> None:
        """Adds what is between two cells of different tables that differ in one extent, one inside the other.

        Then what is between such differences, along the dimensions in which they do not differ yet. Only lines in which
        something changed are looked at again.
        """
        pairs = [pair for line in self._lines for pair in self._pairs(line)]
        while pairs:
            self._changed = {}
            for wide, narrow, dimension, rest in pairs:
                self._difference(wide, narrow, dimension, rest)
            pairs = [pair for line in self._changed_lines() for pair in self._pairs(line) if self._is_formed(pair)]

    def _difference(self, wide: _Cell, narrow: _Cell, dimension: str, rest: Extent) -> None:
        """The cell between these two, if there can be one: where a number was corrected the part may be the larger."""
        value = self.values[wide.at] - self.values[narrow.at]
        if value < 0:
            return
        between = (wide.identity & narrow.identity) | {(dimension, rest)}
        known = len(self.values)
        cell = self._cell(between, value)
        self._relate(wide.at, [narrow.at, cell])
        if cell == known:
            new = self._formed(wide.identity) | self._formed(narrow.identity) | {dimension}
            self._along[between] = self._along.get(between, new) & new
        if cell == known or cell in self.formed_from:
            self.formed_from[cell] = self.formed_from.get(cell, frozenset()) | {wide.at, narrow.at}
        is_new = self._comes_from(between, _pairs_of(self._sources[wide.identity], self._sources[narrow.identity]))
        if cell == known or is_new:
            self._changed[between] = None

    def _pairs(self, line: _Line) -> Iterator[tuple[_Cell, _Cell, str, Extent]]:
        """Cells of a line of which readers get another one by subtracting, with the dimension and that other one.

        Cells that stand in one table differ by others of it; so do differences of the same two tables.
        """
        (others, dimension), extents = line, self._lines[line]
        known = self._known.get(others, ())
        sources = {self._sources[self._identities[cell]] for cell in extents}
        is_of_one = len(sources) == 1
        if is_of_one and not (known and sources.pop().isdisjoint(self._sources[others])):
            return
        everything = [_Cell(others, cell, EVERYTHING) for cell in known]
        cells = [_Cell(self._identities[cell], cell, extent) for cell, extent in extents.items()]
        among = [cell for cell in cells if dimension not in self._formed(cell.identity)]
        if dimension not in self._formed(others):
            yield from self._between(product(everything, among), dimension)
        if not is_of_one:
            yield from self._between(combinations(among, 2), dimension)

    def _between(
        self, pairs: Iterable[tuple[_Cell, _Cell]], dimension: str
    ) -> Iterator[tuple[_Cell, _Cell, str, Extent]]:
        sources = self._sources
        for one, other in pairs:
            if not sources[one.identity].isdisjoint(sources[other.identity]):
                continue
            for wide, narrow in ((one, other), (other, one)):
                rest = less(wide.extent, narrow.extent)
                if rest is not None:
                    yield wide, narrow, dimension, rest

    def _is_formed(self, pair: tuple[_Cell, _Cell, str, Extent]) -> bool:
        """Whether one of the two cells is a difference already."""
        return bool(self._formed(pair[0].identity) or self._formed(pair[1].identity))

    def _changed_lines(self) -> Iterable[_Line]:
        """The lines of the cells that changed, and those of which one of them is the whole."""
        dimensions = {dimension for _others, dimension in self._lines}
        lines = dict[_Line, None]()
        for identity in self._changed:
            left = sorted(dimensions - self._formed(identity))
            lines |= dict.fromkeys((identity, dimension) for dimension in left)
            lines |= {(identity - {at}, at[0]): None for at in identity if at[0] in left}
        return [line for line in lines if line in self._lines]

    def _formed(self, identity: Identity) -> frozenset[str]:
        """The dimensions along which a difference was formed; of what is printed none."""
        return frozenset() if identity in self._value_in else self._along.get(identity, frozenset())

    def _comes_from(self, identity: Identity, sources: _Sources) -> bool:
        """Whether it was not known that a cell comes from there, too. Equal sources are kept once."""
        known = self._sources.get(identity, frozenset())
        if sources <= known:
            return False
        self._sources[identity] = _kept(sources | known)
        return True

    def _cell(self, identity: Identity, value: int) -> int:
        """Cells that count the same people are one, unless somebody corrected the number in between."""
        cell = self._cells.setdefault((identity, value), len(self.values))
        if cell == len(self.values):
            self.values.append(value)
            self._identities.append(identity)
            self._known.setdefault(identity, []).append(cell)
            for dimension, extent in identity:
                if dimension != FIGURE:
                    line = identity - {(dimension, extent)}, dimension
                    self._lines.setdefault(line, {})[cell] = extent
        return cell

    def _relate(self, total: int, parts: Sequence[int]) -> None:
        if total in parts:  # a sum of one part is that part
            return
        known = (total, tuple(sorted(parts)))
        if known not in self._seen:
            self._seen.add(known)
            self.relations.append(Relation(total, tuple(parts)))

    def _counted_in(self, table: PublicTable, keys: Iterable[Key]) -> Iterator[Identity]:
        extents = [self._extents.of(table, dimension) for dimension in table.dimensions]
        names = [dimension.name for dimension in table.dimensions]
        fixed: set[tuple[str, Extent]] = {(FIGURE, frozenset({f"{table.figure} {table.definition}"}))}
        fixed |= {(name, self._extents.of_node(name, node)) for name, node in table.only.items()}
        if TIME not in names:
            fixed.add((TIME, table.window))
        for key in keys:
            at = {
                (name, of_dimension[node])
                for name, of_dimension, node in zip(names, extents, key, strict=True)
                if node in of_dimension
            }
            yield frozenset(at | fixed)


@lru_cache(maxsize=FEW)
def _kept(sources: _Sources) -> _Sources:
    return sources


@lru_cache(maxsize=FEW)
def _pairs_of(some: _Sources, others: _Sources) -> _Sources:
    """The pairs of their tables."""
    return _kept(frozenset(frozenset(pair) for pair in product(_tables_of(some), _tables_of(others))))


def _tables_of(sources: _Sources) -> set[int]:
    return {table for source in sources for table in ((source,) if isinstance(source, int) else source)}
