"""Errands of casework: everything that changes something. One file a subject."""

from kimwerk.casework.services.clarifying import clarify
from kimwerk.casework.services.closing import close_case, reopen_case
from kimwerk.casework.services.handing_over import deputise, end_deputy, hand_over
from kimwerk.casework.services.opening import change_case, open_case
from kimwerk.casework.services.refusals import (
    CaseComesTooEarly,
    CaseHasOpenParts,
    CaseIsClosed,
    CaseRefused,
    ChangedMeanwhile,
)

__all__ = [
    "CaseComesTooEarly",
    "CaseHasOpenParts",
    "CaseIsClosed",
    "CaseRefused",
    "ChangedMeanwhile",
    "change_case",
    "clarify",
    "close_case",
    "deputise",
    "end_deputy",
    "hand_over",
    "open_case",
    "reopen_case",
]
