"""Invents the cases of the first two years, for the evaluation of 2024 to count; none lies in the window of the first.

They are in the care of colleagues who have no other cases, so that the lists of the others show the present.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from random import Random

from kimwerk.desk.demo.caseload import Caseload, Client, Ending, Meeting, Member, Story, the_caseload
from kimwerk.desk.demo.county import County, Person, Weights
from kimwerk.desk.demo.drafts import pick_one, pick_some

LONGEST_FIRST_TALK = 21
"""Days from the opening of a case to its second contact at most."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where people come from: their language, their names, their title, and the years in which they arrived."""

    weight: int
    nationality: str
    tongue: str
    endings: Sequence[str]
    female: Sequence[str]
    male: Sequence[str]
    title: str
    arrived: Sequence[int]


@dataclass(frozen=True, slots=True)
class End:
    """Why cases ended, and how far their goals were reached."""

    weight: int
    reason: str
    attainment: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """Everything in the file. `per_month` and `days_open` are from and to; `household` is in a hundred people."""

    first: date
    last: date
    per_month: Sequence[int]
    days_open: Sequence[int]
    household: int
    stems: Sequence[str]
    german: Sequence[str]
    origins: Sequence[Origin]
    ends: Sequence[End]
    kinds: Weights
    access: Weights


@cache
def the_earlier() -> Earlier:
    """What the data file says."""
    table = tomllib.loads(files("kimwerk.desk.demo").joinpath("earlier.toml").read_text("utf-8"))
    lists = {
        "origins": [Origin(**entry) for entry in table["origins"]],
        "ends": [End(**entry) for entry in table["ends"]],
    }
    return Earlier(**table | lists)


def plan_earlier(county: County, seed: int, today: date) -> Caseload:
    """People and cases, told in days back from today, as the rest of the caseload is."""
    told = the_earlier()
    people: dict[str, Client] = {}
    cases: list[Story] = []
    for day, chance in _openings(county, told, seed):
        client = _client(told, chance, day)
        while client.key in people:
            client = _client(told, chance, day)
        people[client.key] = client
        cases.append(_story(county, told, chance, client=client, opened=day, today=today))
    return Caseload(rules=(), people=people, cases=cases)


def _openings(county: County, told: Earlier, seed: int) -> Iterator[tuple[date, Random]]:
    """The days on which cases are opened, month by month, each with chances of its own."""
    days = [told.first + timedelta(days=back) for back in range((told.last - told.first).days + 1)]
    months: dict[tuple[int, int], list[date]] = {}
    for day in filter(county.is_working_day, days):
        months.setdefault((day.year, day.month), []).append(day)
    for month, working in months.items():
        chance = Random(f"earlier/{seed}/{month}")  # noqa: S311  # invents data, keeps no secret
        for day in sorted(chance.sample(working, chance.randint(*told.per_month))):
            yield day, chance


def _client(told: Earlier, chance: Random, opened: date) -> Client:
    """Somebody, known by their name."""
    origin = chance.choices(told.origins, [each.weight for each in told.origins])[0]
    sex = chance.choice(("female", "male"))
    german = chance.choice(told.german)
    family = f"{chance.choice(told.stems)}{chance.choice(origin.endings)}"
    given = chance.choice(origin.female if sex == "female" else origin.male)
    children = chance.randint(1, 2) if chance.randrange(100) < told.household else 0
    return Client(
        key=f"{given} {family}",
        family=family,
        given=given,
        sex=sex,
        nationality=origin.nationality,
        tongue=origin.tongue,
        arrived=min(date(chance.randint(*origin.arrived), chance.randint(1, 12), chance.randint(1, 28)), opened),
        year=chance.randint(1958, 2001),
        german=german,
        interpreter=german in {"", "A1"},
        title=origin.title,
        household=[
            Member("child", chance.choice((*origin.female, *origin.male)), chance.randint(2010, 2021))
            for _ in range(children)
        ],
    )


def _story(county: County, told: Earlier, chance: Random, *, client: Client, opened: date, today: date) -> Story:
    """A case with two contacts, the second of them by telephone, and its end."""

    def ago(day: date) -> int:
        return (today - day).days

    closed = opened + timedelta(days=chance.randint(*told.days_open))
    second = min(opened + timedelta(days=chance.randint(5, LONGEST_FIRST_TALK)), closed)
    end = chance.choices(told.ends, [each.weight for each in told.ends])[0]
    topics = pick_some(chance, county.topics, 2)
    return Story(
        person=client.key,
        manager=chance.choice(_colleagues(county, opened)).key,
        kind=pick_one(chance, told.kinds),
        access=pick_one(chance, told.access),
        ago=ago(opened),
        decision="advice" if end.attainment == "none_agreed" else "case_management",
        reason="Mehrere Stellen waren beteiligt.",
        contacts=[
            Meeting(ago(opened), "erstgespraech", chance.choice((30, 45, 60)), topics),
            Meeting(ago(second), "beratung-telefon", chance.choice((10, 15, 20)), topics[:1], "telefon"),
        ],
        closing=Ending(ago(closed), end.reason, end.attainment),
    )


def _colleagues(county: County, day: date) -> Sequence[Person]:
    busy = {story.manager for story in the_caseload().cases}
    return [each for each in county.case_managers if each.key not in busy and each.since <= day]
