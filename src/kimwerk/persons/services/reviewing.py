"""Looking into unusual reading."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.kernel.names import tidy
from kimwerk.persons.models import ReadingReview
from kimwerk.persons.policies import may_review_reading


@transaction.atomic
def review_reading(*, actor: Actor, account_id: int, day: date, note: str) -> ReadingReview:
    """Write down what came of it. Nobody reviews their own reading; what was reviewed stays as it is."""
    if not may_review_reading(actor) or actor.account_id is None or account_id == actor.account_id:
        raise PermissionDenied
    review, is_new = ReadingReview.objects.get_or_create(
        account_id=account_id, day=day, defaults={"note": tidy(note), "reviewed_by_id": actor.account_id}
    )
    if is_new:
        record(actor=actor, action="reading.reviewed", subject=review)
    return review
