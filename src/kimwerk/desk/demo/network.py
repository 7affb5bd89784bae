"""The network of the synthetic county: contacts, offers brought together with needs, and publications."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import files
from typing import NotRequired, TypedDict

from kimwerk.activities.types import CategoryList
from kimwerk.desk.demo.casework import acting_as
from kimwerk.desk.demo.ground import Ground
from kimwerk.needs.models import Need
from kimwerk.needs.services import report_need
from kimwerk.needs.types import NeedFacts, Origin
from kimwerk.network.services import bring_together, keep_publication, keep_supply, note_encounter, note_outcome
from kimwerk.network.types import (
    EncounterFacts,
    EncounterKind,
    Outcome,
    PublicationFacts,
    PublicationKind,
    Reach,
    SupplyFacts,
    SupplyState,
)

EncounterTold = TypedDict(
    "EncounterTold",
    {
        "by": str, "kind": str, "title": str, "with": NotRequired[str], "group": NotRequired[str],
        "function": NotRequired[str], "town": NotRequired[str], "text": NotRequired[str], "on": NotRequired[date],
        "ago": NotRequired[int], "next_in": NotRequired[int],
    },
)  # fmt: skip


class NeedTold(TypedDict):
    """A need that an offer could serve."""

    by: str
    title: str
    occasion: str
    town: str
    target_group: str
    on: date


SupplyTold = TypedDict(
    "SupplyTold",
    {
        "by": str, "with": str, "title": str, "text": NotRequired[str], "target_group": str, "town": str,
        "places": int, "from": NotRequired[date], "state": str, "needs": list[str],
    },
)  # fmt: skip


class PublicationTold(TypedDict):
    """Something told to the public."""

    by: str
    kind: str
    title: str
    medium: str
    on: date
    reach: NotRequired[int]
    reach_kind: NotRequired[str]


class NetworkTold(TypedDict):
    """The data file."""

    encounters: list[EncounterTold]
    needs: list[NeedTold]
    supplies: list[SupplyTold]
    publications: list[PublicationTold]


def load_network(ground: Ground) -> None:
    """Write down the contacts, report the needs and bring offers together with them, enter the publications."""
    text = files("kimwerk.desk.demo").joinpath("network.toml").read_text(encoding="utf-8")
    told: NetworkTold = tomllib.loads(text)  # type: ignore[assignment]  # the file is ours, and the demo's test reads it
    home = ground.organisations["rsk"]
    for each in told["encounters"]:
        with acting_as(ground, each["by"]) as actor:
            note_encounter(actor=actor, organisation_id=home, facts=_encounter(ground, each))
    needs = {each["title"]: _need(ground, each) for each in told["needs"]}
    for offered in told["supplies"]:
        _supply(ground, offered, needs)
    for published in told["publications"]:
        counted = published.get("reach_kind")
        facts = PublicationFacts(
            PublicationKind(published["kind"]),
            published["title"],
            published["medium"],
            published["on"],
            reach=published.get("reach"),
            reach_kind=Reach(counted) if counted else None,
        )
        with acting_as(ground, published["by"]) as actor:
            keep_publication(actor=actor, organisation_id=home, facts=facts)


def _encounter(ground: Ground, told: EncounterTold) -> EncounterFacts:
    day = told["on"] if "on" in told else ground.working_day(told["ago"])
    return EncounterFacts(
        EncounterKind(told["kind"]),
        day,
        told["title"],
        ground.organisations[told["with"]] if "with" in told else None,
        told.get("group", ""),
        told.get("function", ""),
        ground.municipalities[told["town"]] if "town" in told else None,
        told.get("text", ""),
        ground.today + timedelta(days=told["next_in"]) if "next_in" in told else None,
    )


def _need(ground: Ground, told: NeedTold) -> Need:
    facts = NeedFacts(
        told["title"],
        Origin.WORKING_GROUP,
        told["on"],
        occasion=told["occasion"],
        municipality_id=ground.municipalities[told["town"]],
        target_group_id=ground.categories[CategoryList.TARGET_GROUP.value, told["target_group"]],
    )
    with acting_as(ground, told["by"]) as actor:
        return report_need(actor=actor, organisation_id=ground.organisations["rsk"], facts=facts)


def _supply(ground: Ground, told: SupplyTold, needs: dict[str, Need]) -> None:
    facts = SupplyFacts(
        told["title"],
        ground.organisations[told["with"]],
        told.get("text", ""),
        target_group_id=ground.categories[CategoryList.TARGET_GROUP.value, told["target_group"]],
        municipality_id=ground.municipalities[told["town"]],
        places=told["places"],
        from_day=told.get("from"),
    )
    home = ground.organisations["rsk"]
    with acting_as(ground, told["by"]) as actor:
        supply = keep_supply(actor=actor, organisation_id=home, facts=facts)
        for title in told["needs"]:
            pairing = bring_together(actor=actor, supply=supply, need=needs[title], on=told.get("from"))
            note_outcome(actor=actor, pairing=pairing, outcome=Outcome.BEGUN, note="mit 16 Teilnehmenden")
        if told["state"] != SupplyState.OPEN:
            state = SupplyState(told["state"])
            keep_supply(actor=actor, organisation_id=home, facts=replace(facts, state=state), supply=supply)
