"""Values that case conferences speak in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kimwerk.kernel.data_categories import DataCategory

LONGEST_TEXT = 4_000
PURPOSE = "case_conference"
"""The purpose (a code of the list in the room consent) under which a conference discloses."""


class ConferenceState(StrEnum):
    """How far a conference has come."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class Attendance(StrEnum):
    """Whether an invited organisation took part."""

    INVITED = "invited"
    ATTENDED = "attended"
    ABSENT = "absent"


class ClientPresence(StrEnum):
    """How the person themselves had a say."""

    PRESENT = "present"
    REPRESENTED = "represented"
    ABSENT = "absent"


class ConferenceField(StrEnum):
    """The facts of a conference, by the names of the form's fields."""

    OCCASION = "occasion"
    PLANNED_AT = "planned_at"
    PLACE = "place"
    QUESTION = "question"
    INVITEES = "invitees"
    CATEGORIES = "categories"
    KIND = "kind"
    MINUTES = "minutes"
    ATTENDED = "attended"
    AGREEMENT = "agreement"
    HELD_ON = "held_on"
    TASK = "task"
    OWNER = "owner"
    DUE_ON = "due_on"


class ConferenceProblem(StrEnum):
    """What is wrong with a fact of a conference."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    NAMES_SOMEBODY = "names_somebody"
    IN_THE_FUTURE = "in_the_future"
    UNKNOWN = "unknown"
    RECIPIENT_CLOSED = "recipient_closed"
    OWN_ORGANISATION = "own_organisation"
    NOT_COVERED = "not_covered"  # no consent in force names this organisation


Problems = dict[ConferenceField, ConferenceProblem]


@dataclass(frozen=True, slots=True)
class ConferenceFacts:
    """What somebody plans. Without a case it is anonymised and has no categories."""

    organisation_id: int
    occasion: str
    planned_at: datetime
    question: str
    case_id: int | None = None
    place: str = ""
    invitees: tuple[int, ...] = ()
    categories: tuple[DataCategory, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """What came of a conference."""

    on: date
    kind_id: int
    agreement: str
    attended: frozenset[int]
    client: ClientPresence | None = None
    minutes: int | None = None
    next_on: date | None = None


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """Something to be done, by whom (exactly one of account, organisation, the person) and by when."""

    text: str
    due_on: date
    account_id: int | None = None
    organisation_id: int | None = None
    is_for_client: bool = False
