"""Writing the ledger: what is published is entered, and stays."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.directory.models import Organisation
from kimwerk.reporting.disclosure.keeping import as_kept
from kimwerk.reporting.disclosure.publication import ProtectedPublication
from kimwerk.reporting.disclosure.rules import Policy
from kimwerk.reporting.models import PublishedTable
from kimwerk.reporting.policies import may_release_for


@transaction.atomic
def enter(
    *, actor: Actor, organisation: Organisation, name: str, publication: ProtectedPublication, policy: Policy
) -> tuple[PublishedTable, ...]:
    """Enter every table of a publication, in the transaction that publishes it."""
    if not may_release_for(actor, organisation.pk) or actor.account_id is None:
        raise PermissionDenied
    now = timezone.now()
    rows = PublishedTable.objects.bulk_create(
        PublishedTable(
            organisation=organisation,
            publication=name,
            position=position,
            name=protected.table.name,
            figure=protected.table.figure,
            definition=protected.table.definition,
            window_start=protected.table.window.start,
            window_end=protected.table.window.end,
            kept=as_kept(protected),
            threshold=policy.threshold,
            published_at=now,
            published_by_id=actor.account_id,
        )
        for position, protected in enumerate(publication.tables)
    )
    for row in rows[:1]:
        record(actor=actor, action="table.published", subject=row)
    return tuple(rows)
