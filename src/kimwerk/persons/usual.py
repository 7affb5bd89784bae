"""What is unusual in reading files: a plain rule that can be explained to whoever it meets."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median

LEAST = 40
"""Files a day that never surprise: a full day of counselling with preparation and cover for a colleague."""

TIMES_USUAL = 3
DAYS_LOOKED_BACK = 28


def limit_of(earlier: Iterable[int]) -> int:
    """Files a day from which reading is unusual, given the numbers of earlier days with any."""
    counted = list(earlier)
    return max(LEAST, TIMES_USUAL * round(median(counted))) if counted else LEAST
