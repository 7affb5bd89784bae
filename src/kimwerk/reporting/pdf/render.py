"""From a report document to the bytes of its PDF."""

from __future__ import annotations

from pathlib import Path

from kimwerk.reporting.document import ReportDocument
from kimwerk.reporting.pdf.payload import as_json, count_rows
from kimwerk.reporting.pdf.rowheads import mark_row_heads
from kimwerk.ui.typesetting import FONTS, typeset

TEMPLATE = Path(__file__).with_name("report.typ")


def render_pdf(document: ReportDocument, *, fonts: Path = FONTS) -> bytes:
    """The report as one file that is both PDF/UA-1 and PDF/A-3a. Equal documents give equal bytes.

    Raises what `typeset` does, and RowHeadingsError if its row headings cannot be marked.
    """
    return mark_row_heads(typeset(TEMPLATE, as_json(document), fonts=fonts), count_rows(document))
