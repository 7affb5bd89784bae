"""Age bands that share no border, so that every person is counted once.

Published tables often have bands such as 16-18 and 18-25, in which the 18-year-olds stand twice. Here
bands are made from the ages at which they begin, and whoever's age is not known has a band as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from kimwerk.kernel.figures import MISSING

OLDEST = 130
"""Nobody is older: such ages, and ages below 0, come from mistyped birthdays and count as unknown."""


class AgeBandsProblem(StrEnum):
    """What is wrong with a set of bands."""

    EMPTY = "empty"
    NEGATIVE = "negative"
    BACKWARDS = "backwards"  # a band ends before it begins
    OVERLAP = "overlap"  # two bands hold the same age, be it only a shared border
    GAP = "gap"  # an age stands in no band: between two of them, or below the first
    NOT_OPEN_ENDED = "not_open_ended"  # the last band ends, so that the oldest stand nowhere


class AgeBandsError(ValueError):
    """The bands would count somebody twice or not at all; `problem` says how."""

    def __init__(self, problem: AgeBandsProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class AgeBand:
    """The ages from `youngest` to `oldest` in completed years, both included.

    `oldest` is None for a band without an upper end, `youngest` is None for the band of unknown age.
    """

    youngest: int | None
    oldest: int | None

    @property
    def key(self) -> str:
        """ "6-14", "5", "60+"; for unknown the key that stands for "not recorded"."""
        if self.youngest is None:
            return MISSING
        if self.oldest is None:
            return f"{self.youngest}+"
        return f"{self.youngest}" if self.youngest == self.oldest else f"{self.youngest}-{self.oldest}"


UNKNOWN = AgeBand(None, None)
"""The band of those whose age is not known. It is shown with the others, never dropped."""


@dataclass(frozen=True, slots=True)
class AgeBands:
    """Bands in rising order without gap or overlap, from 0 to an open end. Raises AgeBandsError otherwise."""

    known: tuple[AgeBand, ...]

    def __post_init__(self) -> None:
        if not self.known:
            raise AgeBandsError(AgeBandsProblem.EMPTY)
        next_age: int | None = 0
        for band in self.known:
            next_age = _age_after(band, next_age)
        if next_age is not None:
            raise AgeBandsError(AgeBandsProblem.NOT_OPEN_ENDED)

    @classmethod
    def from_bounds(cls, bounds: Iterable[int]) -> AgeBands:
        """Bands that begin at these ages: 0, 6, 18 make 0-5, 6-17 and 18+."""
        begins = tuple(bounds)
        bands = [AgeBand(begin, following - 1) for begin, following in pairwise(begins)]
        return cls((*bands, *(AgeBand(begin, None) for begin in begins[-1:])))

    @property
    def bounds(self) -> tuple[int, ...]:
        """The ages at which the bands begin; `from_bounds` makes the same bands of them again."""
        return tuple(band.youngest for band in self.known if band.youngest is not None)

    @property
    def all(self) -> tuple[AgeBand, ...]:
        """Every band, unknown last."""
        return (*self.known, UNKNOWN)

    def of_age(self, age: int | None) -> AgeBand:
        """The band of an age in completed years; unknown for None, below 0 and above 130."""
        if age is None or not 0 <= age <= OLDEST:
            return UNKNOWN
        return next(band for band in self.known if band.oldest is None or age <= band.oldest)

    def of_birth_date(self, born_on: date | None, on: date) -> AgeBand:
        """The band on a reference date; unknown for None and for whoever is born later."""
        return self.of_age(None if born_on is None else age_on(born_on, on))

    def of_birth_year(self, year: int | None, on: date) -> AgeBand:
        """The band by the age that is reached within the year of the reference date.

        Where only the year is stored, half of the people are a year younger than counted on average;
        this is the birth year method of official statistics.
        """
        return self.of_age(None if year is None else on.year - year)


def age_on(born_on: date, on: date) -> int:
    """Completed years of life on a day; negative before birth.

    Whoever is born on 29 February completes a year in other years with the end of 28 February, and is
    a year older on 1 March (sections 187 and 188 of the Civil Code).
    """
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def _age_after(band: AgeBand, next_age: int | None) -> int | None:
    """The first age that no band up to this one holds; None after an open end."""
    if band.youngest is None or next_age is None or band.youngest < next_age:
        raise AgeBandsError(
            AgeBandsProblem.NEGATIVE if (band.youngest or 0) < 0 else AgeBandsProblem.OVERLAP,
        )
    if band.youngest > next_age:
        raise AgeBandsError(AgeBandsProblem.GAP)
    if band.oldest is None:
        return None
    if band.oldest < band.youngest:
        raise AgeBandsError(AgeBandsProblem.BACKWARDS)
    return band.oldest + 1
