"""Saying how a file is read: which sheet, and what its columns mean."""

from __future__ import annotations

from django.db import transaction

from kimwerk.access.actors import Actor
from kimwerk.activities.models import TallyImport, TallyProfile, TallyRow
from kimwerk.activities.services.tallies.reading import fingerprint
from kimwerk.activities.services.tallies.states import TallyForgotten, held, move
from kimwerk.activities.states import TallyState
from kimwerk.activities.tally import PlanGap, TallyPlan
from kimwerk.audit.services import record

MAPPABLE = frozenset(
    {TallyState.MAPPING, TallyState.CHECKED, TallyState.CANCELLED, TallyState.FAILED, TallyState.UNDONE}
)


class PlanRefused(Exception):
    """Rows cannot be read by this plan; `gaps` says what it lacks."""

    def __init__(self, gaps: tuple[PlanGap, ...]) -> None:
        super().__init__(", ".join(gaps))
        self.gaps = gaps


@transaction.atomic
def choose_sheet(*, actor: Actor, tally_id: int, sheet: int) -> TallyImport:
    """Read another sheet of the workbook, beginning with what was proposed for it."""
    tally = _open(actor, tally_id)
    if 0 <= sheet < len(tally.sheets) and sheet != tally.sheet:
        tally.sheet, tally.plan = sheet, tally.sheets[sheet]["plan"]
        _forget_verdicts(tally)
        move(tally, TallyState.MAPPING, "sheet", "plan", "counts")
    return tally


@transaction.atomic
def save_mapping(*, actor: Actor, tally_id: int, plan: TallyPlan) -> TallyImport:
    """Settle how the rows are read, and remember it for the next file of this shape. Raises PlanRefused."""
    tally = _open(actor, tally_id)
    if gaps := tuple(plan.gaps()):
        raise PlanRefused(gaps)
    tally.plan = plan.to_json()
    _forget_verdicts(tally)
    move(tally, TallyState.MAPPING, "plan", "counts")
    TallyProfile.objects.update_or_create(
        organisation_id=tally.organisation_id,
        fingerprint=fingerprint(tally.sheets[tally.sheet]["headers"]),
        defaults={"mapping": tally.plan},
    )
    record(actor=actor, action="tally.mapped", subject=tally)
    return tally


def _open(actor: Actor, tally_id: int) -> TallyImport:
    tally = held(actor, tally_id, MAPPABLE)
    if tally.cleared_at or not tally.sheets:
        raise TallyForgotten
    return tally


def _forget_verdicts(tally: TallyImport) -> None:
    """Verdicts that were given under another plan say nothing any more."""
    TallyRow.objects.filter(tally_import=tally).delete()
    tally.counts = {}
