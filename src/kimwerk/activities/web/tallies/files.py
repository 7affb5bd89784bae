"""Files to take along: rejected rows with their reasons, and a sample of a tally."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta
from io import StringIO
from typing import IO

import xlsxwriter
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.activities.export.sanitising import harmless
from kimwerk.activities.models import TallyImport
from kimwerk.activities.selectors.book import Book, book_for
from kimwerk.activities.selectors.tallies import rows_of_import
from kimwerk.activities.services.tallies.correcting import texts_of
from kimwerk.activities.services.tallies.reading import OWN_MARK
from kimwerk.activities.states import Verdict
from kimwerk.activities.tally import TallyField
from kimwerk.activities.tally_texts import FIELDS, located_text
from kimwerk.activities.types import CategoryList
from kimwerk.audit.services import record_read

Line = Sequence[str | int | datetime]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@needs(Permission.ACTIVITY_IMPORT)
def rejected(request: ActorRequest, pk: int, kind: str) -> HttpResponseBase:
    """The rejected rows in the columns of the file, with the reasons, ready to be corrected and uploaded again."""
    tally = get_object_or_404(TallyImport.objects.visible_to(request.actor), pk=pk)
    if kind not in {"xlsx", "csv"} or tally.cleared_at or not tally.sheets:
        raise Http404
    count = tally.counts.get(Verdict.REJECTED.value, 0)
    record_read(actor=request.actor, subject_type="activities_tallyrow", subject_id=str(pk), amount=max(count, 1))
    name = _("rejected-%(number)d") % {"number": pk} + f".{kind}"
    if kind == "csv":
        return _csv(_rejected_lines(tally), name)
    return FileResponse(_workbook(_rejected_lines(tally), _("Rejected rows")), as_attachment=True, filename=name)


def _rejected_lines(tally: TallyImport) -> Iterator[Line]:
    """The heading of the file and its rejected rows; our own columns come last and are never read again."""
    headers: list[str] = tally.sheets[tally.sheet]["headers"]
    reason, number = _("reason"), _("row")
    own = {at for at, header in enumerate(headers) if header.startswith(f"{OWN_MARK}:")}
    kept = [at for at in range(len(headers)) if at not in own]
    yield [
        *(harmless(headers[at]) for at in kept),
        f"{OWN_MARK}: {reason}",
        f"{OWN_MARK}: {number}",
    ]
    for row in rows_of_import(tally, Verdict.REJECTED).iterator(chunk_size=1000):
        texts = texts_of(row, len(headers))
        reasons = " ".join(located_text(finding) for finding in row.problems)
        yield [*(harmless(texts[at]) for at in kept), reasons, f"{tally.pk}-{row.number}"]


def _csv(lines: Iterable[Line], name: str) -> HttpResponse:
    text = StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(lines)
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _workbook(lines: Iterable[Line], title: str) -> IO[bytes]:
    file = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115  # the response closes it
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(title[:31])
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd.mm.yyyy"})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 60, 18)
    for number, line in enumerate(lines):
        for at, value in enumerate(line):
            if isinstance(value, datetime):
                sheet.write_datetime(number, at, value, day)
            elif isinstance(value, int):
                sheet.write_number(number, at, value)
            elif value:
                sheet.write_string(number, at, value, bold if number == 0 else None)
    book.close()
    file.seek(0)
    return file


@require_GET
@needs(Permission.ACTIVITY_IMPORT)
def sample(request: ActorRequest) -> FileResponse:
    """A small tally in the words of the reader's own lists, to try the import and to copy its columns."""
    file = _workbook(_sample_lines(book_for(request.actor), request.actor.name), _("Tally"))
    return FileResponse(file, as_attachment=True, filename=_("sample-tally") + ".xlsx")


_SAMPLED = (
    TallyField.DAY,
    TallyField.KIND,
    TallyField.CHANNEL,
    TallyField.MUNICIPALITY,
    TallyField.STAFF,
    TallyField.TOPICS,
    TallyField.TARGET_GROUPS,
    TallyField.PARTICIPANTS_TARGET,
    TallyField.PARTICIPANTS_PARTNER,
    TallyField.MINUTES,
    TallyField.REFERRAL_TARGET,
)


def _sample_lines(book: Book, name: str) -> Iterator[Line]:
    yield [str(FIELDS[field]) for field in _SAMPLED]
    today = timezone.localdate()
    towns = [town.label for town in book.municipalities.values() if town.is_near]
    kinds = book.of(CategoryList.KIND, on=today)
    lists = {each: [fact.label for fact in book.of(each, on=today)] or [""] for each in CategoryList}
    for at in range(6):
        kind = kinds[at % len(kinds)] if kinds else None
        yield [
            datetime.combine(today - timedelta(days=6 - at), time()),
            kind.label if kind else "",
            _turn(lists[CategoryList.CHANNEL], at),
            _turn(towns or [""], at),
            name,
            _turn(lists[CategoryList.TOPIC], at),
            _turn(lists[CategoryList.TARGET_GROUP], at),
            1 + at % 3,
            at % 2,
            15 * (1 + at % 4),
            _turn(lists[CategoryList.REFERRAL_TARGET], at) if kind and kind.is_referral else "",
        ]


def _turn(words: Sequence[str], at: int) -> str:
    return words[at % len(words)]
