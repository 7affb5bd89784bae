"""Taking a whole import back: what it created goes, what it changed is as before."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.activities.models import TallyImport
from kimwerk.activities.services.tallies.applying import FACTS, wait_for_others
from kimwerk.activities.services.tallies.states import held, move
from kimwerk.activities.states import TallyState
from kimwerk.audit.services import record


@dataclass(frozen=True, slots=True)
class UndoNumbers:
    """What undoing does: entries that go, entries that are as before, entries that somebody changed since."""

    removed: int
    restored: int
    kept: int


AS_APPLIED = "((a.changed_at = t.applied_at and a.removed_at is null) or a.removed_at = t.applied_at)"
"""Entry `a`, which import `t` changed or took out, is still as it left it."""

_NUMBERS = f"""
with t as (select id, applied_at from activities_tallyimport where id = %(tally)s), created as (
  select count(*) filter (where a.changed_at is null) as removed,
    count(*) filter (where a.changed_at is not null) as kept
  from activities_activity a, t where a.tally_import_id = t.id and a.removed_at is null
), changed as (
  select count(*) filter (where {AS_APPLIED}) as restored,
    count(*) filter (where a.removed_at is null and a.changed_at is distinct from t.applied_at) as kept
  from t join activities_tallyrow r on r.tally_import_id = t.id and r.before is not null
  cross join lateral jsonb_array_elements(r.before) b join activities_activity a on a.id = (b ->> 'id')::bigint
)
select created.removed, changed.restored, created.kept + changed.kept from created, changed"""


def undo_numbers(tally: TallyImport) -> UndoNumbers:
    """What undoing this import would do now."""
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERS, {"tally": tally.pk})
        return UndoNumbers(*(cursor.fetchone() or (0, 0, 0)))


@transaction.atomic
def undo_tally(*, actor: Actor, tally_id: int) -> UndoNumbers:
    """Take the import back. Entries that somebody changed since stay as they are, and are listed."""
    tally = held(actor, tally_id, {TallyState.APPLIED})
    wait_for_others(tally)
    kept = undo_numbers(tally).kept
    with connection.cursor() as cursor:
        cursor.execute(_RESTORE, {"tally": tally.pk})
        restored = cursor.rowcount
        cursor.execute(_FORGET_BEFORE, {"tally": tally.pk})
        cursor.execute(_REMOVE, {"tally": tally.pk})
        removed = cursor.rowcount
    numbers = UndoNumbers(removed, restored, kept)
    tally.undone_at, tally.undone_by_id = timezone.now(), actor.account_id
    tally.counts |= {"removed": removed, "restored": restored, "kept": kept}
    move(tally, TallyState.UNDONE, "undone_at", "undone_by", "counts")
    record(actor=actor, action="tally.undone", subject=tally, amount=removed + restored)
    return numbers


_OLD = f"{FACTS}, source_digest, changed_at, changed_by_id, removed_at, removed_by_id"
_RESTORE = f"""
update activities_activity a set ({_OLD}, version) = (
  {", ".join(f"old.{name.strip()}" for name in _OLD.split(","))}, a.version + 1)
from activities_tallyimport t join activities_tallyrow r on r.tally_import_id = t.id and r.before is not null
cross join lateral jsonb_populate_recordset(null::activities_activity, r.before) old
where t.id = %(tally)s and a.id = old.id and {AS_APPLIED}"""

_FORGET_BEFORE = """
update activities_tallyrow r set before = null
from activities_tallyimport t where t.id = %(tally)s and r.tally_import_id = t.id and r.before is not null
  and not exists (
    select from jsonb_array_elements(r.before) b join activities_activity a on a.id = (b ->> 'id')::bigint
    where a.removed_at is null and a.changed_at is distinct from (b ->> 'changed_at')::timestamptz)"""
"""What is back as it was needs no memory; what stays behind is what somebody changed since."""

_REMOVE = """
delete from activities_activity a where a.tally_import_id = %(tally)s and a.changed_at is null
  and a.removed_at is null"""
