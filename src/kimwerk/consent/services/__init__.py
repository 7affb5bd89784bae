"""Errands of consent. Other rooms call these; what they need of them stands here."""

from kimwerk.consent.services.declaring import declare
from kimwerk.consent.services.disclosing import confirm_deletion, disclose, read_disclosure, recall
from kimwerk.consent.services.refusals import DeclarationRefused, NotCovered, TextRefused
from kimwerk.consent.services.texts import approve_version, begin_version, write_text
from kimwerk.consent.services.withdrawing import withdraw

__all__ = [
    "DeclarationRefused",
    "NotCovered",
    "TextRefused",
    "approve_version",
    "begin_version",
    "confirm_deletion",
    "declare",
    "disclose",
    "read_disclosure",
    "recall",
    "withdraw",
    "write_text",
]
