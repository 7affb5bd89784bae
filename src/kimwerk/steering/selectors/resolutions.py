"""Resolutions, as lists and one by one."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.steering.models import Resolution, ResolutionText
from kimwerk.steering.types import Outcome, WorkState


@dataclass(frozen=True, slots=True)
class ResolutionWish:
    """Which resolutions are asked for."""

    committee_id: int | None = None
    outcome: Outcome | None = None
    state: WorkState | None = None
    is_overdue: bool = False


def resolutions_for(actor: Actor, wish: ResolutionWish) -> QuerySet[Resolution]:
    """The resolutions asked for, newest first."""
    found = Resolution.objects.visible_to(actor).select_related("committee", "meeting__committee")
    if wish.committee_id is not None:
        found = found.filter(committee=wish.committee_id)
    if wish.outcome is not None:
        found = found.filter(outcome=wish.outcome.value)
    if wish.state is not None:
        found = found.filter(outcome=Outcome.ADOPTED.value, state=wish.state.value)
    if wish.is_overdue:
        found = found.overdue(timezone.localdate())
    return found.order_by("-decided_on", "-pk")


def texts_of(resolution: Resolution) -> list[ResolutionText]:
    """All versions of the text, the one that holds first."""
    return list(resolution.texts.select_related("written_by").order_by("-number"))
