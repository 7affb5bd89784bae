"""What a name sounds like, whatever script or standard it is written in.

`data/sounds.csv` says for every letter and group of letters what is heard: x for sh and ch, j for zh, g for g, h and
kh, s for s, z and ts. A spelling that may be read in two ways (the ch of "Chmelnyk" and of "Chernenko") gives two
readings; names are the same if one reading is.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from itertools import islice, product

READINGS = 8
"""At most so many readings of one word; spellings with more ambiguities are rare."""

VOWELS = str.maketrans("", "", "aeiou")
ALIKE = str.maketrans("xjfdbk", "ssvtpg")
"""Consonants that languages exchange: the hissing ones, and voiced for unvoiced."""
ARTICLES = frozenset({"al", "el", "ال"})


def _table(name: str) -> Iterator[dict[str, str]]:
    with files(__package__).joinpath("data", name).open(encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


SOUNDS = {row["spelling"]: tuple(row["sounds"].split("|")) for row in _table("sounds.csv")}
LETTERS = frozenset("".join(SOUNDS)) - {"-"}
SPELLINGS = re.compile(
    "|".join(
        s[1:] + "$" if s[0] == "-" else s for s in sorted(SOUNDS, key=lambda s: (len(s.strip("-")), s), reverse=True)
    )
)
"""What the table writes with a hyphen is read in its own way at the end of a word: Fatimah, Claudius."""


@lru_cache(maxsize=1 << 18)
def words(name: str) -> tuple[str, ...]:
    """The words of a name in small letters, without marks and articles: `Al-Ḥusseïn` is `hussein`."""
    spelled = "".join(_letter(character) for character in unicodedata.normalize("NFC", name).lower())
    parts = tuple(word.removeprefix("ال") or word for word in spelled.split())
    return tuple(word for word in parts if word not in ARTICLES) or parts


def _letter(character: str) -> str:
    """A letter of the table, the letter without its marks, nothing for a mark, a blank for what separates words."""
    if character in LETTERS:
        return character
    plain = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
    if plain and all(c.isalpha() or c in LETTERS for c in plain):
        return plain
    return " " if character in "-_/.,;" or character.isspace() else ""


@lru_cache(maxsize=1 << 18)
def readings(word: str) -> tuple[str, ...]:
    """What one word may sound like, the most usual reading first."""
    spelled = [_at_end(match) for match in SPELLINGS.finditer(word)]
    unsure = sorted({spelling for spelling in spelled if len(SOUNDS[spelling]) > 1})
    heard: dict[str, None] = {}
    for choice in islice(product(*(SOUNDS[spelling] for spelling in unsure)), READINGS):
        chosen = dict(zip(unsure, choice, strict=True))
        heard[_smooth("".join(chosen.get(spelling, SOUNDS[spelling][0]) for spelling in spelled))] = None
    return tuple(heard)


def _at_end(match: re.Match[str]) -> str:
    ending = "-" + match[0]
    return ending if match.end() == len(match.string) and ending in SOUNDS else match[0]


def _smooth(sounds: str) -> str:
    """Doubled sounds are heard once, and Yelena begins like Elena."""
    once = re.sub(r"(.)\1+", r"\1", sounds)
    return once[1:] if once.startswith("ie") else once


@lru_cache(maxsize=1 << 18)
def skeletons(word: str) -> tuple[str, ...]:
    """The consonants of each reading; of a word with fewer than two consonants, everything that is heard."""
    found = (_skeleton(reading) for reading in readings(word))
    return tuple(dict.fromkeys(found))


def _skeleton(reading: str) -> str:
    bones = re.sub(r"(.)\1+", r"\1", reading.translate(VOWELS).translate(ALIKE))
    return bones if len(bones) > 1 else bones + reading[:2]


@lru_cache(maxsize=1 << 18)
def cognates(word: str) -> frozenset[str]:
    """The classes of given names that are one name in several languages (Olena, Elena); empty for other words."""
    return frozenset(COGNATES[reading] for reading in readings(word) if reading in COGNATES)


COGNATES = {
    reading: row["names"].split()[0]
    for row in _table("cognates.csv")
    for word in words(row["names"])
    for reading in readings(word)[:2]
}
