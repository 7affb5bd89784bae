"""One planned entry: where, by which channel, about what; some of it left out, as people do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from kimwerk.desk.demo.county import County, Kind, Person, Weights

BERLIN = ZoneInfo("Europe/Berlin")
CHANGE_OF_LEGAL_CIRCLE = date(2022, 6, 1)


@dataclass(frozen=True, slots=True)
class Entry:
    """A planned diary entry: people, places and categories by the keys of the data file."""

    day: date
    last_day: date | None
    person: str
    organisation: str
    kind: str
    channel: str | None
    municipality: str | None
    site: str | None
    topics: Sequence[str]
    target_groups: Sequence[str]
    legal_circles: Sequence[str]
    partners: Sequence[str]
    target: int
    partner: int
    minutes: int | None
    referral_target: str | None
    entered_at: datetime


def draft_entry(county: County, chance: Random, *, kind: Kind, day: date, person: Person) -> Entry:
    """An entry of this kind with the fewest participants it can have."""
    site, municipality = _where(county, chance, kind, person)
    last_day = _last_day(county, chance, kind, day)
    entry = Entry(
        day=day,
        last_day=last_day,
        person=person.key,
        organisation=person.organisation,
        kind=kind.code,
        channel=pick_one(chance, kind.channels),
        municipality=municipality,
        site=site,
        topics=pick_some(chance, county.topics, chance.randint(*kind.topics)),
        target_groups=_target_groups(county, chance, kind),
        legal_circles=_legal_circles(county, chance, kind, day),
        partners=_partners(county, chance, kind, person),
        target=kind.least[0],
        partner=kind.least[1],
        minutes=chance.choice(kind.minutes) * (2 if last_day else 1),
        referral_target=pick_one(chance, county.referral_targets) if kind.refers else None,
        entered_at=_entered_at(chance, last_day or day),
    )
    return _with_gaps(county, chance, entry)


def pick_one(chance: Random, weights: Weights) -> str:
    """One of the codes, by weight."""
    return chance.choices(list(weights), list(weights.values()))[0]


def pick_some(chance: Random, weights: Weights, count: int) -> tuple[str, ...]:
    """So many different codes, by weight; fewer if there are not as many."""
    left = dict(weights)
    chosen: list[str] = []
    while left and len(chosen) < count:
        chosen.append(pick_one(chance, left))
        del left[chosen[-1]]
    return tuple(chosen)


def _where(county: County, chance: Random, kind: Kind, person: Person) -> tuple[str | None, str]:
    """At one of the person's sites; partners are often visited in a municipality without a site."""
    home = [county.places[site] for site in person.sites] or [county.places["kreishaus"]]
    if kind.is_network and person.organisation == "rsk" and chance.random() < 0.3:
        return None, chance.choice(county.visited)
    weights = [place.ukraine * 10 + 1 for place in home] if kind.ukraine else [3, 2, 1][: len(home)]
    place = chance.choices(home, weights)[0]
    return place.key, place.municipality


def _last_day(county: County, chance: Random, kind: Kind, day: date) -> date | None:
    if kind.days == 1 or chance.random() < 0.6:
        return None
    last = day + timedelta(days=kind.days - 1)
    is_possible = county.is_working_day(last) and last.month == day.month and day != county.last_day
    return last if is_possible else None


def _target_groups(county: County, chance: Random, kind: Kind) -> tuple[str, ...]:
    if kind.ukraine:
        return ("ukraine", "alleinerziehende") if chance.random() < 0.15 else ("ukraine",)
    if kind.is_network and chance.random() < 0.5:
        return ()
    return pick_some(chance, county.target_groups, 2 if chance.random() < 0.2 else 1)


def _legal_circles(county: County, chance: Random, kind: Kind, day: date) -> tuple[str, ...]:
    """People from Ukraine fell under the Asylum Seekers Benefits Act until June 2022, then under SGB II."""
    if kind.ukraine:
        circle = "asylblg" if day < CHANGE_OF_LEGAL_CIRCLE else "sgb-ii"
        return (circle,) if chance.random() < 0.8 else ()
    return pick_some(chance, county.legal_circles, chance.choices([0, 1, 2], [3, 5, 2])[0])


def _partners(county: County, chance: Random, kind: Kind, person: Person) -> tuple[str, ...]:
    bodies = [body.key for body in county.organisations if body.key != person.organisation]
    return tuple(chance.sample(bodies, chance.randint(*kind.partners)))


def _entered_at(chance: Random, day: date) -> datetime:
    """The same afternoon, after work."""
    return datetime.combine(day, time(15 + chance.randrange(3), chance.randrange(60), chance.randrange(60)), BERLIN)


def _with_gaps(county: County, chance: Random, entry: Entry) -> Entry:
    """The entry without what nobody wrote down."""

    def is_forgotten(name: str) -> bool:
        return chance.randrange(100) < county.missing[name]

    if is_forgotten("minutes"):
        entry = replace(entry, minutes=None)
    if is_forgotten("channel"):
        entry = replace(entry, channel=None)
    if is_forgotten("municipality"):
        entry = replace(entry, municipality=None, site=None)
    if is_forgotten("site"):
        entry = replace(entry, site=None)
    if is_forgotten("topics"):
        entry = replace(entry, topics=())
    if is_forgotten("target_groups"):
        entry = replace(entry, target_groups=())
    if is_forgotten("referral_target"):
        entry = replace(entry, referral_target=None)
    return entry
