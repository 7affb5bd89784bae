"""Kölner Phonetik: how a name sounds to a German ear, as a row of digits (Postel, 1969)."""

from __future__ import annotations

from itertools import groupby

_CODES = dict.fromkeys("AEIJOUY", "0") | dict.fromkeys("FVW", "3") | dict.fromkeys("GKQ", "4")
_CODES |= {"B": "1", "P": "1", "D": "2", "T": "2", "L": "5", "M": "6", "N": "6", "R": "7", "S": "8", "Z": "8"}
_HARD_C_AT_START = frozenset("AHKLOQRUX")
_HARD_C = frozenset("AHKOQUX")
_SIBILANT_AFTER = frozenset("CSZ")


def phonetic(word: str) -> str:
    """The code of a word in its search form: MUELLER and MILLER are both "657". Empty without letters A to Z."""
    letters = "".join(letter for letter in word if "A" <= letter <= "Z")
    codes = "".join(_code(letters, place) for place in range(len(letters)))
    single = "".join(code for code, _ in groupby(codes))
    return single[:1] + single[1:].replace("0", "")


def _code(letters: str, place: int) -> str:
    letter, before, after = letters[place], letters[place - 1 : place], letters[place + 1 : place + 2]
    if letter == "H":
        return ""
    if letter == "P" and after == "H":
        return "3"
    if letter in "DT" and after in _SIBILANT_AFTER:
        return "8"
    if letter == "C":
        return _code_of_c(before, after, is_first=place == 0)
    if letter == "X":
        return "8" if before and before in "CKQ" else "48"
    return _CODES[letter]


def _code_of_c(before: str, after: str, *, is_first: bool) -> str:
    if is_first:
        return "4" if after in _HARD_C_AT_START else "8"
    return "4" if after in _HARD_C and before not in {"S", "Z"} else "8"
