"""What the catalogue declares of figures that count a part of another, or the same, holds in the synthetic county."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from itertools import combinations

import pytest

from kimwerk.access.actors import Actor
from kimwerk.access.walls import set_actor
from kimwerk.accounts.selectors import actor_by_email
from kimwerk.kernel.figures import Figure, FigureQuery
from kimwerk.kernel.periods import Period
from kimwerk.reporting.catalogue import figure, figures
from kimwerk.reporting.public.kinship import KIN

Ask = Callable[[str], list[tuple[object, ...]]]
PARTS = tuple(declared for declared in figures() if declared.part_of)
WINDOWS = (
    Period(date(2021, 7, 1), date(2026, 7, 1)),
    Period.year(2022),
    Period.of_days(date(2026, 4, 1), date(2026, 5, 31)),
)


@pytest.fixture
def kim(demo: Ask) -> Actor:
    found = actor_by_email("kim@kimwerk.example")
    assert found
    set_actor(found.account_id)
    return found


def breakdowns(one: Figure[Actor], other: Figure[Actor]) -> Iterator[tuple[str, ...]]:
    """Nothing, each dimension that both have, and each two of them; names of colleagues are not for everybody."""
    shared = [each.key for each in one.dimensions if each in other.dimensions and each.key != "staff"]
    yield from ((), *((key,) for key in shared), *combinations(shared, 2))


def cells(declared: Figure[Actor], actor: Actor, query: FigureQuery) -> dict[tuple[str, ...], Decimal]:
    counted = declared.compute(actor, query)
    return {key: Decimal(value) for key, value in counted.cells.items() if value} | {(): Decimal(counted.total or 0)}


@pytest.mark.parametrize("declared", PARTS, ids=lambda declared: declared.key)
def test_a_part_is_nowhere_larger_than_the_whole(declared: Figure[Actor], kim: Actor) -> None:
    whole = figure(declared.part_of)
    assert cells(declared, kim, FigureQuery(WINDOWS[0]))[()] > 0
    for window in WINDOWS:
        for by in breakdowns(declared, whole):
            all_of_it = cells(whole, kim, FigureQuery(window, by))
            for key, part in cells(declared, kim, FigureQuery(window, by)).items():
                assert part <= all_of_it.get(key, 0), (window, by, key)


@pytest.mark.parametrize("key", KIN)
def test_figures_that_count_the_same_have_the_same_cells(key: str, kim: Actor) -> None:
    kin = KIN[key]
    one, other = figure(key), figure(kin.key)
    only = {dimension: (member,) for dimension, member in kin.only.items()}
    for window in WINDOWS:
        for by in breakdowns(one, other):
            assert cells(one, kim, FigureQuery(window, by)) == cells(other, kim, FigureQuery(window, by, only)), by
