"""Reading the ledger: everything that was ever published of an organisation."""

from __future__ import annotations

import json
from dataclasses import replace

from kimwerk.access.actors import Actor
from kimwerk.reporting.disclosure.keeping import KeptJson, as_published
from kimwerk.reporting.disclosure.publication import Published
from kimwerk.reporting.models import Publication, PublishedTable
from kimwerk.reporting.public.kinship import joined


def earlier(actor: Actor, organisation_id: int) -> tuple[Published, ...]:
    """All published tables in the order in which they appeared: what the next publication is protected against."""
    rows = PublishedTable.objects.visible_to(actor).filter(organisation_id=organisation_id)
    published = tuple(_published(row) for row in rows.order_by("published_at", "publication", "position"))
    return tuple(replace(each, table=joined(each.table, organisation_id)) for each in published)


def hidden_beside(actor: Actor, publication: Publication) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Tables that lost numbers because something small could be told by subtracting, and what from. For the office."""
    rows = PublishedTable.objects.visible_to(actor).filter(
        organisation_id=publication.organisation_id, publication=ledger_name(publication)
    )
    kept: list[tuple[str, KeptJson]] = [
        (row.name, json.loads(json.dumps(row.kept))) for row in rows.order_by("position")
    ]
    return tuple((name, tuple(each["beside"])) for name, each in kept if each.get("beside"))


def ledger_name(publication: Publication) -> str:
    """What the ledger calls a publication: its title, and its address."""
    return f"{publication.title} ({publication.slug})"


def _published(row: PublishedTable) -> Published:
    kept: KeptJson = json.loads(json.dumps(row.kept))
    return as_published(
        kept,
        name=row.name,
        figure=row.figure,
        definition=row.definition,
        window=row.window,
        publication=row.publication,
    )
