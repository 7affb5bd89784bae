"""What becomes of a row: a draft that can be stored, or problems that say what is wrong and where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kimwerk.activities.tally.fields import TallyField

LONGEST_EXCERPT = 40


class ProblemCode(StrEnum):
    """Why a value of a row cannot be taken."""

    MISSING = "missing"
    NOT_A_DATE = "not_a_date"
    IMPOSSIBLE_DATE = "impossible_date"
    NO_YEAR = "no_year"
    DATE_IN_FUTURE = "date_in_future"
    DATE_TOO_EARLY = "date_too_early"
    END_BEFORE_START = "end_before_start"
    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    NEGATIVE = "negative"
    INEXACT = "inexact"
    TOO_LARGE = "too_large"
    NOT_A_DURATION = "not_a_duration"
    FORMULA_ERROR = "formula_error"
    UNKNOWN = "unknown"
    AMBIGUOUS = "ambiguous"
    SITE_ELSEWHERE = "site_elsewhere"
    SPLIT_DOES_NOT_ADD_UP = "split_does_not_add_up"
    TARGET_WITHOUT_REFERRAL = "target_without_referral"
    TEXT_TOO_LONG = "text_too_long"
    NOTE_NOT_ALLOWED = "note_not_allowed"
    PERSONAL_DATA = "personal_data"
    NOT_AN_ID = "not_an_id"
    REPEATED_ID = "repeated_id"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a row. `suggestions` are ids in the list of the field.

    The excerpt is empty where the value looks like personal data.
    """

    code: ProblemCode
    field: TallyField
    excerpt: str = ""
    suggestions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """An activity ready to be stored, in ids and numbers. Id tuples are sorted and hold nothing twice.

    `day_to` is the last day, included, of an activity of several days. Numbers of people and minutes are
    those of the whole row, also where it stands for `count` like activities; None: nobody wrote it down.
    """

    day: date
    kind_id: int
    municipality_id: int
    staff_id: int
    day_to: date | None = None
    site_id: int | None = None
    channel_id: int | None = None
    referral_target_id: int | None = None
    topic_ids: tuple[int, ...] = ()
    target_group_ids: tuple[int, ...] = ()
    legal_circle_ids: tuple[int, ...] = ()
    partner_ids: tuple[int, ...] = ()
    participants_target: int | None = None
    participants_partner: int | None = None
    minutes: int | None = None
    count: int = 1
    note: str = ""
    external_id: str = ""
