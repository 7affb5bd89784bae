"""Why a file is turned away as a whole, and the limits it is measured against."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MEBIBYTE = 1024 * 1024


class Refusal(StrEnum):
    """Why a file cannot be read as sheets. What the detail holds stands behind each."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"  # the limit in bytes
    ZIP_BOMB = "zip_bomb"  # the part of the archive
    PASSWORD = "password"  # noqa: S105 - the file wants one; this is no password
    BROKEN = "broken"  # what could not be read: a part, a line number, or nothing
    UNKNOWN_FORMAT = "unknown_format"  # what it looks like, such as "PDF"; empty when it looks like nothing
    ENCODING = "encoding"  # nothing
    NUL_CHARACTERS = "nul_characters"  # nothing
    TOO_MANY_ROWS = "too_many_rows"  # the limit
    TOO_MANY_COLUMNS = "too_many_columns"  # the limit
    TOO_MANY_CELLS = "too_many_cells"  # the limit
    NO_DATA = "no_data"  # nothing


class FileRefused(Exception):
    """The file is not read. `detail` is a word, a number or nothing, never a sentence and never a cell."""

    def __init__(self, code: Refusal, detail: str = "") -> None:
        super().__init__(f"{code.value}: {detail}" if detail else code.value)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is read at most. Sizes in bytes; cells counts the rectangle around all data."""

    size: int = 50 * MEBIBYTE
    rows: int = 200_000
    columns: int = 200
    cells: int = 6_000_000
    unpacked: int = 256 * MEBIBYTE
    ratio: int = 200
    parts: int = 5_000
    text: int = 256 * MEBIBYTE


RATIO_COUNTS_FROM = 8 * MEBIBYTE
"""A part that unpacks to less may be packed as tightly as it likes: blank rows pack well."""
