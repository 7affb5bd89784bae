"""The dry run: every row of the file gets its verdict, batch by batch, while somebody watches or is away."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import numpy as np
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.access.walls import acting
from kimwerk.activities.states import TallyState, Verdict
from kimwerk.activities.tally import TallySheet
from kimwerk.activities.tally.layout import TallyRow as SheetRow
from kimwerk.activities.uploads.running import move, still_mine, take_over
from kimwerk.arrivals.importing.families import identity_of
from kimwerk.arrivals.importing.fields import plan_from_json
from kimwerk.arrivals.importing.judging import Bench, Draft, Finding, RowJudge, RowProblem
from kimwerk.arrivals.matching import compared
from kimwerk.arrivals.models import ListImport, ListRow
from kimwerk.arrivals.selectors.contracts import collected_columns
from kimwerk.arrivals.services.importing.noticing import FineRow, Noted, notice
from kimwerk.arrivals.services.importing.reading import content_of, sheet_of
from kimwerk.arrivals.services.importing.running import CHECKABLE, forget_verdicts, held, refuse
from kimwerk.arrivals.services.importing.staging import (
    SAME_ROW,
    StagedRow,
    draft_to_json,
    put_together,
    reconsider,
    stage,
)
from kimwerk.arrivals.services.judging import judge_member, judge_stay
from kimwerk.arrivals.types import MemberFacts, Problems, SharedFacts
from kimwerk.audit.services import record
from kimwerk.directory.models import Municipality
from kimwerk.kernel.names import text_key
from kimwerk.kernel.sheets import FileRefused, cells_to_json
from kimwerk.persons.identity import numbers_of
from kimwerk.persons.reference import nationalities
from kimwerk.persons.services.duplicates import ask_elsewhere_of_list

S = TallyState
BATCH = 4_000
"""Rows of one transaction: so often progress is seen and cancelling heard."""


def check_list(*, actor: Actor, pk: int) -> None:
    """Judge every row and stage it with its verdict; nothing of it is on the list yet.

    Commits as it goes: not to be called inside a transaction that matters. Raises Superseded when
    another worker took over or somebody cancelled.
    """
    with acting(actor):
        brought = take_over(held(actor, pk, CHECKABLE), S.CHECKING)
        ListRow.objects.filter(list_import=brought).delete()
        content, bench = content_of(brought), bench_of(actor, brought)
    try:
        found = sheet_of(content, brought)
    except FileRefused as refused:
        refuse(actor, brought, refused)
        return
    del content
    staging = _Staging(RowJudge(bench))
    rows = map(staging.row, found.all_rows())
    if all(_stage(actor, brought, found, batch) for batch in iter(lambda: list(islice(rows, BATCH)), [])):
        _finish(actor, brought, staging)


def bench_of(actor: Actor, brought: ListImport) -> Bench:
    """What the rows of an import are judged by."""
    district = Municipality.objects.filter(district=brought.occasion.organisation.district)
    scopes = [actor.scope(right) for right in (Permission.REGISTRATION_KEEP, Permission.REGISTRATION_CHECK)]
    places = dict(_words_of_places(district))
    home = brought.organisation_id
    collected = frozenset(field.value for field in collected_columns(home))
    return Bench(
        plan=plan_from_json(brought.plan).kept_to(collected),
        places=places,
        nations=dict(_words_of_nations()),
        allowed=frozenset(pk for pk in places.values() if any(scope.covers(home, pk) for scope in scopes)),
        today=timezone.localdate(),
        collected=collected,
        objections=_objections,
        is_1904=bool(brought.sheets[brought.sheet]["is_1904"]),
    )


def _objections(member: MemberFacts, shared: SharedFacts) -> Problems:
    return judge_member(member) | judge_stay(shared)


def _words_of_places(municipalities: Iterable[Municipality]) -> Iterator[tuple[str, int]]:
    """Municipalities by key, by name, and by name without what stands in brackets."""
    for each in municipalities:
        for word in (each.name.partition("(")[0], each.name, each.ags):
            yield text_key(word), each.pk


def _words_of_nations() -> Iterator[tuple[str, str]]:
    """Nationalities that exist by key, code, state and adjective."""
    for each in nationalities().values():
        if each.until is None:
            for word in filter(None, (each.key, each.iso2, each.label, each.state)):
                yield text_key(word), each.key


class _Staging:
    """Makes staged rows out of the rows of a sheet, each exactly once, and remembers who they are about."""

    def __init__(self, judge: RowJudge) -> None:
        self._judge = judge
        self._seen: dict[str, tuple[int, str]] = {}
        self.fine: list[FineRow] = []

    def row(self, row: SheetRow) -> StagedRow:
        """The row with its verdict by itself; what the list says to it comes later."""
        cells = cells_to_json(row.cells)
        if row.skipped is not None:
            return _aside(row.number, cells, Verdict.SKIPPED, [Finding(row.skipped.value)])
        judged = self._judge.judge(row.cells)
        if not isinstance(judged, Draft):
            return _aside(row.number, cells, Verdict.REJECTED, judged)
        key, digest = identity_of(judged)
        if key in self._seen:
            return self._again(row.number, cells, *self._seen[key], digest)
        self._seen[key] = row.number, digest
        who = compared(judged.member, judged.shared.municipality_id)
        numbers = numbers_of(who)
        found = np.array(numbers.lookup, np.int64), np.array(numbers.of_list, np.int64)
        self.fine.append(FineRow(row.number, judged, key, who, *found))
        return staged(row.number, cells, judged, (key, digest), numbers.kept)

    def _again(self, number: int, cells: str, first: int, known: str, digest: str) -> StagedRow:
        """Somebody who stands in the file already: with the same details, or with others."""
        if known == digest:
            return _aside(number, cells, Verdict.UNCHANGED, [Finding(SAME_ROW, excerpt=str(first))])
        return _aside(number, cells, Verdict.REJECTED, [Finding(RowProblem.OTHER_ROW, excerpt=str(first))])


def staged(number: int, cells: str, draft: Draft, identity: tuple[str, str], match_keys: Sequence[int]) -> StagedRow:
    """A row that says something about somebody."""
    return StagedRow(number, cells, draft_to_json(draft), Verdict.CREATED.value, "[]", *identity, match_keys)


def _aside(number: int, cells: str, verdict: Verdict, findings: list[Finding]) -> StagedRow:
    said = json.dumps([finding.to_json() for finding in findings], ensure_ascii=False)
    return StagedRow(number, cells, None, verdict.value, said, "", "", [])


def _stage(actor: Actor, brought: ListImport, found: TallySheet, rows: list[StagedRow]) -> bool:
    """Stage a batch and say how far it is; False when somebody asked to stop."""
    with acting(actor):
        now = still_mine(brought)
        if now.is_cancel_asked:
            forget_verdicts(now)
            move(now, S.CANCELLED, "counts")
            return False
        stage(now, rows)
        now.rows_total, now.rows_done = found.sheet.height, rows[-1].number
        move(now, S.CHECKING, "rows_total", "rows_done")
    return True


def _finish(actor: Actor, brought: ListImport, staging: _Staging) -> None:
    """Families, rules and doubles for the list as a whole, and what each row would do."""
    with acting(actor):
        noted: list[Noted] = list(notice(actor, brought.occasion, staging.fine))
        people = [row.who for row in staging.fine]
        asked = ask_elsewhere_of_list(actor=actor, organisation_id=brought.organisation_id, people=people)
        now = still_mine(brought)
        put_together(now, noted, {staging.fine[at].number: places for at, places in asked.items()})
        reconsider(now)
        now.is_change_confirmed = False
        now.finished_at = timezone.now()
        move(now, S.CHECKED, "counts", "is_change_confirmed", "finished_at")
        record(actor=actor, action="list.checked", subject=now, amount=max(now.rows_total, 1))
