"""What was told to the public."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from kimwerk.access.actors import Actor
from kimwerk.network.models import Publication
from kimwerk.network.types import PublicationKind


@dataclass(frozen=True, slots=True)
class PublicationWish:
    """Which publications are asked for."""

    kind: PublicationKind | None = None
    year: int | None = None


def publications_for(actor: Actor, wish: PublicationWish) -> QuerySet[Publication]:
    """The publications asked for, the newest first."""
    found = Publication.objects.visible_to(actor).select_related("municipality")
    if wish.kind is not None:
        found = found.filter(kind=wish.kind.value)
    if wish.year is not None:
        found = found.filter(published_on__year=wish.year)
    return found.order_by("-published_on", "-pk")
