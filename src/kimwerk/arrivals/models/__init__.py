"""What is stored of occasions and registrations."""

from kimwerk.arrivals.models.contract import ListContract
from kimwerk.arrivals.models.occasion import Occasion
from kimwerk.arrivals.models.receipt import DeliveredRow, Receipt
from kimwerk.arrivals.models.registration import Registration, RegistrationVersion

__all__ = ["DeliveredRow", "ListContract", "Occasion", "Receipt", "Registration", "RegistrationVersion"]
