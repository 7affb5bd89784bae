"""Giving an import up, and forgetting files whose time is over."""

from __future__ import annotations

from django.db import connection, transaction

from kimwerk.access.actors import Actor
from kimwerk.activities.models import TallyImport, TallyRow
from kimwerk.activities.services.tallies.states import held, move
from kimwerk.activities.states import TallyState
from kimwerk.activities.uploads.running import is_silent
from kimwerk.audit.services import record

CANCELLABLE = frozenset(
    {
        TallyState.UPLOADED,
        TallyState.REFUSED,
        TallyState.MAPPING,
        TallyState.CHECKING,
        TallyState.CHECKED,
        TallyState.FAILED,
    }
)
KEPT_DAYS = 14
"""Days after its last step for which file and cells of an import are kept."""


@transaction.atomic
def cancel_tally(*, actor: Actor, tally_id: int) -> TallyImport:
    """Give an import up; nothing of it is in the diary. A worker that is at it stops after its batch."""
    tally = held(actor, tally_id, CANCELLABLE)
    if tally.state == TallyState.CHECKING and not is_silent(tally):
        tally.is_cancel_asked = True
        tally.save(update_fields=["is_cancel_asked"])
    else:
        tally.run += 1
        tally.counts = {}
        TallyRow.objects.filter(tally_import=tally).delete()
        move(tally, TallyState.CANCELLED, "run", "counts")
    record(actor=actor, action="tally.cancelled", subject=tally)
    return tally


def forget_uploads(*, days: int = KEPT_DAYS) -> int:
    """Forget the files and cells of imports that nobody has touched for so many days; returns how many.

    Acts as nobody: the database does it behind the walls and takes no other than those that are due.
    """
    with connection.cursor() as cursor:
        cursor.execute("select activities_forget_uploads(%s)", [days])
        row: tuple[int] | None = cursor.fetchone()
        return row[0] if row else 0
