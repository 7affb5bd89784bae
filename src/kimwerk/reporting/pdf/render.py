"""From a report document to the bytes of its PDF."""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import files
from pathlib import Path

from kimwerk.reporting.document import ReportDocument
from kimwerk.reporting.pdf.payload import as_json, count_rows
from kimwerk.reporting.pdf.rowheads import mark_row_heads

_PACKAGE = Path(str(files("kimwerk")))

FONTS = _PACKAGE / "ui" / "static" / "built" / "fonts"
"""Where the asset build puts the fonts: Noto Sans, regular and bold, as TrueType."""

_PATIENCE = 120
"""Seconds after which typesetting is given up; twenty figures take less than one."""


class NoFontsError(RuntimeError):
    """The fonts have not been built, so that no paper can be set."""


class PdfError(RuntimeError):
    """The typesetter refused the document; its reason is the message."""


def render_pdf(document: ReportDocument, *, fonts: Path = FONTS) -> bytes:
    """The report as one file that is both PDF/UA-1 and PDF/A-3a. Equal documents give equal bytes.

    Typesetting runs in a process of its own, 80 MB for a third of a second with twenty figures:
    within a web worker it would leave 60 MB at once and more with every report. Raises
    NoFontsError without fonts in `fonts`, PdfError if the document cannot be set,
    RowHeadingsError if its row headings cannot be marked, TimeoutExpired after two minutes.
    """
    if not any(fonts.glob("NotoSans-*.ttf")):
        raise NoFontsError(f"no fonts in {fonts}: build the assets first")
    # The child gets no environment but the way to this package: it needs none of our secrets.
    run = subprocess.run(
        [sys.executable, "-P", "-m", "kimwerk.reporting.pdf", str(fonts)],
        input=as_json(document).encode(),
        env={"PYTHONPATH": str(_PACKAGE.parent)},
        capture_output=True,
        timeout=_PATIENCE,
        check=False,
    )
    if run.returncode != 0:
        raise PdfError(run.stderr.decode(errors="replace"))
    return mark_row_heads(run.stdout, count_rows(document))
