"""The floors of the house, read from the import contract itself, so that there is one plan only."""

from __future__ import annotations

import re
from configparser import ConfigParser
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "kimwerk"


def floors() -> list[set[str]]:
    """The rooms of each floor, from the top down."""
    contracts = ConfigParser()
    contracts.read(ROOT / ".importlinter")
    lines = contracts["importlinter:contract:floors"]["layers"].strip().splitlines()
    return [set(re.findall(r"\w+", line)) for line in lines]


def floor_of(room: str) -> int:
    """The floor of a room, counted from the top; KeyError if it has none."""
    for number, rooms in enumerate(floors()):
        if room in rooms:
            return number
    raise KeyError(room)


def rooms() -> list[str]:
    """The rooms that stand today."""
    return sorted(path.parent.name for path in SOURCE.glob("*/__init__.py"))
