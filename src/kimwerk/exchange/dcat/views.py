"""The catalogue as files that portals fetch. Nobody is signed in here."""

from __future__ import annotations

import hashlib
from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from kimwerk.access.doors import open_to_everyone
from kimwerk.exchange.dcat.catalogue import Catalogue, Dataset, File, publishers_of, things_of
from kimwerk.exchange.dcat.graph import Thing, as_json_ld, as_rdf_xml, as_turtle
from kimwerk.reporting.freezing_parts import period_of
from kimwerk.reporting.public.files import table_csv, table_json
from kimwerk.reporting.public.naming import catalogue_description, catalogue_title
from kimwerk.reporting.public.results import PublicTableJson
from kimwerk.reporting.selectors.publications import PublicTables, catalogue_of_tables

FRESH = 600
NOBODY_YET = "kimwerk"


@require_GET
@open_to_everyone
def catalogue_rdf(request: HttpRequest) -> HttpResponse:
    """The catalogue as RDF/XML."""
    return _kept(as_rdf_xml(_things(request)), "application/rdf+xml")


@require_GET
@open_to_everyone
def catalogue_turtle(request: HttpRequest) -> HttpResponse:
    """The catalogue as Turtle."""
    return _kept(as_turtle(_things(request)), "text/turtle; charset=utf-8")


@require_GET
@open_to_everyone
def catalogue_json_ld(request: HttpRequest) -> HttpResponse:
    """The catalogue as JSON-LD."""
    return _kept(as_json_ld(_things(request)), "application/ld+json")


def _things(request: HttpRequest) -> tuple[Thing, ...]:
    datasets = tuple(
        _dataset(request, published, number, table)
        for published in catalogue_of_tables()
        for number, table in enumerate(published.tables, start=1)
    )
    home = request.build_absolute_uri(reverse("public:statistics"))
    address = request.build_absolute_uri(reverse("dcat:rdf"))
    return things_of(
        Catalogue(
            address,
            home,
            catalogue_title(),
            catalogue_description(),
            publishers_of(datasets) or NOBODY_YET,
            datasets,
            settings.DCAT_CONTRIBUTOR_ID,
        )
    )


def _dataset(request: HttpRequest, published: PublicTables, number: int, table: PublicTableJson) -> Dataset:
    found, window = published.publication, period_of(table["window"])
    page = request.build_absolute_uri(reverse("public:publication", args=[found.slug]))

    def file(form: str, content: bytes) -> File:
        url = request.build_absolute_uri(reverse("public:table", args=[found.slug, number, form]))
        return File(url, form, hashlib.sha256(content).hexdigest())

    return Dataset(
        address=f"{page}#tabelle-{number}",
        identifier=f"{found.slug}-tabelle-{number}",
        title=f"{found.title}: {table['title']}",
        description=f"{table['counts']} {table['population']}",
        page=page,
        publisher=found.publisher,
        region=found.region,
        first_day=window.first_day,
        last_day=window.last_day,
        published_on=_published_on(published),
        files=(file("csv", table_csv(table)), file("json", table_json(table))),
    )


def _published_on(published: PublicTables) -> date:
    at = published.publication.published_at
    return timezone.localtime(at).date() if at else timezone.localdate()


def _kept(content: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Cache-Control"] = f"public, max-age={FRESH}"
    return response
