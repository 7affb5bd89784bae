"""Joins tables of one publication and of all earlier ones: cells that count the same people are one cell.

What readers can subtract is a cell as well. A half year beside its year tells the other half; an area with and without
a municipality tells the municipality; a table beside one that is narrowed to a part of it tells the rest. Such
differences between tables are never printed, and are protected like cells that are. So are differences of differences:
the rests of a year and of its half year tell the rest of the other half.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kimwerk.reporting.disclosure.extents import Extents, leaves_below
from kimwerk.reporting.disclosure.joining import Identity, Joining
from kimwerk.reporting.disclosure.publication import TIME, Break, BreakKind, PublicTable, Published
from kimwerk.reporting.disclosure.structure import Structure
from kimwerk.reporting.disclosure.tables import Dimension, Key


@dataclass(frozen=True, slots=True)
class Union:
    """All tables as one structure. `places` has for each table, earlier ones first, the position of each key.

    `identities` say whom each cell counts; `differences` name the cells from which each cell can be formed that is
    never printed.
    """

    structure: Structure
    identities: tuple[Identity, ...]
    places: tuple[Mapping[Key, int], ...]
    differences: Mapping[int, frozenset[int]]
    breaks: tuple[Break, ...]


def union_of(tables: Sequence[PublicTable], earlier: Sequence[Published]) -> Union:
    """The union of all relations, with the differences that readers can form. Raises TableError."""
    everything = [*(published.table for published in earlier), *tables]
    names = dict.fromkeys(published.publication for published in earlier)
    order = {name: number for number, name in enumerate(names)}
    publications = [*(order[published.publication] for published in earlier), *(len(order) for _ in tables)]
    joining = Joining(Extents(everything, publications))
    for table, publication in zip(everything, publications, strict=True):
        joining.add(table, publication)
    joining.subtract()
    structure = Structure(tuple(joining.values), tuple(joining.relations))
    breaks = dict.fromkeys([*_breaks(tables, earlier), *_corrections(joining.corrected, tables, earlier)])
    return Union(structure, joining.identities, tuple(joining.places), joining.formed_from, tuple(breaks))


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
