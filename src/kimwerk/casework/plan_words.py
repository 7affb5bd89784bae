"""The words of the plan of goals in every language in which it is printed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def languages() -> Mapping[str, Mapping[str, str]]:
    """The words of the form by language, German among them; every other one can stand beside it."""
    text = files("kimwerk.casework").joinpath("data/plan_texts.json").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = json.loads(text)
    return found
