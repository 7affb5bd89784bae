"""What casework announces upwards. Nothing in it tells who it was about."""

from __future__ import annotations

from dataclasses import dataclass

from kimwerk.casework.referral_types import Failure
from kimwerk.kernel.events import Event


@dataclass(frozen=True, slots=True)
class ReferralFailed(Event):
    """A referral was declined or never answered: a need that nobody met, for the room `needs`."""

    failure: Failure
