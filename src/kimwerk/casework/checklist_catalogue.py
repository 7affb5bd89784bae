"""The checklists of module 3 as data: what is to be fulfilled and brought, by which law, as of which day."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType

_FOLDER = files("kimwerk.casework") / "data" / "checklists"


class ItemKind(StrEnum):
    """What a line of a checklist is."""

    CONDITION = "condition"  # something to be fulfilled
    DOCUMENT = "document"  # something to be brought


@dataclass(frozen=True, slots=True)
class CatalogueItem:
    """One line: what it says, by which provision, and what is often overlooked."""

    key: str
    kind: ItemKind
    text: str
    law: str
    hint: str


@dataclass(frozen=True, slots=True)
class CatalogueList:
    """One checklist. It informs and decides nothing; `as_of` is the version of the law it follows."""

    key: str
    title: str
    law: str
    as_of: date
    source: str
    authority: str
    note: str
    items: tuple[CatalogueItem, ...]

    def item(self, key: str) -> CatalogueItem | None:
        """The line of that key."""
        return next((item for item in self.items if item.key == key), None)

    def keys(self, kind: ItemKind) -> tuple[str, ...]:
        """The keys of one kind of lines, in their order."""
        return tuple(item.key for item in self.items if item.kind is kind)


@cache
def catalogue() -> Mapping[str, CatalogueList]:
    """All checklists by their keys, in the order of their titles."""
    found = [_read(each.read_text(encoding="utf-8")) for each in _FOLDER.iterdir() if each.name.endswith(".json")]
    return MappingProxyType({each.key: each for each in sorted(found, key=lambda each: each.law)})


def _read(text: str) -> CatalogueList:
    raw = json.loads(text)
    items = tuple(CatalogueItem(**{**item, "kind": ItemKind(item["kind"])}) for item in raw["items"])
    return CatalogueList(**{**raw, "as_of": date.fromisoformat(raw["as_of"]), "items": items})
