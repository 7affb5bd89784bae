"""An import from beginning to end in one process, and how its outcome is written down."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.access.walls import acting
from kimwerk.activities.models import TallyImport
from kimwerk.activities.policies import import_homes
from kimwerk.activities.selectors.book import book_of
from kimwerk.activities.selectors.tallies import rows_of_import
from kimwerk.activities.services.tallies.applying import ConfirmationNeeded, apply_tally, confirm_changes
from kimwerk.activities.services.tallies.cancelling import cancel_tally
from kimwerk.activities.services.tallies.checking import check_tally
from kimwerk.activities.services.tallies.judging import vocabulary_of
from kimwerk.activities.services.tallies.planning import PlanRefused, save_mapping
from kimwerk.activities.services.tallies.reading import read_tally
from kimwerk.activities.services.tallies.uploading import upload_tally
from kimwerk.activities.states import TallyState, Verdict
from kimwerk.activities.tally import Mapping, MappingError, TallyPlan, plan_from_json
from kimwerk.activities.tally.plan import DEFAULTS
from kimwerk.activities.tally_texts import GAPS, WORDS, located_text, refusal_text
from kimwerk.activities.uploads.receiving import CHUNK
from kimwerk.activities.vocabulary import Vocabulary
from kimwerk.kernel import german
from kimwerk.kernel.sheets import FileRefused


class Refused(Exception):
    """The file or the import as a whole was refused; says why."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line asks for."""

    file: Path
    mapping: Path | None = None
    is_dry_run: bool = False
    confirms: bool = False


def import_file(actor: Actor, wishes: Wishes) -> TallyImport:
    """Upload, read, check and, unless it is a dry run, enter. Raises Refused."""
    homes = import_homes(actor)
    if not homes:
        raise CommandError(_("%(name)s may not import into any diary.") % {"name": actor.name})
    try:
        with wishes.file.open("rb") as file, acting(actor):
            tally = upload_tally(
                actor=actor,
                organisation_id=homes[0],
                file_name=wishes.file.name,
                pieces=iter(partial(file.read, CHUNK), b""),
            )
    except FileRefused as refused:
        raise Refused(refusal_text(refused.code, refused.detail)) from refused
    tally = read_tally(actor=actor, tally_id=tally.pk)
    if tally.state == TallyState.REFUSED:
        raise Refused(refusal_text(tally.refusal, tally.refusal_detail))
    _settle(actor, tally, wishes)
    tally = check_tally(actor=actor, tally_id=tally.pk)
    return tally if wishes.is_dry_run else _enter(actor, tally, wishes)


def _settle(actor: Actor, tally: TallyImport, wishes: Wishes) -> None:
    with acting(actor):
        vocabulary = vocabulary_of(book_of({tally.organisation_id}), None)
        plan = plan_from_json(tally.plan)
        if wishes.mapping:
            plan = _plan_of_file(wishes.mapping, tally, plan, vocabulary)
        try:
            save_mapping(actor=actor, tally_id=tally.pk, plan=plan)
        except PlanRefused as refused:
            cancel_tally(actor=actor, tally_id=tally.pk)
            gaps = " ".join(str(GAPS[gap]) for gap in refused.gaps)
        else:
            return
    raise Refused(gaps)


def _plan_of_file(path: Path, tally: TallyImport, plan: TallyPlan, vocabulary: Vocabulary) -> TallyPlan:
    """The mapping file laid over what was proposed; its defaults are words of the diary's lists."""
    try:
        text = path.read_text(encoding="utf-8")
        mapping = Mapping.from_json(text).fitted_to(tally.sheets[tally.sheet]["headers"])
        stored: object = json.loads(text)
    except MappingError as error:
        raise Refused(_("The mapping cannot be used: %(problem)s.") % {"problem": error.problem}) from error
    except UnicodeDecodeError as error:
        raise Refused(_("The mapping cannot be used: %(problem)s.") % {"problem": "utf-8"}) from error
    defaults = stored.get("defaults", {}) if isinstance(stored, dict) else {}
    year = stored.get("year") if isinstance(stored, dict) else None
    meant = {name: _meant(name, defaults[name], vocabulary) for name in DEFAULTS if name in defaults}
    return replace(
        plan,
        mapping=mapping,
        year=year if isinstance(year, int) else plan.year,
        kind_id=meant.get("kind", plan.kind_id),
        channel_id=meant.get("channel", plan.channel_id),
        municipality_id=meant.get("municipality", plan.municipality_id),
        site_id=meant.get("site", plan.site_id),
        staff_id=meant.get("staff", plan.staff_id),
    )


def _meant(name: str, word: object, vocabulary: Vocabulary) -> int:
    lists = {
        "kind": vocabulary.kinds,
        "channel": vocabulary.channels,
        "municipality": vocabulary.municipalities,
        "site": vocabulary.sites,
        "staff": vocabulary.staff,
    }
    found = lists[name].look_up(str(word), suggests=False).term
    if found is None:
        raise Refused(_("“%(word)s” is not in the list. Choose something from the list.") % {"word": word})
    return found.id


def _enter(actor: Actor, tally: TallyImport, wishes: Wishes) -> TallyImport:
    try:
        if wishes.confirms:
            confirm_changes(actor=actor, tally_id=tally.pk)
        return apply_tally(actor=actor, tally_id=tally.pk)
    except ConfirmationNeeded as needed:
        numbers = {"changed": needed.share.changed, "known": needed.share.known, "percent": needed.share.percent}
        raise Refused(
            _(
                "%(changed)d of %(known)d entries would change (%(percent)d %%). Nothing was entered. If that is right,"
                " repeat it with --apply-changes."
            )
            % numbers
        ) from needed


def text_lines(tally: TallyImport) -> Iterator[str]:
    """The outcome for reading: the sums, then every rejected row with its reasons."""
    if tally.state == TallyState.APPLIED:
        yield _("%(file)s is in the diary.") % {"file": tally.file_name}
    else:
        yield _("%(file)s is checked; nothing of it is in the diary.") % {"file": tally.file_name}
    for verdict in Verdict:
        yield f"{german.number(tally.counts[verdict.value]).rjust(9)}  {WORDS[verdict]}"
    for row in rows_of_import(tally, Verdict.REJECTED).iterator(chunk_size=2000):
        yield _("Row %(number)d: %(reasons)s") % {"number": row.number, "reasons": _reasons(row.problems)}


def _reasons(problems: Sequence[dict[str, object]]) -> str:
    return " ".join(located_text(problem) for problem in problems)


def json_pieces(tally: TallyImport) -> Iterator[str]:
    """The outcome as JSON with the verdict of every row, piece by piece."""
    head = {"file": tally.file_name, "import": tally.pk, "state": tally.state, "counts": tally.counts, "refusal": None}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "rows": ['
    for at, row in enumerate(rows_of_import(tally, None).defer("cells", "draft").iterator(chunk_size=2000)):
        problems = [problem | {"text": located_text(problem)} for problem in row.problems]
        line = {"row": row.number, "verdict": row.verdict, "problems": problems}
        yield ("," if at else "") + "\n" + json.dumps(line, ensure_ascii=False)
    yield "\n]}\n"
