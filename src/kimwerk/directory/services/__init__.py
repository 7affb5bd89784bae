"""Errands of the directory."""

from kimwerk.directory.services.founding import AlreadyFounded, found_installation
from kimwerk.directory.services.places import LoadOutcome, load_municipalities

__all__ = ["AlreadyFounded", "LoadOutcome", "found_installation", "load_municipalities"]
