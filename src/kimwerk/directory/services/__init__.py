"""Errands of the directory."""

from kimwerk.directory.services.contacts import (
    ContactFacts,
    add_contact,
    change_contact,
    remove_contact,
    verify_contact,
)
from kimwerk.directory.services.founding import AlreadyFounded, found_installation
from kimwerk.directory.services.organisations import (
    NameTaken,
    OrganisationFacts,
    add_office,
    add_organisation,
    change_organisation,
    close_organisation,
    rename_office,
    reopen_organisation,
)
from kimwerk.directory.services.places import LoadOutcome, load_municipalities
from kimwerk.directory.services.sites import (
    ClosesBeforeItOpens,
    SiteFacts,
    add_site,
    change_site,
    close_site,
    reopen_site,
)

__all__ = [
    "AlreadyFounded",
    "ClosesBeforeItOpens",
    "ContactFacts",
    "LoadOutcome",
    "NameTaken",
    "OrganisationFacts",
    "SiteFacts",
    "add_contact",
    "add_office",
    "add_organisation",
    "add_site",
    "change_contact",
    "change_organisation",
    "change_site",
    "close_organisation",
    "close_site",
    "found_installation",
    "load_municipalities",
    "remove_contact",
    "rename_office",
    "reopen_organisation",
    "reopen_site",
    "verify_contact",
]
