"""Keeping what somebody is writing, until it is sent."""

from __future__ import annotations

from django.db import transaction

from kimwerk.access.actors import Actor
from kimwerk.casework.models import Case, Draft
from kimwerk.casework.sealing import Texts
from kimwerk.casework.services.locking import account_of, locked_to_write
from kimwerk.casework.services.refusals import refuse
from kimwerk.casework.types import CaseProblem, Sealed

LONGEST_DRAFT = 200_000


@transaction.atomic
def keep_draft(*, actor: Actor, case: Case, form: str, url: str, content: str) -> Draft:
    """Keep a form as it stands. The errand leaves no line in the log but the change of the row."""
    current = locked_to_write(actor, case)
    if len(content) > LONGEST_DRAFT:
        refuse({"content": CaseProblem.TOO_LONG})
    draft, _ = Draft.objects.update_or_create(
        case=current,
        account_id=account_of(actor),
        form=form,
        defaults={"url": url, "content": Texts(current.person_id).seal(content, Sealed.DRAFT)},
    )
    return draft


@transaction.atomic
def discard_draft(*, actor: Actor, case: Case, form: str) -> None:
    """The form was sent, or is not wanted any more."""
    Draft.objects.filter(case=case, account=account_of(actor), form=form).delete()
