"""Why a pair scores as it does: the kinds of agreement, the weightiest first."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from kimwerk.persons.matching.agreements import Agreements
from kimwerk.persons.matching.comparing import Born, Fact, Name
from kimwerk.persons.matching.scoring import Weights

WORTH_SAYING = 0.5
"""Contributions to the log-odds below this need no word, except those of the names and of which is which."""


class Topic(StrEnum):
    """What was compared."""

    GIVEN = "given"
    FAMILY = "family"
    CROSSED = "crossed"
    BORN = "born"
    SEX = "sex"
    PLACE = "place"


KINDS: dict[Topic, type[Name | Born | Fact]] = {
    Topic.GIVEN: Name,
    Topic.FAMILY: Name,
    Topic.BORN: Born,
    Topic.SEX: Fact,
    Topic.PLACE: Fact,
}
TERMS_ABOUT: dict[Topic, tuple[str, ...]] = {
    Topic.GIVEN: ("given", "born_given"),
    Topic.FAMILY: ("family", "born_family", "names"),
    Topic.CROSSED: ("crossed",),
    Topic.BORN: ("born", "born_place"),
    Topic.SEX: ("sex",),
    Topic.PLACE: ("place",),
}
"""Which terms speak of what; every term once, so that the reasons add up to the evidence against chance."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One agreement or disagreement, and what it adds to the log-odds against chance."""

    topic: Topic
    kind: Name | Born | Fact | None
    weight: float


def reasons_for(weights: Weights, agreements: Agreements) -> list[tuple[Reason, ...]]:
    """The reasons of every pair, the weightiest first."""
    added = weights.chance.contributions(agreements)
    columns = agreements.columns()
    told: list[list[Reason]] = [[] for _ in range(len(agreements))]
    for topic, terms in TERMS_ABOUT.items():
        amounts = np.sum([added[term] for term in terms], axis=0)
        kind_of = KINDS.get(topic)
        for reasons, value, amount in zip(told, columns[topic].tolist(), amounts.tolist(), strict=True):
            kind = kind_of(value) if kind_of else None
            if value and (kind_of in (Name, None) or abs(amount) >= WORTH_SAYING):
                reasons.append(Reason(topic, kind, amount))
    return [tuple(sorted(reasons, key=lambda reason: -abs(reason.weight))) for reasons in told]
