"""Looking into an uploaded file: its sheets, their headers, samples, and how they will probably be read."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from django.conf import settings

from kimwerk.access.actors import Actor
from kimwerk.access.walls import acting
from kimwerk.activities.models import TallyImport, TallyProfile
from kimwerk.activities.selectors.book import Book, book_of
from kimwerk.activities.services.tallies.judging import vocabulary_of
from kimwerk.activities.services.tallies.states import begin_run, held, move, still_mine
from kimwerk.activities.services.tallies.uploading import content_of
from kimwerk.activities.states import TallyState
from kimwerk.activities.tally import (
    Certainty,
    MappedColumn,
    TallyPlan,
    TallySheet,
    find_tally,
    header_fingerprint,
    plan_from_json,
    propose_mapping,
)
from kimwerk.activities.vocabulary import Vocabulary
from kimwerk.kernel.names import text_key
from kimwerk.kernel.sheets import Cell, FileRefused, Limits, Refusal, cell_text, cells_to_json, read_sheets

READABLE = frozenset({TallyState.UPLOADED})
OWN_MARK = "kimwerk"
"""The first word of the columns that a download of rejected rows adds; they are never read as facts."""

MOST_SHEETS = 40
SAMPLED_ROWS = 200
PREVIEWED_ROWS = 5
SAMPLE_VALUES = 3
LONGEST_SAMPLE = 60
ROW_MARK = re.compile(r"(\d{1,18})-(\d{1,9})")


def read_tally(*, actor: Actor, tally_id: int) -> TallyImport:
    """Find the tables in the file and propose how to read them, or say why it cannot be read."""
    with acting(actor):
        tally = begin_run(actor, tally_id, TallyState.UPLOADED, READABLE)
        content = content_of(tally)
        book = book_of({tally.organisation_id})
    try:
        found = find_tally(read_sheets(content, tally.file_name, limits()))[:MOST_SHEETS]
        del content
    except FileRefused as refused:
        return _refuse(actor, tally, refused)
    vocabulary = vocabulary_of(book, book.today)
    with acting(actor):
        tally = still_mine(tally)
        sheets = [_Look(tally, each, book).stored(vocabulary) for each in found]
        tally.sheets, tally.sheet = sheets, 0
        tally.plan = _plan_of(sheets[0])
        move(tally, TallyState.MAPPING, "sheets", "sheet", "plan")
    return tally


def give_up(*, actor: Actor, tally_id: int) -> None:
    """After an error nobody foresaw in a file: whatever is in it, it cannot be read."""
    with acting(actor):
        tally = held(actor, tally_id, frozenset(TallyState))
        if tally.state == TallyState.UPLOADED:
            tally.run += 1
            tally.refusal = Refusal.BROKEN.value
            move(tally, TallyState.REFUSED, "run", "refusal")


def limits() -> Limits:
    """How much of a file is read at most."""
    return Limits(size=settings.TALLY_UPLOAD_LIMIT)


def _refuse(actor: Actor, tally: TallyImport, refused: FileRefused) -> TallyImport:
    with acting(actor):
        tally = still_mine(tally)
        tally.refusal, tally.refusal_detail = refused.code.value, refused.detail[:60]
        move(tally, TallyState.REFUSED, "refusal", "refusal_detail")
    return tally


def _plan_of(sheet: dict[str, object]) -> dict[str, object]:
    plan = sheet["plan"]
    return plan if isinstance(plan, dict) else {}


def is_own_column(header: str) -> bool:
    """Whether a download of rejected rows added this column."""
    return text_key(header).split(" ")[0] == OWN_MARK


def fingerprint(headers: Sequence[str]) -> str:
    """By which a table of the same shape is known again, with or without our own columns."""
    return header_fingerprint([header for header in headers if not is_own_column(header)])


@dataclass(frozen=True)
class _Look:
    """A first look at one sheet."""

    tally: TallyImport
    found: TallySheet
    book: Book

    def stored(self, vocabulary: Vocabulary) -> dict[str, object]:
        """What is kept of a sheet until it has been mapped: nothing of columns that look personal."""
        rows = [cells for _, cells in islice(self.found.rows(), SAMPLED_ROWS)]
        remembered = self._remembered()
        plan = remembered or self._proposed(rows, vocabulary)
        hidden = [column.certainty is Certainty.PERSONAL for column in plan.mapping.columns]
        shown = [[None if hide else cell for hide, cell in zip(hidden, row, strict=False)] for row in rows]
        return {
            "name": self.found.sheet.name,
            "headers": list(self.found.headers),
            "rows": self.found.sheet.height,
            "is_1904": self.found.sheet.is_1904,
            "is_known": remembered is not None,
            "origin": self._origin(rows),
            "samples": [_samples(at, shown) for at in range(len(self.found.headers))],
            "preview": [json.loads(cells_to_json(row)) for row in shown[:PREVIEWED_ROWS]],
            "plan": plan.to_json(),
        }

    def _remembered(self) -> TallyPlan | None:
        profile = TallyProfile.objects.filter(
            organisation=self.tally.organisation_id, fingerprint=fingerprint(self.found.headers)
        ).first()
        return plan_from_json(profile.mapping).fitted_to(self.found.headers) if profile else None

    def _proposed(self, rows: Sequence[Sequence[Cell]], vocabulary: Vocabulary) -> TallyPlan:
        mapping = propose_mapping(self.found.headers, rows, vocabulary)
        columns = tuple(
            MappedColumn(column.header) if is_own_column(column.header) else column for column in mapping.columns
        )
        own = self.tally.uploaded_by_id
        return TallyPlan(replace(mapping, columns=columns), staff_id=own if own in self.book.staff else None)

    def _origin(self, rows: Sequence[Sequence[Cell]]) -> int | None:
        """The import whose rejected rows these are, when the file is a download of them."""
        marks = [at for at, header in enumerate(self.found.headers) if is_own_column(header)]
        for at in marks:
            texts = [cell_text(row[at]) for row in rows if at < len(row)]
            found = {match[1] for text in texts if (match := ROW_MARK.fullmatch(text))}
            if len(found) == 1:
                number = int(found.pop())
                same = TallyImport.objects.filter(pk=number, organisation=self.tally.organisation_id)
                return number if same.exists() else None
        return None


def _samples(at: int, rows: Sequence[Sequence[Cell]]) -> list[str]:
    texts = (cell_text(row[at]).strip()[:LONGEST_SAMPLE] for row in rows if at < len(row))
    return list(islice(dict.fromkeys(text for text in texts if text), SAMPLE_VALUES))
