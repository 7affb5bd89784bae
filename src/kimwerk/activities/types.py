"""Values the diary speaks in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kimwerk.kernel.periods import Period


class CategoryList(StrEnum):
    """The lists an office keeps its categories in; the categories themselves are data, not code."""

    KIND = "kind"
    CHANNEL = "channel"
    TOPIC = "topic"
    TARGET_GROUP = "target_group"
    LEGAL_CIRCLE = "legal_circle"
    REFERRAL_TARGET = "referral_target"


LAND_SCHEME = "land"
"""The name under which mappings give the categories of the statistics for the Land."""


class ShorthandField(StrEnum):
    """What a piece of the quick line says something about."""

    DAY = "day"
    PERIOD = "period"
    KIND = "kind"
    CHANNEL = "channel"
    MUNICIPALITY = "municipality"
    SITE = "site"
    TOPICS = "topics"
    TARGET_GROUPS = "target_groups"
    LEGAL_CIRCLES = "legal_circles"
    REFERRAL_TARGET = "referral_target"
    PARTNERS = "partners"
    PARTICIPANTS_TARGET = "participants_target"
    PARTICIPANTS_PARTNER = "participants_partner"
    MINUTES = "minutes"
    COUNT = "count"
    FILLER = "filler"


class EntryField(StrEnum):
    """The facts of a diary entry, by the names of their columns."""

    DAY = "day"
    LAST_DAY = "last_day"
    KIND = "kind"
    CHANNEL = "channel"
    MUNICIPALITY = "municipality"
    SITE = "site"
    DONE_BY = "done_by"
    TOPICS = "topics"
    TARGET_GROUPS = "target_groups"
    LEGAL_CIRCLES = "legal_circles"
    PARTNERS = "partners"
    PARTICIPANTS_TARGET = "participants_target"
    PARTICIPANTS_PARTNER = "participants_partner"
    MINUTES = "minutes"
    REFERRAL_TARGET = "referral_target"
    NOTE = "note"
    ORGANISATION = "organisation"


class EntryProblem(StrEnum):
    """What is wrong with a fact of an entry."""

    MISSING = "missing"  # needed, and not given
    IN_THE_FUTURE = "in_the_future"
    LONG_AGO = "long_ago"  # before the year 2000
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    NEGATIVE = "negative"
    TOO_MANY = "too_many"
    UNKNOWN = "unknown"  # no such entry in the list, or one of another list
    NOT_VALID_THEN = "not_valid_then"  # the category had ended, or not begun, on that day
    NOT_A_REFERRAL = "not_a_referral"  # a target without a referral consultation
    SITE_ELSEWHERE = "site_elsewhere"
    NOT_YOURS = "not_yours"  # not to be entered for this person or place
    NOTES_ARE_OFF = "notes_are_off"
    NAMES_SOMEBODY = "names_somebody"  # the note holds an address, a number or a birthday
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Facts:
    """What somebody says about an activity, before it is an entry and when it is corrected.

    `last_day` is None for a single day. Minutes are None where nobody took the time.
    """

    organisation_id: int
    day: date
    kind_id: int
    done_by_id: int
    last_day: date | None = None
    channel_id: int | None = None
    municipality_id: int | None = None
    site_id: int | None = None
    topics: tuple[int, ...] = ()
    target_groups: tuple[int, ...] = ()
    legal_circles: tuple[int, ...] = ()
    partners: tuple[int, ...] = ()
    participants_target: int = 0
    participants_partner: int = 0
    minutes: int | None = None
    referral_target_id: int | None = None
    note: str = ""


class EntryColumn(StrEnum):
    """What a list of entries can be sorted by."""

    DAY = "day"
    KIND = "kind"
    MUNICIPALITY = "municipality"
    SITE = "site"
    PERSON = "person"
    PARTICIPANTS_TARGET = "target"
    PARTICIPANTS_PARTNER = "partner"
    MINUTES = "minutes"


MISSING_ID = 0
"""Stands for "not recorded" where an entry has NULL or an empty array; no row has this id."""


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Which entries are asked for. Empty sets and None leave a fact open, `MISSING_ID` asks for entries without it.

    `is_team` asks for the entries of everybody whose diary the reader may read, else for one's own.
    """

    window: Period | None = None
    is_team: bool = False
    kinds: frozenset[int] = frozenset()
    channels: frozenset[int] = frozenset()
    municipalities: frozenset[int] = frozenset()
    sites: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()
    topics: frozenset[int] = frozenset()
    target_groups: frozenset[int] = frozenset()
    legal_circles: frozenset[int] = frozenset()
    referral_targets: frozenset[int] = frozenset()
    has_minutes: bool | None = None
    note: str = ""
    sort: EntryColumn = EntryColumn.DAY
    is_descending: bool = True
