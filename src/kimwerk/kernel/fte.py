"""Shares of full-time posts (Vollzeitäquivalent, VZÄ): exact, so that shares of posts add up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, Inexact
from enum import StrEnum

from kimwerk.kernel import german
from kimwerk.kernel.rounding import EXACT, exact, in_places, trimmed

PLACES = 4
"""Finest division of a post that is kept: a ten-thousandth."""


class FteProblem(StrEnum):
    """What is wrong with a share of posts."""

    NEGATIVE = "negative"
    TOO_MANY_PLACES = "too_many_places"


class FteError(ValueError):
    """The number is no share of posts; `problem` says why."""

    def __init__(self, problem: FteProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, order=True, slots=True, init=False)
class Fte:
    """So many full-time posts: 0 or more, at most four decimal places, 0.5 for half a post."""

    posts: Decimal

    def __init__(self, posts: Decimal | int | str) -> None:
        number = exact(posts)
        if number < 0:
            raise FteError(FteProblem.NEGATIVE)
        try:
            in_places(number, PLACES)
        except Inexact:
            raise FteError(FteProblem.TOO_MANY_PLACES) from None
        object.__setattr__(self, "posts", trimmed(number))

    @classmethod
    def sum(cls, shares: Iterable[Fte]) -> Fte:
        """All shares together; of none, 0."""
        total = Decimal(0)
        for share in shares:
            total = EXACT.add(total, share.posts)
        return cls(total)

    @classmethod
    def from_german(cls, text: str) -> Fte:
        """ "2,66" as a share of posts. Raises german.NumberError or FteError."""
        return cls(german.parse_number(text))

    def german(self, places: int | None = None) -> str:
        """ "2,66"; with `places` rounded half up to so many decimals."""
        return german.number(self.posts, places)

    def __add__(self, other: Fte) -> Fte:
        if not isinstance(other, Fte):
            return NotImplemented
        return Fte(EXACT.add(self.posts, other.posts))

    def __bool__(self) -> bool:
        return bool(self.posts)

    def __str__(self) -> str:
        return self.german()
