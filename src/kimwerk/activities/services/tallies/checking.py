"""The dry run: every row of the file gets its verdict, batch by batch, while somebody watches or is away."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kimwerk.access.actors import Actor
from kimwerk.access.walls import acting
from kimwerk.activities.models import TallyImport, TallyRow
from kimwerk.activities.selectors.book import book_of
from kimwerk.activities.selectors.settings import settings_of
from kimwerk.activities.services.tallies.judging import Bench, Finding, RowJudge
from kimwerk.activities.services.tallies.reading import limits
from kimwerk.activities.services.tallies.staging import StagedRow, count_verdicts, draft_to_json, stage
from kimwerk.activities.services.tallies.states import begin_run, held, move, still_mine
from kimwerk.activities.services.tallies.uploading import content_of
from kimwerk.activities.states import TallyState, Verdict
from kimwerk.activities.tally import (
    Certainty,
    Draft,
    Identities,
    ProblemCode,
    TallyField,
    TallyPlan,
    TallySheet,
    find_layout,
    plan_from_json,
)
from kimwerk.activities.tally.layout import TallyRow as SheetRow
from kimwerk.audit.services import record
from kimwerk.kernel.sheets import Cell, FileRefused, cells_to_json, read_sheets

CHECKABLE = frozenset(
    {
        TallyState.MAPPING,
        TallyState.CHECKING,
        TallyState.CHECKED,
        TallyState.CANCELLED,
        TallyState.FAILED,
        TallyState.UNDONE,
    }
)
BATCH = 4_000
"""Rows of one transaction: so often progress is seen and cancelling heard."""


def check_tally(*, actor: Actor, tally_id: int, on_progress: Callable[[int, int], None] | None = None) -> TallyImport:
    """Judge every row and stage it with its verdict; nothing of it is in the diary yet.

    Commits as it goes: not to be called inside a transaction that matters. Raises Superseded when
    another worker took over or somebody cancelled.
    """
    with acting(actor):
        tally = begin_run(actor, tally_id, TallyState.CHECKING, CHECKABLE)
        TallyRow.objects.filter(tally_import=tally).delete()
        content, bench = content_of(tally), bench_of(actor, tally)
        identities = ContinuedIdentities(keys_of_origin(tally))
    try:
        found = _sheet_of(content, tally)
    except FileRefused as refused:
        return _fail(actor, tally, refused)
    del content
    _set_total(actor, tally, found)
    staging = _Staging(RowJudge(bench), identities, hidden_columns(bench.plan))
    for done, rows in _batches(staging.rows(found)):
        if not _stage(actor, tally, rows, done):
            return _cancelled(actor, tally)
        if on_progress:
            on_progress(done, found.sheet.height)
    return _finish(actor, tally)


def bench_of(actor: Actor, tally: TallyImport) -> Bench:
    """What the rows of an import are judged by."""
    settings = settings_of(tally.organisation_id)
    sheet = tally.sheets[tally.sheet]
    return Bench(
        actor=actor,
        organisation_id=tally.organisation_id,
        book=book_of({tally.organisation_id}),
        plan=plan_from_json(tally.plan),
        is_1904=bool(sheet["is_1904"]),
        allows_notes=settings.is_note_enabled,
    )


def hidden_columns(plan: TallyPlan) -> frozenset[int]:
    """Columns whose cells are not kept, because they look like personal data of clients."""
    return frozenset(
        at
        for at, column in enumerate(plan.mapping.columns)
        if column.field is TallyField.IGNORE and column.certainty is Certainty.PERSONAL
    )


def _sheet_of(content: bytes, tally: TallyImport) -> TallySheet:
    name = tally.sheets[tally.sheet]["name"]
    sheets = read_sheets(content, tally.file_name, limits())
    return find_layout(next(sheet for sheet in sheets if sheet.name == name))


class ContinuedIdentities:
    """Identities of rows that may be the rejected ones of an earlier file.

    Rows alike in all that identifies them are numbered; the numbers that the earlier file gave are
    taken, or a corrected row would pass for one that is in the diary already.
    """

    def __init__(self, taken: frozenset[str] = frozenset()) -> None:
        self._identities = Identities()
        self._taken = taken

    def of(self, draft: Draft) -> tuple[str, str, bool]:
        """Key, digest, and whether the row repeats an id of its own."""
        identity = self._identities.of(draft)
        is_repeated = bool(draft.external_id) and identity.ordinal > 1
        while identity.key in self._taken and not draft.external_id:
            identity = self._identities.of(draft)
        return identity.key, identity.digest, is_repeated


def keys_of_origin(tally: TallyImport) -> frozenset[str]:
    """The keys of the file whose rejected rows this one holds; none for other files."""
    origin = tally.sheets[tally.sheet].get("origin")
    if not origin:
        return frozenset()
    rows = TallyRow.objects.filter(tally_import=origin).exclude(source_key="")
    return frozenset(rows.values_list("source_key", flat=True))


@dataclass(frozen=True)
class _Staging:
    """Makes staged rows out of the rows of a sheet, each exactly once."""

    judge: RowJudge
    identities: ContinuedIdentities
    hidden: frozenset[int]

    def rows(self, found: TallySheet) -> Iterator[StagedRow]:
        return map(self._row, found.all_rows())

    def _row(self, row: SheetRow) -> StagedRow:
        cells = cells_to_json(self._shown(row))
        if row.skipped is not None:
            findings = f'[{{"code": "{row.skipped.value}"}}]'
            return StagedRow(row.number, cells, None, Verdict.SKIPPED.value, findings, "", "")
        judged = self.judge.judge(row.cells)
        if not isinstance(judged, Draft):
            return _rejected(row.number, cells, judged)
        key, digest, is_repeated = self.identities.of(judged)
        if is_repeated:
            again = Finding(ProblemCode.REPEATED_ID.value, TallyField.EXTERNAL_ID.value, judged.external_id[:40])
            return _rejected(row.number, cells, [again])
        return StagedRow(row.number, cells, draft_to_json(judged), Verdict.CREATED.value, "[]", key, digest)

    def _shown(self, row: SheetRow) -> list[Cell]:
        if not self.hidden:
            return list(row.cells)
        return [None if at in self.hidden else cell for at, cell in enumerate(row.cells)]


def _rejected(number: int, cells: str, findings: list[Finding]) -> StagedRow:
    said = json.dumps([finding.to_json() for finding in findings], ensure_ascii=False)
    return StagedRow(number, cells, None, Verdict.REJECTED.value, said, "", "")


def _batches(rows: Iterator[StagedRow]) -> Iterator[tuple[int, list[StagedRow]]]:
    """Batches with the number of rows done after each."""
    done, batch = 0, list[StagedRow]()
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            done += BATCH
            yield done, batch
            batch = []
    if batch:
        yield done + len(batch), batch


def _set_total(actor: Actor, tally: TallyImport, found: TallySheet) -> None:
    with acting(actor):
        now = still_mine(tally)
        now.rows_total = found.sheet.height
        move(now, TallyState.CHECKING, "rows_total")


def _stage(actor: Actor, tally: TallyImport, rows: list[StagedRow], done: int) -> bool:
    """Stage a batch and say how far it is; False when somebody asked to stop."""
    with acting(actor):
        now = still_mine(tally)
        if now.is_cancel_asked:
            return False
        stage(now, rows)
        now.rows_done = done
        move(now, TallyState.CHECKING, "rows_done")
    return True


def _finish(actor: Actor, tally: TallyImport) -> TallyImport:
    with acting(actor):
        now = still_mine(tally)
        now.counts = count_verdicts(now)
        now.is_change_confirmed = False
        move(now, TallyState.CHECKED, "counts", "is_change_confirmed")
        now.finished_at = now.moved_at
        now.save(update_fields=["finished_at"])
        record(actor=actor, action="tally.checked", subject=now, amount=now.rows_total)
    return now


def _cancelled(actor: Actor, tally: TallyImport) -> TallyImport:
    with acting(actor):
        now = still_mine(tally)
        TallyRow.objects.filter(tally_import=now).delete()
        now.counts = {}
        move(now, TallyState.CANCELLED, "counts")
    return now


def _fail(actor: Actor, tally: TallyImport, refused: FileRefused) -> TallyImport:
    with acting(actor):
        now = still_mine(tally)
        now.refusal, now.refusal_detail = refused.code.value, refused.detail[:60]
        move(now, TallyState.REFUSED, "refusal", "refusal_detail")
    return now


def give_up(*, actor: Actor, tally_id: int) -> None:
    """After an error nobody foresaw: nothing is in the diary, and the page offers to check again."""
    with acting(actor):
        tally = held(actor, tally_id, frozenset(TallyState))
        if tally.state == TallyState.CHECKING:
            tally.run += 1
            move(tally, TallyState.FAILED, "run")
