"""The register of needs and gaps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, QuerySet, Sum

from kimwerk.access.actors import Actor
from kimwerk.needs.models import Gap, Need
from kimwerk.needs.types import GapState, NeedState, Origin

FEWEST = 3
"""Fewer needs out of counselling than this are not told as a number: they could point at somebody."""

COMPARED = 30
SIMILAR_SHOWN = 5
SAME_TOPIC = 0.2
IN_CONFIDENCE = (Origin.COUNSELLING, Origin.REFERRAL)
"""Origins whose needs come out of single cases."""


@dataclass(frozen=True, slots=True)
class NeedWish:
    """Which needs are asked for."""

    state: NeedState | None = None
    origin: Origin | None = None
    municipality_id: int | None = None
    topic_id: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """How often a gap was named, by origin; None where the number is too small to tell."""

    origin: Origin
    count: int | None


def needs_for(actor: Actor, wish: NeedWish) -> QuerySet[Need]:
    """The needs asked for, those named last first."""
    found = Need.objects.visible_to(actor).select_related("municipality", "topic", "target_group", "gap")
    wanted = {
        "state": wish.state.value if wish.state else None,
        "origin": wish.origin.value if wish.origin else None,
        "municipality": wish.municipality_id,
        "topic": wish.topic_id,
    }
    found = found.filter(**{name: value for name, value in wanted.items() if value is not None})
    return found.order_by("-named_on", "-pk")


def gaps_for(actor: Actor, state: GapState | None = None) -> QuerySet[Gap]:
    """Gaps, or those in one state, by name."""
    found = Gap.objects.visible_to(actor)
    if state is not None:
        found = found.filter(state=state.value)
    return found.order_by("title")


def counts_of(actor: Actor, gaps: list[Gap]) -> dict[int, int]:
    """How many needs stand in each of the gaps."""
    bundled = Need.objects.visible_to(actor).filter(gap__in=gaps)
    return dict(bundled.values_list("gap").annotate(count=Count("pk")).order_by())


def evidence_of(actor: Actor, gap: Gap) -> list[Evidence]:
    """How often the gap was named, and where."""
    bundled = Need.objects.visible_to(actor).filter(gap=gap.pk).values_list("origin")
    counts = dict(bundled.annotate(count=Sum("times")).order_by())
    return [Evidence(origin, _told(origin, counts[origin.value])) for origin in Origin if origin.value in counts]


def _told(origin: Origin, count: int) -> int | None:
    return None if origin in IN_CONFIDENCE and count < FEWEST else count


def similar_to(actor: Actor, need: Need) -> list[Need]:
    """Needs that could be the same one, the likest first: by German word stems and by letters, and by topic.

    The database looks them up in an index beside the walls and asks itself whether the actor reads the register.
    """
    with connection.cursor() as cursor:
        cursor.execute("select * from needs_similar(%s, %s)", [need.pk, COMPARED])
        likeness: dict[int, float] = dict(cursor.fetchall())
    others = Need.objects.visible_to(actor).filter(pk__in=likeness).exclude(state=NeedState.REJECTED.value)
    found = list(others.select_related("gap", "municipality", "topic", "target_group"))
    return sorted(found, key=lambda other: (-_score(need, other, likeness), -other.pk))[:SIMILAR_SHOWN]


def _score(need: Need, other: Need, likeness: Mapping[int, float]) -> float:
    is_same_topic = need.topic_id is not None and need.topic_id == other.topic_id
    return likeness[other.pk] + (SAME_TOPIC if is_same_topic else 0.0)
