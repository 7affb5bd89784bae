"""Reading publications: in public, and for those who publish."""

from __future__ import annotations

from dataclasses import dataclass

from kimwerk.access.actors import Actor
from kimwerk.directory.models import Municipality
from kimwerk.kernel import german
from kimwerk.reporting.models import Edition, FactSheet, OpenTable, Publication, PublicPaper
from kimwerk.reporting.public.municipalities import Place
from kimwerk.reporting.public.results import PublicTableJson, as_public_table


@dataclass(frozen=True, slots=True)
class PublicTables:
    """A publication with its tables, in their order."""

    publication: Publication
    tables: tuple[PublicTableJson, ...]


def in_public() -> tuple[Publication, ...]:
    """Every publication that can be read now, the newest first. One query."""
    return tuple(Publication.objects.public().order_by("-published_at", "-pk"))


def seen_in_public(slug: str) -> Publication | None:
    """The publication at this address; a withdrawn one too."""
    return Publication.objects.seen_by_everybody().filter(slug=slug).first()


def tables_of(publication: Publication) -> tuple[PublicTableJson, ...]:
    """The tables of a publication that can be read now; none of a withdrawn one. One query."""
    found = OpenTable.objects.public().filter(publication=publication).order_by("position")
    return tuple(as_public_table(content) for content in found.values_list("content", flat=True))


def catalogue_of_tables() -> tuple[PublicTables, ...]:
    """Everything in public, for the catalogue of open data. One query a publication."""
    return tuple(PublicTables(publication, tables_of(publication)) for publication in in_public())


def sheets_in(publication: Publication) -> tuple[FactSheet, ...]:
    """The fact sheets of a publication that can be read now, without their papers."""
    found = FactSheet.objects.filter(publication=publication, publication__state="public")
    return tuple(found.defer("pdf").order_by("name"))


def has_report(publication: Publication) -> bool:
    """Whether the whole report can be read by everybody; not if its texts name what is not published."""
    return PublicPaper.objects.filter(publication=publication, publication__state="public").exists()


def paper_in_public(edition_id: int) -> bytes | None:
    """The PDF of an edition that everybody may read now; None if there is none."""
    papers = PublicPaper.objects.filter(publication__edition=edition_id, publication__state="public")
    found = papers.values_list("pdf", flat=True).first()
    return None if found is None else bytes(found)


def publications_of(actor: Actor, edition: Edition) -> tuple[Publication, ...]:
    """What was made of an edition, the newest first."""
    found = Publication.objects.visible_to(actor).filter(edition=edition).select_related("withdrawn_by", "ordered_by")
    return tuple(found.order_by("-pk"))


def places_of(region: str) -> tuple[Place, ...]:
    """The municipalities of a district with their residents. One query."""
    found = Municipality.objects.filter(district__key=region).order_by("sort_key")
    return tuple(
        Place(each.ags, each.name, each.population, german.day(each.population_on) if each.population_on else "")
        for each in found
    )
