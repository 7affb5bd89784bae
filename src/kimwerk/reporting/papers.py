"""All papers of a report, made in one go from its content."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from kimwerk.reporting.content import Content
from kimwerk.reporting.document import ReportDocument
from kimwerk.reporting.docx import render_docx
from kimwerk.reporting.pdf import render_pdf
from kimwerk.reporting.workbook import tables_workbook


@dataclass(frozen=True, slots=True)
class Papers:
    """What is printed and what is written on; the HTML comes first and is made apart."""

    pdf: bytes
    docx: bytes
    xlsx: bytes


def papers_of(content: Content, document: ReportDocument) -> Papers:
    """PDF, text document and workbook. Raises what `typeset` does.

    The first two wait for processes of their own, side by side; neither asks the database or the catalogue of texts.
    """
    with ThreadPoolExecutor(2) as side_by_side:
        pdf, docx = side_by_side.submit(render_pdf, document), side_by_side.submit(render_docx, document)
        xlsx = tables_workbook(content)
        return Papers(pdf.result(), docx.result(), xlsx)
