"""Looking into an uploaded file, and saying how it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from django.conf import settings
from django.db import transaction

from kimwerk.access.actors import Actor
from kimwerk.access.walls import acting
from kimwerk.activities.states import TallyState
from kimwerk.activities.tally import TallySheet, find_layout, find_tally
from kimwerk.activities.uploads.receiving import joined
from kimwerk.activities.uploads.running import TallyForgotten, move, still_mine, take_over
from kimwerk.arrivals.importing.fields import ListPlan, PlanGap, plan_from_json
from kimwerk.arrivals.importing.headers import field_of_heading, propose
from kimwerk.arrivals.models import ListImport, ListPiece
from kimwerk.arrivals.selectors.contracts import collected_columns
from kimwerk.arrivals.services.importing.running import forget_verdicts, held, refuse
from kimwerk.audit.services import record
from kimwerk.kernel.sheets import Cell, FileRefused, Limits, cell_text, read_sheets

S = TallyState
MAPPABLE = frozenset({S.MAPPING, S.CHECKED, S.CANCELLED, S.FAILED, S.UNDONE})
MOST_ROWS, MOST_SHEETS = 100_000, 40
REMEMBERED = 20
"""Imports of an occasion that are looked through for one of the same layout, the latest first."""

SAMPLED_ROWS, SAMPLE_VALUES, LONGEST_SAMPLE = 50, 3, 60


class PlanRefused(Exception):
    """Rows cannot be read by this plan; `gaps` says what it lacks."""

    def __init__(self, gaps: tuple[PlanGap, ...]) -> None:
        super().__init__(", ".join(gaps))
        self.gaps = gaps


def read_list(*, actor: Actor, pk: int) -> None:
    """Find the tables in the file and propose how to read them, or say why it cannot be read."""
    with acting(actor):
        brought = take_over(held(actor, pk, {S.UPLOADED}), S.UPLOADED)
        content = content_of(brought)
        nationality = brought.occasion.nationality
        collected = {field.value for field in collected_columns(brought.organisation_id)}
    try:
        found = find_tally(read_sheets(content, brought.file_name, limits()), field_of_heading)[:MOST_SHEETS]
    except FileRefused as refused:
        refuse(actor, brought, refused)
        return
    with acting(actor):
        brought = still_mine(brought)
        plans = (_remembered(actor, brought, each) or propose(each.headers, nationality) for each in found)
        brought.sheets = [_stored(each, plan.kept_to(collected)) for each, plan in zip(found, plans, strict=True)]
        brought.sheet = 0
        brought.plan = brought.sheets[0]["plan"]
        move(brought, S.MAPPING, "sheets", "sheet", "plan")


def _remembered(actor: Actor, brought: ListImport, found: TallySheet) -> ListPlan | None:
    """How a list with the same headings was read the last time; the day of arrival is said anew each time."""
    earlier = ListImport.objects.visible_to(actor).filter(organisation=brought.organisation_id)
    applied = earlier.filter(state=S.APPLIED.value, occasion=brought.occasion_id).order_by("-applied_at")
    plans = map(plan_from_json, applied.values_list("plan", flat=True)[:REMEMBERED])
    alike = (plan for plan in plans if [column.header for column in plan.columns] == list(found.headers))
    plan = next(alike, None)
    return replace(plan, arrived_on=None) if plan else None


def limits() -> Limits:
    """How much of a file is read at most; above the table there may be titles."""
    return Limits(size=settings.TALLY_UPLOAD_LIMIT, rows=MOST_ROWS + 100)


def content_of(brought: ListImport) -> bytes:
    """The file, whole."""
    return joined(ListPiece.objects.filter(list_import=brought).order_by("number").iterator(chunk_size=1))


def sheet_of(content: bytes, brought: ListImport) -> TallySheet:
    """The table that was chosen. Raises FileRefused."""
    name = brought.sheets[brought.sheet]["name"]
    sheets = read_sheets(content, brought.file_name, limits())
    return find_layout(next(sheet for sheet in sheets if sheet.name == name), field_of_heading)


def _stored(found: TallySheet, plan: ListPlan) -> dict[str, object]:
    rows = [cells for _, cells in islice(found.rows(), SAMPLED_ROWS)]
    return {
        "name": found.sheet.name,
        "headers": list(found.headers),
        "rows": found.sheet.height,
        "is_1904": found.sheet.is_1904,
        "samples": [_samples(at, rows) for at in range(len(found.headers))],
        "plan": plan.to_json(),
    }


def _samples(at: int, rows: Sequence[Sequence[Cell]]) -> list[str]:
    texts = (cell_text(row[at]).replace("\0", "").strip()[:LONGEST_SAMPLE] for row in rows if at < len(row))
    return list(islice(dict.fromkeys(text for text in texts if text), SAMPLE_VALUES))


@transaction.atomic
def choose_sheet(*, actor: Actor, pk: int, sheet: int) -> ListImport:
    """Read another sheet of the workbook, beginning with what was proposed for it."""
    brought = _open(actor, pk)
    if 0 <= sheet < len(brought.sheets) and sheet != brought.sheet:
        brought.sheet, brought.plan = sheet, brought.sheets[sheet]["plan"]
        forget_verdicts(brought)
        move(brought, S.MAPPING, "sheet", "plan", "counts")
    return brought


@transaction.atomic
def save_plan(*, actor: Actor, pk: int, plan: ListPlan) -> ListImport:
    """Settle how the rows are read. Raises PlanRefused."""
    brought = _open(actor, pk)
    if gaps := tuple(plan.gaps()):
        raise PlanRefused(gaps)
    brought.plan = plan.to_json()
    forget_verdicts(brought)
    move(brought, S.MAPPING, "plan", "counts")
    record(actor=actor, action="list.mapped", subject=brought)
    return brought


def _open(actor: Actor, pk: int) -> ListImport:
    brought = held(actor, pk, MAPPABLE)
    if brought.cleared_at or not brought.sheets:
        raise TallyForgotten
    return brought
