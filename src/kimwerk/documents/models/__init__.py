from kimwerk.documents.models.received import Received
from kimwerk.documents.models.template import Adoption, Review, SigningKey, Template, TemplateVersion

__all__ = ["Adoption", "Received", "Review", "SigningKey", "Template", "TemplateVersion"]
