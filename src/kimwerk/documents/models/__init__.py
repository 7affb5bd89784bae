from kimwerk.documents.models.template import Adoption, Review, SigningKey, Template, TemplateVersion

__all__ = ["Adoption", "Review", "SigningKey", "Template", "TemplateVersion"]
