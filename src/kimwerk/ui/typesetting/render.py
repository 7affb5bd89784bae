"""From a template and a payload to the bytes of a PDF."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

_PACKAGE = Path(str(files("kimwerk")))

FONTS = _PACKAGE / "ui" / "static" / "built" / "fonts"
"""Where the asset build puts the fonts: Noto Sans and Noto Sans Arabic, regular and bold, as TrueType."""

_PATIENCE = 120
"""Seconds after which typesetting is given up; a report of twenty figures takes less than one."""


class NoFontsError(RuntimeError):
    """The fonts have not been built, so that no paper can be set."""


class PdfError(RuntimeError):
    """The typesetter refused the document; its reason is the message."""


def typeset(template: Path, payload: str, *, fonts: Path = FONTS) -> bytes:
    """One file that is both PDF/UA-1 and PDF/A-3a; equal payloads give equal bytes.

    The payload is JSON with the time as `made_at`, in seconds since 1970; the template finds it in
    `sys.inputs.payload`. Typesetting runs in a process of its own, 80 MB for a third of a second for a long
    report: within a web worker it would leave 60 MB at once and more with every paper. Raises NoFontsError
    without fonts in `fonts`, PdfError if the document cannot be set, TimeoutExpired after two minutes.
    """
    return _run(template, payload, fonts)


def typeset_each(template: Path, payloads: Sequence[str], *, fonts: Path = FONTS) -> tuple[bytes, ...]:
    """A file for each payload, all in one process: most of the time of a short paper is its start."""
    return _parts(_run(template, json.dumps(list(payloads)), fonts, "each")) if payloads else ()


def draw_pages(template: Path, payload: str, *, fonts: Path = FONTS) -> tuple[bytes, ...]:
    """The pages of a template as pictures (PNG), in a process of its own. Raises as `typeset` does."""
    return _parts(_run(template, payload, fonts, "pages"))


def _parts(written: bytes) -> tuple[bytes, ...]:
    parts, start = [], 0
    while start < len(written):
        end = start + 4 + int.from_bytes(written[start : start + 4], "big")
        parts.append(written[start + 4 : end])
        start = end
    return tuple(parts)


def _run(template: Path, payload: str, fonts: Path, *options: str) -> bytes:
    if not any(fonts.glob("NotoSans-*.ttf")):
        raise NoFontsError(f"no fonts in {fonts}: build the assets first")
    # The child gets no environment but the way to this package: it needs none of our secrets.
    run = subprocess.run(
        [sys.executable, "-P", "-m", "kimwerk.ui.typesetting", str(template), str(fonts), *options],
        input=payload.encode(),
        env={"PYTHONPATH": str(_PACKAGE.parent)},
        capture_output=True,
        timeout=_PATIENCE,
        check=False,
    )
    if run.returncode != 0:
        raise PdfError(run.stderr.decode(errors="replace"))
    return run.stdout
