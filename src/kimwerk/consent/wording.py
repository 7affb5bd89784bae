"""The sample texts and the words of the printed form, from `data/`, in every language of the room."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kimwerk.consent.types import DeclarationKind, TextLanguage

PARTICULARS = ("controller", "officer", "authority")
"""What an office fills in: its name and address, its data protection officer, the supervisory authority."""

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Wording:
    """A text: what it is called, what it says in short, and what it says.

    The body has a heading per paragraph group: lines that begin with "## " are headings, with "- " items.
    """

    title: str
    summary: str
    body: str


def samples(kind: DeclarationKind, particulars: Mapping[str, str]) -> Mapping[TextLanguage, Wording]:
    """The samples with the office's particulars in them; a blank that is not given stays, marked by [[ ]]."""
    return {language: _filled(_sample(kind, language), particulars) for language in TextLanguage}


@cache
def words_of(language: TextLanguage) -> Mapping[str, Words]:
    """The words of the form in this language, by group: labels, purposes, categories, directions."""
    return tomllib.loads(_read(f"words/{language.value}.toml"))


def _filled(wording: Wording, particulars: Mapping[str, str]) -> Wording:
    def fill(text: str) -> str:
        for name in PARTICULARS:
            if value := particulars.get(name, "").strip():
                text = text.replace(f"[[{name}]]", value)
        return text

    return Wording(fill(wording.title), fill(wording.summary), fill(wording.body))


@cache
def _sample(kind: DeclarationKind, language: TextLanguage) -> Wording:
    text = tomllib.loads(_read(f"texts/{language.value}.toml"))[kind.value]
    return Wording(text["title"], text["summary"].strip(), text["body"].strip())


def _read(name: str) -> str:
    return files("kimwerk.consent").joinpath("data", *name.split("/")).read_text(encoding="utf-8")
