"""Protects the tables of one publication together, against everything that was published before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kimwerk.reporting.disclosure.engine import Unprotectable, protect
from kimwerk.reporting.disclosure.joining import full_table
from kimwerk.reporting.disclosure.linking import Union, union_of
from kimwerk.reporting.disclosure.publication import (
    ProtectedCell,
    ProtectedPublication,
    ProtectedTable,
    PublicTable,
    Published,
    Status,
)
from kimwerk.reporting.disclosure.refusing import refusal, refusal_of
from kimwerk.reporting.disclosure.rules import Policy, Task, task_of
from kimwerk.reporting.disclosure.tables import Grid, Key
from kimwerk.reporting.disclosure.worlds import leaks


def protect_publication(
    tables: Sequence[PublicTable], policy: Policy, earlier: Sequence[Published] = (), seconds: float = 60.0
) -> ProtectedPublication:
    """What may be printed of each table, so that nothing small can be derived from all that is public then.

    Raises TableError for a table that is none, PublicationRefused if what is public already tells a small cell.
    """
    union = union_of(tables, earlier)
    task = _task(union, policy, earlier)
    everything = [*(published.table for published in earlier), *tables]
    grids = [
        Grid(table.dimensions, tuple(at[key] for key in full_table(table).keys))
        for table, at in zip(everything, union.places, strict=True)
        if table.dimensions
    ]
    try:
        protection = protect(task, seconds, grids)
    except Unprotectable as error:
        raise refusal(error.cells, task, union, tables, earlier) from None
    suppressed = _without_leaks(protection.suppressed, task, union, tables, earlier)
    protection = replace(protection, suppressed=suppressed, cost=task.cost_of(suppressed))
    places = union.places[len(earlier) :]
    rests = [rest for rest in _small_rests(union, task) if not rest.isdisjoint(protection.suppressed)]
    protected = tuple(
        ProtectedTable(
            table,
            tuple(_cells(table, task, protection.suppressed, at)),
            _beside(number, rests, protection.suppressed - set(task.levels), union, everything),
        )
        for number, (table, at) in enumerate(zip(tables, places, strict=True), start=len(earlier))
    )
    return ProtectedPublication(
        protected,
        protection.cost,
        protection.bound,
        protection.gap,
        protection.audit,
        union.breaks,
        len(union.differences),
    )


def _without_leaks(
    suppressed: frozenset[int],
    task: Task,
    union: Union,
    tables: Sequence[PublicTable],
    earlier: Sequence[Published],
) -> frozenset[int]:
    """These cells, and what tells a small cell though no relation between cells does. Raises PublicationRefused."""
    while found := list(leaks(union, task, suppressed)):
        for leak in found:
            telling = [cell for cell in leak.by if cell in task.open_cells]
            if not telling:
                raise refusal_of(leak, union, tables, earlier)
            if suppressed.isdisjoint(telling):  # else one that told was hidden for another cell
                suppressed |= {min(telling, key=lambda cell: task.costs[cell])}
    return suppressed


def _task(union: Union, policy: Policy, earlier: Sequence[Published]) -> Task:
    """Cells that were ever printed are public for ever, whatever another publication hid."""
    printed, hidden = set[int](), set[int]()
    for published, at in zip(earlier, union.places, strict=False):
        for key, cell in at.items():
            (hidden if key in published.hidden else printed).add(cell)
    return task_of(
        union.structure,
        policy,
        public=frozenset(printed),
        already=frozenset(hidden - printed),
        never_printed=frozenset(union.differences),
    )


def _small_rests(union: Union, task: Task) -> Iterator[frozenset[int]]:
    """For each small difference that readers can form, the cells of tables that it is formed from."""
    for rest in union.differences:
        if rest in task.levels:
            found, left = set[int](), {rest}
            while left:
                found |= left
                left = {of for cell in left for of in union.differences.get(cell, ())} - found
            yield frozenset(found) - union.differences.keys()


def _beside(
    number: int,
    rests: Iterable[frozenset[int]],
    secondary: Collection[int],
    union: Union,
    everything: Sequence[PublicTable],
) -> tuple[str, ...]:
    """The other tables of those differences for which this table hides a cell."""
    own = frozenset(union.places[number].values())
    others = set().union(*(rest - own for rest in rests if any(cell in secondary for cell in rest & own)))
    return tuple(
        dict.fromkeys(
            table.name
            for place, table in enumerate(everything)
            if place != number and not others.isdisjoint(union.places[place].values())
        )
    )


def _cells(table: PublicTable, task: Task, suppressed: frozenset[int], at: Mapping[Key, int]) -> list[ProtectedCell]:
    cells = []
    for key in full_table(table).keys:
        cell = at[key]
        hidden = cell in suppressed
        status = Status.PUBLISHED if not hidden else Status.PRIMARY if cell in task.levels else Status.SECONDARY
        cells.append(ProtectedCell(key, None if hidden else task.structure.values[cell], status))
    return cells


__all__ = ["protect_publication"]
