"""Text that people type: made tidy, and looked through for signs that nobody can see."""

from __future__ import annotations

from unicodedata import category, name

from kimwerk.kernel.names import unaccepted
from kimwerk.persons.types import PersonProblem, Problem

_HIDDEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
JOINERS = frozenset("\u200c\u200d")  # Persian and Indian spelling needs them within a word


def hidden_signs(text: str) -> tuple[str, ...]:
    """Control characters in the text by code and name, such as those that turn the direction of writing."""
    found = dict.fromkeys(char for char in text if char not in JOINERS and category(char) in _HIDDEN)
    return tuple(f"U+{ord(char):04X} {name(char, '')}".rstrip() for char in found)


def problem_of_text(text: str, longest: int) -> Problem | None:
    """What is wrong with a text that may hold any script."""
    if hidden := hidden_signs(text):
        return Problem(PersonProblem.CONTROL_CHARACTERS, ", ".join(hidden))
    return Problem(PersonProblem.TOO_LONG, str(longest)) if len(text) > longest else None


def problem_of_latin_name(text: str, longest: int) -> Problem | None:
    """What is wrong with a name in Latin letters (DIN 91379)."""
    if problem := problem_of_text(text, longest):
        return problem
    strange = unaccepted(text)
    return Problem(PersonProblem.NOT_LATIN, " ".join(strange)) if strange else None
