"""The parts of a frozen report beside its sections: cover, the edition it carries on, and what has changed since."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TypedDict

from kimwerk.kernel.figures import Value
from kimwerk.kernel.periods import Period
from kimwerk.reporting.content import Change, Cover, Earlier
from kimwerk.reporting.types import ChangeKind, Competence

WindowJson = TypedDict("WindowJson", {"from": str, "to": str})
NumberJson = int | str | None
"""A number with decimals is an exact text."""


class CoverJson(TypedDict):
    """The head of a council paper."""

    committee: str
    session_on: str
    competence: str
    attachments: list[str]


class EarlierJson(TypedDict):
    """The edition that is carried on."""

    number: int
    title: str
    window: WindowJson
    released_on: str
    content_hash: str


class ChangeJson(TypedDict):
    """A number of the earlier edition beside that of this one."""

    kind: str
    figure: str
    unit: str
    what: str
    before: NumberJson
    after: NumberJson
    places: int
    is_additive: bool
    before_days: int
    after_days: int


def frozen_cover(cover: Cover) -> CoverJson:
    """The cover as plain JSON."""
    return {
        "committee": cover.committee,
        "session_on": cover.session_on.isoformat() if cover.session_on else "",
        "competence": cover.competence.value if cover.competence else "",
        "attachments": list(cover.attachments),
    }


def thawed_cover(cover: CoverJson) -> Cover:
    """The cover that was frozen."""
    return Cover(
        cover["committee"],
        date.fromisoformat(cover["session_on"]) if cover["session_on"] else None,
        Competence(cover["competence"]) if cover["competence"] else None,
        tuple(cover["attachments"]),
    )


def frozen_earlier(earlier: Earlier) -> EarlierJson:
    """The earlier edition as plain JSON."""
    return {
        "number": earlier.number,
        "title": earlier.title,
        "window": window_json(earlier.window),
        "released_on": earlier.released_on.isoformat(),
        "content_hash": earlier.content_hash,
    }


def thawed_earlier(earlier: EarlierJson) -> Earlier:
    """The earlier edition that was frozen."""
    return Earlier(
        earlier["number"],
        earlier["title"],
        period_of(earlier["window"]),
        date.fromisoformat(earlier["released_on"]),
        earlier["content_hash"],
    )


def frozen_change(change: Change) -> ChangeJson:
    """A change as plain JSON."""
    return {
        "kind": change.kind.value,
        "figure": change.figure,
        "unit": change.unit,
        "what": change.what,
        "before": frozen_number(change.before),
        "after": frozen_number(change.after),
        "places": change.places,
        "is_additive": change.is_additive,
        "before_days": change.before_days,
        "after_days": change.after_days,
    }


def thawed_change(change: ChangeJson) -> Change:
    """A change that was frozen."""
    return Change(
        ChangeKind(change["kind"]),
        change["figure"],
        change["unit"],
        change["what"],
        number_of(change["before"]),
        number_of(change["after"]),
        change["places"],
        change["is_additive"],
        change["before_days"],
        change["after_days"],
    )


def frozen_number(value: Value) -> NumberJson:
    """Numbers with decimals are exact texts, as they are in figures."""
    return f"{value:f}" if isinstance(value, Decimal) else value


def window_json(window: Period) -> WindowJson:
    """First and last day."""
    return {"from": window.first_day.isoformat(), "to": window.last_day.isoformat()}


def period_of(window: WindowJson) -> Period:
    """The days from first to last."""
    return Period.of_days(date.fromisoformat(window["from"]), date.fromisoformat(window["to"]))


def number_of(value: NumberJson) -> Value:
    """The number that was frozen."""
    return Decimal(value) if isinstance(value, str) else value
