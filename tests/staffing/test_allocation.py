"""Posts divided among municipalities: the case of Kamen, Bergkamen and Bönen, and proof against trying everything."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import product

import pytest
from django.test import Client
from django.urls import reverse

from kimwerk.kernel.fte import Fte
from kimwerk.staffing.allocation import (
    HALF,
    POOL_COST,
    Allocation,
    AllocationProblem,
    CannotAllocate,
    allocate_posts,
    dues_of,
)
from tests.cast import Cast


def weighed(**weights: str) -> dict[str, Fraction]:
    return {name: Fraction(weight) for name, weight in weights.items()}


def given(found: Allocation) -> dict[tuple[str, ...], Fte]:
    return {share.members: share.given for share in found.shares}


def test_the_solver_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    allocate_posts(Fte(2), weighed(a="1", b="1"))
    assert capfd.readouterr() == ("", "")


def test_kamen_bergkamen_and_boenen_pool_two_and_a_half_posts() -> None:
    """Kreis Unna 2021: 0,85 + 1,19 + 0,38 = 2,42 by the key; together 1,0 + 1,0 + 0,5 (Kamen 141/2021)."""
    weights = weighed(Kamen="0.85", Bergkamen="1.19", Boenen="0.38")
    found = allocate_posts(Fte("2.5"), weights, [tuple(weights)])
    (share,) = found.shares
    assert share.members == ("Kamen", "Bergkamen", "Boenen")
    assert share.posts == (Fte(1), Fte(1), Fte("0.5"))
    assert found.deviation == 0


def test_luenen_gives_way_so_that_the_three_can_form_whole_posts() -> None:
    weights = weighed(Kamen="0.85", Bergkamen="1.19", Boenen="0.38", Luenen="2.08", Unna="1.5", Schwerte="2")
    found = allocate_posts(Fte(8), weights, [("Kamen", "Bergkamen", "Boenen")])
    assert given(found) == {
        ("Kamen", "Bergkamen", "Boenen"): Fte("2.5"),
        ("Luenen",): Fte(2),
        ("Unna",): Fte("1.5"),
        ("Schwerte",): Fte(2),
    }
    luenen = next(share for share in found.shares if share.members == ("Luenen",))
    assert luenen.deviation == Fraction(-8, 100)


def test_without_a_cooperation_everybody_gets_at_least_a_half() -> None:
    weights = weighed(Kamen="0.85", Bergkamen="1.19", Boenen="0.38")
    assert given(allocate_posts(Fte("2.5"), weights)) == {
        ("Kamen",): Fte(1),
        ("Bergkamen",): Fte(1),
        ("Boenen",): Fte("0.5"),
    }


def test_who_fits_alone_does_not_pool() -> None:
    weights = weighed(A="1", B="1.5")
    assert given(allocate_posts(Fte("2.5"), weights, [("A", "B")])) == {("A",): Fte(1), ("B",): Fte("1.5")}


@pytest.mark.parametrize(
    ("posts", "weights", "problem"),
    [
        ("0.75", weighed(A="1"), AllocationProblem.NO_HALVES),
        ("0", weighed(A="1"), AllocationProblem.NO_HALVES),
        ("1", {}, AllocationProblem.NO_HALVES),
        ("1", weighed(A="1", B="0"), AllocationProblem.NO_WEIGHT),
        ("1", weighed(A="1", B="1", C="1"), AllocationProblem.TOO_FEW),
    ],
)
def test_what_cannot_be_divided_is_refused(
    posts: str, weights: dict[str, Fraction], problem: AllocationProblem
) -> None:
    with pytest.raises(CannotAllocate) as refused:
        allocate_posts(Fte(posts), weights)
    assert refused.value.problem is problem


def partitions(names: Sequence[str]) -> Iterator[list[tuple[str, ...]]]:
    """Every way to group the names."""
    if not names:
        yield []
        return
    first, *rest = names
    for parts in partitions(rest):
        yield [(first,), *parts]
        for at, part in enumerate(parts):
            yield [*parts[:at], (first, *part), *parts[at + 1 :]]


def best_by_trying_everything(posts: int, weights: dict[str, Fraction]) -> Fraction | None:
    """The least weight over all groupings and all numbers of halves, without any solver."""
    dues = dues_of(Fte(posts), weights)
    found: list[Fraction] = []
    for parts in partitions(tuple(weights)):
        if max(map(len, parts)) > 4:
            continue
        for counts in product(range(1, 2 * posts + 1), repeat=len(parts)):
            if sum(counts) == 2 * posts:
                off = (
                    abs(count * HALF - sum(dues[n] for n in part)) for part, count in zip(parts, counts, strict=True)
                )
                found.append(sum(off, Fraction(0)) + POOL_COST * sum(len(part) - 1 for part in parts))
    return min(found, default=None)


def test_no_other_division_is_better() -> None:
    rng = random.Random("allocation")  # noqa: S311  # reproducible, not secret
    for _ in range(40):
        names = "ABCD"[: rng.randint(1, 4)]
        weights = {name: Fraction(rng.randint(1, 60)) for name in names}
        posts = rng.randint(1, 4)
        found = allocate_posts(Fte(posts), weights, [names])
        assert found.weight == best_by_trying_everything(posts, weights)
        assert Fte.sum(share.given for share in found.shares) == Fte(posts)
        assert sorted(name for share in found.shares for name in share.members) == list(names)


def test_200_posts_over_396_municipalities_are_solved_to_proven_optimality() -> None:
    rng = random.Random("Land")  # noqa: S311  # reproducible, not secret
    width = 22
    places = [f"{row}/{column}" for row in range(18) for column in range(width)]
    weights = {place: Fraction(int(rng.lognormvariate(9.9, 0.9))) for place in places}
    pools = [
        tuple(f"{row + dr}/{column + dc}" for dr, dc in ((0, 0), (0, 1), (1, 0)))
        for row in range(18)
        for column in range(width)
    ]
    begun = time.process_time()
    found = allocate_posts(Fte(200), weights, pools)
    seconds = time.process_time() - begun
    print(f"{seconds:.2f} s, {len(found.shares)} groups, deviation {float(found.deviation):.2f}")  # noqa: T201  # with -s
    assert Fte.sum(share.given for share in found.shares) == Fte(200)
    assert seconds < 15  # of the processor; on a machine that does nothing else it takes a second or two


def test_the_page_divides_and_says_what_is_formed(cast: Cast, sign_in: Callable[[str], Client]) -> None:
    asked = {"posts": "2,5", "weights": "Kamen 0,85\nBergkamen; 1,19\nBönen: 0,38", "pools": "Kamen, Bergkamen; Bönen"}
    body = sign_in("lena").get(reverse("staffing:allocation"), asked).content.decode()
    assert "Kamen, Bergkamen, Bönen" in body
    assert "1,0 + 1,0 + 0,5" in body


@pytest.mark.parametrize(
    ("changed", "text"),
    [
        ({"posts": "2.5"}, "Schreiben Sie die Zahl mit Komma"),
        ({"posts": "0,75"}, "nur ganze und halbe"),
        ({"posts": "0,5"}, "Bei so wenigen Stellen"),
        ({"weights": "Kamen"}, "„Kamen“: Schreiben Sie einen Namen"),
        ({"weights": "Kamen 1\nKamen 2"}, "genau einmal"),
        ({"weights": "Kamen 0"}, "Kamen braucht eine Zahl über 0"),
        ({"pools": "Kamen, Unna"}, "Nicht im Schlüssel: Unna"),
    ],
)
def test_the_page_says_at_the_field_what_is_wrong(
    changed: dict[str, str], text: str, cast: Cast, sign_in: Callable[[str], Client]
) -> None:
    asked = {"posts": "2,5", "weights": "Kamen 0,85\nBergkamen 1,19", "pools": ""} | changed
    assert text in sign_in("lena").get(reverse("staffing:allocation"), asked).content.decode()
