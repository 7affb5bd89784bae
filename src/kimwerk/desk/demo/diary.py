"""Plans the diary of the source's months from a seed, with the published totals in it exactly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from random import Random

from kimwerk.desk.demo.county import County, Kind, Month, Person
from kimwerk.desk.demo.drafts import Entry, draft_entry

MOST_IN_ONE = 24
"""No entry of the plan has more participants of one sort, so that the sums stay believable."""


def plan_diary(county: County, seed: int) -> tuple[Entry, ...]:
    """All entries from October 2021 to the last counted day, in the order in which they were entered."""
    chance = Random(f"diary/{seed}")  # noqa: S311  # invents data, keeps no secret
    drafts = [
        draft_entry(county, chance, kind=county.kinds[code], day=day, person=_person(county, chance, code, day))
        for month in county.months
        for code, count in month.counts.items()
        for day in _days(county, chance, county.kinds[code], month, count)
    ]
    return tuple(sorted(_with_participants(county, chance, drafts), key=lambda entry: entry.entered_at))


def _days(county: County, chance: Random, kind: Kind, month: Month, count: int) -> list[date]:
    """So many working days of the month: evenly for most kinds, ever more for people from Ukraine."""
    open_days = [day for day in _all_days(month) if county.is_working_day(day)]
    if kind.ukraine:
        weights = [max((day - county.ukraine_from).days, 0) + 1 for day in open_days]
    else:
        weights = [len(open_days) + index for index, _ in enumerate(open_days)]
    return chance.choices(open_days, weights, k=count)


def _all_days(month: Month) -> Iterator[date]:
    return (date.fromordinal(number) for number in range(month.first.toordinal(), month.last.toordinal() + 1))


def _person(county: County, chance: Random, code: str, day: date) -> Person:
    """One of the case managers employed by then, by the size of the post and, for Ukraine, of the need."""
    there = [person for person in county.case_managers if person.since <= day]
    weights = [
        person.post * (1 + sum(county.places[site].ukraine for site in person.sites))
        if county.kinds[code].ukraine
        else person.post
        for person in there
    ]
    return chance.choices(there, weights)[0]


def _with_participants(county: County, chance: Random, drafts: Sequence[Entry]) -> Iterator[Entry]:
    """The drafts with participants; those that the source counts sum up to its totals."""
    counted = [entry for entry in drafts if entry.day >= county.counted_from]
    yield from (entry for entry in drafts if entry.day < county.counted_from)

    def weigh(sort: int) -> list[int]:
        return [county.kinds[entry.kind].weigh[sort] for entry in counted]

    targets = _share_out(chance, county.participants_target, [e.target for e in counted], weigh(0))
    partners = _share_out(chance, county.participants_partner, [e.partner for e in counted], weigh(1))
    for entry, target, partner in zip(counted, targets, partners, strict=True):
        yield replace(entry, target=target, partner=partner)


def _share_out(chance: Random, total: int, least: Sequence[int], weights: Sequence[int]) -> list[int]:
    """Numbers not below `least` that sum up to the total; who gets the rest is drawn by weight."""
    shares = list(least)
    places = range(len(shares))
    missing = total - sum(shares)
    while missing > 0:
        for place in chance.choices(places, weights, k=missing):
            if shares[place] < MOST_IN_ONE:
                shares[place] += 1
                missing -= 1
    return shares
