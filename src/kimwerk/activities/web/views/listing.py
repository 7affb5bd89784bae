"""The list of entries: filtered, sorted, summed up, saved as a view, taken out as a file."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.activities.counting.totals import totals_of
from kimwerk.activities.export.csv_file import csv_blocks
from kimwerk.activities.export.workbook import MOST_ROWS, TooManyRows, workbook
from kimwerk.activities.policies import may_export
from kimwerk.activities.selectors.book import Book, book_for
from kimwerk.activities.selectors.entries import Entries
from kimwerk.activities.selectors.settings import usual_settings
from kimwerk.activities.selectors.usual import saved_views
from kimwerk.activities.services.exporting import begin_export
from kimwerk.activities.types import EntryColumn
from kimwerk.activities.web.filters import DEFAULT_SORT, FilterForm, spoken_window, tidy_query
from kimwerk.activities.web.fragments import fragment_target
from kimwerk.activities.web.pages import ListPage
from kimwerk.activities.web.views.quick import quick_entry
from kimwerk.activities.web.wording import COLUMNS
from kimwerk.kernel import german
from kimwerk.ui.components import Column, Table, Tone
from kimwerk.ui.listing import chips_of, paged, with_sorting
from kimwerk.ui.notices import notify

TARGET = "diary-list"
MOST_KEPT = 256
"""So many filter bars are kept beside a book, about 20 KiB each."""

NUMERIC = {EntryColumn.PARTICIPANTS_TARGET, EntryColumn.PARTICIPANTS_PARTNER, EntryColumn.MINUTES}


@require_GET
@needs(Permission.ACTIVITY_LOG, Permission.ACTIVITY_READ)
def listing(request: ActorRequest) -> HttpResponse:
    """The list, or only its changing part while somebody filters."""
    is_part = fragment_target(request) == TARGET
    page = _page(request, is_part=is_part)
    response = render(request, "activities/_list.html" if is_part else "activities/list.html", {"page": page})
    if is_part:
        response.headers["HX-Push-Url"] = f"{reverse('activities:list')}?{page.query}"
    return response


@require_GET
@needs(Permission.ACTIVITY_EXPORT)
def export(request: ActorRequest, kind: str) -> HttpResponseBase:
    """Exactly what the filter shows, as a file."""
    query = tidy_query(request.GET)
    asked = _form(request, query, book_for(request.actor)).asked()
    name = f"{_('diary')}-{german.day(book_for(request.actor).today)}.{kind}"
    disposition = f'attachment; filename="{name}"'
    totals = begin_export(actor=request.actor, asked=asked)
    if kind == "csv":
        blocks = csv_blocks(request.actor, asked)
        return StreamingHttpResponse(
            blocks, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": disposition}
        )
    try:
        file = workbook(request.actor, asked, title=_("Diary"), rows=totals.activities)
    except TooManyRows:
        too_many = _("A workbook holds at most %(most)s rows. Narrow the filter, or take the CSV file.")
        notify(request, too_many % {"most": german.number(MOST_ROWS)}, tone=Tone.WARNING)
        return redirect(f"{reverse('activities:list')}?{query.urlencode()}")
    return FileResponse(file, as_attachment=True, filename=name)


def _page(request: ActorRequest, *, is_part: bool) -> ListPage:
    actor, book, query = request.actor, book_for(request.actor), tidy_query(request.GET)
    form = _form(request, query, book)
    asked = form.asked()
    found = Entries(actor, asked, book, totals_of(actor, asked))
    listed = paged(found, _with_page(query, request))
    return ListPage(
        filter_bar="" if is_part else _filter_bar(form, query),
        head=Table(_("Entries"), _columns(query, shows_people=asked.is_team), (), is_caption_hidden=True),
        rows=listed.items,
        totals=found.totals,
        pagination=listed.pagination,
        chips=chips_of(form, query),
        window=spoken_window(asked.window),
        query=query.urlencode(),
        views=saved_views(actor),
        quick=quick_entry(request) if not is_part and actor.can(Permission.ACTIVITY_LOG) else None,
        shows_people=asked.is_team,
        may_export=may_export(actor),
        is_filtered=bool(set(query) - {"sort"}),
    )


def _form(request: ActorRequest, query: QueryDict, book: Book) -> FilterForm:
    return FilterForm(query, actor=request.actor, book=book, settings=usual_settings(request.actor))


def _filter_bar(form: FilterForm, query: QueryDict) -> str:
    """The fields of the filter, made once for each book and address: hundreds of options take their time."""
    key = f"filter {form.reads_team} {form.settings.is_note_enabled} {query.urlencode()}"
    kept = form.book.kept
    if key not in kept:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        arguments = {"form": form, "chips": (), "reset_url": reverse("activities:list"), "target": f"#{TARGET}"}
        kept[key] = render_to_string("ui/components/filter_bar.html", arguments)
    return kept[key]


def _with_page(query: QueryDict, request: ActorRequest) -> QueryDict:
    paged_query = query.copy()
    if number := request.GET.get("page"):
        paged_query["page"] = number
    return paged_query


def _columns(query: QueryDict, *, shows_people: bool) -> tuple[Column, ...]:
    shown = [each for each in EntryColumn if shows_people or each is not EntryColumn.PERSON]
    columns = [Column(COLUMNS[each], key=each.value, is_numeric=each in NUMERIC) for each in shown]
    return with_sorting(columns, query, default=DEFAULT_SORT)
