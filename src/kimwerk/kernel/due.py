"""What is due for somebody: declared by the rooms, collected by the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kimwerk.kernel.figures import Text


@dataclass(frozen=True, slots=True)
class DueItem:
    """One thing that waits for an actor: what it is, since or until when, and where it is done."""

    title: Text
    detail: Text
    url: str
    due_on: date | None = None
    is_urgent: bool = False
