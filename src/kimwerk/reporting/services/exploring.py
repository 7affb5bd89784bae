"""Keeping questions of the explorer, and placing one into a report."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.audit.services import record
from kimwerk.kernel.figures import Figure
from kimwerk.kernel.hashing import content_hash
from kimwerk.reporting.markup import clean
from kimwerk.reporting.models import Exploration

MOST_KEPT = 200
"""Questions of one person; more are not found again."""


class TitleIsTaken(Exception):
    """The actor keeps another question under this title."""


class TooManyKept(Exception):
    """The actor keeps as many questions as one can find again."""


@dataclass(frozen=True, slots=True)
class ExplorationFacts:
    """A question to be kept: under which name, whose figures it is about, and whether colleagues see it."""

    title: str
    question: str
    organisation_id: int
    is_shared: bool = False


def definition_hash(figure: Figure[Actor]) -> str:
    """A hash of what the figure counts, among what and in which unit."""
    return content_hash({"counts": str(figure.counts), "population": str(figure.population), "unit": figure.unit})


@transaction.atomic
def keep_exploration(*, actor: Actor, figure: Figure[Actor], facts: ExplorationFacts) -> Exploration:
    """Keep a question under a name. Raises TitleIsTaken and TooManyKept."""
    homes = actor.scope(Permission.FIGURE_READ).touched_organisations
    if actor.account_id is None or facts.organisation_id not in homes:
        raise PermissionDenied
    if Exploration.objects.kept_by_actor(actor).count() >= MOST_KEPT:
        raise TooManyKept
    try:
        with transaction.atomic():
            kept = Exploration.objects.create(
                organisation_id=facts.organisation_id,
                title=clean(facts.title),
                question=facts.question,
                figure=figure.key,
                definition=definition_hash(figure),
                is_shared=facts.is_shared,
                kept_by_id=actor.account_id,
            )
    except IntegrityError as error:
        raise TitleIsTaken from error
    record(actor=actor, action="exploration.kept", subject=kept)
    return kept


@transaction.atomic
def share_exploration(*, actor: Actor, exploration: Exploration, is_shared: bool) -> None:
    """Let colleagues who read figures see the question, or not any more."""
    current = _own(actor, exploration)
    if current.is_shared != is_shared:
        current.is_shared = is_shared
        current.save(update_fields=["is_shared"])
        record(actor=actor, action=f"exploration.{'shared' if is_shared else 'unshared'}", subject=current)


@transaction.atomic
def remove_exploration(*, actor: Actor, exploration: Exploration) -> None:
    """Forget a question. Nothing is lost but the question."""
    current = _own(actor, exploration)
    record(actor=actor, action="exploration.removed", subject=current)
    current.delete()


def _own(actor: Actor, exploration: Exploration) -> Exploration:
    found = Exploration.objects.kept_by_actor(actor).select_for_update().filter(pk=exploration.pk).first()
    if found is None:
        raise PermissionDenied
    return found
