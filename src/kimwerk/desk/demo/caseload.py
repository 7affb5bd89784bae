"""What the caseload's data file says, typed. The fields are named as in the file; days are counted from today."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Rule:
    """Something the county asks for before somebody is taken into case management."""

    label: str
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a household."""

    relation: str
    given: str
    year: int
    lives_here: bool = True


@dataclass(frozen=True, slots=True)
class Client:
    """A person in care, in every script; of birth the date is known, or the year."""

    key: str
    family: str
    given: str
    sex: str
    nationality: str
    tongue: str
    arrived: date
    organisation: str = "rsk"
    original: Sequence[str] = ()
    born: date | None = None
    year: int | None = None
    german: str = ""
    interpreter: bool = False
    title: str = ""
    title_days: int | None = None
    street: str = ""
    phone: str = ""
    household: Sequence[Member] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """A contact of a case, with what was talked about."""

    ago: int
    kind: str
    minutes: int
    topics: Sequence[str]
    channel: str = "vor-ort"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """An assessment: levels by life domain, and what was said to some of them."""

    ago: int
    occasion: str
    levels: Mapping[str, int]
    urgency: Mapping[str, str] = field(default_factory=dict)
    need: Mapping[str, str] = field(default_factory=dict)
    own_view: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stage:
    """An intermediate step."""

    text: str
    owner: str
    body: str = ""
    due_in: int | None = None
    done: bool = False


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal with its steps; `state` is where it stands if that does not follow from the steps."""

    text: str
    indicator: str
    domain: str
    ago: int
    due_in: int | None = None
    state: str = ""
    steps: Sequence[Stage] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """A day that must not pass unseen."""

    kind: str
    due_in: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a case ended."""

    ago: int
    reason: str
    attainment: str
    remaining: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """A case from its opening to where it stands. Without a decision it is in clarification."""

    person: str
    manager: str
    kind: str
    access: str
    ago: int
    priority: str = "normal"
    deputy: str = ""
    review_in: int | None = None
    decision: str = ""
    reason: str = ""
    contacts: Sequence[Meeting] = ()
    assessments: Sequence[Look] = ()
    goals: Sequence[Aim] = ()
    deadlines: Sequence[Day] = ()
    closing: Ending | None = None


@dataclass(frozen=True, slots=True)
class Caseload:
    """Everything in the file."""

    rules: Sequence[Rule]
    people: Mapping[str, Client]
    cases: Sequence[Story]


@cache
def the_caseload() -> Caseload:
    """The caseload of the data file."""
    table = tomllib.loads(files("kimwerk.desk.demo").joinpath("caseload.toml").read_text("utf-8"))
    people = [
        Client(**entry | {"household": [Member(**each) for each in entry.get("household", ())]})
        for entry in table["people"]
    ]
    cases = [
        Story(
            **entry
            | {
                "contacts": [Meeting(**each) for each in entry.get("contacts", ())],
                "assessments": [Look(**each) for each in entry.get("assessments", ())],
                "goals": [
                    Aim(**each | {"steps": [Stage(**step) for step in each.get("steps", ())]})
                    for each in entry.get("goals", ())
                ],
                "deadlines": [Day(**each) for each in entry.get("deadlines", ())],
                "closing": Ending(**entry["closing"]) if "closing" in entry else None,
            }
        )
        for entry in table["cases"]
    ]
    rules = [Rule(**entry) for entry in table["rules"]]
    return Caseload(rules=rules, people={each.key: each for each in people}, cases=cases)
