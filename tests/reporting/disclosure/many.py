"""The promise over many publications: `python -m tests.reporting.disclosure.many --tables 1000`.

Each seed makes a table by itself, two tables that share the totals of a dimension, and a table with its next edition.
Whatever the engine publishes is asked again by the attacker's linear programmes, cell by cell.
"""

# ruff: noqa: T201  # it is a command
from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator

from kimwerk.reporting.disclosure.audit import Attacker
from kimwerk.reporting.disclosure.engine import AuditFailed, Unprotectable, protect
from kimwerk.reporting.disclosure.rules import Cost, Policy, Task, Zeros, task_of
from kimwerk.reporting.disclosure.structure import Relation, Structure
from tests.reporting.disclosure.making import random_table


def main() -> None:
    """Protect, attack, count; ends with 1 if anything small could be derived."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--tables", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=0.3)
    asked = parser.parse_args()
    counts: dict[str, Counter[str]] = {}
    start = time.monotonic()
    for seed in range(asked.tables):
        policy = Policy((3, 5)[seed % 2], list(Zeros)[seed // 2 % 2], list(Cost)[seed // 4 % 2])
        for name, task in tasks(seed, policy, asked.seconds):
            counts.setdefault(name, Counter())[outcome(task, asked.seconds)] += 1
    for name, count in counts.items():
        print(f"{name:10}", dict(count))
    print(f"{time.monotonic() - start:.0f} s")
    sys.exit(any(count["failed"] for count in counts.values()))


def tasks(seed: int, policy: Policy, seconds: float) -> Iterator[tuple[str, Task]]:
    """The three publications of a seed."""
    yield "single", task_of(random_table(seed).structure, policy)
    yield "linked", task_of(linked(seed), policy)
    next_edition = edition(seed, policy, seconds)
    if next_edition:
        yield "edition", next_edition


def outcome(task: Task, seconds: float) -> str:
    """Whether the publication keeps the promise, is refused, or fails."""
    try:
        protection = protect(task, seconds)
    except Unprotectable:
        return "refused"
    except AuditFailed:
        return "failed"
    attacker = Attacker(task.structure, protection.suppressed, task.lowest)
    kept = all(attacker.interval(cell)[1] >= level - 1e-6 for cell, level in task.levels.items())
    return "protected" if kept and set(task.levels) <= protection.suppressed else "failed"


def linked(seed: int) -> Structure:
    """Two tables of the same people: their totals by place are the same cells."""
    first = random_table(seed)
    chance = random.Random(f"linked {seed}")  # noqa: S311  # reproducible, not secret
    roots = [dimension.root for dimension in first.dimensions]
    at = {key: cell for cell, key in enumerate(first.keys)}
    shared = {node: at[(node, *roots[1:])] for node in first.dimensions[0].nodes}
    values, relations = list(first.structure.values), list(first.structure.relations)
    months = [dict.fromkeys(shared, 0) for _ in range(chance.randint(2, 4))]
    for node in first.dimensions[0].leaves:
        for _ in range(values[shared[node]]):
            chance.choice(months)[node] += 1
    for node in reversed(first.dimensions[0].nodes):
        for month in months:
            month[node] += sum(month[child] for child in first.dimensions[0].children.get(node, ()))
    placed = []
    for month in months:
        placed.append({node: len(values) + number for number, node in enumerate(month)})
        values += month.values()
    relations += [Relation(cell, tuple(cells[node] for cells in placed)) for node, cell in shared.items()]
    for node, children in first.dimensions[0].children.items():
        relations += [Relation(cells[node], tuple(cells[child] for child in children)) for cells in placed]
    return Structure(tuple(values), tuple(relations))


def edition(seed: int, policy: Policy, seconds: float) -> Task | None:
    """A table that was published, its next edition, and what came in between, which readers can subtract."""
    old, more = random_table(seed).structure, random_table(seed, largest=14).structure
    if len(old.values) != len(more.values):
        return None
    task = task_of(old, policy)
    try:
        hidden = protect(task, seconds).suppressed
    except (Unprotectable, AuditFailed):
        return None
    size = len(old.values)
    new = tuple(one + other for one, other in zip(old.values, more.values, strict=True))
    relations = [
        Relation(relation.total + shift, tuple(part + shift for part in relation.parts))
        for shift in (0, size, 2 * size)
        for relation in old.relations
    ]
    relations += [Relation(size + cell, (cell, 2 * size + cell)) for cell in range(size)]
    public = frozenset(range(size)) - hidden
    structure = Structure((*old.values, *new, *more.values), tuple(relations))
    return task_of(structure, policy, public=public, already=hidden - set(task.levels))


if __name__ == "__main__":
    main()
