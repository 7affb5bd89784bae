"""Values that referrals speak in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kimwerk.kernel.age_bands import AgeBands
from kimwerk.kernel.data_categories import DataCategory

AGE_BANDS = AgeBands.from_bounds((0, 6, 15, 18, 21, 28, 40, 60))
"""What a recipient learns of somebody's age before accepting; rough enough for a small municipality."""

DAYS_TO_ANSWER = 14
"""How long a recipient has, unless the sender says otherwise."""

GRACE_DAYS = 14
"""So many days after the deadline an unanswered referral lapses by itself."""

LONGEST_NEED = 400
LONGEST_TEXT = 2_000
PURPOSE = "referral"
"""The purpose (a code of the list in the room consent) under which a referral discloses."""


class ReferralChannel(StrEnum):
    """How the recipient is reached."""

    QUEUE = "queue"  # people of the organisation have accounts here
    LINK = "link"  # a one-time link, with a PIN that goes separately
    SLIP = "slip"  # the person carries a slip of paper; nothing is disclosed by us


class DeclineReason(StrEnum):
    """Why a recipient does not take a referral on. Each one points to a need."""

    NOT_RESPONSIBLE = "not_responsible"
    NO_CAPACITY = "no_capacity"
    WAITING_TIME = "waiting_time"
    LANGUAGE = "language"
    REQUIREMENTS = "requirements"
    TOO_FAR = "too_far"
    ALREADY_KNOWN = "already_known"
    OTHER = "other"


class Outcome(StrEnum):
    """What came of a referral."""

    SETTLED = "settled"  # what it was about is done
    ADMITTED = "admitted"  # taken into an offer, a course, a counselling
    WAITING_LIST = "waiting_list"
    NOT_APPEARED = "not_appeared"
    WITHOUT_RESULT = "without_result"
    UNKNOWN = "unknown"


class ReferralField(StrEnum):
    """The facts of a referral, by the names of the form's fields."""

    RECIPIENT = "recipient"
    TARGET = "target"
    NEED = "need"
    CONCERN = "concern"
    CATEGORIES = "categories"
    CHANNEL = "channel"
    ANSWER_DUE_ON = "answer_due_on"
    NOTE = "note"


class ReferralProblem(StrEnum):
    """What is wrong with a fact of a referral."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    IN_THE_PAST = "in_the_past"
    TOO_FAR_AHEAD = "too_far_ahead"
    UNKNOWN = "unknown"
    RECIPIENT_CLOSED = "recipient_closed"
    OWN_ORGANISATION = "own_organisation"
    NAMES_SOMEBODY = "names_somebody"
    NOT_COVERED = "not_covered"  # no consent in force names this recipient and all these data
    NOTHING_TO_DISCLOSE = "nothing_to_disclose"


Problems = dict[ReferralField, ReferralProblem]


@dataclass(frozen=True, slots=True)
class ReferralFacts:
    """What a case manager says about a referral before it is sent.

    `need` is what the recipient reads before answering and must not tell who it is about. `concern`
    and the data of `categories` are disclosed on acceptance.
    """

    recipient_id: int
    target_id: int
    need: str
    channel: ReferralChannel = ReferralChannel.QUEUE
    concern: str = ""
    categories: tuple[DataCategory, ...] = ()
    answer_due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a recipient answers."""

    is_accepted: bool
    reason: DeclineReason | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """A referral that nobody took on, without a trace of whom it was about."""

    organisation_id: int
    recipient_id: int
    target_id: int
    municipality_id: int | None
    language: str
    age_band: str
    reason: str
    failed_on: date
