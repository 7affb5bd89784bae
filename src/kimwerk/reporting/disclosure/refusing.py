"""Why a publication cannot be protected: which numbers, public already, tell what is small.

Somebody knows a sum of hidden cells that was printed before, and that each of them is 1 at least: then none of them can
be larger than what is left. No choice of other cells helps. The prices of the linear programme that fails name the
numbers that it fails by.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from kimwerk.reporting.disclosure.heuristic import Unprotectable
from kimwerk.reporting.disclosure.linking import Union
from kimwerk.reporting.disclosure.movement import TINY, Facts, Reach
from kimwerk.reporting.disclosure.publication import PublicTable, Published
from kimwerk.reporting.disclosure.rules import Task
from kimwerk.reporting.disclosure.tables import Key
from kimwerk.reporting.disclosure.worlds import Leak


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number stands: its table, and the publication if it is an earlier one."""

    table: str
    key: Key
    publication: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A small number that cannot be protected, everywhere it stands, and the public numbers that tell it.

    What can only be formed by subtracting stands nowhere.
    """

    places: tuple[Place, ...]
    by: tuple[Place, ...]


class PublicationRefused(Unprotectable):
    """Some small numbers can be derived whatever is suppressed; `told` says which and from what."""

    def __init__(self, cells: Sequence[int], told: Sequence[Told]) -> None:
        super().__init__(cells)
        self.told = tuple(told)

    @property
    def tables(self) -> dict[str, tuple[str, ...]]:
        """Tables of this publication that hold such a number, or a public one that tells it, and who else tells it.

        What can only be formed by subtracting stands in no table. Then the earlier tables are named from which is
        subtracted, each with its publication: the table of that name is the one to be coarsened.
        """
        found: dict[str, dict[str, None]] = {}
        for told in self.told:
            everywhere = (*told.places, *told.by)
            by = dict.fromkeys(place.publication for place in told.by if place.publication)
            for place in everywhere:
                if not place.publication:
                    found.setdefault(place.table, {}).update(by)
                elif not told.places:
                    found.setdefault(place.table, {})[place.publication] = None
        return {table: tuple(by) for table, by in found.items()}


def refusal(
    lost: Sequence[int], task: Task, union: Union, tables: Sequence[PublicTable], earlier: Sequence[Published]
) -> PublicationRefused:
    """The reasons why these cells cannot be protected."""
    facts, places = Facts(task), _places(union, tables, earlier)
    reach = Reach(facts)
    return PublicationRefused(lost, [_told(cell, facts, reach, places) for cell in lost])


def refusal_of(
    leak: Leak, union: Union, tables: Sequence[PublicTable], earlier: Sequence[Published]
) -> PublicationRefused:
    """The reason why a cell is told that no relation between cells tells."""
    places = _places(union, tables, earlier)
    by = tuple(place for cell in leak.by for place in places.get(cell, ()))
    return PublicationRefused([leak.cell], [Told(places.get(leak.cell, ()), by)])


def _told(cell: int, facts: Facts, reach: Reach, places: dict[int, tuple[Place, ...]]) -> Told:
    movable = facts.open | facts.hidden
    above = np.where(movable, facts.far, 0.0)
    above[cell] = facts.needs[cell]
    answer = reach.highest((cell,), np.where(movable, facts.room_below, 0.0), above)
    telling = np.flatnonzero((np.abs(facts.weights(answer.prices)) > TINY) & ~movable).tolist()
    return Told(places.get(cell, ()), tuple(place for other in telling for place in places.get(other, ())))


def _places(union: Union, tables: Sequence[PublicTable], earlier: Sequence[Published]) -> dict[int, tuple[Place, ...]]:
    found: dict[int, list[Place]] = {}
    for cell, place in _standing(union, tables, earlier):
        found.setdefault(cell, []).append(place)
    return {cell: tuple(places) for cell, places in found.items()}


def _standing(union: Union, tables: Sequence[PublicTable], earlier: Sequence[Published]) -> Iterator[tuple[int, Place]]:
    named = [(published.table.name, published.publication) for published in earlier]
    named += [(table.name, "") for table in tables]
    for (table, publication), at in zip(named, union.places, strict=True):
        for key, cell in at.items():
            yield cell, Place(table, key, publication)
