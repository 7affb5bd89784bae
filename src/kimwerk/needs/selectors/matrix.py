"""Needs by municipality and topic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Sum

from kimwerk.access.actors import Actor
from kimwerk.activities.models import Category
from kimwerk.directory.models import Municipality
from kimwerk.needs.models import Need
from kimwerk.needs.selectors.register import FEWEST, IN_CONFIDENCE
from kimwerk.needs.types import NeedState

Key = tuple[int | None, int | None]
"""A municipality and a topic; None where none was named."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """How often needs were named, by municipality and topic. What single cases gave is left out where it is little."""

    places: tuple[Municipality, ...]
    topics: tuple[Category, ...]
    counts: Mapping[Key, int]
    is_short: bool

    def of_place(self, place_id: int | None) -> int:
        """All needs of a municipality; sums are sums of what is shown, so that nothing left out can be computed."""
        return sum(count for (place, _topic), count in self.counts.items() if place == place_id)

    def of_topic(self, topic_id: int | None) -> int:
        """All needs of a topic."""
        return sum(count for (_place, topic), count in self.counts.items() if topic == topic_id)

    @property
    def total(self) -> int:
        """All needs."""
        return sum(self.counts.values())


def matrix_for(actor: Actor, places: Iterable[Municipality]) -> Matrix:
    """The matrix of everything that was not put aside."""
    found = Need.objects.visible_to(actor).exclude(state=NeedState.REJECTED.value)
    grouped = found.values_list("municipality", "topic", "origin").annotate(count=Sum("times")).order_by()
    openly: Counter[Key] = Counter()
    confided: Counter[Key] = Counter()
    for place, topic, origin, count in grouped:
        (confided if origin in IN_CONFIDENCE else openly)[place, topic] += count
    told = {key: count for key, count in confided.items() if count >= FEWEST}
    counts = openly + Counter(told)
    topics = Category.objects.filter(pk__in={topic for _place, topic in counts if topic}).order_by("position", "label")
    return Matrix(tuple(places), tuple(topics), counts, is_short=len(told) < len(confided))
