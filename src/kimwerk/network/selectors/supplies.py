"""Offers, the needs they could serve, and what came of those that were brought together."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from kimwerk.access.actors import Actor
from kimwerk.needs.models import Need
from kimwerk.needs.types import NeedState
from kimwerk.network.models import Pairing, Supply
from kimwerk.network.types import SupplyState

PROPOSED = 10


@dataclass(frozen=True, slots=True)
class SupplyWish:
    """Which offers are asked for."""

    state: SupplyState | None = None
    municipality_id: int | None = None
    topic_id: int | None = None


def supplies_for(actor: Actor, wish: SupplyWish) -> QuerySet[Supply]:
    """The offers asked for, the newest first."""
    found = Supply.objects.visible_to(actor).select_related("partner", "municipality", "topic")
    wanted = {
        "state": wish.state.value if wish.state else None,
        "municipality": wish.municipality_id,
        "topic": wish.topic_id,
    }
    found = found.filter(**{name: value for name, value in wanted.items() if value is not None})
    return found.order_by("-noted_on", "-pk")


def pair_counts(actor: Actor, supplies: list[Supply]) -> dict[int, int]:
    """With how many needs each of the offers was brought together."""
    pairs = Pairing.objects.visible_to(actor).filter(supply__in=supplies)
    return dict(pairs.values_list("supply").annotate(count=Count("pk")).order_by())


def pairs_of(actor: Actor, supply: Supply) -> list[Pairing]:
    """The needs with which an offer was brought together, the newest first."""
    found = Pairing.objects.visible_to(actor).filter(supply=supply)
    return list(found.select_related("need__municipality", "paired_by").order_by("-paired_on", "-pk"))


def fitting_needs(actor: Actor, supply: Supply) -> list[Need]:
    """Needs that an offer could serve: the same topic or target group, at its place, and not asked about yet.

    An offer without a place serves every place; one without topic and target group fits nothing by itself.
    """
    if supply.topic_id is None and supply.target_group_id is None:
        return []
    alike = Q(topic=supply.topic_id) if supply.topic_id is not None else Q()
    if supply.target_group_id is not None:
        alike |= Q(target_group=supply.target_group_id)
    found = Need.objects.visible_to(actor).filter(alike).exclude(state=NeedState.REJECTED.value)
    if supply.municipality_id is not None:
        found = found.filter(Q(municipality=supply.municipality_id) | Q(municipality__isnull=True))
    asked = Pairing.objects.filter(supply=supply, need=OuterRef("pk"))
    found = found.exclude(Exists(asked)).select_related("municipality", "topic", "target_group", "gap")
    return list(found.order_by("-named_on", "-pk")[:PROPOSED])
