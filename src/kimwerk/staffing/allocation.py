"""Dividing posts among municipalities: by a key, in halves, none below the least share, neighbours together.

An integer programme chooses who stands alone and who pools, and how many halves each gets, so that the deviations
from the key are smallest in sum. A pool costs something too, because a cooperation has to be agreed; it is
chosen only where it comes closer to the key by more than that. The answer is proven to be the best one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from kimwerk.kernel.fte import Fte

if TYPE_CHECKING:
    import highspy

HALF = Fraction(1, 2)
POOL_COST = Fraction(1, 20)
"""What a further municipality in a pool weighs, in posts: a pool must come closer to the key by more than this."""
LARGEST_POOL = 4
REACH = 2
"""So many halves around the key are looked at for each group; further away lies no best answer."""
PATIENCE = 20.0


class AllocationProblem(StrEnum):
    """Why posts cannot be divided like this."""

    NO_HALVES = "no_halves"  # the posts are no multiple of a half, or none
    NO_WEIGHT = "no_weight"  # a municipality without a weight above 0
    TOO_FEW = "too_few"  # fewer halves than the municipalities need even when all pools are used
    UNSOLVED = "unsolved"  # no proof within twenty seconds


class CannotAllocate(ValueError):
    """The posts cannot be divided; `problem` says why, `subject` names a municipality."""

    def __init__(self, problem: AllocationProblem, subject: str = "") -> None:
        super().__init__(f"{problem.value}: {subject}")
        self.problem, self.subject = problem, subject


@dataclass(frozen=True, slots=True)
class Share:
    """What a municipality or a pool gets: `due` by the key, `given` in halves."""

    members: tuple[str, ...]
    due: Fraction
    given: Fte

    @property
    def is_pool(self) -> bool:
        """Whether several share these posts."""
        return len(self.members) > 1

    @property
    def deviation(self) -> Fraction:
        """How much more (or, below 0, less) than the key says."""
        return Fraction(self.given.posts) - self.due

    @property
    def posts(self) -> tuple[Fte, ...]:
        """The posts that are formed: full ones, and a half one for the rest."""
        halves = int(self.given.posts * 2)
        return (Fte(1),) * (halves // 2) + (Fte("0.5"),) * (halves % 2)


@dataclass(frozen=True, slots=True)
class Allocation:
    """The best division, and how close it comes to the key."""

    shares: tuple[Share, ...]

    @property
    def deviation(self) -> Fraction:
        """The deviations from the key, added up without their sign."""
        return sum((abs(share.deviation) for share in self.shares), Fraction(0))

    @property
    def weight(self) -> Fraction:
        """What was made smallest: the deviations and what the pools weigh."""
        return self.deviation + sum((POOL_COST * (len(share.members) - 1) for share in self.shares), Fraction(0))


def dues_of(posts: Fte, weights: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """What each would get by the key if posts could be cut anywhere."""
    for name, weight in weights.items():
        if weight <= 0:
            raise CannotAllocate(AllocationProblem.NO_WEIGHT, name)
    total = sum(weights.values(), Fraction(0))
    return {name: Fraction(posts.posts) * weight / total for name, weight in weights.items()}


def allocate_posts(posts: Fte, weights: Mapping[str, Fraction], pools: Iterable[Sequence[str]] = ()) -> Allocation:
    """Divide the posts among the keys of `weights`. Every part of a pool of two or more may work together.

    Raises CannotAllocate.
    """
    halves = Fraction(posts.posts) * 2
    if not halves or halves.denominator != 1 or not weights:
        raise CannotAllocate(AllocationProblem.NO_HALVES)
    dues = dues_of(posts, weights)
    choices = [
        (group, count)
        for group in _groups(tuple(weights), pools)
        for count in _counts(sum((dues[name] for name in group), Fraction(0)))
    ]
    chosen = _solve(tuple(weights), dues, choices, int(halves))
    return Allocation(
        tuple(
            Share(group, sum((dues[name] for name in group), Fraction(0)), _halves(count))
            for group, count in sorted(chosen)
        )
    )


def _halves(count: int) -> Fte:
    return Fte(str(count // 2) + (".5" if count % 2 else ""))


def _groups(names: tuple[str, ...], pools: Iterable[Sequence[str]]) -> list[tuple[str, ...]]:
    """Everybody alone, and every part of a pool with two up to four members."""
    place = {name: at for at, name in enumerate(names)}
    found: dict[tuple[str, ...], None] = {(name,): None for name in names}
    for pool in pools:
        members = sorted({name for name in pool if name in place}, key=place.__getitem__)
        for size in range(2, min(LARGEST_POOL, len(members)) + 1):
            found |= dict.fromkeys(combinations(members, size))
    return list(found)


def _counts(due: Fraction) -> range:
    """The numbers of halves that come into question for a group: at least one."""
    below = int(due * 2)
    return range(max(1, below - REACH + 1), max(1, below) + REACH + 1)


def _cost(group: tuple[str, ...], count: int, dues: Mapping[str, Fraction]) -> Fraction:
    due = sum((dues[name] for name in group), Fraction(0))
    return abs(count * HALF - due) + POOL_COST * (len(group) - 1)


Choice = tuple[tuple[str, ...], int]


def _solve(
    names: tuple[str, ...], dues: Mapping[str, Fraction], choices: Sequence[Choice], halves: int
) -> list[Choice]:
    """Choose groups with their halves so that everybody is in one group and the halves come to their number."""
    import highspy  # 40 MB that no web worker needs until somebody divides posts
    import numpy as np

    row = {name: at for at, name in enumerate(names)}
    starts, index, value = [0], list[int](), list[float]()
    for group, count in choices:
        index += [*(row[name] for name in group), len(names)]
        value += [*(1.0 for _name in group), float(count)]
        starts.append(len(index))
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(choices), len(names) + 1
    model.col_cost_ = np.array([float(_cost(group, count, dues)) for group, count in choices])
    model.col_lower_, model.col_upper_ = np.zeros(len(choices)), np.ones(len(choices))
    model.row_lower_ = model.row_upper_ = np.array([1.0] * len(names) + [float(halves)])
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_ = np.array(starts), np.array(index)
    model.a_matrix_.value_ = np.array(value)
    model.integrality_ = [highspy.HighsVarType.kInteger] * len(choices)
    return _answer(model, choices)


def _answer(model: highspy.HighsLp, choices: Sequence[Choice]) -> list[Choice]:
    import highspy

    # The solver itself: its Python wrapper prints a banner before anybody can silence it.
    solver = highspy._Highs()  # type: ignore[attr-defined]  # the stubs leave it out
    for option, setting in (
        ("output_flag", False), ("threads", 1), ("random_seed", 1), ("time_limit", PATIENCE),
        ("mip_rel_gap", 0.0), ("mip_abs_gap", 1e-7),
    ):  # fmt: skip
        solver.setOptionValue(option, setting)
    solver.passModel(model)
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        raise CannotAllocate(AllocationProblem.TOO_FEW)
    if status != highspy.HighsModelStatus.kOptimal:
        raise CannotAllocate(AllocationProblem.UNSOLVED)
    taken = solver.getSolution().col_value
    return [choice for choice, amount in zip(choices, taken, strict=True) if amount > 0.5]
