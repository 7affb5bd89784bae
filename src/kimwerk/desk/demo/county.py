"""What the county's data file says, typed. The fields are named as in the file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files

from kimwerk.kernel.holidays import is_holiday

Weights = Mapping[str, int]
"""How often each of several codes is chosen, relative to each other."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What an activity of a kind usually is. `least` and `weigh`: participants of target group and partners."""

    code: str
    minutes: Sequence[int]
    channels: Weights
    least: Sequence[int]
    weigh: Sequence[int]
    topics: Sequence[int]
    partners: Sequence[int] = (0, 0)
    days: int = 1
    ukraine: bool = False
    refers: bool = False

    @property
    def is_network(self) -> bool:
        """Whether it is done with partners rather than with the people counselled."""
        return self.least[1] > 0 and self.least[0] == 0


@dataclass(frozen=True, slots=True)
class Month:
    """A stretch of days and how many activities of each kind fall into it."""

    first: date
    last: date
    counts: Weights


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation with its offices; a controller keeps own data here."""

    key: str
    name: str
    kind: str
    municipality: str = ""
    is_controller: bool = False
    offices: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class ContactEntry:
    """A professional contact at an organisation."""

    organisation: str
    family: str
    given: str
    function: str
    office: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A site in a municipality; `ukraine` weighs how many people from Ukraine came there."""

    key: str
    name: str
    municipality: str
    organisation: str = "rsk"
    ukraine: int = 0


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account; `post` is the share of a full post in hundredths."""

    key: str
    given: str
    family: str
    role: str
    since: date
    organisation: str = "rsk"
    post: int = 0
    sites: Sequence[str] = ()
    is_in_cast: bool = False
    favourites: Sequence[Sequence[str]] = ()
    recent: str = ""

    @property
    def is_on_site(self) -> bool:
        """Whether this is one of the county's case managers in the town halls."""
        return self.role == "case_manager" and self.organisation == "rsk" and bool(self.sites)


@dataclass(frozen=True, slots=True)
class Later:
    """A stretch of days after those of the source: `per_day` entries in a hundred full working days of a full post."""

    first: date
    last: date
    per_day: int
    kinds: Weights


@dataclass(frozen=True, slots=True)
class Recent:
    """The last weeks before today: `per_day` entries in a hundred full working days."""

    days: int
    per_day: int
    kinds: Mapping[str, Weights]


@dataclass(frozen=True, slots=True)
class County:
    """The whole county before a seed has moved anything."""

    name: str
    district: str
    privacy_form_on: date
    counted_from: date
    last_day: date
    ukraine_from: date
    visited: Sequence[str]
    participants_target: int
    participants_partner: int
    closed_days: frozenset[date]
    months: tuple[Month, ...]
    kinds: Mapping[str, Kind]
    referral_targets: Weights
    topics: Weights
    target_groups: Weights
    legal_circles: Weights
    missing: Weights
    later: tuple[Later, ...]
    recent: Recent
    organisations: tuple[Body, ...]
    contacts: tuple[ContactEntry, ...]
    places: Mapping[str, Place]
    people: tuple[Person, ...]
    case_managers: tuple[Person, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "case_managers", tuple(person for person in self.people if person.is_on_site))

    def is_working_day(self, day: date) -> bool:
        """Whether the offices are open: Monday to Friday without holidays and the closed days of the file."""
        return day.weekday() < 5 and day not in self.closed_days and not is_holiday(day)


@cache
def the_county() -> County:
    """The county of the data file."""
    table = tomllib.loads(files("kimwerk.desk.demo").joinpath("county.toml").read_text("utf-8"))
    lists = ("referral_targets", "topics", "target_groups", "legal_circles", "missing")
    return County(
        **table["facts"],
        **{name: table[name] for name in lists},
        closed_days=frozenset(table["calendar"]["closed_days"]),
        months=tuple(
            Month(first, last, {code: row[index] for code, row in table["months"]["counts"].items()})
            for index, (first, last) in enumerate(zip(table["months"]["first"], table["months"]["last"], strict=True))
        ),
        kinds={code: Kind(code=code, **entry) for code, entry in table["kinds"].items()},
        later=tuple(Later(**entry) for entry in table["later"]),
        recent=Recent(**table["recent"]),
        organisations=tuple(Body(**entry) for entry in table["organisations"]),
        contacts=tuple(ContactEntry(**entry) for entry in table["contacts"]),
        places={entry["key"]: Place(**entry) for entry in table["sites"]},
        people=tuple(Person(**entry) for entry in table["people"]),
    )
