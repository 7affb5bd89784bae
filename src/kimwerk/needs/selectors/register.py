"""The register of needs and gaps."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from kimwerk.access.actors import Actor
from kimwerk.needs.models import Gap, Need
from kimwerk.needs.types import GapState, NeedState, Origin

FEWEST = 3
"""Fewer needs out of counselling than this are not told as a number: they could point at somebody."""

COMPARED = 300
SIMILAR_SHOWN = 5
WORD = re.compile(r"\w{4,}")


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
    counts = dict(bundled.annotate(count=Count("pk")).order_by())
    return [Evidence(origin, _told(origin, counts[origin.value])) for origin in Origin if origin.value in counts]


def _told(origin: Origin, count: int) -> int | None:
    is_small = origin in (Origin.COUNSELLING, Origin.REFERRAL) and count < FEWEST
    return None if is_small else count


def similar_to(actor: Actor, need: Need) -> list[Need]:
    """Needs that could be the same one: by the words they share, and by topic; the likest first."""
    others = Need.objects.visible_to(actor).filter(organisation=need.organisation_id).exclude(pk=need.pk)
    newest = others.exclude(state=NeedState.REJECTED.value).select_related("gap", "municipality").order_by("-pk")
    scored = [(likeness(need, other), other) for other in newest[:COMPARED]]
    likely = [pair for pair in scored if pair[0] > 0]
    return [other for _score, other in sorted(likely, key=lambda pair: (-pair[0], -pair[1].pk))[:SIMILAR_SHOWN]]


def likeness(one: Need, other: Need) -> float:
    """The share of words that both use, and a little for the same topic; 0 where no word is shared."""
    mine, theirs = words_of(one), words_of(other)
    shared = len(mine & theirs) / len(mine | theirs) if mine | theirs else 0.0
    if not shared:
        return 0.0
    return shared + (0.2 if one.topic_id is not None and one.topic_id == other.topic_id else 0.0)


def words_of(need: Need) -> set[str]:
    """The words of a need that are long enough to mean something, by their beginnings: endings differ in German."""
    return {word[:6] for word in WORD.findall(f"{need.title} {need.text}".casefold())}
