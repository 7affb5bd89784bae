"""Random tables: two or three dimensions, one of them a hierarchy, many small counts."""

from __future__ import annotations

import random
from itertools import product

from kimwerk.reporting.disclosure.hands import Baton
from kimwerk.reporting.disclosure.tables import Dimension, Table, table_of


def random_table(seed: int, largest: int = 9) -> Table:
    """The same table for the same seed."""
    chance = random.Random(seed)  # noqa: S311  # no secret depends on it
    dimensions = [
        Dimension("place", {"all": ("north", "south"), "north": ("a", "b"), "south": ("c", "d", "e")}),
        Dimension("kind", {"all": tuple(f"k{index}" for index in range(chance.randint(2, 5)))}),
    ]
    if chance.random() < 0.4:
        dimensions.append(Dimension("month", {"all": ("q1", "q2"), "q1": ("m1", "m2"), "q2": ("m4", "m5")}))
    leaves = product(*(sorted(dimension.leaves) for dimension in dimensions))
    return table_of(dimensions, {key: max(chance.randint(-3, largest), 0) for key in leaves})


def flat_table(rows: list[list[int]]) -> Table:
    """A table of rows and columns with its margins."""
    across = Dimension("row", {"all": tuple(f"r{index}" for index in range(len(rows)))})
    down = Dimension("column", {"all": tuple(f"c{index}" for index in range(len(rows[0])))})
    counts = {(f"r{row}", f"c{column}"): value for row, line in enumerate(rows) for column, value in enumerate(line)}
    return table_of([across, down], counts)


def baton_in_hand() -> Baton:
    """A baton that is held, for whoever works alone."""
    baton = Baton()
    baton.__enter__()
    return baton
