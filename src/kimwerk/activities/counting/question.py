"""What is asked of the diary, in the numbers of its tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from kimwerk.activities.counting.dimensions import SOURCES, WEEK, WEEKDAY, Shape, Source
from kimwerk.activities.counting.reach import Reach
from kimwerk.kernel.periods import Period, Slice


class Measure(StrEnum):
    """What is summed up over entries. The value names the column of counted months."""

    ACTIVITIES = "activities"
    TARGET = "participants_target"
    PARTNER = "participants_partner"
    MINUTES = "minutes"
    TIMED = "timed"


@dataclass(frozen=True, slots=True)
class Question:
    """Sums of `measures` over the entries of a window within reach, along `by`, narrowed to `only`.

    Members are ids; of slices of time they are positions within the window, of weekdays 1 to 7.
    """

    window: Period
    reach: Reach
    measures: tuple[Measure, ...]
    by: tuple[str, ...] = ()
    only: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    organisation: int | None = None

    @property
    def sources(self) -> tuple[Source, ...]:
        """The dimensions along which is counted."""
        return tuple(SOURCES[key] for key in self.by)

    @property
    def needs_own_total(self) -> bool:
        """Whether the whole is not the sum of its parts: an entry may stand in several of them."""
        return any(source.shape is Shape.SEVERAL for source in self.sources)

    @property
    def has_rims(self) -> bool:
        """Whether the window begins or ends within a month."""
        return not all(part.is_complete for part in months_of(self.window))

    @property
    def is_by_days(self) -> bool:
        """Whether it must be known of an entry on which day of its month it lies."""
        return self.has_rims or not {WEEK, WEEKDAY}.isdisjoint((*self.by, *self.only))


def slices_of(source: Source, window: Period) -> tuple[Slice, ...]:
    """The slices of time of a dimension that the window touches; none for other dimensions."""
    return tuple(source.slices(window)) if source.slices else ()


@lru_cache(maxsize=64)
def months_of(window: Period) -> tuple[Slice, ...]:
    """The months that the window touches; kept, because one question asks for them several times."""
    return tuple(window.months())


def day_codes(source: Source, window: Period) -> list[int]:
    """For every day of the window the member it belongs to: the slice's position, or the weekday."""
    if source.key == WEEKDAY:
        first = window.start.isoweekday() - 1
        return [(first + day) % 7 + 1 for day in range(window.days)]
    codes: list[int] = []
    for position, part in enumerate(slices_of(source, window)):
        codes += [position] * part.covered.days
    return codes
