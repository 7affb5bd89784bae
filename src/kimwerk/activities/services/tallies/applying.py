"""Bringing checked rows into the diary: in one transaction, or not at all."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.walls import acting
from kimwerk.activities.models import TallyImport
from kimwerk.activities.selectors.settings import settings_of
from kimwerk.activities.services.tallies.staging import DRAFT_COLUMNS, count_verdicts, reconsider
from kimwerk.activities.services.tallies.states import begin_run, held, move
from kimwerk.activities.states import TallyState, Verdict
from kimwerk.audit.services import record

APPLICABLE = frozenset({TallyState.CHECKED, TallyState.APPLYING})


@dataclass(frozen=True, slots=True)
class ChangeShare:
    """How many of the entries that a file speaks of it would change."""

    changed: int
    known: int
    by_hand: int
    most_percent: int
    most_rows: int

    @property
    def percent(self) -> int:
        """Changed entries in a hundred of those that the file speaks of and the diary has."""
        return round(self.changed * 100 / self.known) if self.known else 0

    @property
    def asks(self) -> bool:
        """Whether somebody must confirm: a mapping gone wrong changes nearly everything."""
        return self.changed >= self.most_rows and self.changed * 100 > self.most_percent * self.known


class ConfirmationNeeded(Exception):
    """The import would change more than the organisation lets pass without asking."""

    def __init__(self, share: ChangeShare) -> None:
        super().__init__(f"{share.changed}/{share.known}")
        self.share = share


def change_share(tally: TallyImport) -> ChangeShare:
    """What the import would change, by its counts, beside what the organisation lets pass."""
    settings = settings_of(tally.organisation_id)
    changed = tally.counts.get(Verdict.CHANGED.value, 0)
    known = changed + tally.counts.get(Verdict.UNCHANGED.value, 0)
    by_hand = tally.counts.get("by_hand", 0)
    return ChangeShare(changed, known, by_hand, settings.change_share, settings.change_rows)


def confirm_changes(*, actor: Actor, tally_id: int) -> TallyImport:
    """Say that the import may change as much as was shown."""
    with acting(actor):
        tally = held(actor, tally_id, {TallyState.CHECKED})
        tally.is_change_confirmed = True
        tally.save(update_fields=["is_change_confirmed"])
        record(actor=actor, action="tally.changes_confirmed", subject=tally, amount=change_share(tally).changed)
    return tally


def apply_tally(*, actor: Actor, tally_id: int) -> TallyImport:
    """Write the checked rows into the diary, all or nothing.

    Imports of one organisation wait for each other, and each decides anew against what the one
    before has brought. Raises ConfirmationNeeded; the import is then checked as before, with the
    numbers of now.
    """
    with acting(actor):
        tally = held(actor, tally_id, APPLICABLE)
        wait_for_others(tally)
        reconsider(tally)
        tally.counts = count_verdicts(tally)
        share = change_share(tally)
        if share.asks and not tally.is_change_confirmed:
            move(tally, TallyState.CHECKED, "counts")
        else:
            _write(actor, tally)
            return tally
    raise ConfirmationNeeded(share)


def wait_for_others(tally: TallyImport) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('activities_tally'), %s)", [tally.organisation_id])


def _write(actor: Actor, tally: TallyImport) -> None:
    tally.applied_at = timezone.now()
    asked = {
        "tally": tally.pk,
        "organisation": tally.organisation_id,
        "actor": actor.account_id,
        "at": tally.applied_at,
    }
    with connection.cursor() as cursor:
        for statement in (SINGLES, KEEP_BEFORE, CHANGE, TAKE_OUT, CREATE):
            cursor.execute(statement, asked)
        written = cursor.rowcount
        cursor.execute("drop table tally_singles")
    tally.counts["entries"] = written
    move(tally, TallyState.APPLIED, "counts", "applied_at")
    record(actor=actor, action="tally.applied", subject=tally, amount=written + tally.counts[Verdict.CHANGED.value])


SINGLES = f"""
create temporary table tally_singles as
with recursive drafts as (
  select r.id as row_id, r.verdict, r.source_key, r.source_digest, d.*
  from activities_tallyrow r cross join lateral jsonb_to_record(r.draft) as d({DRAFT_COLUMNS})
  where r.tally_import_id = %(tally)s and r.verdict in ('{Verdict.CREATED}', '{Verdict.CHANGED}')
), beyond as (
  select row_id, source_key, count + 1 as n from drafts where verdict = '{Verdict.CHANGED}'
    and exists (select from activities_activity a where a.organisation_id = %(organisation)s
      and a.source_key = activities_single_key(drafts.source_key, drafts.count + 1) and a.source_key <> '')
  union all
  select row_id, source_key, n + 1 from beyond
    where exists (select from activities_activity a where a.organisation_id = %(organisation)s
      and a.source_key = activities_single_key(beyond.source_key, beyond.n + 1) and a.source_key <> '')
), singles as (
  select d.row_id, n, activities_single_key(d.source_key, n) as key, true as is_wanted, d.verdict,
    d.source_digest, day, last_day, kind_id, channel_id, municipality_id, site_id, done_by_id, topics, target_groups,
    legal_circles, partners, referral_target_id, note,
    coalesce(participants_target / count + (n <= participants_target %% count)::integer, 0) as participants_target,
    coalesce(participants_partner / count + (n <= participants_partner %% count)::integer, 0) as participants_partner,
    minutes / count + (n <= minutes %% count)::integer as minutes
  from drafts d cross join lateral generate_series(1, d.count) n
  union all
  select row_id, n, activities_single_key(source_key, n), false, '{Verdict.CHANGED}', null, null, null, null, null,
    null, null, null, null, null, null, null, null, null, null, null, null from beyond
)
select s.*, a.id as activity_id from singles s
left join activities_activity a on s.verdict = '{Verdict.CHANGED}' and a.organisation_id = %(organisation)s
  and a.source_key = s.key and a.source_key <> '' and a.removed_at is null
"""
"""Every activity that the created and changed rows stand for, with the entry it is already, and those
that changed rows do not stand for any more."""

KEEP_BEFORE = """
update activities_tallyrow r set before = old.entries
from (
  select s.row_id, jsonb_agg(to_jsonb(a) order by s.n) as entries
  from tally_singles s join activities_activity a on a.id = s.activity_id group by s.row_id
) old where r.id = old.row_id"""

FACTS = (
    "day, last_day, kind_id, channel_id, municipality_id, site_id, done_by_id, topics, target_groups, legal_circles,"
    " partners, participants_target, participants_partner, minutes, referral_target_id, note"
)
CHANGE = f"""
update activities_activity a set ({FACTS}, source_digest, version, changed_at, changed_by_id) = (
  {", ".join(f"s.{name.strip()}" for name in FACTS.split(","))}, s.source_digest, a.version + 1, %(at)s, %(actor)s)
from tally_singles s where a.id = s.activity_id and s.is_wanted"""

TAKE_OUT = """
update activities_activity a set removed_at = %(at)s, removed_by_id = %(actor)s, version = a.version + 1
from tally_singles s where a.id = s.activity_id and not s.is_wanted"""

CREATE = f"""
insert into activities_activity (organisation_id, {FACTS}, tally_import_id, source_key, source_digest, version,
  entered_at, entered_by_id)
select %(organisation)s, {FACTS}, %(tally)s, key, source_digest, 1, %(at)s, %(actor)s
from tally_singles where is_wanted and activity_id is null order by row_id, n"""


def begin_applying(*, actor: Actor, tally_id: int) -> TallyImport:
    """Put a checked import into the hands of a worker. Raises ConfirmationNeeded."""
    with acting(actor):
        tally = held(actor, tally_id, {TallyState.CHECKED})
        share = change_share(tally)
        if share.asks and not tally.is_change_confirmed:
            raise ConfirmationNeeded(share)
        return begin_run(actor, tally_id, TallyState.APPLYING, {TallyState.CHECKED})


def put_back(*, actor: Actor, tally_id: int) -> None:
    """After applying broke off, nothing is in the diary: the import is checked as before, and says so."""
    with acting(actor):
        tally = held(actor, tally_id, frozenset(TallyState))
        if tally.state == TallyState.APPLYING:
            tally.refusal = "not_applied"
            move(tally, TallyState.CHECKED, "refusal")
