"""What this room announces upwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kimwerk.kernel.events import Event


@dataclass(frozen=True, slots=True)
class ConsentWithdrawn(Event):
    """Grants of a person have ended by their own will. What rested on them was recalled already."""

    person_id: int
    grant_ids: tuple[int, ...]
    withdrawn_at: datetime
