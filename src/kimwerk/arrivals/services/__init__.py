"""Everything that changes something on the registration lists."""

from kimwerk.arrivals.services.checking import accept_findings, check_rows, release_rows
from kimwerk.arrivals.services.correcting import correct_registration
from kimwerk.arrivals.services.merging import merge, unmerge
from kimwerk.arrivals.services.occasions import OccasionFacts, close_occasion, open_occasion
from kimwerk.arrivals.services.refusals import (
    FamilyRefused,
    NotToBeMerged,
    OccasionClosed,
    RegistrationChangedMeanwhile,
)
from kimwerk.arrivals.services.registering import register_family

__all__ = [
    "FamilyRefused",
    "NotToBeMerged",
    "OccasionClosed",
    "OccasionFacts",
    "RegistrationChangedMeanwhile",
    "accept_findings",
    "check_rows",
    "close_occasion",
    "correct_registration",
    "merge",
    "open_occasion",
    "register_family",
    "release_rows",
    "unmerge",
]
