"""Rows on their way: how they are written in batches, and how the diary decides what each would do.

A copy straight into a table behind a wall is refused by PostgreSQL, so a batch is copied into a
temporary table and goes on from there. What a row would do is decided by the database, for the
whole batch at once, by key and digest.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.db import connection

from kimwerk.activities.models import TallyImport
from kimwerk.activities.states import Remark, Verdict
from kimwerk.activities.tally import Draft


class StagedRow(NamedTuple):
    """A row as it goes into the batch; cells, draft and findings are JSON already."""

    number: int
    cells: str
    draft: str | None
    verdict: str
    findings: str
    key: str
    digest: str


def draft_to_json(draft: Draft) -> str:
    """A draft under the names of the diary's columns, for the database to read."""
    return json.dumps(
        {
            "day": draft.day.isoformat(),
            "last_day": draft.day_to.isoformat() if draft.day_to else None,
            "kind_id": draft.kind_id,
            "channel_id": draft.channel_id,
            "municipality_id": draft.municipality_id,
            "site_id": draft.site_id,
            "done_by_id": draft.staff_id,
            "topics": draft.topic_ids,
            "target_groups": draft.target_group_ids,
            "legal_circles": draft.legal_circle_ids,
            "partners": draft.partner_ids,
            "participants_target": draft.participants_target,
            "participants_partner": draft.participants_partner,
            "minutes": draft.minutes,
            "referral_target_id": draft.referral_target_id,
            "note": draft.note,
            "count": draft.count,
            "external_id": draft.external_id,
        },
        ensure_ascii=False,
    )


def draft_from_json(stored: Mapping[str, object]) -> Draft:
    """The draft that was stored."""

    def number(name: str) -> int | None:
        value = stored.get(name)
        return value if isinstance(value, int) else None

    def numbers(name: str) -> tuple[int, ...]:
        values = stored.get(name)
        return tuple(value for value in values if isinstance(value, int)) if isinstance(values, list) else ()

    last_day = stored.get("last_day")
    return Draft(
        day=date.fromisoformat(str(stored["day"])),
        day_to=date.fromisoformat(str(last_day)) if last_day else None,
        kind_id=number("kind_id") or 0,
        municipality_id=number("municipality_id") or 0,
        staff_id=number("done_by_id") or 0,
        site_id=number("site_id"),
        channel_id=number("channel_id"),
        referral_target_id=number("referral_target_id"),
        topic_ids=numbers("topics"),
        target_group_ids=numbers("target_groups"),
        legal_circle_ids=numbers("legal_circles"),
        partner_ids=numbers("partners"),
        participants_target=number("participants_target"),
        participants_partner=number("participants_partner"),
        minutes=number("minutes"),
        count=number("count") or 1,
        note=str(stored.get("note", "")),
        external_id=str(stored.get("external_id", "")),
    )


IDENTIFYING = (
    "day",
    "last_day",
    "kind_id",
    "channel_id",
    "municipality_id",
    "site_id",
    "done_by_id",
    "referral_target_id",
)
"""What of a stored draft says which activity it is, where it has no id of its own."""

DRAFT_COLUMNS = """day date, last_day date, kind_id bigint, channel_id bigint, municipality_id bigint,
  site_id bigint, done_by_id bigint, topics bigint[], target_groups bigint[], legal_circles bigint[],
  partners bigint[], participants_target integer, participants_partner integer, minutes integer,
  referral_target_id bigint, note text, count integer"""

WITHIN_REACH = """(
  a.organisation_id = any((select walls.organisations('activity.correct', 'activity.import_team'))::bigint[])
  or walls.place(a.organisation_id, a.municipality_id)
    = any((select walls.places('activity.correct', 'activity.import_team'))::bigint[])
  or (a.done_by_id = (select walls.actor()) and (
    a.organisation_id = any((select walls.organisations('activity.log'))::bigint[])
    or walls.place(a.organisation_id, a.municipality_id) = any((select walls.places('activity.log'))::bigint[]))))"""
"""Entry `a` may be changed by the actor: the condition of the wall itself."""

BY_HAND = """(a.changed_at is not null and not exists (
  select from activities_tallyimport t where t.organisation_id = a.organisation_id and t.applied_at = a.changed_at))"""
"""Entry `a` was corrected by somebody in the diary, not by an import."""

DECIDED = f"""
  left join activities_activity a on a.organisation_id = %(organisation)s and a.source_key = b.source_key
    and a.source_key <> '' and a.removed_at is null
  cross join lateral (select case
    when b.verdict <> '{Verdict.CREATED}' then b.verdict
    when a.id is null and exists (select from activities_activity r where r.organisation_id = %(organisation)s
      and r.source_key = b.source_key and r.source_key <> '' and r.removed_at is not null) then '{Verdict.SKIPPED}'
    when a.id is null then '{Verdict.CREATED}'
    when a.source_digest = b.source_digest then '{Verdict.UNCHANGED}'
    when not {WITHIN_REACH} then '{Verdict.REJECTED}'
    else '{Verdict.CHANGED}' end as verdict) decided
  cross join lateral (select case
    when b.verdict <> '{Verdict.CREATED}' then b.problems
    when decided.verdict = '{Verdict.SKIPPED}' then '[{{"code": "{Remark.REMOVED_IN_DIARY}"}}]'
    when decided.verdict = '{Verdict.REJECTED}' then '[{{"code": "{Remark.NOT_YOURS}", "field": "staff"}}]'
    when decided.verdict = '{Verdict.CHANGED}' and {BY_HAND} then '[{{"code": "{Remark.CORRECTED_IN_DIARY}"}}]'
    else '[]' end::jsonb as problems) said
"""
"""What rows `b` (verdict created: a draft that is fine in itself) would do in the diary as it stands."""

_BATCH = """
create temporary table tally_batch (number integer, cells jsonb, draft jsonb, verdict text, problems jsonb,
  source_key text, source_digest text)"""
_STAGE = f"""
insert into activities_tallyrow (tally_import_id, number, cells, draft, verdict, problems, source_key,
  source_digest, activity_id, corrections)
select %(tally)s, b.number, b.cells, b.draft, decided.verdict, said.problems, b.source_key, b.source_digest, a.id,
  '{{}}' from tally_batch b {DECIDED}"""


def stage(tally: TallyImport, rows: Sequence[StagedRow]) -> None:
    """Write a batch with the verdicts the diary gives it."""
    with connection.cursor() as cursor:
        cursor.execute(_BATCH)
        with cursor.copy("copy tally_batch from stdin") as copy:
            copy.write("".join(map(_line, rows)))
        cursor.execute(_STAGE, {"tally": tally.pk, "organisation": tally.organisation_id})
        cursor.execute("drop table tally_batch")


def _line(row: StagedRow) -> str:
    """A row in the text format of COPY. JSON has no bare tabs or line ends, only backslashes need doubling."""
    draft = "\\N" if row.draft is None else row.draft.replace("\\", "\\\\")
    cells, findings = row.cells.replace("\\", "\\\\"), row.findings.replace("\\", "\\\\")
    return f"{row.number}\t{cells}\t{draft}\t{row.verdict}\t{findings}\t{row.key}\t{row.digest}\n"


_RECONSIDER = f"""
update activities_tallyrow t set verdict = decided.verdict, problems = said.problems, activity_id = a.id
from (
  select id, number, source_key, source_digest, problems, '{Verdict.CREATED}' as verdict from activities_tallyrow
  where tally_import_id = %(tally)s and source_key <> ''
    and (%(numbers)s::integer[] is null or number = any(%(numbers)s))
) b {DECIDED}
where t.id = b.id and (t.verdict <> decided.verdict or t.activity_id is distinct from a.id
  or t.problems <> said.problems)"""


def reconsider(tally: TallyImport, numbers: Sequence[int] | None = None) -> int:
    """Decide anew, against the diary as it stands now, what rows would do; returns how many differ."""
    asked = {
        "tally": tally.pk,
        "organisation": tally.organisation_id,
        "numbers": None if numbers is None else list(numbers),
    }
    with connection.cursor() as cursor:
        cursor.execute(_RECONSIDER, asked)
        return int(cursor.rowcount)


_COUNT = """
select verdict, count(*), coalesce(sum(coalesce((draft ->> 'count')::integer, 1)), 0),
  count(*) filter (where problems @> %(by_hand)s::jsonb)
from activities_tallyrow where tally_import_id = %(tally)s group by verdict"""


def count_verdicts(tally: TallyImport) -> dict[str, int]:
    """How many rows got which verdict; `entries` are those that the created rows make, `by_hand` what
    the changed ones would overwrite.
    """
    with connection.cursor() as cursor:
        by_hand = json.dumps([{"code": Remark.CORRECTED_IN_DIARY}])
        cursor.execute(_COUNT, {"tally": tally.pk, "by_hand": by_hand})
        found = {verdict: (rows, entries, by_hand) for verdict, rows, entries, by_hand in cursor.fetchall()}
    counts = {verdict.value: found.get(verdict.value, (0, 0, 0))[0] for verdict in Verdict}
    counts["entries"] = found.get(Verdict.CREATED.value, (0, 0, 0))[1]
    counts["by_hand"] = found.get(Verdict.CHANGED.value, (0, 0, 0))[2]
    return counts
