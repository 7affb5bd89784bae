"""What one is still writing."""

from __future__ import annotations

from django.db.models import QuerySet

from kimwerk.access.actors import Actor
from kimwerk.access.kept import Question, kept
from kimwerk.casework.models import Case, Draft
from kimwerk.casework.sealing import Texts
from kimwerk.casework.types import Sealed

MOST = 50
"""So many drafts are shown."""


@kept
def _drafts(actor: Actor) -> QuerySet[Draft]:
    return Draft.objects.visible_to(actor).select_related("case").order_by("-kept_at")[:MOST]


@kept
def _drafts_in(actor: Actor, case: int) -> QuerySet[Draft]:
    return Draft.objects.visible_to(actor).filter(case=case).order_by("-kept_at")[:MOST]


def question_of_drafts(actor: Actor, case: Case) -> Question:
    """What `drafts_of` asks of one case, for whoever asks more at once."""
    return _drafts_in.of(actor, case.pk)


def draft_of(actor: Actor, case: Case, form: str) -> str:
    """The form as it was kept, empty if it was not. One query."""
    found = Draft.objects.visible_to(actor).filter(case=case, form=form).first()
    return Texts(case.person_id).open(found.content, Sealed.DRAFT) if found else ""


def drafts_of(actor: Actor, case: Case | None = None) -> tuple[Draft, ...]:
    """The actor's drafts, in one case or in all, newest first. One query."""
    return tuple(_drafts_in(actor, case.pk) if case else _drafts(actor))
