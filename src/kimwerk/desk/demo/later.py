"""Carries the diary on from the day on which the source ends to the end of 2023, for an edition to compare with it.

Nothing of it is published anywhere: the source promises to carry on its evaluation and tells no number for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

from kimwerk.desk.demo.county import County, Later
from kimwerk.desk.demo.drafts import Entry
from kimwerk.desk.demo.recent import plan_day


def plan_later(county: County, seed: int) -> tuple[Entry, ...]:
    """Entries of the county's case managers over all later stretches, in the order in which they were entered."""
    entries = [entry for stretch in county.later for entry in _entries_of(county, seed, stretch)]
    return tuple(sorted(entries, key=lambda entry: entry.entered_at))


def _entries_of(county: County, seed: int, stretch: Later) -> Iterator[Entry]:
    chance = Random(f"later/{seed}/{stretch.first}")  # noqa: S311  # invents data, keeps no secret
    for number in range(stretch.first.toordinal(), stretch.last.toordinal() + 1):
        day = date.fromordinal(number)
        if county.is_working_day(day):
            for person in county.case_managers:
                yield from plan_day(
                    county, chance, kinds=stretch.kinds, per_day=stretch.per_day, person=person, day=day
                )
