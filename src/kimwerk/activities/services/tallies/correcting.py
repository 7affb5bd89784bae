"""Correcting rejected rows on screen: judged anew at once, as if the file had said so."""

from __future__ import annotations

import json
from collections.abc import Mapping

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
from kimwerk.activities.tally import Draft, ProblemCode, TallyField, cell_text, cells_from_json
from kimwerk.audit.services import record

LONGEST_TEXT = 500


class RowIsFine(Exception):
    """Only rejected rows, and rows corrected before, can be corrected."""


@transaction.atomic
def correct_row(*, actor: Actor, tally_id: int, number: int, cells: Mapping[int, str]) -> TallyRow:
    """Replace some cells of a row, by column from 0, and judge it again. Raises RowIsFine."""
    tally = held(actor, tally_id, {TallyState.CHECKED})
    row = TallyRow.objects.select_for_update().get(tally_import=tally, number=number)
    if row.verdict != Verdict.REJECTED and not row.corrections:
        raise RowIsFine
    was = draft_from_json(row.draft) if row.draft else None
    row.corrections = _corrected(row, cells, len(tally.sheets[tally.sheet]["headers"]))
    judged = RowJudge(bench_of(actor, tally)).judge(row.corrections)
    if isinstance(judged, Draft):
        _accept(tally, row, judged)
    else:
        _reject(row, judged)
    for draft in (was, judged):
        if isinstance(draft, Draft):
            _renumber(tally, draft)
    reconsider(tally)
    tally.counts = count_verdicts(tally)
    tally.save(update_fields=["counts"])
    record(actor=actor, action="tally.row_corrected", subject=tally)
    row.refresh_from_db()
    return row


def texts_of(row: TallyRow, width: int) -> list[str]:
    """The cells of a row as texts, as somebody corrected them or as they stood in the file."""
    texts = list(row.corrections) or [cell_text(cell) for cell in cells_from_json(row.cells)]
    return texts + [""] * (width - len(texts))


def _corrected(row: TallyRow, cells: Mapping[int, str], width: int) -> list[str]:
    texts = texts_of(row, width)
    for at, text in cells.items():
        if 0 <= at < width:
            texts[at] = text.replace("\0", "").strip()[:LONGEST_TEXT]
    return texts


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


def _renumber(tally: TallyImport, draft: Draft) -> None:
    """Give the rows that are alike their keys in the order of the file, as checking it anew would."""
    identities = ContinuedIdentities(keys_of_origin(tally))
    for row in _others(tally, draft).order_by("number"):
        key, digest, _ = identities.of(draft_from_json(row.draft or {}))
        if (row.source_key, row.source_digest) != (key, digest):
            row.source_key, row.source_digest = key, digest
            row.save(update_fields=["source_key", "source_digest"])
