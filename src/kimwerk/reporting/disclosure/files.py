"""Leaf counts and hierarchies as files, and the protected table as JSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable

from kimwerk.reporting.disclosure.amounts import Contributions
from kimwerk.reporting.disclosure.engine import Protection
from kimwerk.reporting.disclosure.rounding import Rounding
from kimwerk.reporting.disclosure.rules import Task
from kimwerk.reporting.disclosure.tables import Dimension, Key, Table, TableError, TableProblem, judge_count, table_of

COUNT, CONTRIBUTOR, AMOUNT = "freq", "contributor", "amount"


def read_hierarchies(text: str) -> tuple[Dimension, ...]:
    """{"dimension": {"node": ["child", …]}} as dimensions. Raises TableError."""
    try:
        described = json.loads(text)
    except json.JSONDecodeError:
        raise TableError(TableProblem.NOT_A_HIERARCHY, "") from None
    if not isinstance(described, dict):
        raise TableError(TableProblem.NOT_A_HIERARCHY, "")
    return tuple(Dimension(str(name), _tree(str(name), tree)) for name, tree in described.items())


def _tree(name: str, tree: object) -> dict[str, tuple[str, ...]]:
    if not isinstance(tree, dict) or not tree:
        raise TableError(TableProblem.NOT_A_HIERARCHY, name)
    for children in tree.values():
        if not isinstance(children, list) or not all(isinstance(child, str) for child in children):
            raise TableError(TableProblem.NOT_A_HIERARCHY, name)
    return {str(node): tuple(children) for node, children in tree.items()}


def read_table(lines: Iterable[str], dimensions: tuple[Dimension, ...]) -> Table:
    """The lines of a CSV file with a column for each dimension and `freq`. Raises TableError."""
    rows = _rows(lines, dimensions, COUNT)
    leaves = [dimension.leaves for dimension in dimensions]
    counts: dict[Key, int] = {}
    for row in rows:
        key = tuple(row[dimension.name] or "" for dimension in dimensions)
        try:
            if key in counts:
                raise TableError(TableProblem.REPEATED, " / ".join(key))
            counts[key] = _count(row[COUNT] or "", key)
            judge_count(dimensions, leaves, key, counts[key])
        except TableError as error:
            raise TableError(error.problem, error.subject, rows.line_num) from None
    return table_of(dimensions, counts)


def read_contributions(lines: Iterable[str], dimensions: tuple[Dimension, ...]) -> Contributions:
    """The lines of a CSV file with a column for each dimension, `contributor` and `amount`. Raises TableError."""
    rows = _rows(lines, dimensions, CONTRIBUTOR, AMOUNT)
    leaves = [dimension.leaves for dimension in dimensions]
    given: dict[Key, dict[str, int]] = {}
    for row in rows:
        key = tuple(row[dimension.name] or "" for dimension in dimensions)
        who, at = row[CONTRIBUTOR] or "", given.setdefault(key, {})
        try:
            if who in at:
                raise TableError(TableProblem.REPEATED, " / ".join((*key, who)))
            at[who] = _count(row[AMOUNT] or "", key)
            judge_count(dimensions, leaves, key, at[who])
        except TableError as error:
            raise TableError(error.problem, error.subject, rows.line_num) from None
    return given


def _rows(lines: Iterable[str], dimensions: tuple[Dimension, ...], *more: str) -> csv.DictReader[str]:
    rows = csv.DictReader(lines)
    for column in (*(dimension.name for dimension in dimensions), *more):
        if column not in (rows.fieldnames or ()):
            raise TableError(TableProblem.COLUMNS, column)
    return rows


def _count(text: str, key: Key) -> int:
    try:
        return int(text)
    except ValueError:
        raise TableError(TableProblem.NOT_A_COUNT, " / ".join(key)) from None


def as_json(table: Table, task: Task, protection: Protection) -> str:
    """Every cell of the table with its status. For the office: a publication shows one sign for both kinds."""
    cells = []
    for cell, (key, value) in enumerate(zip(table.keys, table.structure.values, strict=True)):
        hidden = cell in protection.suppressed
        status = "published" if not hidden else "primary" if cell in task.levels else "secondary"
        cells.append({"key": list(key), "value": None if hidden else value, "status": status})
    verdict = protection.audit
    return json.dumps(
        {
            "cells": cells,
            "gap": protection.gap,
            "cost": protection.cost,
            "bound": protection.bound,
            "audit": {
                "clean": verdict.is_clean,
                "primary": verdict.primary,
                "exact": len(verdict.exact),
                "small": len(verdict.small),
                "below": len(verdict.below),
            },
        },
        ensure_ascii=False,
        indent=1,
    )


def rounded_as_json(table: Table, base: int, rounding: Rounding) -> str:
    """Every cell of the rounded table; `rounded` also where the number happened to be a multiple of the base."""
    verdict = rounding.audit
    cells = [
        {"key": list(key), "value": value, "status": "rounded"}
        for key, value in zip(table.keys, rounding.values, strict=True)
    ]
    return json.dumps(
        {
            "cells": cells,
            "base": base,
            "farthest": rounding.farthest,
            "audit": {
                "clean": verdict.is_clean,
                "primary": verdict.small_counts,
                "exact": len(verdict.exact),
                "small": len(verdict.small),
            },
        },
        ensure_ascii=False,
        indent=1,
    )
