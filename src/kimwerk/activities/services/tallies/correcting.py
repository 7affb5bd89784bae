"""Correcting rejected rows on screen: judged anew at once, as if the file had said so."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import QuerySet

from kimwerk.access.actors import Actor
from kimwerk.activities.models import TallyImport, TallyRow
from kimwerk.activities.services.tallies.checking import ContinuedIdentities, bench_of, keys_of_origin
from kimwerk.activities.services.tallies.judging import Finding, RowJudge
from kimwerk.activities.services.tallies.staging import (
    IDENTIFYING,
    count_verdicts,
    draft_from_json,
    draft_to_json,
    reconsider,
)
from kimwerk.activities.services.tallies.states import held
from kimwerk.activities.states import TallyState, Verdict
from kimwerk.activities.tally import Draft, ProblemCode, TallyField
from kimwerk.audit.services import record
from kimwerk.kernel.sheets import cell_text, cells_from_json

LONGEST_TEXT = 500
FEW = 8


class RowIsFine(Exception):
    """Only rejected rows, and rows corrected before, can be corrected."""


@transaction.atomic
def correct_row(
    *, actor: Actor, tally_id: int, number: int, cells: Mapping[int, str], is_everywhere: bool = False
) -> list[TallyRow]:
    """Replace some cells of a row, by column from 0, and judge it again. Raises RowIsFine.

    With `is_everywhere` also in all other rejected rows whose same cell says the same. The row that
    was asked for is the first of those returned.
    """
    tally = held(actor, tally_id, {TallyState.CHECKED})
    width = len(tally.sheets[tally.sheet]["headers"])
    row = TallyRow.objects.select_for_update().get(tally_import=tally, number=number)
    if row.verdict != Verdict.REJECTED and not row.corrections:
        raise RowIsFine
    changed = _changed(texts_of(row, width), cells)
    judge, drafts = RowJudge(bench_of(actor, tally)), list[Draft]()
    found = [(row, changed)] + (_alike(tally, row, changed, width) if is_everywhere else [])
    for each, texts in found:
        drafts += _judge_again(tally, each, texts, judge, width)
    _renumber(tally, drafts)
    reconsider(tally)
    tally.counts = count_verdicts(tally)
    tally.save(update_fields=["counts"])
    record(actor=actor, action="tally.row_corrected", subject=tally, amount=len(found))
    row.refresh_from_db()
    return [row, *(each for each, _ in found[1:])]


def _changed(before: list[str], cells: Mapping[int, str]) -> dict[int, str]:
    """The cells that say something else than before, tidied."""
    tidy = {at: text.replace("\0", "").strip()[:LONGEST_TEXT] for at, text in cells.items() if 0 <= at < len(before)}
    return {at: text for at, text in tidy.items() if text != before[at]}


def _alike(
    tally: TallyImport, row: TallyRow, changed: Mapping[int, str], width: int
) -> list[tuple[TallyRow, dict[int, str]]]:
    """Other rejected rows with the same words in a changed cell, and what to change there."""
    before = texts_of(row, width)
    others = TallyRow.objects.filter(tally_import=tally, verdict=Verdict.REJECTED.value).exclude(pk=row.pk)
    found = []
    for other in others.order_by("number").iterator(chunk_size=2000):
        texts = texts_of(other, width)
        same = {at: text for at, text in changed.items() if before[at] and texts[at] == before[at]}
        if same:
            found.append((other, same))
    return found


def _judge_again(
    tally: TallyImport, row: TallyRow, changed: Mapping[int, str], judge: RowJudge, width: int
) -> list[Draft]:
    """Judge a row with other cells; the drafts it stood for and stands for now."""
    drafts = [draft_from_json(row.draft)] if row.draft else []
    texts = texts_of(row, width)
    for at, text in changed.items():
        texts[at] = text
    row.corrections = texts
    judged = judge.judge(texts)
    if isinstance(judged, Draft):
        _accept(tally, row, judged)
        drafts.append(judged)
    else:
        _reject(row, judged)
    return drafts


def texts_of(row: TallyRow, width: int) -> list[str]:
    """The cells of a row as texts, as somebody corrected them or as they stood in the file."""
    texts = list(row.corrections) or [cell_text(cell) for cell in cells_from_json(row.cells)]
    return texts + [""] * (width - len(texts))


def _accept(tally: TallyImport, row: TallyRow, draft: Draft) -> None:
    row.draft = json.loads(draft_to_json(draft))
    row.verdict, row.problems = Verdict.CREATED.value, []
    if draft.external_id and _others(tally, draft).exclude(pk=row.pk).exists():
        again = Finding(ProblemCode.REPEATED_ID.value, TallyField.EXTERNAL_ID.value, draft.external_id[:40])
        _reject(row, [again])
        return
    # a key of its own until the rows that are alike are numbered anew
    row.source_key, row.source_digest = f"row-{row.pk}", ""
    row.save()


def _reject(row: TallyRow, findings: list[Finding]) -> None:
    row.verdict, row.problems = Verdict.REJECTED.value, [finding.to_json() for finding in findings]
    row.draft, row.source_key, row.source_digest, row.activity_id = None, "", "", None
    row.save()


def _others(tally: TallyImport, draft: Draft) -> QuerySet[TallyRow]:
    """The rows of the import that are alike in all that identifies them."""
    stored = json.loads(draft_to_json(draft))
    names = ("external_id",) if draft.external_id else IDENTIFYING
    return TallyRow.objects.filter(tally_import=tally, draft__contains={name: stored[name] for name in names})


def _renumber(tally: TallyImport, drafts: Sequence[Draft]) -> None:
    """Give the rows that are alike their keys in the order of the file, as checking it anew would.

    For a few drafts only the rows like them are looked at, for many the whole import, once.
    """
    taken = keys_of_origin(tally)
    if len(drafts) > FEW:
        _number(TallyRow.objects.filter(tally_import=tally, draft__isnull=False), taken)
        return
    for draft in drafts:
        _number(_others(tally, draft), taken)


def _number(rows: QuerySet[TallyRow], taken: frozenset[str]) -> None:
    identities, moved = ContinuedIdentities(taken), []
    for row in rows.order_by("number").only("pk", "draft", "source_key", "source_digest").iterator(chunk_size=5000):
        key, digest, _ = identities.of(draft_from_json(row.draft or {}))
        if (row.source_key, row.source_digest) != (key, digest):
            row.source_key, row.source_digest = key, digest
            moved.append(row)
    TallyRow.objects.bulk_update(moved, ["source_key", "source_digest"], batch_size=1000)
