"""Text that no spreadsheet takes for a formula. The one rule, for Python and for the database.

A cell whose text begins with = + - @ or their full-width forms (after blanks, too), or with a tab or
a line break, is run as a formula by common spreadsheets (OWASP, "CSV injection"). An apostrophe in
front of it makes it text again.
"""

from __future__ import annotations

import re

SHIELD = "'"
BLANKS = "\t\n\x0b\x0c\r \u0085\u00a0\u2028\u2029\u200b\ufeff"
STARTERS = "=+@|%\uff1d\uff0b\uff20\uff0d-"
"""Ends with the hyphen, so that it is a character and not a range inside a class."""

_DANGEROUS = re.compile(f"[{BLANKS}]*[{STARTERS}]|[\t\r\n]")


def is_dangerous(text: str) -> bool:
    """Whether a spreadsheet could run the text."""
    return _DANGEROUS.match(text) is not None


def harmless(text: str) -> str:
    """The text, shielded where a spreadsheet could run it; zero bytes are left out."""
    clean = text.replace("\x00", "")
    return SHIELD + clean if is_dangerous(clean) else clean


def harmless_sql(expression: str) -> str:
    """The same as an SQL expression over a text that is not null."""
    pattern = "^[" + "".join(_escaped(char) for char in BLANKS) + "]*["
    pattern += "".join(_escaped(char) for char in STARTERS) + "]|^[\\t\\r\\n]"
    return f"(case when {expression} ~ '{pattern}' then '{SHIELD * 2}' else '' end || {expression})"


def _escaped(char: str) -> str:
    """A character as the database's regular expressions write it."""
    return f"\\u{ord(char):04x}"
