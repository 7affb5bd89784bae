"""Tables with hierarchies: leaf counts become a table with every margin, and its relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from kimwerk.reporting.disclosure.structure import Relation, Structure

Key = tuple[str, ...]
"""One node of each dimension, in the order of the dimensions."""


class TableProblem(StrEnum):
    """What is wrong with a hierarchy or with the counts for it."""

    NO_DIMENSIONS = "no_dimensions"
    NO_ROOT = "no_root"  # every node has a parent, or more than one has none
    TWO_PARENTS = "two_parents"
    EMPTY_NODE = "empty_node"  # a node is listed as a parent, without children
    UNKNOWN_NODE = "unknown_node"  # a count for a node that the hierarchy does not know
    NOT_A_LEAF = "not_a_leaf"  # a count for a node that is a sum of others
    REPEATED = "repeated"  # two counts for the same cell
    NEGATIVE = "negative"
    NOT_A_COUNT = "not_a_count"
    COLUMNS = "columns"  # the file lacks a dimension or has no column of counts
    NOT_A_HIERARCHY = "not_a_hierarchy"  # no JSON of nodes and their children


class TableError(ValueError):
    """The hierarchy or the counts cannot be used; `problem` says why, `subject` and the line of the file where."""

    def __init__(self, problem: TableProblem, subject: str, line: int | None = None) -> None:
        super().__init__(f"{problem.value}: {subject}")
        self.problem = problem
        self.subject = subject
        self.line = line


@dataclass(frozen=True, slots=True)
class Dimension:
    """A tree of nodes; the root is the total. Raises TableError if it is none."""

    name: str
    children: Mapping[str, tuple[str, ...]]

    def __post_init__(self) -> None:
        seen: set[str] = set()
        for node, below in self.children.items():
            if not below:
                raise TableError(TableProblem.EMPTY_NODE, node)
            for child in below:
                if child in seen:
                    raise TableError(TableProblem.TWO_PARENTS, child)
                seen.add(child)
        if len(set(self.children) - seen) != 1 or len(self.nodes) != len(seen) + 1:
            raise TableError(TableProblem.NO_ROOT, self.name)

    @property
    def root(self) -> str:
        """The node that is the total of all."""
        below = {child for children in self.children.values() for child in children}
        return next(node for node in self.children if node not in below)

    @property
    def nodes(self) -> tuple[str, ...]:
        """Every node from the root down, each followed by what is below it."""
        return tuple(self._below(self.root))

    @property
    def leaves(self) -> frozenset[str]:
        """The nodes that are counted and not summed."""
        return frozenset(node for node in self.nodes if node not in self.children)

    def _below(self, node: str) -> Iterator[str]:
        yield node
        for child in self.children.get(node, ()):
            yield from self._below(child)


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the cells of a table with all its margins are in a structure: the product of the nodes, in their order."""

    dimensions: tuple[Dimension, ...]
    cells: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Every cell with its margins, and the structure that joins them; keys and values in the same order."""

    dimensions: tuple[Dimension, ...]
    keys: tuple[Key, ...]
    structure: Structure

    @property
    def grid(self) -> Grid:
        """Where its cells are: in the order of the keys."""
        return Grid(self.dimensions, tuple(range(len(self.keys))))


def table_of(dimensions: Sequence[Dimension], counts: Mapping[Key, int]) -> Table:
    """The full table of the leaf counts; a leaf without a count is 0. Raises TableError."""
    if not dimensions:
        raise TableError(TableProblem.NO_DIMENSIONS, "")
    _judge(dimensions, counts)
    keys = tuple(product(*(dimension.nodes for dimension in dimensions)))
    place = {key: position for position, key in enumerate(keys)}
    values = [0] * len(keys)
    above = [lines_above(dimension) for dimension in dimensions]
    for key, count in counts.items():
        for cell in product(*(above[axis][node] for axis, node in enumerate(key))):
            values[place[cell]] += count
    return Table(tuple(dimensions), keys, Structure(tuple(values), tuple(_relations(dimensions, place))))


def _judge(dimensions: Sequence[Dimension], counts: Mapping[Key, int]) -> None:
    leaves = [dimension.leaves for dimension in dimensions]
    for key, count in counts.items():
        judge_count(dimensions, leaves, key, count)


def judge_count(dimensions: Sequence[Dimension], leaves: Sequence[frozenset[str]], key: Key, count: int) -> None:
    """Whether this can be the count of one of the smallest parts. Raises TableError."""
    for dimension, of_dimension, node in zip(dimensions, leaves, key, strict=True):
        if node in dimension.children:
            raise TableError(TableProblem.NOT_A_LEAF, node)
        if node not in of_dimension:
            raise TableError(TableProblem.UNKNOWN_NODE, node)
    if count < 0:
        raise TableError(TableProblem.NEGATIVE, " / ".join(key))


def lines_above(dimension: Dimension) -> dict[str, tuple[str, ...]]:
    """For each node itself and everything above it."""
    lines: dict[str, tuple[str, ...]] = {dimension.root: (dimension.root,)}
    for node in dimension.nodes:
        for child in dimension.children.get(node, ()):
            lines[child] = (child, *lines[node])
    return lines


def _relations(dimensions: Sequence[Dimension], place: Mapping[Key, int]) -> Iterator[Relation]:
    for axis, dimension in enumerate(dimensions):
        others = [other.nodes for other in dimensions]
        for node, below in dimension.children.items():
            others[axis] = (node,)
            for key in product(*others):
                parts = tuple(place[(*key[:axis], child, *key[axis + 1 :])] for child in below)
                yield Relation(place[key], parts)
