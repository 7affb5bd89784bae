"""Why an errand on a referral was refused."""

from __future__ import annotations

from kimwerk.casework.models.referral import Referral
from kimwerk.casework.referral_types import Problems


class ReferralRefused(Exception):
    """Something said about the referral is wrong; `problems` says what and where."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(", ".join(f"{place}: {problem}" for place, problem in problems.items()))
        self.problems = problems


class ReferralMoved(Exception):
    """Somebody else moved the referral meanwhile; `current` is how it stands now."""

    def __init__(self, current: Referral) -> None:
        super().__init__(current.state)
        self.current = current


class NothingToRelease(Exception):
    """There is nothing that waits to be disclosed, or nothing that may be."""
