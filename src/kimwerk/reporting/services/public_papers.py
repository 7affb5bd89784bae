"""Making the report that everybody may read, from an edition and its public tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kimwerk.access.actors import Actor
from kimwerk.access.walls import acting
from kimwerk.reporting.content import Content
from kimwerk.reporting.freezing import as_content_json, thawed
from kimwerk.reporting.html import render_html
from kimwerk.reporting.models import Edition, Publication, PublicPaper
from kimwerk.reporting.papers import Papers, papers_of
from kimwerk.reporting.public.paper import public_content, public_document, telling_texts
from kimwerk.reporting.public.results import PublicTableJson
from kimwerk.reporting.public.tables import LeftOut
from kimwerk.reporting.selectors.publications import tables_of


@dataclass(frozen=True, slots=True)
class ReportForAll:
    """The report that everybody may read; or the headings of the texts that name what is not published."""

    html: bytes = b""
    papers: Papers | None = None
    telling: tuple[str, ...] = ()


def report_for_all(
    actor: Actor, edition: Edition, content: Content, tables: Sequence[PublicTableJson], left_out: Sequence[LeftOut]
) -> ReportForAll:
    """The report with the numbers of these tables alone, compared with what is public of the edition before it."""
    with acting(actor):
        before = _in_public(edition.continues_id)
    public = public_content(content, tables, {each.title: each.why for each in left_out}, before)
    telling = tuple(telling_texts(content, public))
    if telling:
        return ReportForAll(telling=telling)
    document = public_document(public, edition.number, edition.released_at)
    return ReportForAll(render_html(document).encode(), papers_of(public, document))


def keep_report(publication: Publication, report: ReportForAll) -> None:
    """Keep the report beside the tables of its publication."""
    if report.papers is not None:
        papers = report.papers
        PublicPaper.objects.create(
            publication=publication, html=report.html, pdf=papers.pdf, docx=papers.docx, xlsx=papers.xlsx
        )


def _in_public(edition_id: int | None) -> Content | None:
    """What everybody may read of an edition; None if nothing of it is public now."""
    found = Publication.objects.public().filter(edition=edition_id).select_related("edition").first()
    if edition_id is None or found is None:
        return None
    return public_content(thawed(as_content_json(found.edition.content)), tables_of(found), {})
