"""What of reports waits: drafts that were begun by themselves, and sections one answers for."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.kernel.due import DueItem
from kimwerk.reporting.models import Report, ReportSection
from kimwerk.reporting.wording import window_label

MOST = 5


def due_items(actor: Actor) -> tuple[DueItem, ...]:
    """What waits for whoever writes reports; two queries."""
    if not actor.can(Permission.REPORT_WRITE):
        return ()
    return (*_drafts(actor), *_sections(actor))


def _drafts(actor: Actor) -> tuple[DueItem, ...]:
    waiting = Report.objects.visible_to(actor).filter(
        schedule__isnull=False, created_by=actor.account_id, editions__isnull=True
    )
    return tuple(
        DueItem(
            report.title,
            _("The draft was begun by itself and waits for you: %(window)s.") % {"window": window_label(report.window)},
            reverse("reporting:report", args=[report.pk]),
            report.session_on,
        )
        for report in waiting.order_by("session_on", "pk")[:MOST]
    )


def _sections(actor: Actor) -> tuple[DueItem, ...]:
    """Sections without a text that the actor answers for, in reports that have no edition yet."""
    empty = ReportSection.objects.visible_to(actor).filter(
        author=actor.account_id, text="", removed_at__isnull=True, report__editions__isnull=True
    )
    return tuple(
        DueItem(
            _("Write “%(heading)s”") % {"heading": section.heading},
            section.report.title,
            f"{reverse('reporting:report', args=[section.report_id])}#section-{section.pk}",
            section.report.session_on,
        )
        for section in empty.select_related("report").order_by("report__session_on", "position")[:MOST]
    )
