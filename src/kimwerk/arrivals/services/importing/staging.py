"""Rows on their way: how they are written in batches, and how the list decides what each would do.

A copy straight into a table behind a wall is refused by PostgreSQL, so a batch is copied into a temporary table and
goes on from there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import NamedTuple

from django.db import connection

from kimwerk.activities.states import Verdict
from kimwerk.arrivals.importing.judging import Draft
from kimwerk.arrivals.models import ListImport, ListRow
from kimwerk.arrivals.types import Finding, MemberFacts, SharedFacts
from kimwerk.kernel.names import sort_key
from kimwerk.persons.services.duplicates import Elsewhere
from kimwerk.persons.types import Sex, Subject

SET_ASIDE, CORRECTED_BY_HAND, SAME_ROW = "set_aside", "corrected_by_hand", "same_row"
"""What only the list knows about a row: a double of another, corrected since; and a row that stands twice."""

ASK_ELSEWHERE = "ask_elsewhere"
"""Others may know the person: what is stored says where to ask, and nothing of whom they know."""

_MEMBER, _SHARED = (tuple(each.name for each in fields(facts)) for facts in (MemberFacts, SharedFacts))


class StagedRow(NamedTuple):
    """A row as it goes into the batch; cells, draft and problems are JSON already."""

    number: int
    cells: str
    draft: str | None
    verdict: str
    problems: str
    key: str
    digest: str
    match_keys: Sequence[int]


def draft_to_json(draft: Draft) -> str:
    """A draft under the names of the columns of a registration, for the database to read."""
    facts: dict[str, object] = {name: getattr(draft.member, name) for name in _MEMBER}
    facts |= {name: getattr(draft.shared, name) for name in _SHARED}
    facts |= {"sort_key": sort_key(f"{draft.member.family_name} {draft.member.given_names}")}
    facts |= {"family_mark": draft.family_mark, "external_id": draft.external_id}
    return json.dumps(facts, default=date.isoformat, ensure_ascii=False)


def draft_from_json(stored: Mapping[str, object]) -> Draft:
    """The draft that was stored."""
    facts = dict(stored)
    mark, number = str(facts.pop("family_mark")), str(facts.pop("external_id"))
    del facts["sort_key"]
    facts["sex"], facts["arrived_on"] = Sex(str(facts["sex"])), date.fromisoformat(str(facts["arrived_on"]))
    facts["birth_date"] = date.fromisoformat(str(facts["birth_date"])) if facts["birth_date"] else None
    shared = {name: facts.pop(name) for name in SharedFacts.__dataclass_fields__}
    return Draft(MemberFacts(**facts), SharedFacts(**shared), mark, number)  # type: ignore[arg-type]  # as it was written


def stage(brought: ListImport, rows: Iterable[StagedRow]) -> None:
    """Write a batch."""
    with connection.cursor() as cursor:
        cursor.execute(
            "create temporary table list_batch (number integer, cells jsonb, draft jsonb, verdict text, problems jsonb,"
            " source_key text, source_digest text, match_keys bigint[])"
        )
        with cursor.copy("copy list_batch from stdin") as copy:
            for row in rows:
                copy.write_row((*row[:-1], list(row.match_keys)))
        cursor.execute(
            "insert into arrivals_listrow (list_import_id, number, cells, draft, verdict, problems, findings,"
            " source_key, source_digest, match_keys, corrections)"
            " select %s, number, cells, draft, verdict, problems, '{}', source_key, source_digest, match_keys, '{}'"
            " from list_batch",
            [brought.pk],
        )
        cursor.execute("drop table list_batch")


def put_together(
    brought: ListImport,
    noted: Iterable[tuple[int, int, Sequence[Finding]]],
    elsewhere: Mapping[int, Sequence[Elsewhere]],
) -> None:
    """Note for rows by their number who belongs to one family, what the rules noticed, and where to ask."""
    with connection.cursor() as cursor:
        cursor.execute(
            "create temporary table list_noted (number integer primary key, family_row integer, findings text[],"
            " problems jsonb)"
        )
        with cursor.copy("copy list_noted from stdin") as copy:
            for number, family_row, findings in noted:
                problems = json.dumps([_to_ask(each) for each in elsewhere.get(number, ())])
                copy.write_row((number, family_row, [each.value for each in findings], problems))
        cursor.execute("analyze list_noted")
        cursor.execute(
            "update arrivals_listrow r set family_row = n.family_row, findings = n.findings, problems = n.problems"
            " from list_noted n where r.list_import_id = %s and r.number = n.number",
            [brought.pk],
        )
        cursor.execute("drop table list_noted")


def _to_ask(where: Elsewhere) -> dict[str, object]:
    stored = {"subject": where.subject.value, "organisation": where.organisation_id, "place": where.municipality_id}
    return {"code": ASK_ELSEWHERE, **stored}


def to_ask_of(problems: Iterable[Mapping[str, object]]) -> tuple[Elsewhere, ...]:
    """Where to ask about a row, as it was stored."""
    stored = (each for each in problems if each.get("code") == ASK_ELSEWHERE)
    return tuple(
        Elsewhere(Subject(str(each["subject"])), int(str(each["organisation"])), int(str(each["place"] or 0)) or None)
        for each in stored
    )


_RECONSIDER = f"""
update arrivals_listrow t set verdict = d.verdict, problems = d.problems, registration_id = d.registration_id
from (
  select r.id, a.id as registration_id,
    case when a.id is null then '{Verdict.CREATED}'
      when a.merged_into_id is not null then '{Verdict.SKIPPED}'
      when a.source_digest = r.source_digest then '{Verdict.UNCHANGED}' else '{Verdict.CHANGED}' end as verdict,
    case when a.merged_into_id is not null then '[{{"code": "{SET_ASIDE}"}}]'
      when a.source_digest <> r.source_digest and a.changed_at is not null and not exists (
        select from arrivals_listimport i where i.occasion_id = a.occasion_id and i.applied_at = a.changed_at)
      then '[{{"code": "{CORRECTED_BY_HAND}"}}]' else '[]' end::jsonb
      || jsonb_path_query_array(r.problems, '$[*] ? (@.code == "{ASK_ELSEWHERE}")') as problems
  from arrivals_listrow r left join arrivals_registration a
    on a.occasion_id = %(occasion)s and a.source_key = r.source_key and a.source_key <> ''
  where r.list_import_id = %(list)s and r.source_key <> ''
) d
where t.id = d.id and (t.verdict <> d.verdict or t.problems <> d.problems
  or t.registration_id is distinct from d.registration_id)"""


def reconsider(brought: ListImport) -> None:
    """Decide anew, against the list as it stands now, what rows would do, and count the verdicts."""
    with connection.cursor() as cursor:
        cursor.execute(_RECONSIDER, {"list": brought.pk, "occasion": brought.occasion_id})
        cursor.execute(
            "select verdict, count(*), count(*) filter (where problems @> %s::jsonb),"
            " count(*) filter (where verdict in ('created', 'changed') and findings <> '{}'),"
            " count(*) filter (where problems @> %s::jsonb)"
            " from arrivals_listrow where list_import_id = %s group by verdict",
            [json.dumps([{"code": CORRECTED_BY_HAND}]), json.dumps([{"code": ASK_ELSEWHERE}]), brought.pk],
        )
        found = {verdict: numbers for verdict, *numbers in cursor.fetchall()}
    counts = {verdict.value: found.get(verdict.value, [0])[0] for verdict in Verdict}
    counts["by_hand"] = sum(numbers[1] for numbers in found.values())
    counts["noticed"] = sum(numbers[2] for numbers in found.values())
    counts["elsewhere"] = sum(numbers[3] for numbers in found.values())
    brought.counts = counts


def fine_rows(brought: ListImport) -> list[tuple[int, Draft]]:
    """The rows that say something about somebody, in the order of the file."""
    rows = ListRow.objects.filter(list_import=brought, draft__isnull=False).order_by("number")
    return [
        (number, draft_from_json(draft or {})) for number, draft in rows.values_list("number", "draft").iterator(5000)
    ]
