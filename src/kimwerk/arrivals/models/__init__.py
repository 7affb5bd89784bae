"""What is stored of occasions and registrations."""

from kimwerk.arrivals.models.occasion import Occasion
from kimwerk.arrivals.models.registration import Registration, RegistrationVersion

__all__ = ["Occasion", "Registration", "RegistrationVersion"]
