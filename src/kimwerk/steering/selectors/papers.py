"""Papers to committees, as a list and one by one."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from kimwerk.access.actors import Actor
from kimwerk.steering.models import Paper, PaperAttachment, PaperStep
from kimwerk.steering.models.paper import WAITING


@dataclass(frozen=True, slots=True)
class PaperWish:
    """Which papers are asked for."""

    committee_id: int | None = None
    is_waiting: bool = False


def papers_for(actor: Actor, wish: PaperWish) -> QuerySet[Paper]:
    """The papers asked for with their way, newest first."""
    found = Paper.objects.visible_to(actor).prefetch_related(_way())
    steps = PaperStep.objects.all()
    if wish.committee_id is not None:
        found = found.filter(pk__in=steps.filter(committee=wish.committee_id).values("paper"))
    if wish.is_waiting:
        found = found.filter(pk__in=steps.filter(outcome__in=WAITING).values("paper"))
    return found.order_by("-written_on", "-pk")


def steps_of(paper: Paper) -> list[PaperStep]:
    """The committees on the way of a paper, in their order."""
    return list(paper.steps.select_related("committee", "meeting__committee").order_by("position"))


def attachments_of(paper: Paper) -> list[PaperAttachment]:
    """What is attached, in order, without the bytes."""
    return list(paper.attachments.defer("content").order_by("position"))


def _way() -> Prefetch[str, QuerySet[PaperStep], str]:
    return Prefetch("steps", PaperStep.objects.select_related("committee").order_by("position"))
