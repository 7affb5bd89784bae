"""Taking a whole import back: what it created goes, what it changed is as before."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.activities.states import TallyState
from kimwerk.activities.uploads.running import move
from kimwerk.arrivals.models import ListImport
from kimwerk.arrivals.services.importing.applying import FACTS, KEEP_VERSIONS, wait_for_others
from kimwerk.arrivals.services.importing.running import held
from kimwerk.audit.services import record


@dataclass(frozen=True, slots=True)
class UndoNumbers:
    """What undoing does: rows that go, rows that are as before, rows that somebody has worked on since."""

    removed: int
    restored: int
    kept: int


_UNTOUCHED = """(a.changed_at is null and a.state = 'registered' and a.merged_into_id is null
  and a.accepted_findings = '{}' and not exists (select from arrivals_registration d where d.merged_into_id = a.id)
  and not exists (select from arrivals_caretaken c where c.registration_id = a.id))"""
_AS_APPLIED = "(a.changed_at = i.applied_at and a.merged_into_id is null and a.state in ('registered', 'corrected'))"
_NUMBERS = f"""
select (select count(*) filter (where {_UNTOUCHED}) from arrivals_registration a where a.list_import_id = i.id),
  (select count(*) filter (where {_AS_APPLIED}) from arrivals_listrow r
    join arrivals_registration a on a.id = r.registration_id where r.list_import_id = i.id and r.before is not null),
  (select count(*) filter (where not {_UNTOUCHED}) from arrivals_registration a where a.list_import_id = i.id)
    + (select count(*) filter (where not {_AS_APPLIED}) from arrivals_listrow r
    join arrivals_registration a on a.id = r.registration_id where r.list_import_id = i.id and r.before is not null)
from arrivals_listimport i where i.id = %(list)s"""


def undo_numbers(brought: ListImport) -> UndoNumbers:
    """What undoing this import would do now."""
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERS, {"list": brought.pk})
        return UndoNumbers(*cursor.fetchone())


@transaction.atomic
def undo_list(*, actor: Actor, pk: int) -> UndoNumbers:
    """Take the import back. Rows that somebody has worked on since stay as they are, and are counted."""
    brought = held(actor, pk, {TallyState.APPLIED})
    wait_for_others(brought)
    numbers = undo_numbers(brought)
    with connection.cursor() as cursor:
        for statement in (_FORGET_WORKED_ON, KEEP_VERSIONS, _RESTORE, _REMOVE):
            cursor.execute(statement, {"list": brought.pk})
    brought.undone_at, brought.undone_by_id = timezone.now(), actor.account_id
    brought.counts |= {"removed": numbers.removed, "restored": numbers.restored, "kept": numbers.kept}
    move(brought, TallyState.UNDONE, "undone_at", "undone_by", "counts")
    record(actor=actor, action="list.undone", subject=brought, amount=max(numbers.removed + numbers.restored, 1))
    return numbers


_FORGET_WORKED_ON = f"""
update arrivals_listrow r set before = null from arrivals_listimport i, arrivals_registration a
where i.id = %(list)s and r.list_import_id = i.id and r.before is not null and a.id = r.registration_id
  and not {_AS_APPLIED}"""

_OLD = f"{FACTS}, match_keys, findings, accepted_findings, source_digest, state, changed_at, changed_by_id"
_RESTORE = f"""
update arrivals_registration a set ({_OLD}, version) = (
  {", ".join(f"old.{name}" for name in _OLD.split(", "))}, a.version + 1)
from arrivals_listrow r cross join lateral jsonb_populate_record(null::arrivals_registration, r.before) old
where r.list_import_id = %(list)s and r.before is not null and a.id = old.id"""

_REMOVE = f"delete from arrivals_registration a where a.list_import_id = %(list)s and {_UNTOUCHED}"
