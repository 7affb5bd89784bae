"""Limits that are passed along: of time, which ends everything, and of work, which is the same on every machine."""

from __future__ import annotations

import time


class Clock:
    """So many seconds from now."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds that are left; 0 when over."""
        return max(self._end - time.monotonic(), 0.0)

    def share(self, seconds: float) -> Clock:
        """So many seconds from now, or all that are left."""
        return Clock(min(self.left, seconds))

    @property
    def is_over(self) -> bool:
        """Nothing is left."""
        return not self.left


class Effort:
    """So many pauses of integer programmes. Unlike a clock it runs out at the same place again, on every machine.

    The solver pauses after each piece of its work and asks whether it shall go on. A pause stands for about 20 steps
    of the simplex method: some milliseconds with a thousand cells.
    """

    def __init__(self, pauses: int, of: Effort | None = None) -> None:
        self.left, self._of = pauses, of

    def share(self, pauses: int) -> Effort:
        """So many of the pauses, or all that are left; what is spent of them is spent here as well."""
        return Effort(min(self.left, pauses), self)

    def goes_on(self) -> bool:
        """One pause is over; whether another one may follow, here and where it is shared from."""
        self.left = max(self.left - 1, 0)
        others_go_on = self._of is None or self._of.goes_on()
        return self.left > 0 and others_go_on
