"""A paper as an accessible PDF."""

from __future__ import annotations

import json
from pathlib import Path

from django.utils.translation import gettext as _

from kimwerk.finance.paper.tables import Paper, PaperTable, cell_text
from kimwerk.kernel import german
from kimwerk.ui.typesetting import typeset

TEMPLATE = Path(__file__).with_name("paper.typ")


def as_pdf(paper: Paper) -> bytes:
    """The PDF, PDF/UA-1 and PDF/A-3a."""
    payload = {
        "made_at": int(paper.made_at.timestamp()),
        "title": paper.title,
        "organisation": paper.organisation,
        "day": _("As of %(day)s") % {"day": german.day(paper.made_at.date())},
        "facts": list(paper.facts),
        "tables": [_table(table) for table in paper.tables],
        "text_title": paper.text_title,
        "text": [line for line in paper.text.splitlines() if line.strip()],
        "signature": list(paper.signature),
        "page": [_("Page"), _("out of")],
    }
    return typeset(TEMPLATE, json.dumps(payload, ensure_ascii=False))


def _table(table: PaperTable) -> dict[str, object]:
    return {
        "title": table.title,
        "heads": list(table.heads),
        "numeric": [table.is_numeric(column) for column in range(len(table.heads))],
        "rows": [[cell_text(cell) for cell in row] for row in table.rows],
        "sums": sorted(table.sums),
        "empty": table.empty,
        "note": table.note,
    }
