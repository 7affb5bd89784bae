"""The words by which a person is found: search forms, original script, transliterations, sound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kimwerk.kernel.names import search_form
from kimwerk.persons.phonetics import phonetic
from kimwerk.persons.scripts import transliterations
from kimwerk.persons.types import TokenKind

LONGEST_TOKEN = 120
SHORTEST_SOUND = 2
"""Digits a phonetic code needs to say anything: Li and Lu and Lo all sound as 5."""

Token = tuple[TokenKind, str]


def tokens_of(names: Iterable[str]) -> frozenset[Token]:
    """All words under which the names are found."""
    return frozenset((kind, token[:LONGEST_TOKEN]) for text in names for kind, token in _tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    for word in search_form(text).split():
        if word.isascii():
            yield TokenKind.SEARCH, word
            yield from _sound(word)
            continue
        yield TokenKind.ORIGINAL, word
        for latin in transliterations(word):
            for part in latin.split():
                yield TokenKind.TRANSLITERATION, part
                yield from _sound(part)


def _sound(word: str) -> Iterator[Token]:
    code = phonetic(word)
    if len(code) >= SHORTEST_SOUND:
        yield TokenKind.PHONETIC, code


def beginnings_of(word: str) -> tuple[str, ...]:
    """What a typed word may be the beginning of: itself, and its Latin forms if it is in another script."""
    return tuple(dict.fromkeys((word, *transliterations(word))))


def sounds_of(word: str) -> tuple[str, ...]:
    """The phonetic codes of a typed word in search form."""
    latin = (word,) if word.isascii() else transliterations(word)
    return tuple(dict.fromkeys(code for each in latin if len(code := phonetic(each)) >= SHORTEST_SOUND))
