"""Saying what entries of casework's lists are called in the statistics of the Land."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from kimwerk.access.actors import Actor
from kimwerk.activities.models.mapping import code_of
from kimwerk.activities.services.mappings import give_way
from kimwerk.activities.types import LAND_SCHEME
from kimwerk.audit.services import record
from kimwerk.casework.models import Choice, ChoiceMapping
from kimwerk.casework.policies import may_keep_lists


@transaction.atomic
def map_choice(*, actor: Actor, choice: Choice, label: str, since: date | None = None) -> None:
    """Say what the Land calls an entry; an empty label takes the name off.

    `since` is the first day on which it is called so, and keeps what held before; None corrects the latest name, for
    all of its days.
    """
    if not may_keep_lists(actor):
        raise PermissionDenied
    current = Choice.objects.select_for_update(of=("self",)).get(pk=choice.pk)
    latest = ChoiceMapping.objects.filter(choice=current, scheme=LAND_SCHEME).order_by("-valid").first()
    if (latest.label if latest and latest.is_current else "") == label:
        return
    begins = give_way(latest, since)
    if label:
        ChoiceMapping.objects.create(
            choice=current,
            scheme=LAND_SCHEME,
            label=label,
            code=code_of(label),
            valid=DateRange(begins, None),
        )
    record(actor=actor, action="choice.mapped", subject=current)
