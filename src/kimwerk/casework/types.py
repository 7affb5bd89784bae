"""Values casework speaks in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class CaseKind(StrEnum):
    """What is agreed with the person. Anonymous short advice is no case: it goes to the diary only."""

    SHORT_ADVICE = "short_advice"
    INDIVIDUAL_ADVICE = "individual_advice"
    CASE_MANAGEMENT = "case_management"
    FAMILY_COUNSELLING = "family_counselling"


class CaseState(StrEnum):
    """Where a case stands. A closed one cannot be written to, in the database."""

    CLARIFICATION = "clarification"
    RUNNING = "running"
    CLOSED = "closed"


class Decision(StrEnum):
    """What the clarification came to."""

    ADVICE = "advice"
    REFERRAL = "referral"
    CASE_MANAGEMENT = "case_management"
    OTHER = "other"


class Priority(StrEnum):
    """How soon somebody has to do something about a case."""

    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class Attainment(StrEnum):
    """How far the agreed goals were reached when a case closed."""

    REACHED = "reached"
    PARTLY = "partly"
    NOT_REACHED = "not_reached"
    NONE_AGREED = "none_agreed"


class ChoiceList(StrEnum):
    """The lists of casework that are data with validity, never code."""

    ACCESS_PATH = "access_path"
    CLOSURE_REASON = "closure_reason"
    LIFE_DOMAIN = "life_domain"
    REVIEW_ASPECT = "review_aspect"


class Occasion(StrEnum):
    """When in a case the situation was assessed."""

    BASELINE = "baseline"
    REVIEW = "review"
    CLOSING = "closing"


class Urgency(StrEnum):
    """How soon something has to be done in one life domain."""

    LATER = "later"
    SOON = "soon"
    NOW = "now"


class GoalState(StrEnum):
    """Where a goal stands."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    REACHED = "reached"
    PARTLY = "partly"
    NOT_REACHED = "not_reached"
    GIVEN_UP = "given_up"

    @property
    def is_open(self) -> bool:
        """Whether something is still to come."""
        return self in {GoalState.OPEN, GoalState.IN_PROGRESS}


class StepState(StrEnum):
    """Where an intermediate step stands."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class StepOwner(StrEnum):
    """Who does a step."""

    CLIENT = "client"
    CASE_MANAGER = "case_manager"
    BODY = "body"


class DeadlineKind(StrEnum):
    """Days that must not pass unseen."""

    TITLE_EXPIRY = "title_expiry"
    CHANCE_RESIDENCE = "chance_residence"  # § 104c AufenthG: eighteen months to reach §§ 25a or 25b
    COURSE_START = "course_start"
    REVIEW = "review"
    OTHER = "other"


class InsightKind(StrEnum):
    """Why somebody who does not work on a case may read it for a while."""

    BREAK_GLASS = "break_glass"
    QUALITY_SAMPLE = "quality_sample"


class Verdict(StrEnum):
    """What a quality sample found for one aspect."""

    GOOD = "good"
    IMPROVE = "improve"
    MISSING = "missing"


class EventKind(StrEnum):
    """What happens to a case as a whole."""

    OPENED = "opened"
    CLARIFIED = "clarified"
    CHANGED = "changed"
    HANDED_OVER = "handed_over"
    DEPUTISED = "deputised"
    DEPUTY_ENDED = "deputy_ended"
    CLOSED = "closed"
    REOPENED = "reopened"


class Sealed(StrEnum):
    """What is sealed with the person's key: bound to each text, so that one cannot be read as another."""

    CLARIFICATION = "casework.clarification"
    RATING = "casework.rating"
    GOAL = "casework.goal"
    STEP = "casework.step"
    NOTE = "casework.note"
    AGREEMENT = "casework.agreement"
    SIGNATURE = "casework.signature"
    DEADLINE = "casework.deadline"
    EVENT = "casework.event"
    FINDING = "casework.finding"
    DRAFT = "casework.draft"


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What somebody says when a case is opened or its frame is corrected."""

    kind: CaseKind
    municipality_id: int
    access_path_id: int
    opened_on: date
    site_id: int | None = None
    referred_by_id: int | None = None
    priority: Priority = Priority.NORMAL
    next_review_on: date | None = None


@dataclass(frozen=True, slots=True)
class ClarificationFacts:
    """What the clarification came to, and why. `criteria` are the admission rules that are met."""

    decision: Decision
    reason: str
    criteria: tuple[int, ...] = ()
    exception: str = ""
    has_other_case_management: bool = False
    other_case_management: str = ""
    kind: CaseKind | None = None


@dataclass(frozen=True, slots=True)
class RatingFacts:
    """The situation in one life domain: 0 is worst and 4 is best; None where it was not talked about."""

    domain_id: int
    level: int | None = None
    urgency: Urgency = Urgency.LATER
    resource: str = ""
    need: str = ""
    own_view: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said about the domain."""
        return self.level is None and not (self.resource or self.need or self.own_view)


@dataclass(frozen=True, slots=True)
class GoalFacts:
    """A goal in the person's own words, and how one will see that it is reached."""

    text: str
    indicator: str
    agreed_on: date
    due_on: date | None = None
    domain_id: int | None = None


@dataclass(frozen=True, slots=True)
class StepFacts:
    """Who does what by when."""

    text: str
    owner: StepOwner
    due_on: date | None = None
    body_id: int | None = None


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """A contact of a case: the facts of its diary entry, and what was talked about."""

    day: date
    kind_id: int
    channel_id: int | None
    minutes: int | None
    participants_target: int = 1
    participants_partner: int = 0
    topics: tuple[int, ...] = ()
    legal_circles: tuple[int, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class ClosingFacts:
    """How a case ends."""

    closed_on: date
    reason_id: int
    attainment: Attainment
    remaining_needs: str = ""
    summary: str = ""


class CaseColumn(StrEnum):
    """What a list of cases can be sorted by."""

    NUMBER = "number"
    PERSON = "person"
    OPENED = "opened"
    LAST_CONTACT = "last_contact"
    DUE = "due"
    MUNICIPALITY = "municipality"


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases are asked for. Empty sets and None leave a fact open."""

    states: frozenset[CaseState] = frozenset()
    kinds: frozenset[CaseKind] = frozenset()
    municipalities: frozenset[int] = frozenset()
    priorities: frozenset[Priority] = frozenset()
    text: str = ""
    sort: CaseColumn = CaseColumn.LAST_CONTACT
    is_descending: bool = True


class CaseProblem(StrEnum):
    """What is wrong with something said about a case."""

    MISSING = "missing"
    IN_THE_FUTURE = "in_the_future"
    LONG_AGO = "long_ago"
    BEFORE_OPENING = "before_opening"
    IN_THE_PAST = "in_the_past"
    UNKNOWN = "unknown"
    NOT_YOURS = "not_yours"
    NOT_A_CASE_MANAGER = "not_a_case_manager"
    THE_SAME = "the_same"
    TOO_LONG = "too_long"
    NOT_ADMITTED = "not_admitted"  # required admission rules are not met, and no exception is given
    BODY_MISSING = "body_missing"
    NOTHING_SAID = "nothing_said"
    NOT_DRAWN = "not_drawn"


Problems = dict[str, CaseProblem]
"""Problems by the name of the fact."""


@dataclass(frozen=True, slots=True)
class Signatures:
    """What both drew on the screen, as PNG."""

    person: bytes
    counsellor: bytes


class PartKind(StrEnum):
    """What may still be open in a case. Rooms' parts of casework add theirs by `open_parts.keeps_open`."""

    GOAL = "goal"
    STEP = "step"
    REFERRAL = "referral"
    CONFERENCE_TASK = "conference_task"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class OpenPart:
    """Something that keeps a case from being closed, how many there are, and where they are settled."""

    kind: PartKind
    amount: int
    url: str = ""
