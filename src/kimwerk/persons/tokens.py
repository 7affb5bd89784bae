"""The words by which a person is found: search forms, original script, transliterations, sound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from unicodedata import category, normalize

from kimwerk.kernel.names import search_form
from kimwerk.persons.phonetics import phonetic
from kimwerk.persons.scripts import transliterations
from kimwerk.persons.texts import JOINERS
from kimwerk.persons.types import PersonFacts, TokenKind

LONGEST_TOKEN = 120
SHORTEST_SOUND = 2
"""Digits a phonetic code needs to say anything: Li and Lu and Lo all sound as 5."""

Token = tuple[TokenKind, str]


def spellings(facts: PersonFacts) -> Iterator[str]:
    """Every way the person's name is written."""
    yield f"{facts.prefix} {facts.family_name} {facts.given_names}"
    for each in facts.names:
        yield f"{each.family} {each.given}"


def tokens_of(names: Iterable[str]) -> frozenset[Token]:
    """All words under which the names are found."""
    return frozenset((kind, token[:LONGEST_TOKEN]) for text in names for kind, token in _tokens(text))


def words_of(text: str) -> list[str]:
    """The words of a text as they were typed: letters with their marks, parted by anything else."""
    return "".join(char if _is_of_a_word(char) else " " for char in normalize("NFC", text)).split()


def beginnings_of(word: str) -> tuple[str, ...]:
    """What a typed word may be the beginning of: its search form, and its Latin forms."""
    return tuple(dict.fromkeys(filter(None, (search_form(word), *transliterations(word)))))


def sounds_of(word: str) -> tuple[str, ...]:
    """The phonetic codes of a typed word."""
    codes = (phonetic(form) for form in beginnings_of(word) if form.isascii())
    return tuple(dict.fromkeys(code for code in codes if len(code) >= SHORTEST_SOUND))


def _tokens(text: str) -> Iterator[Token]:
    for word in words_of(text):
        forms = search_form(word).split()
        for form in forms:
            yield (TokenKind.SEARCH if form.isascii() else TokenKind.ORIGINAL), form
        for latin in transliterations(word):
            for form in latin.split():
                yield TokenKind.TRANSLITERATION, form
        for code in sounds_of(word):
            yield TokenKind.PHONETIC, code


def _is_of_a_word(char: str) -> bool:
    return category(char)[0] in "LM" or char in JOINERS
