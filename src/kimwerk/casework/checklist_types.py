"""Values that the checklists of module 3 speak in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

PURPOSE = "foreigners_authority"
"""The purpose (a code of the list in the room consent) under which something is disclosed to an authority."""


class ChecklistState(StrEnum):
    """How far an application is."""

    PREPARING = "preparing"
    APPLIED = "applied"
    GRANTED = "granted"
    REFUSED = "refused"
    DROPPED = "dropped"


RUNNING = frozenset({ChecklistState.PREPARING, ChecklistState.APPLIED})
DECIDED = frozenset({ChecklistState.GRANTED, ChecklistState.REFUSED})


class ItemState(StrEnum):
    """How far one line is."""

    OPEN = "open"
    READY = "ready"
    MISSING = "missing"
    NOT_NEEDED = "not_needed"


class ChecklistField(StrEnum):
    """The facts of a checklist, by the names of the form's fields."""

    STATE = "state"
    AUTHORITY = "authority"
    APPOINTMENT_AT = "appointment_at"
    APPLIED_ON = "applied_on"
    DECIDED_ON = "decided_on"
    LIST = "list"


class ChecklistProblem(StrEnum):
    """What is wrong with a fact of a checklist."""

    MISSING = "missing"
    IN_THE_FUTURE = "in_the_future"
    BEFORE_APPLICATION = "before_application"
    UNKNOWN = "unknown"
    RUNS_ALREADY = "runs_already"


Problems = dict[ChecklistField, ChecklistProblem]


@dataclass(frozen=True, slots=True)
class Standing:
    """How an application stands."""

    state: ChecklistState
    authority_id: int | None = None
    appointment_at: datetime | None = None
    applied_on: date | None = None
    decided_on: date | None = None
