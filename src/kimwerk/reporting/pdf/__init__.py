"""The report as PDF: accessible (PDF/UA-1) and fit for the archive (PDF/A-3a), in one file."""

from kimwerk.reporting.pdf.render import render_pdf
from kimwerk.reporting.pdf.rowheads import RowHeadingsError

__all__ = ["RowHeadingsError", "render_pdf"]
