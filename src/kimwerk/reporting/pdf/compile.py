"""Typesetting itself, to be run in a process of its own."""

from __future__ import annotations

import json
from pathlib import Path

import typst

TEMPLATE = Path(__file__).with_name("report.typ")


def compile_pdf(payload: str, fonts: Path) -> bytes:
    """The PDF for a payload of `payload.as_json`. Uses the fonts of that folder only, no network.

    Raises typst.TypstError if the paper would not be accessible, for example without alternative text.
    """
    compiler = typst.Compiler(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts]),
        sys_inputs={"report": payload},
    )
    pdf = compiler.compile(format="pdf", pdf_standards=["ua-1", "a-3a"], timestamp=int(json.loads(payload)["made_at"]))
    if not isinstance(pdf, bytes):
        raise TypeError("a PDF is one file")
    return pdf
