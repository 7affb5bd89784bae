"""A file to take along: the rejected rows in the columns of the list, with the reasons."""

from __future__ import annotations

import csv
from io import StringIO

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.activities.export.sanitising import harmless
from kimwerk.activities.states import Verdict
from kimwerk.arrivals.models import ListRow
from kimwerk.arrivals.services.importing.correcting import texts_of
from kimwerk.arrivals.web.importing.views import seen_import
from kimwerk.arrivals.web.importing.wording import located_text
from kimwerk.audit.services import record_read


@require_GET
@needs(Permission.REGISTRATION_KEEP, Permission.REGISTRATION_CHECK)
def rejected(request: ActorRequest, pk: int) -> HttpResponse:
    """The rejected rows, ready to be corrected and uploaded again: rows that are on the list are known again."""
    brought = seen_import(request, pk)
    if brought.cleared_at or not brought.sheets:
        raise Http404
    headers = brought.sheets[brought.sheet]["headers"]
    rows = ListRow.objects.filter(list_import=brought, verdict=Verdict.REJECTED.value).order_by("number")
    amount = max(brought.counts.get(Verdict.REJECTED.value, 0), 1)
    record_read(actor=request.actor, subject_type=ListRow._meta.db_table, subject_id=str(pk), amount=amount)
    text = StringIO()
    lines = csv.writer(text, delimiter=";", lineterminator="\r\n")
    lines.writerow([*map(harmless, headers), _("reason for the rejection")])
    for row in rows.iterator(chunk_size=1000):
        reasons = " ".join(located_text(each) for each in row.problems)
        lines.writerow([*map(harmless, texts_of(row, len(headers))), reasons])
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_("rejected-rows")}-{pk}.csv"'
    return response
