"""The words of committees, and the plain values that errands are given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class CommitteeKind(models.TextChoices):
    """What sort of body it is."""

    STEERING_GROUP = "steering_group", _("Steering group")
    CRISIS_STAFF = "crisis_staff", _("Crisis staff")
    WORKING_GROUP = "working_group", _("Working group of the administration")
    ROUND = "round", _("Round of partners")
    TEAM = "team", _("Team")
    COUNCIL_COMMITTEE = "council_committee", _("Committee of the county council")


class Rhythm(models.TextChoices):
    """How often a committee meets."""

    AS_NEEDED = "as_needed", _("as needed")
    WEEKLY = "weekly", _("every week")
    FORTNIGHTLY = "fortnightly", _("every two weeks")
    MONTHLY = "monthly", _("every month")
    QUARTERLY = "quarterly", _("every quarter")
    HALF_YEARLY = "half_yearly", _("twice a year")
    YEARLY = "yearly", _("once a year")


WEEKS_BETWEEN = {
    Rhythm.WEEKLY: 1,
    Rhythm.FORTNIGHTLY: 2,
    Rhythm.MONTHLY: 4,
    Rhythm.QUARTERLY: 13,
    Rhythm.HALF_YEARLY: 26,
    Rhythm.YEARLY: 52,
}
"""Whole weeks from one meeting to the next, so that the day of the week stays."""


class OrdersStepKind(models.TextChoices):
    """The way of standing orders into force."""

    DRAFTED = "drafted", _("drafted")
    AGREED = "agreed", _("agreed with the leadership")
    NOTED = "noted", _("noted by a committee of the council")
    ADOPTED = "adopted", _("adopted")


class MeetingState(models.TextChoices):
    """How far a meeting is."""

    PLANNED = "planned", _("being planned")
    INVITED = "invited", _("invited")
    CLOSED = "closed", _("minutes closed")
    CANCELLED = "cancelled", _("called off")


class ItemSource(StrEnum):
    """Where an item of an agenda comes from. Its number there stands beside it."""

    OFFICE = "office"  # written by the office
    ROUTINE = "routine"  # stands on every agenda
    PROPOSAL = "proposal"
    TASK = "task"
    RESOLUTION = "resolution"  # deferred, or late
    GAP = "gap"  # needs bundled, of the room below
    PAPER = "paper"  # a paper to the committee


class Presence(models.TextChoices):
    """Who of a seat was there."""

    PRESENT = "present", _("present")
    DEPUTY = "deputy", _("deputy present")
    EXCUSED = "excused", _("excused")
    ABSENT = "absent", _("absent")


THERE = (Presence.PRESENT, Presence.DEPUTY)


class MailingKind(models.TextChoices):
    """What is mailed to those who are invited."""

    INVITATION = "invitation", _("Invitation")
    MINUTES = "minutes", _("Minutes and tasks")


class DeliveryState(models.TextChoices):
    """What became of a mail."""

    WAITING = "waiting", _("on its way")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")


class ProposalState(models.TextChoices):
    """What became of a proposal for an agenda."""

    OPEN = "open", _("open")
    ON_AGENDA = "on_agenda", _("on an agenda")
    WITHDRAWN = "withdrawn", _("withdrawn")


class WorkState(models.TextChoices):
    """How far something is that somebody is to do."""

    OPEN = "open", _("open")
    RUNNING = "running", _("in work")
    DONE = "done", _("done")
    DROPPED = "dropped", _("dropped")


class Outcome(models.TextChoices):
    """How a vote went."""

    ADOPTED = "adopted", _("adopted")
    REJECTED = "rejected", _("rejected")
    DEFERRED = "deferred", _("deferred")


UNFINISHED = (WorkState.OPEN, WorkState.RUNNING)


class Competence(models.TextChoices):
    """What a committee has to do with a paper."""

    NOTE = "note", _("takes note")
    ADVISE = "advise", _("advises beforehand")
    DECIDE = "decide", _("decides")


class PaperOutcome(models.TextChoices):
    """What a committee did with a paper; nothing while it waits."""

    WAITING = "", _("waits")
    NOTED = "noted", _("noted")
    RECOMMENDED = "recommended", _("recommended")
    ADOPTED = "adopted", _("adopted")
    CHANGED = "changed", _("adopted with changes")
    REJECTED = "rejected", _("rejected")
    DEFERRED = "deferred", _("deferred")


class GoalKind(models.TextChoices):
    """Where a goal stands: the roof, guiding goals below it, action goals below these."""

    ROOF = "roof", _("roof over all goals")
    GUIDING = "guiding", _("guiding goal")
    ACTION = "action", _("action goal")


class Turn(models.TextChoices):
    """Over which stretches of the calendar an indicator is counted."""

    MONTH = "month", _("month by month")
    QUARTER = "quarter", _("quarter by quarter")
    YEAR = "year", _("year by year")

    @property
    def months(self) -> int:
        """How many months one stretch has."""
        return {"month": 1, "quarter": 3, "year": 12}[self.value]


class Aim(models.TextChoices):
    """Whether more or less of a figure is better."""

    AT_LEAST = "at_least", _("at least")
    AT_MOST = "at_most", _("at most")


class PlanKind(models.TextChoices):
    """What stands in the programme plan."""

    PHASE = "phase", _("phase")
    MILESTONE = "milestone", _("milestone")


class PlanState(models.TextChoices):
    """How an entry of the plan stands on a day."""

    AHEAD = "ahead", _("still to come")
    RUNNING = "running", _("under way")
    LATE = "late", _("late")
    DONE = "done", _("done")


class Light(StrEnum):
    """How an indicator stands, as a traffic light; always shown with its word."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    NONE = "none"  # not counted yet


class Direction(StrEnum):
    """Which way an item of an agenda is moved."""

    UP = "up"
    DOWN = "down"


class SteeringProblem(StrEnum):
    """Why something cannot be like this."""

    NAME_TAKEN = "name_taken"
    ENDS_BEFORE = "ends_before"
    GOES_ON = "goes_on"  # a committee with a successor has a last day
    CHAIR_TAKEN = "chair_taken"  # one seat has the chair
    SEAT_HELD = "seat_held"  # somebody holds it, or deputises in it, on some of these days
    STEP_TAKEN = "step_taken"  # the standing orders have taken this step already
    STEP_TOO_EARLY = "step_too_early"  # before the day of an earlier step
    ENDS_EARLIER = "ends_earlier"  # a meeting ends after it begins
    NO_COMMITTEE = "no_committee"  # the committee does not exist on that day
    NO_QUORUM = "no_quorum"  # too few were there to decide
    NO_MAJORITY = "no_majority"  # more votes against than for
    CLOSED = "closed"  # the minutes are closed
    NOT_CLOSED = "not_closed"  # minutes go out once they are closed
    HAS_MINUTES = "has_minutes"  # an item with minutes, tasks or resolutions stays
    ENDED_BEFORE = "ended_before"  # what has ended began before that
    UNDER_ANOTHER = "under_another"  # a goal stands under one of the kind above it
    AMBER_FIRST = "amber_first"  # amber lies on the worse side of green
    NO_FIGURE = "no_figure"  # the catalogue has no such figure, or it asks for more than days
    NO_EFFECTIVE_DAY = "no_effective_day"  # the effect is looked for around the day from which a resolution holds
    NOT_ADOPTED = "not_adopted"  # only what was adopted comes into force
    NO_FINDING = "no_finding"  # an effect is checked with what one concludes
    FROZEN = "frozen"  # adopted standing orders never change; a new version does
    NUMBER_TAKEN = "number_taken"  # another paper has this number
    DEALT_WITH = "dealt_with"  # a committee has dealt with the paper: it stays as that committee read it
    NOT_IN_TURN = "not_in_turn"  # an earlier committee has not dealt with the paper yet
    NO_EDITION = "no_edition"  # the report has no such released edition


class SteeringRefused(Exception):
    """Something of a committee cannot be like this; `problem` says why."""

    def __init__(self, problem: SteeringProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class CommitteeFacts:
    """What is known of a committee; `last_day` None while it goes on."""

    name: str
    kind: CommitteeKind
    first_day: date
    purpose: str = ""
    rhythm: Rhythm = Rhythm.AS_NEEDED
    quorum_percent: int = 50
    notice_days: int = 14
    last_day: date | None = None
    successor_id: int | None = None


@dataclass(frozen=True, slots=True)
class SeatFacts:
    """A seat: which organisation sits there in which function."""

    organisation_id: int
    function: str
    has_vote: bool = True
    is_chair: bool = False


@dataclass(frozen=True, slots=True)
class TermFacts:
    """Who sits there, or deputises, from when to when."""

    name: str
    first_day: date
    email: str = ""
    account_id: int | None = None
    is_deputy: bool = False
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """When and where a committee meets."""

    starts_at: datetime
    ends_at: datetime | None = None
    place: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """An item of an agenda, and where it comes from."""

    title: str
    text: str = ""
    presenter: str = ""
    minutes: int | None = None
    source: ItemSource = ItemSource.OFFICE
    source_id: int | None = None


@dataclass(frozen=True, slots=True)
class ResolutionFacts:
    """What was decided; `votes` for, against and abstaining, or None where nobody counted."""

    title: str
    outcome: Outcome
    decided_on: date
    votes: tuple[int, int, int] | None = None
    effective_on: date | None = None
    responsible: str = ""
    responsible_seat_id: int | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """What somebody is to do until when."""

    title: str
    owner_name: str = ""
    owner_seat_id: int | None = None
    due_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Quorum:
    """Whether enough of those with a vote are there."""

    present: int
    seats: int
    percent: int

    @property
    def needed(self) -> int:
        """The fewest who make it, rounded up; at least one.

        >>> Quorum(0, 7, 50).needed, Quorum(0, 0, 50).needed
        (4, 1)
        """
        return max(1, -(-self.seats * self.percent // 100))

    @property
    def is_met(self) -> bool:
        """Whether it is met."""
        return self.present >= self.needed


@dataclass(frozen=True, slots=True)
class GoalFacts:
    """A goal and under which other one it stands."""

    kind: GoalKind
    title: str
    text: str = ""
    parent_id: int | None = None
    resolution_id: int | None = None


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """What is done towards a goal."""

    title: str
    starts_on: date
    text: str = ""
    responsible: str = ""
    due_on: date | None = None
    gap_id: int | None = None
    resolution_id: int | None = None


@dataclass(frozen=True, slots=True)
class IndicatorFacts:
    """By what a measure is judged."""

    figure_key: str
    turn: Turn
    first_day: date
    aim: Aim
    green_at: Decimal
    amber_at: Decimal


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A phase or a milestone of the programme plan; a milestone has one planned day."""

    kind: PlanKind
    strand: str
    title: str
    planned_from: date
    planned_until: date
    responsible: str = ""
    begun_on: date | None = None
    ended_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """A paper to committees: what it asks for (`proposal`) and why."""

    number: str
    title: str
    proposal: str
    text: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class StepFacts:
    """To which committee a paper goes, to do what, and when."""

    committee_id: int
    competence: Competence
    on_day: date | None = None
