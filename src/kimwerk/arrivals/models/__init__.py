"""What is stored of occasions and registrations."""

from kimwerk.arrivals.models.occasion import Occasion
from kimwerk.arrivals.models.registration import Registration, RegistrationVersion
from kimwerk.arrivals.models.upload import ListImport, ListPiece, ListRow

__all__ = ["ListImport", "ListPiece", "ListRow", "Occasion", "Registration", "RegistrationVersion"]
