"""What one is still writing."""

from __future__ import annotations

from kimwerk.access.actors import Actor
from kimwerk.casework.models import Case, Draft
from kimwerk.casework.sealing import Texts
from kimwerk.casework.types import Sealed


def draft_of(actor: Actor, case: Case, form: str) -> str:
    """The form as it was kept, empty if it was not. One query."""
    found = Draft.objects.visible_to(actor).filter(case=case, form=form).first()
    return Texts(case.person_id).open(found.content, Sealed.DRAFT) if found else ""


def drafts_of(actor: Actor, case: Case | None = None) -> tuple[Draft, ...]:
    """The actor's drafts, in one case or in all, newest first. One query."""
    found = Draft.objects.visible_to(actor)
    return tuple((found.filter(case=case) if case else found.select_related("case")).order_by("-kept_at")[:50])
