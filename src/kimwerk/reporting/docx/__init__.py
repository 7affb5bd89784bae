"""The report as a text document to write on: real headings, lists, tables and pictures with their descriptions."""

from kimwerk.reporting.docx.render import render_docx

__all__ = ["render_docx"]
