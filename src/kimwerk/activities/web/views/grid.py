"""Many entries at once, in a grid that takes what was copied out of a spreadsheet."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.activities.models import Activity
from kimwerk.activities.selectors.book import book_for
from kimwerk.activities.selectors.usual import last_used
from kimwerk.activities.services.entries import log_many
from kimwerk.activities.services.refusals import EntriesRefused
from kimwerk.activities.web.grid import (
    BLANK_ROWS,
    GridReader,
    GridRow,
    grid_columns,
    texts_of_form,
    texts_of_paste,
    with_problems,
)
from kimwerk.activities.web.pages import GridPage
from kimwerk.kernel import german
from kimwerk.ui.notices import notify

DRAFT = "grid"


@require_http_methods(["GET", "POST"])
@needs(Permission.ACTIVITY_LOG)
def grid(request: ActorRequest) -> HttpResponse:
    """Rows to fill in; saved together once every row is right."""
    reader = GridReader(request.actor, book_for(request.actor), last_used(request.actor), timezone.localdate())
    texts = [*texts_of_form(request.POST), *texts_of_paste(request.POST.get("paste", ""))]
    rows = reader.read(texts)
    facts = [row.facts for row in rows if row.facts]
    is_saving = request.method == "POST" and "take" not in request.POST
    if is_saving and rows and len(facts) == len(rows):
        try:
            logged = log_many(actor=request.actor, entries=facts)
        except EntriesRefused as refused:
            rows = with_problems(rows, refused.problems)
        else:
            _say_saved(request, logged)
            return redirect("activities:list")
    return _show(request, reader, rows, is_saving=is_saving)


def _show(request: ActorRequest, reader: GridReader, rows: tuple[GridRow, ...], *, is_saving: bool) -> HttpResponse:
    faulty = sum(bool(row.problems) for row in rows)
    page = GridPage(
        columns=grid_columns(reader.book),
        rows=(*rows, *reader.blank(len(rows), BLANK_ROWS, _day(request))),
        problem_count=faulty,
        filled=len(rows),
    )
    status = 422 if is_saving and faulty else 200
    return render(request, "activities/grid.html", {"page": page}, status=status)


def _day(request: ActorRequest) -> str:
    """The day for which somebody comes to fill in, as it is written in a cell."""
    try:
        return german.day(date.fromisoformat(request.GET.get("day", "")))
    except ValueError:
        return ""


def _say_saved(request: ActorRequest, logged: list[Activity]) -> None:
    number = len(logged)
    said = ngettext("%(number)s entry saved.", "%(number)s entries saved.", number) % {"number": number}
    keys = "-".join(str(each.pk) for each in logged)
    notify(request, said, undo_url=reverse("activities:undo", args=[keys]), saved_draft=DRAFT)
