from kimwerk.directory.models.installation import Installation
from kimwerk.directory.models.organisation import Contact, Office, Organisation, Site
from kimwerk.directory.models.place import District, Municipality

__all__ = ["Contact", "District", "Installation", "Municipality", "Office", "Organisation", "Site"]
