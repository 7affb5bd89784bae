"""How much room a text takes, and where it may be broken.

Charts are laid out before any browser or printer sees them. Widths are therefore upper bounds:
for every letter the wider of Noto Sans and Fira Sans, bold if asked for.
"""

from __future__ import annotations

import re

_REGULAR = {
    280: "' j!,.:;·\xa0\u202f",
    320: "ilJ`",
    360: "fI()[]",
    400: "t{}",
    440: 'r"-„“',
    480: "csz?",
    520: "vyF/\\_–−",
    560: "kxELST*|§",
    600: "0123456789aeVXYZ$+<=>^~ä€×",
    640: "bdghnopquACKPRöüÄß",
    680: "B#",
    760: "DGHNUÜ",
    800: "wOQ&Ö…",
    840: "%",
    920: "M",
}
_ADVANCE = {letter: width for width, letters in _REGULAR.items() for letter in letters}
_WIDEST = 1040
_BOLD = 1.09

_SYLLABLE = re.compile(r"(?<=[aeiouyäöü])(?=(?:sch|ch|ck|ph|th|[bcdfghjklmnpqrstvwxzß])[aeiouyäöü])", re.IGNORECASE)
_AFTER_CLOSED = re.compile(
    r"(?<=[bcdfghjklmnpqrstvwxzß])(?=(?:sch|ch|ph|th|[bcdfghjklmnpqrtvwxzß])[aeiouyäöü])", re.IGNORECASE
)
_BOUND = ("sch", "ch", "ck", "ph", "th", "qu", "sp", "st", "str", "spr")
_SECOND_PARTS = (
    "arbeit", "behörde", "beratung", "betreuung", "einrichtung", "förderung", "gespräch", "gruppe",
    "kreis", "management", "ordnung", "organisation", "sprech", "stelle", "stunde", "träger", "veranstaltung",
    "verfahren", "übergreifend",
)  # fmt: skip
_LEAST = 3


def width_of(text: str, size: float, *, is_bold: bool = False) -> float:
    """An upper bound for the width of `text` at font size `size`, in the unit of `size`."""
    width = sum(_ADVANCE.get(letter, _WIDEST) for letter in text) * size / 1000
    return width * _BOLD if is_bold else width


def wrap(text: str, width: float, size: float, *, is_bold: bool = False) -> tuple[str, ...]:
    """`text` in lines no wider than `width`; long words are divided, nothing is left out.

    Words are divided after a hyphen or a slash, else where a usual second part begins, else
    between syllables by a rule of thumb for German, else anywhere. Only a single letter may be wider than `width`.
    """
    lines: list[str] = []
    line = ""
    for word in text.split():
        candidate = f"{line} {word}" if line else word
        if width_of(candidate, size, is_bold=is_bold) <= width:
            line = candidate
            continue
        if line:
            lines.append(line)
        *full, line = _divided(word, width, size, is_bold=is_bold)
        lines.extend(full)
    return (*lines, line) if line else tuple(lines)


def wrap_words(text: str, width: float, size: float) -> tuple[str, ...]:
    """`text` in lines of whole words, no wider than `width` or than its longest word."""
    longest = max((width_of(word, size) for word in text.split()), default=0.0)
    return wrap(text, max(width, longest), size)


def _divided(word: str, width: float, size: float, *, is_bold: bool) -> tuple[str, ...]:
    """A word in pieces no wider than `width`, with a hyphen where one was put in."""
    pieces: list[str] = []
    while width_of(word, size, is_bold=is_bold) > width and len(word) > 1:
        head, word = _first_piece(word, width, size, is_bold=is_bold)
        pieces.append(head)
    return (*pieces, word)


def _first_piece(word: str, width: float, size: float, *, is_bold: bool) -> tuple[str, str]:
    """The longest piece that fits, and the rest; where a second part begins if that is not too early."""
    fitting = [
        (position, piece)
        for position in _places(word)
        for piece in (word[:position] + ("" if word[position - 1] in "-/–" else "-"),)
        if width_of(piece, size, is_bold=is_bold) <= width
    ]
    if fitting:
        last = max(position for position, _ in fitting)
        lower = word.lower()
        joints = [entry for entry in fitting if lower.startswith(_SECOND_PARTS, entry[0]) and entry[0] * 2 >= last]
        position, piece = max(joints or fitting)
        return piece, word[position:]
    position = len(word) - 1
    while position > 1 and width_of(word[:position], size, is_bold=is_bold) > width:
        position -= 1
    return word[:position], word[position:]


def _places(word: str) -> set[int]:
    """Where a German word may be divided, at least three letters from its ends."""
    found = {match.start() for pattern in (_SYLLABLE, _AFTER_CLOSED) for match in pattern.finditer(word)}
    lower = word.lower()
    inside = {
        start + offset
        for bound in _BOUND
        for start in range(len(word))
        if lower.startswith(bound, start)
        for offset in range(1, len(bound))
    }
    given = {position for position in range(1, len(word)) if word[position - 1] in "-/–"}
    joints = {position for position in range(len(word)) if lower.startswith(_SECOND_PARTS, position)}
    return {place for place in found - inside | joints if _LEAST <= place <= len(word) - _LEAST} | given
