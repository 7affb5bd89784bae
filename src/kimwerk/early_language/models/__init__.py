from kimwerk.early_language.models.deed import Deed
from kimwerk.early_language.models.enquiry import Enquiry, Offer
from kimwerk.early_language.models.kindergarten import Kindergarten

__all__ = ["Deed", "Enquiry", "Kindergarten", "Offer"]
