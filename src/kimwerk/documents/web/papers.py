"""A filled template as an accessible PDF."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from kimwerk.documents.filling import RIGHT_TO_LEFT, blocks_of
from kimwerk.ui.typesetting import typeset

TEMPLATE = Path(__file__).with_name("template.typ")


def as_pdf(title: str, text: str, language: str, footer: str, made_at: datetime) -> bytes:
    """The text as PDF/UA-1 and PDF/A-3a. Raises what `typeset` does."""
    payload = {
        "title": title,
        "language": language.partition("-")[0],
        "is_right_to_left": language in RIGHT_TO_LEFT,
        "blocks": [{"kind": block.kind.value, "lines": block.lines} for block in blocks_of(text)],
        "footer": footer,
        "made_at": int(made_at.timestamp()),
    }
    return typeset(TEMPLATE, json.dumps(payload, ensure_ascii=False))
