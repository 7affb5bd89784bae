"""What is stored of occasions and registrations."""

from kimwerk.arrivals.models.contract import ListContract
from kimwerk.arrivals.models.counted import ListCount
from kimwerk.arrivals.models.ending import CareTaken, ErasedCount, Erasure
from kimwerk.arrivals.models.occasion import Occasion
from kimwerk.arrivals.models.receipt import DeliveredRow, Receipt
from kimwerk.arrivals.models.registration import Registration, RegistrationVersion
from kimwerk.arrivals.models.upload import ListImport, ListPiece, ListRow
from kimwerk.arrivals.models.work import Invitation, PlaceOffer, PlaceTaken

__all__ = [
    "CareTaken",
    "DeliveredRow",
    "ErasedCount",
    "Erasure",
    "Invitation",
    "ListContract",
    "ListCount",
    "ListImport",
    "ListPiece",
    "ListRow",
    "Occasion",
    "PlaceOffer",
    "PlaceTaken",
    "Receipt",
    "Registration",
    "RegistrationVersion",
]
