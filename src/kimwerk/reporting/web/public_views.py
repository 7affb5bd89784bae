"""The public statistics: no sign-in, no scripts, no cookies. What is shown here was protected and frozen before."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kimwerk.access.doors import open_to_everyone
from kimwerk.kernel import german
from kimwerk.kernel.hashing import content_hash
from kimwerk.reporting.models import FactSheet, Publication, PublicPaper
from kimwerk.reporting.public.files import data_package, table_csv, table_json
from kimwerk.reporting.public.kinship import related_to
from kimwerk.reporting.public.results import PublicTableJson
from kimwerk.reporting.public.sheets import legend, legend_of, main_heads, main_rows, residents_text
from kimwerk.reporting.public.showing import abstract_of, comparison_of, grid_of
from kimwerk.reporting.selectors.publications import has_report, in_public, seen_in_public, sheets_in, tables_of
from kimwerk.reporting.types import DownloadKind, PublicationState
from kimwerk.reporting.web.public_pages import (
    FactSheetPage,
    PublicationLine,
    PublicationPage,
    ShownTable,
    StatisticsPage,
    as_sheet,
    left_out_lines,
)
from kimwerk.reporting.web.views.builds import TYPES, sealed_page
from kimwerk.reporting.wording import window_label

OK, GONE = 200, 410
FRESH = 600
"""Seconds for which anybody on the way may keep a page; a withdrawal is seen by all after them."""


@require_GET
@open_to_everyone
def statistics(request: HttpRequest) -> HttpResponse:
    """What was published, the newest first."""
    found = in_public()

    def answer() -> HttpResponse:
        page = StatisticsPage(tuple(_line(each) for each in found))
        return render(request, "reporting/public/statistics.html", {"page": page})

    return publicly(request, content_hash([each.slug for each in found]), answer)


@require_GET
@open_to_everyone
def publication(request: HttpRequest, slug: str) -> HttpResponse:
    """The tables of a publication, what is hidden in them and what that cost; or that it was withdrawn."""
    found = _found(slug)

    def answer() -> HttpResponse:
        return render(request, "reporting/public/publication.html", {"page": _page(found)})

    response = publicly(request, _mark(found), answer)
    if found.status is PublicationState.WITHDRAWN and response.status_code == OK:
        response.status_code = GONE
    return response


@require_GET
@open_to_everyone
def table_file(request: HttpRequest, slug: str, number: str, form: str) -> HttpResponse:
    """A table as open data."""
    found = _open(slug)
    tables, place = tables_of(found), int(number)
    if not 1 <= place <= len(tables):
        raise Http404
    table = tables[place - 1]

    def answer() -> HttpResponse:
        if form == "csv":
            return _file(table_csv(table), "text/csv; charset=utf-8", f"{slug}-tabelle-{place}.csv")
        return _file(table_json(table), "application/json", f"{slug}-tabelle-{place}.json")

    return publicly(request, _mark(found), answer)


@require_GET
@open_to_everyone
def package(request: HttpRequest, slug: str) -> HttpResponse:
    """All tables with their schemas, as a data package."""
    found = _open(slug)

    def answer() -> HttpResponse:
        content = data_package(
            {
                "name": found.slug,
                "title": found.title,
                "publisher": found.publisher,
                "address": request.build_absolute_uri(reverse("public:publication", args=[found.slug])),
                "published_on": found.published_at.isoformat() if found.published_at else "",
            },
            tables_of(found),
        )
        return HttpResponse(content, content_type="application/json")

    return publicly(request, _mark(found), answer)


@require_GET
@open_to_everyone
def report(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The whole report with the numbers that are published: to read, to print, to write on, to reckon with."""
    found = _open(slug)
    paper = get_object_or_404(PublicPaper.objects.only(form), publication=found)

    def answer() -> HttpResponse:
        content, kind = bytes(getattr(paper, form)), DownloadKind(form)
        return sealed_page(content) if kind is DownloadKind.HTML else _file(content, TYPES[kind], f"{slug}.{form}")

    return publicly(request, _mark(found), answer)


@require_GET
@open_to_everyone
def abstract(request: HttpRequest, slug: str) -> HttpResponse:
    """The publication at a glance, as a picture to pass on."""
    found = _open(slug)

    def answer() -> HttpResponse:
        shown = abstract_of(found.title, window_label(found.window), found.publisher, tables_of(found))
        response = render(request, "reporting/public/abstract.svg", {"abstract": shown}, content_type="image/svg+xml")
        response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
        return response

    return publicly(request, _mark(found), answer)


@require_GET
@open_to_everyone
def fact_sheet(request: HttpRequest, slug: str, ags: str) -> HttpResponse:
    """One municipality, for its mayor and whoever asks."""
    found = _open(slug)
    sheet = get_object_or_404(FactSheet.objects.defer("pdf"), publication=found, ags=ags)

    def answer() -> HttpResponse:
        content = as_sheet(sheet)
        page = FactSheetPage(
            publication=found,
            name=sheet.name,
            ags=sheet.ags,
            residents=residents_text(content),
            window=window_label(found.window),
            heads=main_heads(),
            rows=tuple(main_rows(content)),
            parts=tuple(content["parts"]),
            legend=legend_of(content),
        )
        return render(request, "reporting/public/fact_sheet.html", {"page": page})

    return publicly(request, _mark(found), answer)


@require_GET
@open_to_everyone
def fact_sheet_paper(request: HttpRequest, slug: str, ags: str) -> HttpResponse:
    """The same as one page of PDF."""
    found = _open(slug)
    sheet = get_object_or_404(FactSheet, publication=found, ags=ags)
    return publicly(
        request, _mark(found), lambda: _file(bytes(sheet.pdf), "application/pdf", f"{slug}-{ags}.pdf", is_shown=True)
    )


def publicly(request: HttpRequest, mark: str, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """An answer that anybody on the way may keep for a while, or that nothing has changed since."""
    etag = quote_etag(mark)
    is_known = etag in {each.strip() for each in request.headers.get("If-None-Match", "").split(",")}
    response = HttpResponseNotModified() if is_known else answer()
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={FRESH}"
    return response


def _found(slug: str) -> Publication:
    found = seen_in_public(slug)
    if found is None:
        raise Http404
    return found


def _open(slug: str) -> Publication:
    found = _found(slug)
    if found.status is not PublicationState.PUBLIC:
        raise Http404
    return found


def _mark(found: Publication) -> str:
    """Changes with whatever the page can show of the publication."""
    return content_hash([found.slug, found.state, found.published_at])


def _line(found: Publication) -> PublicationLine:
    return PublicationLine(
        title=found.title,
        url=reverse("public:publication", args=[found.slug]),
        publisher=found.publisher,
        window=window_label(found.window),
        published=german.day(timezone.localtime(found.published_at).date()) if found.published_at else "",
    )


def _page(found: Publication) -> PublicationPage:
    tables, sheets = tables_of(found), sheets_in(found)
    contents = [as_sheet(sheet) for sheet in sheets]
    line = _line(found)
    return PublicationPage(
        publication=found,
        window=line.window,
        published=line.published,
        is_withdrawn=found.status is PublicationState.WITHDRAWN,
        tables=tuple(_shown(found, number, tables) for number in range(1, len(tables) + 1)),
        abstract=abstract_of(found.title, line.window, found.publisher, tables) if tables else None,
        cost=_cost(found),
        legend=legend(),
        report_url=reverse("public:report", args=[found.slug, "html"]) if has_report(found) else "",
        left_out=left_out_lines(found),
        comparison=comparison_of(contents),
        sheets=tuple((sheet.name, reverse("public:fact_sheet", args=[found.slug, sheet.ags])) for sheet in sheets),
    )


def _shown(found: Publication, number: int, tables: Sequence[PublicTableJson]) -> ShownTable:
    table = tables[number - 1]
    hidden = table["suppressed"]
    return ShownTable(
        anchor=f"tabelle-{number}",
        number=number,
        block=grid_of(table),
        definition=f"{table['counts']} {table['population']}",
        source=table["source"],
        narrowed=tuple(table["narrowed"]),
        hidden=_("%(hidden)d of %(all)d numbers are not published.") % {"hidden": hidden, "all": len(table["cells"])}
        if hidden
        else "",
        related=_related(table, tables) if hidden else "",
        csv_url=reverse("public:table", args=[found.slug, number, "csv"]),
        json_url=reverse("public:table", args=[found.slug, number, "json"]),
    )


def _related(table: PublicTableJson, tables: Sequence[PublicTableJson]) -> str:
    """Which figures of the publication readers could subtract. It says nothing of why a number is missing."""
    found = related_to(table["figure"], [other["figure"] for other in tables])
    if not found:
        return ""
    named = ", ".join(_("“%(title)s”") % {"title": each.title} for each in found)
    return _("What subtracting it and %(figures)s from each other would tell is protected, too.") % {"figures": named}


def _cost(found: Publication) -> str:
    facts = {
        "cells": found.cells,
        "hidden": found.suppressed,
        "cost": found.cost,
        "threshold": found.threshold,
        "gap": german.percent(found.gap, 1),
    }
    told = _(
        "Of %(cells)d numbers %(hidden)d are not published: those from 1 to below %(threshold)d, and %(cost)d more"
        " from which they could be worked out."
    )
    least = _("Fewer would have been possible by %(gap)s at most.") if found.gap else _("Fewer was not possible.")
    before = _("Everything published before was taken into account.")
    return f"{told % facts} {least % facts} {before}"


def _file(content: bytes, kind: str, name: str, *, is_shown: bool = False) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'{"inline" if is_shown else "attachment"}; filename="{name}"'
    return response
