"""Names of persons: which letters they may have, how they are found, and in which order they stand.

The letters are those of DIN 91379. Names in other scripts are kept beside these, not in them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from unicodedata import category, decimal, name, normalize

from kimwerk.kernel.din91379 import NON_LETTERS, SEARCH_FORMS

DIAERESIS = "\u0308"

APOSTROPHES = "'`\u00b4\u02b9\u02ba\u02bb\u02bc\u02be\u02bf\u02c8\u02cc\u2018\u2019\u201b\u2032\u2033"
"""Signs within a word that do not part it: O'Neill stands among the On..., not before all O..."""

INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"})

INVISIBLE_LETTERS_AND_MARKS = frozenset(
    map(
        chr,
        [
            *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0),
            *range(0x180B, 0x1810),
            *range(0xFE00, 0xFE10),
            *range(0xE0100, 0xE01F0),
        ],
    )
)
"""Fillers, joiners and variation selectors that Unicode counts as letters, marks or symbols."""

CACHED_BELOW = 0x3000
"""Foldings are remembered for the alphabets, not for the tens of thousands of signs behind them."""

_UNITS = SEARCH_FORMS.keys() | NON_LETTERS
_all_single = re.compile("[" + re.escape("".join(unit for unit in _UNITS if len(unit) == 1)) + "]*").fullmatch


class NameField(StrEnum):
    """The parts of a name."""

    FAMILY = "family"
    GIVEN = "given"
    TITLE = "title"
    PREFIX = "prefix"


class NameProblem(StrEnum):
    """What is wrong with a name."""

    EMPTY = "empty"  # neither family nor given name has a letter
    UNACCEPTED = "unaccepted"  # characters that DIN 91379 does not have for names


class PersonNameError(ValueError):
    """No name; `problem`, `field` and `characters` say why. The message does not repeat the name."""

    def __init__(self, problem: NameProblem, field: NameField, characters: tuple[str, ...] = ()) -> None:
        super().__init__(f"{problem.value} {field.value}")
        self.problem = problem
        self.field = field
        self.characters = characters


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name as it stands in a passport, in NFC and with single blanks.

    Whoever has one name only has it as family name. `prefix` is what does not count for the order in a
    register: von, de la, al-. Raises PersonNameError.
    """

    family: str
    given: str
    title: str = ""
    prefix: str = ""

    def __post_init__(self) -> None:
        typed = {
            NameField.FAMILY: self.family,
            NameField.GIVEN: self.given,
            NameField.TITLE: self.title,
            NameField.PREFIX: self.prefix,
        }
        for field, raw in typed.items():
            text = tidy(raw)
            if characters := unaccepted(text):
                raise PersonNameError(NameProblem.UNACCEPTED, field, characters)
            object.__setattr__(self, field, text)
        if not search_form(f"{self.family} {self.given}"):
            raise PersonNameError(NameProblem.EMPTY, NameField.FAMILY)

    @property
    def display(self) -> str:
        """As one addresses a letter: "Dr. Frieda von Beispiel", "Karim al-Beispiel"."""
        joint = "" if self.prefix.endswith(("-", "'", "\u2019")) else " "
        family = f"{self.prefix}{joint}{self.family}".strip()
        return " ".join(part for part in (self.title, self.given, family) if part)

    @property
    def sort_key(self) -> str:
        """For the order of a register: family name, given name, prefix. Compared by code points.

        The parts stand two blanks apart, so that Beispiel, Zoe comes before Beispiel Muster, Anna.
        """
        keys = (sort_key(part) for part in (self.family, self.given, self.prefix))
        return "  ".join(key for key in keys if key)

    @property
    def search_form(self) -> str:
        """All but the title, for searching: "VON BEISPIEL FRIEDA"."""
        return search_form(f"{self.prefix} {self.family} {self.given}")


def listed_name(family: str, given: str, prefix: str = "") -> str:
    """As it stands in a register, family name first: "von Beispiel, Frieda"."""
    return ", ".join(part for part in (f"{prefix} {family}".strip(), given) if part)


def tidy(text: str) -> str:
    """The text in NFC, without blanks at its ends and with one blank for any white space within."""
    return " ".join(normalize("NFC", text).split())


def is_accepted(text: str) -> bool:
    """Whether every letter and sign may stand in a name by DIN 91379; so it is with no text at all."""
    return not unaccepted(text)


def unaccepted(text: str) -> tuple[str, ...]:
    """What may not stand in a name by DIN 91379, each once: letters, signs, letters with their marks.

    What cannot be seen is named: "U+202E RIGHT-TO-LEFT OVERRIDE".
    """
    composed = normalize("NFC", text)
    if _all_single(composed):
        return ()
    found = dict.fromkeys(_code_and_name(char) for char in composed if _is_invisible(char))
    visible = "".join(char for char in composed if not _is_invisible(char))
    for unit in _units(visible):
        if unit not in _UNITS:
            found[_code_and_name(unit) if _is_mark(unit[0]) else unit] = None
    return tuple(found)


def search_form(text: str) -> str:
    """The text by the search form list of DIN 91379 (ICAO, extended): "Müller-Łukaš" is "MUELLER LUKAS".

    A to Z in capitals; whatever is no letter parts words by a single blank. Letters of other scripts
    stay, in capitals and without marks. Takes 1 to 3 microseconds for a name.
    """
    return _folded(text, _SEARCH)


def sort_key(text: str) -> str:
    """The text by DIN 5007-2, the order of name registers: ä as ae, ö as oe, ü as ue, ß as ss.

    Small letters without marks and strokes, digits, single blanks; apostrophes fall away. Made to be
    compared by code points (COLLATE "C"). Takes 1 to 3 microseconds for a name.
    """
    return _folded(text, _SORT)


def text_key(text: str) -> str:
    """A forgiving key to match words and names of places: "Köln-Mülheim" and "KOELN MUELHEIM" have one.

    As `sort_key`, but apostrophes part words like all punctuation. Abbreviations stay different.
    """
    return _folded(text, _TEXT)


class _Folding(dict[int, str]):
    """A table for str.translate that works out what it does not know yet."""

    def __init__(self, known: Mapping[str, str], case: Callable[[str], str], has_digits: bool) -> None:
        super().__init__({ord(char): folded for char, folded in known.items()})
        self._case = case
        self._has_digits = has_digits

    def __missing__(self, code_point: int) -> str:
        folded = self._fold(chr(code_point))
        if code_point < CACHED_BELOW:
            self[code_point] = folded
        return folded

    def _fold(self, char: str) -> str:
        if char.isspace():
            return " "
        if _is_invisible(char) or category(char) in {"Mn", "Me"}:
            return ""
        simpler = normalize("NFKD", char)
        if simpler == char:
            simpler = self._case(char)
        if simpler != char:
            return simpler.translate(self)
        if char.isalpha() or category(char) == "Mc":
            return char
        return str(decimal(char)) if self._has_digits and char.isdecimal() else " "


def _folded(text: str, folding: _Folding) -> str:
    if not text.isascii():
        text = _IRREGULAR.sub(lambda match: SEARCH_FORMS[match[0]], normalize("NFC", text))
    return " ".join(text.translate(folding).split())


def _sorted_as(letter: str) -> str:
    decomposed = normalize("NFD", letter)
    base = decomposed[0]
    if base in "Øø":
        return "o"  # the search form has OE
    folded = SEARCH_FORMS[base].lower()
    return f"{folded}e" if base in "AOUaou" and decomposed[1:2] == DIAERESIS else folded


def _units(text: str) -> Iterator[str]:
    """The letters with the marks on them; two letters where a sequence of the list spans both."""
    start = 0
    while start < len(text):
        end = _end_of_unit(text, start)
        spanning = _end_of_unit(text, end)
        if end - start > 1 and text[start:spanning] in _UNITS:
            end = spanning
        yield text[start:end]
        start = end


def _end_of_unit(text: str, start: int) -> int:
    end = start + 1
    if text[start : start + 1] == " ":
        return end  # a mark behind a blank sits on nothing
    while end < len(text) and _is_mark(text[end]):
        end += 1
    return end


def _is_mark(char: str) -> bool:
    return category(char).startswith("M")


def _is_invisible(char: str) -> bool:
    return char != " " and (category(char) in INVISIBLE_CATEGORIES or char in INVISIBLE_LETTERS_AND_MARKS)


def _code_and_name(char: str) -> str:
    """ "U+200B ZERO WIDTH SPACE"; of several characters all, one after the other."""
    return ", ".join(f"U+{ord(one):04X} {name(one, '')}".rstrip() for one in char)


_LETTERS = {letter: form for letter, form in SEARCH_FORMS.items() if len(letter) == 1}
_BLANKS = dict.fromkeys({*NON_LETTERS, *APOSTROPHES}, " ") | {"\u0640": ""}  # tatweel only stretches a word
_SORTED = {letter: _sorted_as(letter) for letter in _LETTERS}

_SEARCH = _Folding(_LETTERS | _BLANKS, str.upper, has_digits=False)
_TEXT = _Folding(_SORTED | _BLANKS, str.casefold, has_digits=True)
_SORT = _Folding(_SORTED | _BLANKS | dict.fromkeys(APOSTROPHES, ""), str.casefold, has_digits=True)

# sequences that are more than their letters without the marks: a dot below hides the diaeresis of an umlaut
_IRREGULAR = re.compile(
    "|".join(re.escape(letter) for letter, form in SEARCH_FORMS.items() if letter.translate(_SEARCH) != form)
)
