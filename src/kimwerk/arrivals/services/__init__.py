"""Everything that changes something on the registration lists."""

from kimwerk.arrivals.services.checking import accept_findings, check_rows, release_rows, take_release_back
from kimwerk.arrivals.services.contracts import accept_contract, end_contract, publish_contract
from kimwerk.arrivals.services.correcting import correct_registration
from kimwerk.arrivals.services.delivering import fetch_rows, note_taken_out
from kimwerk.arrivals.services.ending import erase_occasion, take_into_care
from kimwerk.arrivals.services.inviting import SeriesFacts, appoint_anew, invite, note_registered
from kimwerk.arrivals.services.merging import merge, unmerge
from kimwerk.arrivals.services.occasions import OccasionFacts, close_occasion, open_occasion, set_periods
from kimwerk.arrivals.services.placing import OfferFacts, free_place, give_place, keep_offer
from kimwerk.arrivals.services.refusals import (
    AlreadyFetched,
    AlreadyRegistered,
    ContractRefused,
    FamilyRefused,
    NotAgreed,
    NotCollected,
    NotToBeMerged,
    OccasionClosed,
    PlaceRefused,
    RegisteredOtherwise,
    RegistrationChangedMeanwhile,
    TooEarlyToErase,
)
from kimwerk.arrivals.services.registering import register_family

__all__ = [
    "AlreadyFetched",
    "AlreadyRegistered",
    "ContractRefused",
    "FamilyRefused",
    "NotAgreed",
    "NotCollected",
    "NotToBeMerged",
    "OccasionClosed",
    "OccasionFacts",
    "OfferFacts",
    "PlaceRefused",
    "RegisteredOtherwise",
    "RegistrationChangedMeanwhile",
    "SeriesFacts",
    "TooEarlyToErase",
    "accept_contract",
    "accept_findings",
    "appoint_anew",
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
    "set_periods",
    "take_into_care",
    "take_release_back",
    "unmerge",
]
