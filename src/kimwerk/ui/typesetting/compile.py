"""Typesetting itself, to be run in a process of its own."""

from __future__ import annotations

import json
from pathlib import Path

import typst

PICTURE_DENSITY = 150.0
"""Dots an inch of pictures: sharp in print, and a chart stays below 100 KB."""


def compile_pdf(template: Path, payload: str, fonts: Path) -> bytes:
    """The PDF of a template for a payload in JSON. Uses the fonts of that folder only, no network.

    Raises typst.TypstError if the paper would not be accessible, for example without alternative text.
    """
    compiler = typst.Compiler(
        template,
        root=template.parent,
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts]),
        sys_inputs={"payload": payload},
    )
    pdf = compiler.compile(format="pdf", pdf_standards=["ua-1", "a-3a"], timestamp=int(json.loads(payload)["made_at"]))
    if not isinstance(pdf, bytes):
        raise TypeError("a PDF is one file")
    return pdf


def compile_pages(template: Path, payload: str, fonts: Path) -> list[bytes]:
    """The pages of a template for a payload in JSON as pictures (PNG). Raises typst.TypstError."""
    compiler = typst.Compiler(
        template,
        root=template.parent,
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts]),
        sys_inputs={"payload": payload},
    )
    pages = compiler.compile(format="png", ppi=PICTURE_DENSITY)
    return [pages] if isinstance(pages, bytes) else list(pages or ())
