"""Correcting rejected rows on screen: judged anew at once, as if the file had said so."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.db import transaction

from kimwerk.access.actors import Actor
from kimwerk.activities.states import TallyState, Verdict
from kimwerk.arrivals.importing.families import groups, identity_of
from kimwerk.arrivals.importing.judging import Draft, Finding, RowJudge, RowProblem
from kimwerk.arrivals.matching import compared
from kimwerk.arrivals.models import ListImport, ListRow, Occasion
from kimwerk.arrivals.rules import findings_of
from kimwerk.arrivals.selectors.duplicates import candidates_for
from kimwerk.arrivals.services.importing.checking import bench_of, staged
from kimwerk.arrivals.services.importing.running import held
from kimwerk.arrivals.services.importing.staging import SAME_ROW, fine_rows, put_together, reconsider, to_ask_of
from kimwerk.arrivals.types import Finding as Noticed
from kimwerk.audit.services import record
from kimwerk.directory.models import Municipality
from kimwerk.kernel.sheets import cell_text, cells_from_json
from kimwerk.persons.identity import identity_numbers
from kimwerk.persons.services.duplicates import ask_elsewhere_of_list

LONGEST_TEXT = 500


class RowIsFine(Exception):
    """Only rejected rows, and rows corrected before, can be corrected."""


@transaction.atomic
def correct_row(*, actor: Actor, pk: int, number: int, cells: Mapping[int, str]) -> Verdict:
    """Replace some cells of a row, by column from 0, and judge it again. Raises RowIsFine."""
    brought = held(actor, pk, {TallyState.CHECKED})
    row = ListRow.objects.select_for_update().get(list_import=brought, number=number)
    if row.verdict != Verdict.REJECTED and not row.corrections:
        raise RowIsFine
    texts = texts_of(row, len(brought.sheets[brought.sheet]["headers"]))
    tidy = {at: text.replace("\0", "").strip()[:LONGEST_TEXT] for at, text in cells.items() if 0 <= at < len(texts)}
    row.corrections = [tidy.get(at, text) for at, text in enumerate(texts)]
    judged = RowJudge(bench_of(actor, brought)).judge(row.corrections, cells_from_json(row.cells))
    _put(row, judged)
    if isinstance(judged, Draft):
        _notice(actor, brought, number)
    reconsider(brought)
    brought.save(update_fields=["counts"])
    record(actor=actor, action="list.row_corrected", subject=brought)
    row.refresh_from_db(fields=["verdict"])
    return Verdict(row.verdict)


def texts_of(row: ListRow, width: int) -> list[str]:
    """The cells of a row as texts, as somebody corrected them or as they stood in the file."""
    texts = list(row.corrections) or [cell_text(cell) for cell in cells_from_json(row.cells)]
    return texts + [""] * (width - len(texts))


def _put(row: ListRow, judged: Draft | list[Finding]) -> None:
    """The row as it is judged now; whoever stands in the file already is not brought in twice."""
    row.draft, row.source_key, row.source_digest, row.match_keys, row.registration_id = None, "", "", [], None
    row.verdict, row.problems = Verdict.REJECTED.value, []
    if isinstance(judged, list):
        row.problems = [finding.to_json() for finding in judged]
    else:
        key, digest = identity_of(judged)
        same = ListRow.objects.filter(list_import=row.list_import_id, source_key=key).exclude(pk=row.pk).first()
        if same is None:
            keys = identity_numbers(compared(judged.member, judged.shared.municipality_id))
            said = staged(row.number, "", judged, (key, digest), keys)
            row.draft, row.verdict = json.loads(said.draft or ""), said.verdict
            row.source_key, row.source_digest, row.match_keys = key, digest, list(said.match_keys)
        else:
            is_same = same.source_digest == digest
            row.verdict = (Verdict.UNCHANGED if is_same else Verdict.REJECTED).value
            row.problems = [Finding(SAME_ROW if is_same else RowProblem.OTHER_ROW, excerpt=str(same.number)).to_json()]
    row.save()


def _notice(actor: Actor, brought: ListImport, number: int) -> None:
    """Put the row to its family, and look at the family again."""
    fine = fine_rows(brought)
    family_of = dict(groups(fine))
    own = family_of[number]
    family = {at: draft for at, draft in fine if family_of[at] == own}
    known = ListRow.objects.filter(list_import=brought, number__in=family).in_bulk(field_name="pk")
    doubtful = {row.number for row in known.values() if Noticed.DUPLICATE.value in row.findings}
    who = compared(family[number].member, family[number].shared.municipality_id)
    if candidates_for(actor, who):
        doubtful.add(number)
    asked = ask_elsewhere_of_list(actor=actor, organisation_id=brought.organisation_id, people=[who])
    places = {row.number: to_ask_of(row.problems) for row in known.values()} | {number: asked.get(0, ())}
    put_together(brought, [(at, own, _found(brought.occasion, family, at, doubtful)) for at in family], places)


def _found(occasion: Occasion, family: Mapping[int, Draft], number: int, doubtful: set[int]) -> tuple[Noticed, ...]:
    draft = family[number]
    found = findings_of(
        draft.member,
        draft.shared,
        family=[each.member for each in family.values()],
        place=Municipality.objects.get(pk=draft.shared.municipality_id).name,
        begins_on=occasion.begins_on,
    )
    return (Noticed.DUPLICATE, *found) if number in doubtful else found
