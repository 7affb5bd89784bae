"""Errands about persons. Other rooms call these; what they need of them stands here."""

from kimwerk.persons.services.care import entrust, release
from kimwerk.persons.services.erasing import erase_person
from kimwerk.persons.services.files import correct_person, register_person
from kimwerk.persons.services.refusals import ErasureRefused, NotEntrusted, PersonChangedMeanwhile, PersonRefused

__all__ = [
    "ErasureRefused",
    "NotEntrusted",
    "PersonChangedMeanwhile",
    "PersonRefused",
    "correct_person",
    "entrust",
    "erase_person",
    "register_person",
    "release",
]
