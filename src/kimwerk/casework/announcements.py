"""What casework listens to from below: a consent that is withdrawn stops the referrals that rest on it."""

from __future__ import annotations

from kimwerk.casework.services.stopping import stop_referrals
from kimwerk.consent.events import ConsentWithdrawn
from kimwerk.kernel.events import handles


def listen() -> None:
    """Register what happens; called once, when the app is ready."""

    @handles(ConsentWithdrawn)
    def stop(event: ConsentWithdrawn) -> None:
        stop_referrals(event.grant_ids)
