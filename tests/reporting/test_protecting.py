"""Who counts people and reads no single case sees no small number, and cannot reckon one back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import product

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.access.actors import Actor, Grant
from kimwerk.access.roles import Role
from kimwerk.kernel.figures import ALL, Axis, Counted, Dimension, Figure, FigureQuery, Member, Unit, Value
from kimwerk.kernel.periods import Period
from kimwerk.reporting.disclosure.audit import audit
from kimwerk.reporting.disclosure.structure import Relation, Structure
from kimwerk.reporting.protecting import (
    NotWholeMonths,
    TableTooLarge,
    is_of_whole_months,
    needs_protection,
    protected,
)
from kimwerk.reporting.types import THRESHOLDS

LENA = Actor(1, "Lena Leitung", (Grant(Role.KI_LEADERSHIP, 1, None),))
KARIN = Actor(2, "Karin Koordination", (Grant(Role.CASE_MANAGEMENT_COORDINATION, 1, None),))
FRIEDA = Actor(3, "Frieda Fallbeispiel", (Grant(Role.CASE_MANAGER, 1, None),))
YEAR = Period.year(2022)
DIMENSIONS = (Dimension("kind", "Art"), Dimension("municipality", "Kommune"), Dimension("reason", "Grund"))
SIZES = (3, 4, 2)


def cases(counts: Mapping[tuple[str, ...], int], room: str = "casework") -> Figure[Actor]:
    """A figure of cases that counts these, along any of the three dimensions."""

    def compute(_actor: Actor, query: FigureQuery) -> Counted:
        keys = [dimension.key for dimension in DIMENSIONS]
        places = [keys.index(key) for key in query.by]
        only = {keys.index(key): members for key, members in query.only.items()}
        kept = {at: n for at, n in counts.items() if all(at[place] in wanted for place, wanted in only.items())}
        cells: dict[tuple[str, ...], Value] = {}
        for at, number in kept.items():
            key = tuple(at[place] for place in places)
            cells[key] = int(cells.get(key) or 0) + number
        axes = tuple(
            Axis(DIMENSIONS[place], tuple(Member(f"{place}{n}", f"{place}{n}") for n in range(SIZES[place])))
            for place in places
        )
        return Counted(axes, cells if places else {}, sum(kept.values()))

    return Figure("cases_opened", "Fälle", Unit.CASES, "Fälle.", "Alle.", DIMENSIONS, room, compute)


LEAVES = tuple(product(*(tuple(f"{at}{n}" for n in range(size)) for at, size in enumerate(SIZES))))
COUNTS = st.lists(st.integers(0, 9), min_size=len(LEAVES), max_size=len(LEAVES)).map(
    lambda numbers: dict(zip(LEAVES, numbers, strict=True))
)
QUESTIONS = st.lists(st.sampled_from(("kind", "municipality", "reason")), max_size=2, unique=True)


@given(counts=COUNTS, by=QUESTIONS, threshold=st.sampled_from(THRESHOLDS))
def test_no_hidden_number_of_a_table_can_be_narrowed_below_the_threshold(
    counts: Mapping[tuple[str, ...], int], by: list[str], threshold: int
) -> None:
    """What is shown is put before the attacker of the audit, who knows all sums and that zeros are shown."""
    figure = cases(counts)
    query = FigureQuery(YEAR, tuple(by))
    with override_settings(SMALL_BELOW=threshold):
        truth, shown = figure.compute(LENA, query), protected(LENA, figure, query, None).counted
    told = {**shown.cells, **shown.margins}
    keys = list(product(*((*(member.key for member in axis.members), ALL) for axis in truth.axes)))
    exact = {key: _exact(truth, key) for key in keys}
    assert all(told[key] in (None, exact[key]) for key in keys), "what is shown is true"
    place = {key: at for at, key in enumerate(keys)}
    relations = [
        Relation(place[key], tuple(place[(*key[:at], member.key, *key[at + 1 :])] for member in axis.members))
        for key in keys
        for at, axis in enumerate(truth.axes)
        if key[at] == ALL
    ]
    small = {place[key]: threshold for key in keys if 0 < exact[key] < threshold}
    assert all(told[keys[cell]] is None for cell in small)
    hidden = frozenset(place[key] for key in keys if told[key] is None)
    structure = Structure(tuple(exact[key] for key in keys), tuple(relations))
    if relations:
        assert audit(structure, hidden, small, tuple(min(exact[key], 1) for key in keys)).is_clean


def _exact(truth: Counted, key: tuple[str, ...]) -> int:
    if not truth.axes:
        return int(truth.total or 0)
    return sum(
        int(value or 0)
        for at, value in truth.cells.items()
        if all(asked in (ALL, met) for asked, met in zip(key, at, strict=True))
    )


@given(counts=COUNTS, member=st.integers(0, 3))
def test_a_filter_tells_no_more_than_the_table_it_is_taken_from(
    counts: Mapping[tuple[str, ...], int], member: int
) -> None:
    """Whoever narrows to one municipality after the other gets what the table of all municipalities shows."""
    figure = cases(counts)
    whole = protected(LENA, figure, FigureQuery(YEAR, ("municipality",)), None).counted
    alone = protected(LENA, figure, FigureQuery(YEAR, (), {"municipality": (f"1{member}",)}), None).counted
    assert alone.total == whole.cells[f"1{member}",]


def test_the_same_table_always_hides_the_same_cells() -> None:
    counts = {at: n % 7 for n, at in enumerate(LEAVES)}
    query = FigureQuery(YEAR, ("kind", "municipality"))
    first = protected(LENA, cases(counts), query, None)
    assert first.counted == protected(LENA, cases(dict(reversed(counts.items()))), query, None).counted
    assert first.hidden > 0


def test_a_mean_is_hidden_where_few_stand_behind_it() -> None:
    counts = dict.fromkeys(LEAVES, 0) | {("00", "10", "20"): 2, ("01", "10", "20"): 8, ("02", "10", "20"): 9}
    days = cases(dict.fromkeys(counts, 50))
    shown = protected(LENA, days, FigureQuery(YEAR, ("kind",)), cases(counts)).counted
    hidden = {key for key, value in shown.cells.items() if value is None}
    assert ("00",) in hidden
    assert len(hidden) == 2, "one more, or the sum of the others would tell it"


@pytest.mark.parametrize(
    ("actor", "room", "expected"),
    [
        (LENA, "casework", True), (KARIN, "casework", False), (FRIEDA, "casework", False),
        (LENA, "arrivals", True), (KARIN, "arrivals", False), (FRIEDA, "arrivals", False),
        (LENA, "activities", False), (LENA, "finance", False),
    ],
)  # fmt: skip
def test_who_counts_people_without_reading_single_ones_is_shown_protected_tables(
    actor: Actor, room: str, expected: bool
) -> None:
    assert needs_protection(actor, cases({}, room)) is expected


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        (YEAR, True),
        (Period.month(2022, 2), True),
        (Period.of_days(date(2022, 1, 1), date(2022, 1, 30)), False),
        (Period.of_days(date(2022, 1, 2), date(2022, 1, 31)), False),
    ],
)
def test_protected_tables_cover_whole_months(window: Period, expected: bool) -> None:
    assert is_of_whole_months(window) is expected
    if not expected:
        with pytest.raises(NotWholeMonths):
            protected(LENA, cases({}), FigureQuery(window), None)


def test_what_cannot_be_protected_while_somebody_waits_is_not_shown() -> None:
    four = FigureQuery(YEAR, ("kind", "municipality", "reason"), {"colour": ("red",)})
    with pytest.raises(TableTooLarge):
        protected(LENA, cases({}), four, None)
