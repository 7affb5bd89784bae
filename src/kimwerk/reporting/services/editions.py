"""Releasing editions: from then on nothing in them changes."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.reporting.compose import Release, document_of
from kimwerk.reporting.freezing import as_content_json, hash_of, thawed
from kimwerk.reporting.html import render_html
from kimwerk.reporting.markup import clean
from kimwerk.reporting.models import Edition, ReportBuild
from kimwerk.reporting.papers import papers_of
from kimwerk.reporting.policies import has_written_last, may_release
from kimwerk.reporting.remarks import is_releasable, needs_reason
from kimwerk.reporting.selectors.reports import edition_before
from kimwerk.reporting.services.refusals import DraftIsOutdated, FiguresAreMissing, ReasonIsMissing, WroteLast
from kimwerk.reporting.services.reports import locked
from kimwerk.reporting.types import BuildState


@transaction.atomic
def release_edition(*, actor: Actor, build: ReportBuild, label: str = "", reason: str = "") -> Edition:
    """Release a draft as the next edition, with exactly the texts and numbers that could be read in it.

    Raises DraftIsOutdated if the report has moved on since or the draft is not done, WroteLast if the last change to
    it is the actor's own, FiguresAreMissing if something in it forbids release, ReasonIsMissing if something was
    found that must be weighed and `reason` does not say how.
    """
    if not may_release(actor, build.report) or actor.account_id is None:
        raise PermissionDenied
    report = locked(actor, build.report)
    draft = ReportBuild.objects.get(pk=build.pk)
    if draft.status is not BuildState.DONE or draft.report_version != report.version or draft.content is None:
        raise DraftIsOutdated
    if has_written_last(actor, report):
        raise WroteLast
    frozen = as_content_json(draft.content)
    content = thawed(frozen)
    if not is_releasable(content):
        raise FiguresAreMissing
    if needs_reason(content) and not clean(reason):
        raise ReasonIsMissing
    before = edition_before(report)
    last: int | None = report.editions.aggregate(last=Max("number"))["last"]
    release = Release((last or 0) + 1, timezone.now(), hash_of(frozen))
    document = document_of(content, made_at=release.at, release=release)
    papers = papers_of(content, document)
    edition = Edition.objects.create(
        report=report,
        continues=before,
        organisation_id=report.organisation_id,
        number=release.number,
        label=clean(label),
        title=content.title,
        window_start=content.window.start,
        window_end=content.window.end,
        content=frozen,
        content_hash=release.content_hash,
        html=render_html(document).encode(),
        pdf=papers.pdf,
        docx=papers.docx,
        xlsx=papers.xlsx,
        released_at=release.at,
        released_by_id=actor.account_id,
        written_by_id=report.last_writer_id,
        reason=clean(reason),
    )
    record(actor=actor, action="edition.released", subject=edition)
    return edition


def is_as_released(edition: Edition) -> bool:
    """Whether the content still has the hash it was released with."""
    return hash_of(as_content_json(edition.content)) == edition.content_hash
