"""From the frozen text of a plan to the bytes of its PDF."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

_PACKAGE = Path(str(files("kimwerk")))
FONTS = _PACKAGE / "ui" / "static" / "built" / "fonts"
"""Where the asset build puts the fonts."""

_PATIENCE = 60
"""Seconds after which typesetting is given up; a plan takes less than half a one."""


class PlanNotSet(RuntimeError):
    """The plan could not be typeset; the reason is the message."""


def languages() -> Mapping[str, Mapping[str, str]]:
    """The words of the form by language, German among them; every other one can stand beside it."""
    text = files("kimwerk.casework").joinpath("data/plan_texts.json").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = json.loads(text)
    return found


def render_plan(content: Mapping[str, object]) -> bytes:
    """The plan as one file that is both PDF/UA-1 and PDF/A-3a. Equal contents give equal bytes.

    Typesetting runs in a process of its own, which gets no environment but the way to this package.
    PlanNotSet without fonts, or if the plan cannot be set.
    """
    if not any(FONTS.glob("NotoSans-*.ttf")):
        raise PlanNotSet(f"no fonts in {FONTS}: build the assets first")
    run = subprocess.run(
        [sys.executable, "-P", "-m", "kimwerk.casework.pdf", str(FONTS)],
        input=json.dumps(content, ensure_ascii=False).encode(),
        env={"PYTHONPATH": str(_PACKAGE.parent)},
        capture_output=True,
        timeout=_PATIENCE,
        check=False,
    )
    if run.returncode != 0:
        raise PlanNotSet(run.stderr.decode(errors="replace"))
    return run.stdout
