"""A figure and a part of it are published, together or one after the other: nobody derives a small rest."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from hypothesis import example, given, settings
from hypothesis import strategies as st

from kimwerk.kernel.periods import Period
from kimwerk.reporting.disclosure.linking import union_of
from kimwerk.reporting.disclosure.publication import ProtectedTable, PublicTable, Published
from kimwerk.reporting.disclosure.publishing import protect_publication
from kimwerk.reporting.disclosure.refusing import PublicationRefused
from kimwerk.reporting.disclosure.rules import Cost, Policy, Zeros
from kimwerk.reporting.disclosure.tables import Dimension, Key
from tests.reporting.disclosure.attacker import Statement, largest

YEAR, HALF = Period(date(2022, 1, 1), date(2023, 1, 1)), Period(date(2022, 1, 1), date(2022, 7, 1))
PLACES = Dimension("place", {"all": ("east", "west"), "east": ("Eitorf", "Much"), "west": ("Alfter", "Hennef")})
KINDS = Dimension("kind", {"all": ("advice", "learning")})
REFERRED = {"part:referrals": "counted"}
OFFICES = int(os.environ.get("KIMWERK_RANDOM_TABLES", "20"))
"""How many are tried, each with two tables at once and with four in turn."""
SECONDS = 0.05


def by_place(counts: Mapping[str, int], window: Period = YEAR, *, is_part: bool = False) -> PublicTable:
    cells = {(place,): count for place, count in counts.items()}
    name = "referrals" if is_part else "activities"
    return PublicTable(name, "activities", window, (PLACES,), cells, only=REFERRED if is_part else {})


def in_the_ledger(tables: Sequence[ProtectedTable]) -> list[Published]:
    return [Published(each.table, each.hidden, "Ausgabe 1") for each in tables]


ACTIVITIES = {"Eitorf": 20, "Much": 21, "Alfter": 22, "Hennef": 23}
REFERRALS = {"Eitorf": 18, "Much": 11, "Alfter": 12, "Hennef": 13}


def test_a_small_rest_is_not_left_for_subtracting() -> None:
    """20 activities in Eitorf of which 18 are referrals would tell that 2 are not."""
    publication = protect_publication([by_place(ACTIVITIES), by_place(REFERRALS, is_part=True)], Policy(3))
    whole, part = (each.printed for each in publication.tables)
    assert ("Eitorf",) not in whole.keys() & part.keys()
    assert {whole[key] - part[key] for key in whole.keys() & part.keys()}.isdisjoint({1, 2})
    assert publication.audit.is_clean


def test_a_part_that_leaves_enough_hides_nothing() -> None:
    publication = protect_publication(
        [by_place(ACTIVITIES), by_place(REFERRALS | {"Eitorf": 10}, is_part=True)], Policy(3)
    )
    assert not any(each.hidden for each in publication.tables)


def test_a_part_that_is_all_there_is_hides_nothing() -> None:
    """Who reads that nothing is left learns of nobody."""
    publication = protect_publication(
        [by_place(ACTIVITIES), by_place(REFERRALS | {"Eitorf": 20}, is_part=True)], Policy(3)
    )
    assert not any(each.hidden for each in publication.tables)


def test_a_part_published_a_year_later_does_not_tell_the_rest_either() -> None:
    first = protect_publication([by_place(ACTIVITIES)], Policy(3))
    second = protect_publication([by_place(REFERRALS, is_part=True)], Policy(3), in_the_ledger(first.tables))
    assert not first.tables[0].hidden
    assert ("Eitorf",) in second.tables[0].hidden
    assert len(second.tables[0].hidden) > 1


def test_the_rests_of_a_year_and_of_its_half_year_do_not_tell_the_rest_of_the_other_half() -> None:
    """10 activities without referral in the first half and 12 in the year: each is enough, the 2 in between are not."""
    whole, part = dict.fromkeys(ACTIVITIES, 60), dict.fromkeys(ACTIVITIES, 30)
    earlier = [
        Published(by_place(dict.fromkeys(whole, 20), HALF), frozenset(), "Ausgabe 1"),
        Published(by_place(dict.fromkeys(part, 10), HALF, is_part=True), frozenset(), "Ausgabe 1"),
        Published(by_place(whole | {"Much": 41}), frozenset(), "Ausgabe 2"),
    ]
    second = protect_publication([by_place(part | {"Much": 29}, is_part=True)], Policy(3), earlier)
    assert ("Much",) in second.tables[0].hidden


def test_tables_of_different_dimensions_are_linked_in_what_they_share() -> None:
    """By place and kind beside the part by kind alone: the kinds and the whole are in both."""
    counts = {(place, kind): 20 for place in PLACES.leaves for kind in ("advice", "learning")}
    whole = PublicTable("activities", "activities", YEAR, (PLACES, KINDS), counts)
    part = PublicTable("referrals", "activities", YEAR, (KINDS,), {("advice",): 79, ("learning",): 40}, only=REFERRED)
    union = union_of([whole, part], [])
    assert sorted(union.structure.values[cell] for cell in union.differences) == [1, 40, 41]
    protected, narrowed = protect_publication([whole, part], Policy(3)).tables
    assert ("all", "advice") in protected.hidden or ("advice",) in narrowed.hidden


def test_a_table_narrowed_to_one_member_is_a_part_of_the_table_that_is_not() -> None:
    """All activities by place, and those of one kind by place: nobody prints the other kinds."""
    one = PublicTable(
        "advice", "activities", YEAR, (PLACES,), {(place,): count for place, count in REFERRALS.items()},
        only={"kind": "advice"},
    )  # fmt: skip
    publication = protect_publication([by_place(ACTIVITIES), one], Policy(3))
    whole, part = (each.printed for each in publication.tables)
    assert ("Eitorf",) not in whole.keys() & part.keys()


def test_parts_of_one_table_are_not_compared_with_each_other() -> None:
    """Referrals and activities with time overlap somehow: only what is left of the whole can be told."""
    timed = PublicTable("timed", "activities", YEAR, (), {(): 50}, only={"part:timed": "counted"})
    referrals = PublicTable("referrals", "activities", YEAR, (), {(): 51}, only=REFERRED)
    union = union_of([PublicTable("activities", "activities", YEAR, (), {(): 90}), timed, referrals], [])
    assert sorted(union.structure.values[cell] for cell in union.differences) == [39, 40]


Leaf = tuple[str, str, str, bool]
LEAVES: tuple[Leaf, ...] = tuple(
    product(sorted(PLACES.leaves), ("advice", "learning"), ("first", "second"), (True, False))
)


@dataclass(frozen=True)
class Office:
    """Counts by place, kind, half year and whether they belong to the part; what it publishes of them."""

    counts: tuple[int, ...]
    policy: Policy

    def table(self, dimensions: tuple[Dimension, ...], window: Period, *, is_part: bool) -> PublicTable:
        counts: Counter[Key] = Counter()
        for (place, kind, half, referred), count in zip(LEAVES, self.counts, strict=True):
            if (referred or not is_part) and (half == "first" or window == YEAR):
                at = {"place": place, "kind": kind}
                counts[tuple(at[dimension.name] for dimension in dimensions)] += count
        name = f"{'part' if is_part else 'whole'} {window}"
        return PublicTable(name, "activities", window, dimensions, counts, only=REFERRED if is_part else {})

    def value(self, parts: frozenset[int]) -> int:
        return sum(self.counts[part] for part in parts)

    def statements(self, protected: ProtectedTable) -> Iterator[Statement]:
        for cell in protected.cells:
            parts = parts_of(protected.table, cell.key)
            known = 1 if self.policy.zeros is Zeros.PUBLISHED and self.value(parts) else 0
            yield Statement(parts, cell.value, known)

    def told(self, tables: Sequence[ProtectedTable]) -> list[frozenset[int]]:
        """Small counts, and small rests, of which a reader of all tables knows that they are small."""
        public = [statement for table in tables for statement in self.statements(table)]
        sums = {statement.parts for statement in public}
        asked = sums | set(rests(tables))
        small = [parts for parts in asked if 0 < self.value(parts) < self.policy.threshold]
        return [parts for parts in small if largest(len(LEAVES), public, parts) < self.policy.threshold - 1e-6]


def below(dimension: Dimension, node: str) -> set[str]:
    children = dimension.children.get(node, ())
    return set().union(*(below(dimension, child) for child in children)) if children else {node}


def parts_of(table: PublicTable, key: Key) -> frozenset[int]:
    """The leaves that a cell sums."""
    nodes = {each.name: below(each, node) for each, node in zip(table.dimensions, key, strict=True)}
    return frozenset(
        number
        for number, (place, kind, half, referred) in enumerate(LEAVES)
        if place in nodes.get("place", {place})
        and kind in nodes.get("kind", {kind})
        and (half == "first" or table.window == YEAR)
        and (referred or not table.only)
    )


def rests(tables: Sequence[ProtectedTable]) -> Iterator[frozenset[int]]:
    """Whole less part, in each half year and in the year, wherever both tables have the same cell."""
    at: dict[object, dict[tuple[Period, bool], frozenset[int]]] = {}
    for table, key in ((each.table, cell.key) for each in tables for cell in each.cells):
        shared = frozenset((d.name, node) for d, node in zip(table.dimensions, key, strict=True) if node != d.root)
        at.setdefault(shared, {})[table.window, bool(table.only)] = parts_of(table, key)
    for found in at.values():
        pairs = {window: (found.get((window, False)), found.get((window, True))) for window in (HALF, YEAR)}
        left = {window: whole - part for window, (whole, part) in pairs.items() if whole and part}
        yield from left.values()
        if len(left) == 2:
            yield left[YEAR] - left[HALF]


counts = st.lists(st.integers(-2, 6).map(lambda count: max(count, 0)), min_size=len(LEAVES), max_size=len(LEAVES))
policies = st.builds(Policy, st.sampled_from((3, 5)), st.sampled_from(Zeros), st.sampled_from(Cost))
offices = st.builds(lambda found, policy: Office(tuple(found), policy), counts, policies)
ALONE_IN_EITORF = Office(tuple({12: 3, 22: 1, 30: 1}.get(leaf, 0) for leaf in range(len(LEAVES))), Policy(3))
"""In the first half year there were three activities, all in Eitorf and all of the part; the total of the part, beside
the places of the whole, is that of Eitorf, and leaves one for Much in the year."""
shapes = st.sampled_from(((), (PLACES,), (KINDS,), (PLACES, KINDS)))


@settings(max_examples=OFFICES, deadline=None)
@given(offices, shapes, shapes)
def test_nobody_narrows_the_rest_of_two_tables_of_one_publication(
    office: Office, whole: tuple[Dimension, ...], part: tuple[Dimension, ...]
) -> None:
    tables = [office.table(whole, YEAR, is_part=False), office.table(part, YEAR, is_part=True)]
    publication = protect_publication(tables, office.policy, seconds=SECONDS)
    assert not office.told(publication.tables)


@settings(max_examples=OFFICES, deadline=None)
@example(office=ALONE_IN_EITORF, whole=(), part=(PLACES,), is_part_first=True)
@given(offices, shapes, shapes, st.booleans())
def test_nobody_narrows_the_rest_of_what_was_published_in_turn(
    office: Office, whole: tuple[Dimension, ...], part: tuple[Dimension, ...], is_part_first: bool
) -> None:
    """The whole first and the part a year later, or the other way round; then a part of the year, too."""
    first = office.table(whole, HALF, is_part=is_part_first)
    second = office.table(part, HALF, is_part=not is_part_first)
    published: list[ProtectedTable] = []
    for table in (first, second, office.table(whole, YEAR, is_part=False), office.table(part, YEAR, is_part=True)):
        try:
            found = protect_publication([table], office.policy, in_the_ledger(published), SECONDS)
        except PublicationRefused:
            continue
        published += found.tables
        assert not office.told(published)
