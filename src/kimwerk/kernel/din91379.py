"""The letters of DIN 91379, which names of persons in German administration are made of.

The lists lie in `data/din91379`, whose README names their origin and licence.
"""

from __future__ import annotations

from importlib.resources import files


def _rows(file_name: str) -> list[list[str]]:
    lists = files("kimwerk.kernel").joinpath("data", "din91379", file_name)
    return [line.split("; ") for line in lists.read_text(encoding="utf-8").splitlines()]


def _letters(code_points: str) -> str:
    return "".join(chr(int(code_point, 16)) for code_point in code_points.split())


SEARCH_FORMS: dict[str, str] = {_letters(row[2]): _letters(row[5]) for row in _rows("latin_list_search_form_1.3.txt")}
"""Each normative Latin letter, a character or a sequence in NFC, with its search form in A to Z."""

NON_LETTERS: frozenset[str] = frozenset(_letters(row[2]) for row in _rows("name_non_letters_1.3.txt"))
"""The non-letters that may stand in names (N1): blank, hyphen, apostrophes and the like, no digits."""
