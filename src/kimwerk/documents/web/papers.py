"""A filled template as a paper: accessible PDF, DOCX or ODT."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import slugify

from kimwerk.documents.docx import as_docx
from kimwerk.documents.filling import RIGHT_TO_LEFT, blocks_of
from kimwerk.documents.models import TemplateVersion
from kimwerk.documents.odt import ODT, as_odt
from kimwerk.documents.web.within import named
from kimwerk.ui.typesetting import typeset

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEMPLATE = Path(__file__).with_name("template.typ")


def as_answer(version: TemplateVersion, copies: Sequence[str], paper: str) -> HttpResponse:
    """The copies of a filled version as a file to be kept: `paper` is "pdf", "docx" or "odt"."""
    title = version.template.title
    if paper == "docx":
        content, kind = as_docx(title, copies, version.language), DOCX
    elif paper == "odt":
        content, kind = as_odt(title, copies, version.language), ODT
    else:
        footer = f"{title} · {named(version)} · {version.template.origin} · {version.template.licence}"
        content, kind = as_pdf(title, copies, version.language, footer, timezone.now()), "application/pdf"
    disposition = f'attachment; filename="{slugify(title) or "vorlage"}.{paper}"'
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})


def as_pdf(title: str, copies: Sequence[str], language: str, footer: str, made_at: datetime) -> bytes:
    """The copies, each on a new page, as PDF/UA-1 and PDF/A-3a. Raises what `typeset` does."""
    payload = {
        "title": title,
        "language": language.partition("-")[0],
        "is_right_to_left": language in RIGHT_TO_LEFT,
        "copies": [[{"kind": block.kind.value, "lines": block.lines} for block in blocks_of(text)] for text in copies],
        "footer": footer,
        "made_at": int(made_at.timestamp()),
    }
    return typeset(TEMPLATE, json.dumps(payload, ensure_ascii=False))
