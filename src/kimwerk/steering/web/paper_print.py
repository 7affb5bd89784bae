"""A paper to committees as an accessible PDF: a cover with its way through the committees, then what it says."""

from __future__ import annotations

import json
from datetime import datetime, time
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from kimwerk.kernel import german
from kimwerk.steering.models import Paper, PaperAttachment, PaperStep
from kimwerk.steering.types import Competence, PaperOutcome
from kimwerk.ui.typesetting import typeset

TEMPLATE = Path(__file__).with_name("paper.typ")


def paper_pdf(paper: Paper, steps: list[PaperStep], attachments: list[PaperAttachment]) -> bytes:
    """The paper on A4; equal papers give equal bytes. Raises what `typeset` does."""
    day = paper.released_on or paper.written_on
    payload = {
        "organisation": paper.organisation.name,
        "kind": _("Paper to the committee"),
        "number": _("No. %(number)s") % {"number": paper.number},
        "title": paper.title,
        "facts": _facts(paper),
        "way": {
            "title": _("Way through the committees"),
            "columns": [_("Committee"), _("Day"), _("Competence"), _("Outcome")],
            "rows": [_row(step) for step in steps],
            "empty": _("No committee is entered yet."),
        },
        "sections": [
            {"title": _("Proposal for a resolution"), "text": paper.proposal},
            *([{"title": _("Reasons"), "text": paper.text}] if paper.text else []),
        ],
        "attachments_title": _("Attachments"),
        "attachments": [_("Attachment %(number)s: %(name)s") % _named(each) for each in attachments],
        "draft": "" if paper.released_on else _("Draft, not released"),
        "footer": f"{_('Paper to the committee')} {paper.number} · {german.day(day)}",
        "made_at": int(timezone.make_aware(datetime.combine(day, time(12))).timestamp()),
    }
    return typeset(TEMPLATE, json.dumps(payload, ensure_ascii=False))


def _facts(paper: Paper) -> list[list[str]]:
    facts = [[_("Day"), german.day(paper.released_on or paper.written_on)]]
    return [*facts, [_("Written by"), paper.author]] if paper.author else facts


def _named(attachment: PaperAttachment) -> dict[str, object]:
    return {"number": attachment.position, "name": attachment.name}


def _row(step: PaperStep) -> list[str]:
    return [
        step.committee.name,
        german.day(step.on_day) if step.on_day else "–",
        str(Competence(step.competence).label),
        str(PaperOutcome(step.outcome).label) if step.outcome else "",
    ]
