"""What stands in a cell of a published table: a number as it is shown, nil, nothing, or words."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from enum import StrEnum

MOST_DIGITS = 15
"""Digits of a number that a spreadsheet keeps; what stands behind them is noise of binary fractions."""


class Style(StrEnum):
    """How a file writes its numbers."""

    GERMAN = "german"  # 1.234,56
    ENGLISH = "english"  # 1,234.56


class State(StrEnum):
    """What a cell is to arithmetic."""

    NUMBER = "number"
    NIL = "nil"  # a dash: exactly nothing
    BLANK = "blank"
    UNKNOWN = "unknown"  # a dot, an x, "k. A.": there is a number, but it is not shown
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: where it stands (from 0), what is shown, and its number with the decimals shown."""

    row: int
    column: int
    text: str
    state: State
    value: Decimal = Decimal(0)
    places: int = 0
    is_percent: bool = False
    marks: str = ""

    @property
    def is_number(self) -> bool:
        """A number or nil."""
        return self.state in {State.NUMBER, State.NIL}


_SPACES = re.compile(r"[\s\u00a0\u2007\u202f]+")
_NIL = frozenset({"-", "–", "—", "−", "--", "- -"})
_UNKNOWN = re.compile(r"[.·•/x…*#?]|\.{2,3}|k\. ?a\.?|n\. ?v\.?|n\.? ?a\.?|u\. ?a\.|unbekannt|x{2,3}", re.IGNORECASE)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_FOOTNOTE = re.compile(r"\s*(?P<mark>[¹²³⁴-⁹⁰*†‡]+\)?|(?<=[\d%€])\s+\d{1,2}\)|\s*[a-z]\)|\[\w{1,2}\]|\s+\([1-9]\))$")
_QUALITY = re.compile(r"^(?:r|p|s|ca\.|rd\.|rund)\s*(?=\d)|(?<=\d)\s?(?:r|p|s)$")
_UNIT = re.compile(
    r"(?P<percent>%|v\. ?h\.|prozent)|(?:tsd\.? ?|mio\.? ?|t)?(?:€|eur|euro)|vzä|std\.?|stunden|personen|fälle",
    re.IGNORECASE,
)
_DASH_CENTS = re.compile(r",\s?[-–—]+$")
_GROUPED = {
    Style.GERMAN: re.compile(r"[1-9]\d{0,2}(?:[. '’]\d{3})+(?:,\d+)?"),
    Style.ENGLISH: re.compile(r"[1-9]\d{0,2}(?:[, '’]\d{3})+(?:\.\d+)?"),
}
_PLAIN = {Style.GERMAN: re.compile(r"\d+(?:,\d+)?|,\d+"), Style.ENGLISH: re.compile(r"\d+(?:\.\d+)?|\.\d+")}
_ONLY = {
    Style.GERMAN: re.compile(r"\d+,(?:\d{1,2}|\d{4,})|0,\d+|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}"),
    Style.ENGLISH: re.compile(r"\d+\.(?:\d{1,2}|\d{4,})|0\.\d+|\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}"),
}


def style_of(texts: Iterable[str]) -> Style:
    """How most of the texts that leave no choice write their numbers; German if none does."""
    votes = dict.fromkeys(Style, 0)
    for text in texts:
        bare = _stripped(text)[0].lstrip("-+")
        for style in Style:
            votes[style] += bool(_ONLY[style].fullmatch(bare))
    return Style.ENGLISH if votes[Style.ENGLISH] > votes[Style.GERMAN] else Style.GERMAN


def cell_of(row: int, column: int, content: object, style: Style) -> Cell:
    """The cell for what a file holds in it."""
    if isinstance(content, (bool, date, time, timedelta)):
        return Cell(row, column, str(content), State.TEXT)
    if isinstance(content, (int, float)):
        return _typed(row, column, content)
    return _written(row, column, "" if content is None else str(content), style)


def _written(row: int, column: int, text: str, style: Style) -> Cell:
    bare = _SPACES.sub(" ", text).strip()
    if not bare:
        return Cell(row, column, "", State.BLANK)
    if bare in _NIL or _UNKNOWN.fullmatch(bare):
        return Cell(row, column, bare, State.NIL if bare in _NIL else State.UNKNOWN)
    digits, is_percent, marks = _stripped(bare)
    number = _number(digits, style)
    if number is None:
        return Cell(row, column, text.rstrip(), State.TEXT)
    places = max(-int(number.as_tuple().exponent), 0)
    return Cell(row, column, bare, State.NUMBER, number, places, is_percent, marks)


def _typed(row: int, column: int, content: float) -> Cell:
    """A number of a workbook; of a fraction only the digits a spreadsheet keeps."""
    if not math.isfinite(content):
        return Cell(row, column, "", State.UNKNOWN)
    number = Decimal(repr(content)) if isinstance(content, int) else Decimal(f"{content:.{MOST_DIGITS - 3}g}")
    number = number.normalize() if number else Decimal(0)
    places = max(-int(number.as_tuple().exponent), 0)
    shown = f"{number:f}".replace(".", ",")
    return Cell(row, column, shown, State.NUMBER, Decimal(f"{number:f}"), places)


def _stripped(text: str) -> tuple[str, bool, str]:
    """The digits of a shown number; whether a percent sign stood there, and its footnote marks."""
    bare, marks, is_percent = _SPACES.sub(" ", text).strip(), "", False
    while (found := _FOOTNOTE.search(bare)) and any(letter.isdigit() for letter in bare[: found.start()]):
        marks += found["mark"].strip(" )([]").translate(_RAISED)
        bare = bare[: found.start()]
    bare = _QUALITY.sub("", bare)
    bare = bare.replace("−", "-").replace("–", "-").replace("—", "-") if bare[:1] in "−–—" else bare
    for _ in range(2):
        for found in _UNIT.finditer(bare):
            if not found.start() or found.end() == len(bare):
                is_percent = is_percent or bool(found["percent"])
                bare = (bare[: found.start()] + bare[found.end() :]).strip()
                break
    bare = _DASH_CENTS.sub("", bare)
    if bare.startswith("(") and bare.endswith(")"):  # an uncertain value in official statistics
        bare = bare[1:-1]
    if bare.endswith("-") and bare[:1].isdigit():
        bare = "-" + bare[:-1]
    if bare[:1] in {"-", "+", "±"}:
        bare = bare[0] + bare[1:].strip()
    return bare, is_percent, marks


def _number(digits: str, style: Style) -> Decimal | None:
    sign = -1 if digits.startswith("-") else 1
    bare = digits.lstrip("-+±")
    other = Style.GERMAN if style is Style.ENGLISH else Style.ENGLISH
    for each in (style, other):
        if _GROUPED[each].fullmatch(bare) or _PLAIN[each].fullmatch(bare):
            return sign * _decimal(bare, each)
    return None


def _decimal(digits: str, style: Style) -> Decimal:
    point, group = (",", ".") if style is Style.GERMAN else (".", ",")
    for each in (group, " ", "'", "’"):
        digits = digits.replace(each, "")
    return Decimal(digits.replace(point, "."))
