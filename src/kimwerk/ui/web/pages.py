"""What the pages of this room show."""

from __future__ import annotations

from dataclasses import dataclass

from kimwerk.ui.components import Shortcut
from kimwerk.ui.web.examples import Example


@dataclass(frozen=True, slots=True)
class KeyboardPage:
    """The keys of the application."""

    shortcuts: tuple[Shortcut, ...]


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a component, as documented on top of its template."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A component in the gallery: what it is for, its arguments, and how it looks."""

    name: str
    template: str
    purpose: str
    arguments: tuple[Argument, ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class GalleryPage:
    """All components."""

    entries: tuple[Entry, ...]
