"""Needs of the synthetic county, reported by the cast and bundled by the coordination."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib.resources import files
from typing import NotRequired, TypedDict

from kimwerk.desk.demo.casework import acting_as
from kimwerk.desk.demo.ground import Ground
from kimwerk.events.models import GroupResult
from kimwerk.needs.services import open_gap, report_need, take_over
from kimwerk.needs.types import GapFacts, Level, NeedFacts, Origin, Severity


class NeedTold(TypedDict):
    """A need as it was named."""

    title: str
    occasion: str
    town: str
    origin: str
    on: date
    by: str
    gap: NotRequired[str]


class GapTold(TypedDict):
    """A gap that needs were bundled into."""

    title: str
    text: str
    level: str
    severity: str
    owner: str


class Register(TypedDict):
    """The data file."""

    checked_by: str
    needs: list[NeedTold]
    gaps: list[GapTold]


def load_needs(ground: Ground) -> None:
    """Report the needs, and bundle those that belong together."""
    text = files("kimwerk.desk.demo").joinpath("needs.toml").read_text(encoding="utf-8")
    register: Register = tomllib.loads(text)  # type: ignore[assignment]  # the file is ours, and the demo's test reads it
    bundles: dict[str, list[int]] = {gap["title"]: [] for gap in register["gaps"]}
    for told in register["needs"]:
        number = _report(ground, told)
        if gap := told.get("gap"):
            bundles[gap].append(number)
    with acting_as(ground, register["checked_by"]) as actor:
        for told_gap in register["gaps"]:
            facts = GapFacts(
                told_gap["title"],
                Level(told_gap["level"]),
                Severity(told_gap["severity"]),
                told_gap["text"],
                told_gap["owner"],
            )
            home = ground.organisations["rsk"]
            open_gap(actor=actor, organisation_id=home, facts=facts, need_ids=bundles[told_gap["title"]])


def _report(ground: Ground, told: NeedTold) -> int:
    if told["origin"] == Origin.EVENT.value:
        return _take_over(ground, told)
    facts = NeedFacts(
        told["title"],
        Origin(told["origin"]),
        told["on"],
        occasion=told["occasion"],
        municipality_id=ground.municipalities[told["town"]],
    )
    with acting_as(ground, told["by"]) as actor:
        return report_need(actor=actor, organisation_id=ground.organisations["rsk"], facts=facts).pk


def _take_over(ground: Ground, told: NeedTold) -> int:
    """A need that was named at the table of a kick-off event."""
    with acting_as(ground, told["by"]) as actor:
        result = GroupResult.objects.visible_to(actor).select_related("group__event").get(title=told["title"])
        (need,) = take_over(actor=actor, event=result.group.event, result_ids=[result.pk])
        return need.pk
