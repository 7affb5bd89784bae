"""Everything that changes something about the network log."""

from kimwerk.network.services.meeting import correct_encounter, note_encounter
from kimwerk.network.services.publishing import keep_publication
from kimwerk.network.services.supplying import bring_together, keep_supply, note_outcome

__all__ = [
    "bring_together",
    "correct_encounter",
    "keep_publication",
    "keep_supply",
    "note_encounter",
    "note_outcome",
]
