"""One registration as the matcher sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Registration:
    """What is compared; every field but the names may be unknown."""

    rec_id: str
    first_name: str
    last_name: str
    birth_date: date | None = None
    sex: str = ""
    municipality: str = ""
    original_first_name: str = ""
    original_last_name: str = ""

    @property
    def given(self) -> str:
        """The given name in every script it is known in."""
        return f"{self.first_name} {self.original_first_name}".strip()

    @property
    def family(self) -> str:
        """The family name in every script it is known in."""
        return f"{self.last_name} {self.original_last_name}".strip()
