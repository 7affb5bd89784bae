"""Reads the documentation of the components from their templates and puts examples beside it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from kimwerk.ui.web.examples import Example, examples
from kimwerk.ui.web.pages import Argument, Entry

COMPONENTS = Path(__file__).parent.parent / "templates" / "ui" / "components"
_DOCUMENTATION = re.compile(r"{% comment %}\n(?P<purpose>.+?)\n(?:\n(?P<arguments>.+?)\n)?{% endcomment %}", re.DOTALL)


def component_templates() -> tuple[str, ...]:
    """The templates of all components, in alphabetical order."""
    return tuple(f"ui/components/{name}" for name in sorted(path.name for path in COMPONENTS.glob("*.html")))


def entries() -> tuple[Entry, ...]:
    """Every component, with its examples of this moment (forms are made anew each time)."""
    shown = examples()
    return tuple(_entry(template, shown[template]) for template in component_templates())


def _entry(template: str, shown: tuple[Example, ...]) -> Entry:
    purpose, arguments = documentation(template)
    return Entry(Path(template).stem, template, purpose, arguments, shown)


@cache
def documentation(template: str) -> tuple[str, tuple[Argument, ...]]:
    """What a component is for and its arguments. A template without the block on top raises ValueError."""
    found = _DOCUMENTATION.search((COMPONENTS / Path(template).name).read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"{template} does not begin with its documentation")
    lines = (found["arguments"] or "").splitlines()
    pairs = (line.split(maxsplit=1) for line in lines if line.strip())
    return found["purpose"], tuple(Argument(argument, meaning) for argument, meaning in pairs)
