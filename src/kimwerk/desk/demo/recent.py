"""Plans the last weeks before today, so that the demo's diary looks lived in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from kimwerk.desk.demo.county import County, Person, Weights
from kimwerk.desk.demo.drafts import Entry, draft_entry, pick_one


def plan_recent(county: County, seed: int, today: date) -> tuple[Entry, ...]:
    """Entries of the last weeks up to yesterday. What a day brings depends on seed and day alone."""
    days = [today - timedelta(days=back) for back in range(county.recent.days, 0, -1)]
    entries = [
        entry
        for day in days
        if county.is_working_day(day)
        for person in county.people
        for entry in _day_of(county, seed, person, day)
    ]
    return tuple(sorted(entries, key=lambda entry: entry.entered_at))


def plan_day(
    county: County, chance: Random, *, kinds: Weights, per_day: int, person: Person, day: date
) -> Iterator[Entry]:
    """What somebody did on a day: about `per_day` entries in a hundred days of a full post, of these kinds."""
    wanted = chance.uniform(0.4, 1.6) * per_day * person.post / 10_000
    for _ in range(int(wanted) + (chance.random() < wanted % 1)):
        kind = county.kinds[pick_one(chance, kinds)]
        draft = draft_entry(county, chance, kind=kind, day=day, person=person)
        target, partner = (
            least + (chance.randrange(3) if weight else 0) for least, weight in zip(kind.least, kind.weigh, strict=True)
        )
        entered_at = datetime.combine(day, draft.entered_at.timetz())
        yield replace(draft, last_day=None, target=target, partner=partner, entered_at=entered_at)


def _day_of(county: County, seed: int, person: Person, day: date) -> Iterator[Entry]:
    kinds = _kinds_of(county, person)
    if kinds is None:
        return
    chance = Random(f"recent/{seed}/{person.key}/{day}")  # noqa: S311  # invents data, keeps no secret
    yield from plan_day(county, chance, kinds=kinds, per_day=county.recent.per_day, person=person, day=day)


def _kinds_of(county: County, person: Person) -> Weights | None:
    """What somebody usually does; None for those who log nothing."""
    if person.recent:
        return county.recent.kinds[person.recent]
    return county.recent.kinds["case_manager"] if person.role == "case_manager" else None
