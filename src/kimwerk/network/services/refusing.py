"""What no text of the network log may hold."""

from __future__ import annotations

from django.utils import timezone

from kimwerk.activities.guard import personal_trait
from kimwerk.network.types import NetworkProblem, NetworkRefused


def name_nobody(*texts: str) -> None:
    """Refuse texts that hold what looks like a person's data."""
    today = timezone.localdate()
    if any(personal_trait(text, today) for text in texts):
        raise NetworkRefused(NetworkProblem.NAMES_SOMEBODY)
