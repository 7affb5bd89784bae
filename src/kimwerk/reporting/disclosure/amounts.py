"""Tables of amounts of which single contributions are known: what one contributor could estimate of another is hidden.

An amount is not small because it is little, but because nearly all of it is one organisation's. The second largest
contributor subtracts its own part and knows the largest one's within what the others gave.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import product

from kimwerk.reporting.disclosure.rules import Cost, Policy, Task, Zeros, dominated_cells, task_of
from kimwerk.reporting.disclosure.tables import Dimension, Key, Table, lines_above, table_of

Contributions = Mapping[Key, Mapping[str, int]]
"""For each leaf what every contributor gave, in whole euros."""


def amounts_of(
    dimensions: Sequence[Dimension], contributions: Contributions, percent: int, zeros: Zeros = Zeros.PUBLISHED
) -> tuple[Table, Task]:
    """The table of all amounts, and the task to protect every cell that p percent calls dominated.

    Whoever gave to several leaves is one contributor in their sums. Raises TableError.
    """
    table = table_of(dimensions, {key: sum(given.values()) for key, given in contributions.items()})
    place = {key: cell for cell, key in enumerate(table.keys)}
    above = [lines_above(dimension) for dimension in dimensions]
    given_in: dict[int, Counter[str]] = {}
    for key, given in contributions.items():
        for cell in product(*(above[axis][node] for axis, node in enumerate(key))):
            given_in.setdefault(place[cell], Counter()).update(given)
    dominated = dominated_cells({cell: list(given.values()) for cell, given in given_in.items()}, percent)
    return table, task_of(table.structure, Policy(2, zeros, Cost.SUM), dominated=dominated)
