"""The official lists of nationalities, languages and residence titles, read once from `data/`."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files

from kimwerk.kernel.names import sort_key

COMMON_LANGUAGES = ("ara", "eng", "fra", "ukr", "rus", "tur", "pes", "prs", "pus", "qbj", "qcy", "tir", "som", "ron")
"""Offered first, because most conversations are held in one of them."""

GERMAN = "deu"
STATELESS_AND_UNKNOWN = frozenset({"997", "998", "999"})


@dataclass(frozen=True, slots=True)
class Nationality:
    """A nationality by the key of the Federal Statistical Office; `until` is a former state's last day."""

    key: str
    label: str
    state: str
    iso2: str
    until: date | None


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language by its ISO 639-3 key, or by a local key that begins with q."""

    key: str
    label: str
    also: str


@dataclass(frozen=True, slots=True)
class ResidenceTitle:
    """A residence title by a key of ours: paragraph, sentence and number of the Residence Act in words."""

    key: str
    group: str
    label: str


@lru_cache(maxsize=1)
def nationalities() -> Mapping[str, Nationality]:
    """All nationalities by key, in the order of the names of their states."""
    rows = (
        Nationality(
            row["key"],
            row["nationality"],
            row["state"],
            row["iso2"],
            date.fromisoformat(row["existed_until"]) if row["existed_until"] else None,
        )
        for row in _rows("nationalities.csv")
    )
    return {each.key: each for each in sorted(rows, key=lambda each: sort_key(each.state))}


@lru_cache(maxsize=1)
def languages() -> Mapping[str, Tongue]:
    """All languages by key, in the order of their names."""
    rows = (Tongue(row["key"], row["name"], row["also"]) for row in _rows("languages.csv"))
    return {each.key: each for each in sorted(rows, key=lambda each: sort_key(each.label))}


@lru_cache(maxsize=1)
def residence_titles() -> Mapping[str, ResidenceTitle]:
    """All residence titles by key, in the order of the list."""
    rows = (ResidenceTitle(row["key"], row["group"], row["label"]) for row in _rows("residence_titles.csv"))
    return {each.key: each for each in rows}


def language_name(key: str) -> str:
    """The language as it is called in German, or its key if the list has lost it."""
    found = languages().get(key)
    return found.label if found else key


def _rows(name: str) -> list[dict[str, str]]:
    text = files("kimwerk.persons").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
