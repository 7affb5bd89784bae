"""Everything that changes something on the registration lists."""

from kimwerk.arrivals.services.checking import accept_findings, check_rows, release_rows
from kimwerk.arrivals.services.contracts import accept_contract, end_contract, publish_contract
from kimwerk.arrivals.services.correcting import correct_registration
from kimwerk.arrivals.services.delivering import fetch_rows, note_taken_out
from kimwerk.arrivals.services.ending import erase_occasion, take_into_care
from kimwerk.arrivals.services.inviting import SeriesFacts, invite, note_registered
from kimwerk.arrivals.services.merging import merge, unmerge
from kimwerk.arrivals.services.occasions import OccasionFacts, close_occasion, open_occasion
from kimwerk.arrivals.services.placing import OfferFacts, free_place, give_place, keep_offer
from kimwerk.arrivals.services.refusals import (
    ContractRefused,
    FamilyRefused,
    NotAgreed,
    NotCollected,
    NotToBeMerged,
    OccasionClosed,
    PlaceRefused,
    RegistrationChangedMeanwhile,
    TooEarlyToErase,
    RegisteredOtherwise,
)
from kimwerk.arrivals.services.registering import register_family

__all__ = [
    "ContractRefused",
    "FamilyRefused",
    "NotAgreed",
    "NotCollected",
    "NotToBeMerged",
    "OccasionClosed",
    "OccasionFacts",
    "OfferFacts",
    "PlaceRefused",
    "RegistrationChangedMeanwhile",
    "SeriesFacts",
    "TooEarlyToErase",
    "accept_contract",
    "RegisteredOtherwise",
    "accept_findings",
    "check_rows",
    "close_occasion",
    "correct_registration",
    "end_contract",
    "erase_occasion",
    "fetch_rows",
    "free_place",
    "give_place",
    "invite",
    "keep_offer",
    "merge",
    "note_registered",
    "note_taken_out",
    "open_occasion",
    "publish_contract",
    "register_family",
    "release_rows",
    "take_into_care",
    "unmerge",
]
