"""Who answers for a section, and what is said about it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.reporting.markup import clean
from kimwerk.reporting.models import ReportSection, SectionComment
from kimwerk.reporting.policies import may_comment
from kimwerk.reporting.selectors.authors import authors_for
from kimwerk.reporting.services.refusals import NotTheAuthor
from kimwerk.reporting.services.reports import locked


@transaction.atomic
def assign_author(*, actor: Actor, section: ReportSection, account_id: int | None) -> ReportSection:
    """Say who answers for a section, or that all do. Raises NotTheAuthor for somebody who writes no reports there.

    This changes no word of the report: drafts made before stay what they are, and nobody has written last by it.
    """
    report = locked(actor, section.report)
    if account_id is not None and account_id not in dict(authors_for(actor, report.organisation_id)):
        raise NotTheAuthor
    current = ReportSection.objects.select_for_update(of=("self",)).get(pk=section.pk)
    current.author_id = account_id
    current.save(update_fields=["author"])
    record(actor=actor, action="report.author_assigned", subject=current)
    return current


@transaction.atomic
def comment_on(*, actor: Actor, section: ReportSection, text: str) -> SectionComment:
    """Say something about a section; it is never printed."""
    if not may_comment(actor, section.report) or actor.account_id is None:
        raise PermissionDenied
    comment = SectionComment.objects.create(section=section, text=clean(text), written_by_id=actor.account_id)
    record(actor=actor, action="report.commented", subject=comment)
    return comment


@transaction.atomic
def settle_comment(*, actor: Actor, comment: SectionComment) -> SectionComment:
    """Note that a comment is dealt with. Who settled it first is kept."""
    if not may_comment(actor, comment.section.report):
        raise PermissionDenied
    current = SectionComment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    if current.settled_at is None:
        current.settled_at, current.settled_by_id = timezone.now(), actor.account_id
        current.save(update_fields=["settled_at", "settled_by"])
        record(actor=actor, action="report.comment_settled", subject=current)
    return current
