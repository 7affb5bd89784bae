"""Questions of the explorer that the synthetic county keeps."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import TypedDict
from urllib.parse import urlencode

from kimwerk.desk.demo.casework import acting_as
from kimwerk.desk.demo.ground import Ground
from kimwerk.reporting.catalogue import figure
from kimwerk.reporting.services.exploring import ExplorationFacts, keep_exploration


class Kept(TypedDict):
    """A question under its name."""

    title: str
    question: dict[str, str]


class KeptQuestions(TypedDict):
    """The data file."""

    keeper: str
    organisation: str
    kept: list[Kept]


def load_explorations(ground: Ground) -> None:
    """Keep the questions, and share them with colleagues."""
    text = files("kimwerk.desk.demo").joinpath("explorations.toml").read_text(encoding="utf-8")
    told: KeptQuestions = tomllib.loads(text)  # type: ignore[assignment]  # the file is ours, and the demo's test reads it
    with acting_as(ground, told["keeper"]) as actor:
        for each in told["kept"]:
            facts = ExplorationFacts(
                title=each["title"],
                question=urlencode(each["question"]),
                organisation_id=ground.organisations[told["organisation"]],
                is_shared=True,
            )
            keep_exploration(actor=actor, figure=figure(each["question"]["figure"]), facts=facts)
