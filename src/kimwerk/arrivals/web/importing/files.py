"""A file to take along: the rejected rows in the columns of the list, with the reasons."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import BytesIO, StringIO

import xlsxwriter
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.activities.export.sanitising import harmless
from kimwerk.activities.states import Verdict
from kimwerk.arrivals.models import ListImport, ListRow
from kimwerk.arrivals.services.importing.correcting import texts_of
from kimwerk.arrivals.web.importing.views import seen_import
from kimwerk.arrivals.web.importing.wording import located_text
from kimwerk.audit.services import record_read

Line = Sequence[str]


@require_GET
@needs(Permission.REGISTRATION_KEEP, Permission.REGISTRATION_CHECK)
def rejected(request: ActorRequest, pk: int, kind: str) -> HttpResponse:
    """The rejected rows, ready to be corrected and uploaded again: rows that are on the list are known again."""
    brought = seen_import(request, pk)
    if brought.cleared_at or not brought.sheets or kind not in WRITERS:
        raise Http404
    amount = max(brought.counts.get(Verdict.REJECTED.value, 0), 1)
    record_read(actor=request.actor, subject_type=ListRow._meta.db_table, subject_id=str(pk), amount=amount)
    write, media_type = WRITERS[kind]
    response = HttpResponse(write(_lines(brought)), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{_("rejected-rows")}-{pk}.{kind}"'
    return response


def _lines(brought: ListImport) -> Iterator[Line]:
    """The heading of the file and its rejected rows, the reasons last."""
    headers = brought.sheets[brought.sheet]["headers"]
    yield [*map(harmless, headers), _("reason for the rejection")]
    rows = ListRow.objects.filter(list_import=brought, verdict=Verdict.REJECTED.value).order_by("number")
    for row in rows.iterator(chunk_size=1000):
        reasons = " ".join(located_text(each) for each in row.problems)
        yield [*map(harmless, texts_of(row, len(headers))), reasons]


def _csv(lines: Iterable[Line]) -> bytes:
    text = StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(lines)
    return ("\ufeff" + text.getvalue()).encode()


def _xlsx(lines: Iterable[Line]) -> bytes:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    sheet = book.add_worksheet()
    for at, line in enumerate(lines):
        for column, text in enumerate(line):
            sheet.write_string(at, column, text)
    book.close()
    return out.getvalue()


WRITERS: Mapping[str, tuple[Callable[[Iterable[Line]], bytes], str]] = {
    "csv": (_csv, "text/csv; charset=utf-8"),
    "xlsx": (_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
