"""What an attacker can derive from a tiny table, by trying every table there is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import product

from kimwerk.reporting.disclosure.structure import Structure


def possible_values(
    structure: Structure, leaves: Sequence[int], suppressed: Collection[int], lowest: Sequence[int], highest: int
) -> dict[int, set[int]]:
    """For each suppressed cell every value it has in a whole table that agrees with what is public."""
    seen: dict[int, set[int]] = {cell: set() for cell in suppressed}
    ranges = [range(lowest[leaf], highest + 1) if leaf in suppressed else [structure.values[leaf]] for leaf in leaves]
    for choice in product(*ranges):
        values = dict(zip(leaves, choice, strict=True))
        while len(values) < len(structure.values):
            for relation in structure.relations:
                if all(part in values for part in relation.parts):
                    values[relation.total] = sum(values[part] for part in relation.parts)
        agrees = all(
            sum(values[part] for part in relation.parts) == values[relation.total] for relation in structure.relations
        )
        public = all(values[cell] == value for cell, value in enumerate(structure.values) if cell not in suppressed)
        if agrees and public and all(values[cell] >= lowest[cell] for cell in suppressed):
            for cell in suppressed:
                seen[cell].add(values[cell])
    return seen
