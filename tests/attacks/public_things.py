"""A publication that everybody may read, made without the search for cells to hide."""

from __future__ import annotations

from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.kernel.hashing import content_hash
from kimwerk.reporting.models import Edition, FactSheet, OpenTable, Publication, PublicPaper
from kimwerk.reporting.public.municipalities import SheetJson
from kimwerk.reporting.public.results import PublicTableJson
from kimwerk.reporting.types import PublicationState

SLUG = "frieda-1"
TABLE: PublicTableJson = {
    "title": "Veröffentlicht",
    "figure": "activities",
    "counts": "Veröffentlicht",
    "population": "Veröffentlicht",
    "unit": "Maßnahmen",
    "window": {"from": "2022-01-01", "to": "2022-04-21"},
    "counted_on": "2022-05-05",
    "source": "Veröffentlicht",
    "narrowed": [],
    "is_protected": True,
    "dimensions": [],
    "cells": [{"members": [], "value": 7}],
    "suppressed": 0,
}
SHEET: SheetJson = {
    "ags": "05382060", "name": "Siegburg", "residents": 41000, "residents_on": "", "lines": [], "parts": [],
}  # fmt: skip


def publish(actor: Actor, edition: Edition) -> Publication:
    """A publication of the edition with a table and a fact sheet."""
    publication = Publication.objects.create(
        edition=edition,
        organisation=edition.organisation,
        slug=SLUG,
        title="Veröffentlicht",
        publisher="Veröffentlicht",
        window_start=edition.window_start,
        window_end=edition.window_end,
        threshold=3,
        state=PublicationState.PUBLIC.value,
        ordered_by_id=actor.account_id,
        published_at=timezone.now(),
    )
    OpenTable.objects.create(
        publication=publication,
        position=1,
        title="Veröffentlicht",
        content=TABLE,
        content_hash=content_hash("Veröffentlicht"),
    )
    FactSheet.objects.create(publication=publication, ags="05382060", name="Siegburg", content=SHEET, pdf=b"%PDF")
    PublicPaper.objects.create(publication=publication, html=b"<html>", pdf=b"%PDF", docx=b"PK", xlsx=b"PK")
    return publication
