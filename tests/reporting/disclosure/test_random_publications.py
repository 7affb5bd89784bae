"""Random counties publish a half year, then the year by kind and month; nobody derives a small count from all of it."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product

from kimwerk.kernel.periods import Period
from kimwerk.reporting.disclosure.engine import Unprotectable, protect
from kimwerk.reporting.disclosure.publication import (
    TIME,
    ProtectedPublication,
    ProtectedTable,
    PublicTable,
    Published,
)
from kimwerk.reporting.disclosure.publishing import protect_publication
from kimwerk.reporting.disclosure.refusing import PublicationRefused, Told
from kimwerk.reporting.disclosure.rules import Cost, Policy, Zeros, task_of
from kimwerk.reporting.disclosure.tables import Dimension, Key, table_of
from tests.reporting.disclosure.attacker import Statement, largest

COUNTIES = int(os.environ.get("KIMWERK_RANDOM_TABLES", "8"))
"""How many are tried, each with a table by itself, linked tables and a next edition."""
SECONDS = 0.02
REFUSED = 0.08
"""So many next editions may be refused: months of 1 to 4 below the quarter that the first one printed."""
PLACES = Dimension("place", {"all": ("east", "west"), "east": ("a", "b"), "west": ("c", "d", "e")})
MONTHS = tuple(f"2022-{month:02}" for month in range(1, 7))
QUARTERS = {"2022-Q1": MONTHS[:3], "2022-Q2": MONTHS[3:]}
TIMES = Dimension(TIME, {"half": tuple(QUARTERS), **QUARTERS})
FIRST, WHOLE = Period(date(2022, 1, 1), date(2022, 4, 1)), Period(date(2022, 1, 1), date(2022, 7, 1))
PERIODS = {month: Period.month(2022, number + 1) for number, month in enumerate(MONTHS)} | {
    f"2022-Q{number}": Period.quarter(2022, number) for number in (1, 2)
}
Leaf = tuple[str, str, str]


class County:
    """Counts by place, kind and month, many of them small; what it publishes, and what a reader learns from that."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(f"county {seed}")  # noqa: S311  # no secret depends on it
        self.policy = Policy((3, 5)[seed % 2], list(Zeros)[seed // 2 % 2], list(Cost)[seed // 4 % 2])
        self.kinds = Dimension("kind", {"all": tuple(f"k{number}" for number in range(chance.randint(2, 3)))})
        leaves = product(sorted(PLACES.leaves), sorted(self.kinds.leaves), MONTHS)
        self.counts: dict[Leaf, int] = {leaf: max(chance.randint(-4, 4), 0) for leaf in leaves}
        self.number = {leaf: number for number, leaf in enumerate(self.counts)}

    def by_kind(self, window: Period) -> PublicTable:
        months = MONTHS[:3] if window == FIRST else MONTHS
        counts: Counter[Key] = Counter()
        for (place, kind, month), count in self.counts.items():
            counts[place, kind] += count * (month in months)
        return PublicTable("kinds", "contacts", window, (PLACES, self.kinds), counts)

    def by_month(self) -> PublicTable:
        counts: Counter[Key] = Counter()
        for (place, _kind, month), count in self.counts.items():
            counts[place, month] += count
        return PublicTable("months", "contacts", WHOLE, (PLACES, TIMES), counts, periods=PERIODS)

    def parts(self, table: PublicTable, key: Key) -> frozenset[int]:
        named = dict(zip([dimension.name for dimension in table.dimensions], key, strict=True))
        months = MONTHS[:3] if table.window == FIRST else MONTHS
        times = below(TIMES, named.get(TIME, "half"))
        return frozenset(
            number
            for (place, kind, month), number in self.number.items()
            if place in below(PLACES, named["place"])
            and kind in below(self.kinds, named.get("kind", "all"))
            and month in times
            and month in months
        )

    def value(self, parts: frozenset[int]) -> int:
        counts = list(self.counts.values())
        return sum(counts[part] for part in parts)

    def statements(self, table: ProtectedTable) -> Iterator[Statement]:
        """What is public about each cell: its number, or a sign, behind which stands no 0 if zeros are printed."""
        for cell in table.cells:
            parts = self.parts(table.table, cell.key)
            known = 1 if self.policy.zeros is Zeros.PUBLISHED and self.value(parts) else 0
            yield Statement(parts, cell.value, known)

    def differences(self, one: PublicTable, other: PublicTable) -> Iterator[frozenset[int]]:
        """What readers get who subtract a table from the same one of a longer period."""
        for key in table_of(one.dimensions, one.counts).keys:
            yield self.parts(other, key) - self.parts(one, key)


def below(dimension: Dimension, node: str) -> set[str]:
    children: Mapping[str, tuple[str, ...]] = dimension.children
    return set().union(*(below(dimension, child) for child in children[node])) if node in children else {node}


def derivable(county: County, tables: list[ProtectedTable], more: list[frozenset[int]]) -> list[frozenset[int]]:
    """Small counts of which a reader of all tables knows that they are small."""
    public = [statement for table in tables for statement in county.statements(table)]
    asked = {statement.parts for statement in public} | set(more)
    small = [parts for parts in asked if 0 < county.value(parts) < county.policy.threshold]
    level = county.policy.threshold - 1e-6
    return [parts for parts in small if largest(len(county.counts), public, parts) < level]


def withheld(county: County, table: PublicTable) -> Iterator[Statement]:
    """What a table tells of which nothing is printed but what must be: zeros, if zeros always are."""
    for key in table_of(table.dimensions, table.counts).keys:
        parts = county.parts(table, key)
        empty = county.policy.zeros is Zeros.PUBLISHED and not county.value(parts)
        yield Statement(parts, 0 if empty else None, int(county.policy.zeros is Zeros.PUBLISHED and not empty))


def is_told_anyway(county: County, first: list[ProtectedTable], told: Told) -> bool:
    """Whether a reader of the first edition derives the number though the second prints nothing but its zeros."""
    both = [county.by_kind(WHOLE), county.by_month()]
    public = [statement for table in first for statement in county.statements(table)]
    public += [statement for table in both for statement in withheld(county, table)]
    named = {("first", "kinds"): county.by_kind(FIRST)} | {("", table.name): table for table in both}
    parts = {county.parts(named[place.publication, place.table], place.key) for place in told.places}
    return any(largest(len(county.counts), public, each) < county.policy.threshold - 1e-6 for each in parts)


def attempt(
    tables: list[PublicTable], policy: Policy, earlier: list[Published]
) -> ProtectedPublication | PublicationRefused:
    try:
        return protect_publication(tables, policy, earlier, SECONDS)
    except PublicationRefused as refused:
        return refused


def outcome(seed: int) -> str:
    """The first edition, then the second with two tables, everything that was printed kept in mind."""
    county = County(seed)
    first = protect_publication([county.by_kind(FIRST)], county.policy, seconds=SECONDS)
    assert not derivable(county, list(first.tables), [])
    both = [county.by_kind(WHOLE), county.by_month()]
    linked = protect_publication(both, county.policy, seconds=SECONDS)
    assert not derivable(county, list(linked.tables), [])
    earlier = [Published(table.table, table.hidden, "first") for table in first.tables]
    second = attempt(both, county.policy, earlier)
    if isinstance(second, PublicationRefused):
        assert all(told.by for told in second.told)
        assert all(is_told_anyway(county, list(first.tables), told) for told in second.told)
        return f"refused, zeros {county.policy.zeros.value}"
    differences = list(county.differences(first.tables[0].table, second.tables[0].table))
    assert not derivable(county, [*first.tables, *second.tables], differences)
    return "protected"


def test_nobody_derives_a_small_count_from_all_that_a_county_publishes() -> None:
    """Only a next edition is ever refused, and only where printed zeros leave what is hidden no room."""
    outcomes = Counter(outcome(seed) for seed in range(COUNTIES))
    assert set(outcomes) <= {"protected", "refused, zeros published"}
    assert outcomes["protected"] >= (1 - REFUSED) * COUNTIES - 1


def test_large_tables_keep_the_promise_too() -> None:
    """The same tables, each by itself, and the engine so short of time that it takes boxes."""
    for seed in range(COUNTIES):
        county = County(seed)
        table = table_of(county.by_kind(WHOLE).dimensions, county.by_kind(WHOLE).counts)
        task = task_of(table.structure, county.policy)
        try:
            hidden = protect(task, 1e-6, [table.grid]).suppressed
        except Unprotectable:
            continue
        public = county.by_kind(WHOLE)
        statements = [
            Statement(
                county.parts(public, key), None if cell in hidden else value, task.lowest[cell] if cell in hidden else 0
            )
            for cell, (key, value) in enumerate(zip(table.keys, table.structure.values, strict=True))
        ]
        for cell, level in task.levels.items():
            parts = county.parts(public, table.keys[cell])
            assert largest(len(county.counts), statements, parts) >= level - 1e-6
