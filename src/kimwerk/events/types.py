"""The words of events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventKind(models.TextChoices):
    """What sort of event it is; decides the checklist it begins with."""

    KICK_OFF = "kick_off", _("kick-off event")
    WORKSHOP = "workshop", _("workshop")
    TRAINING = "training", _("training")
    INFORMATION = "information", _("information event")


class EventState(models.TextChoices):
    """How far an event is."""

    PLANNED = "planned", _("planned")
    INVITED = "invited", _("invited")
    HELD = "held", _("held")
    CANCELLED = "cancelled", _("called off")


COMING = (EventState.PLANNED, EventState.INVITED)
"""States of an event that is still to take place."""


class RegisteredVia(models.TextChoices):
    """How somebody got onto the list of participants."""

    LINK = "link", _("by the link of the invitation")
    OFFICE = "office", _("by the office")


class EventsProblem(StrEnum):
    """Why something cannot be done with an event."""

    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    OVER = "over"  # held or called off: nothing changes any more
    NOT_YET = "not_yet"  # an event is held on its day at the earliest
    FULL = "full"
    NOBODY = "nobody"  # nobody to invite, or no name given
    NAMES_SOMEBODY = "names_somebody"
    NOT_THERE = "not_there"  # a certificate is for who was there
    DIARY_REFUSED = "diary_refused"
    NOT_HELD = "not_held"  # feedback is asked for when the event was held
    ASKED_ALREADY = "asked_already"
    NO_ADDRESSES = "no_addresses"  # nobody who was there can be reached
    SAME_DAY = "same_day"  # an agreement of this day stands already


class EventsRefused(Exception):
    """Something cannot be done with an event; `problem` says why."""

    def __init__(self, problem: EventsProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class EventFacts:
    """What is known of an event. Its work is put into the diary as the category `activity_kind_id`."""

    kind: EventKind
    title: str
    starts_at: datetime
    activity_kind_id: int | None = None
    ends_at: datetime | None = None
    municipality_id: int | None = None
    place: str = ""
    text: str = ""
    places: int | None = None


@dataclass(frozen=True, slots=True)
class StepFacts:
    """Something to be done for an event by a day."""

    title: str
    due_on: date


@dataclass(frozen=True, slots=True)
class TemplateStep:
    """A line of a checklist's template: so many days after the event, before it where negative."""

    days: int
    title: str


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody on the list of participants, in their profession."""

    name: str
    body: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody to invite."""

    name: str
    email: str
    body_id: int | None = None


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """A table with its question."""

    title: str
    moderator: str = ""
    topic_id: int | None = None


@dataclass(frozen=True, slots=True)
class ResultFacts:
    """What was named at a table."""

    title: str
    text: str = ""
    topic_id: int | None = None
    target_group_id: int | None = None
    legal_circle_id: int | None = None


@dataclass(frozen=True, slots=True)
class AgreementFacts:
    """What was agreed with a municipality."""

    valid_from: date
    target_groups: str
    delimitation: str
    interfaces: str = ""


@dataclass(frozen=True, slots=True)
class HeldFacts:
    """How an event went, in the units of the diary."""

    participants_target: int
    participants_partner: int
    minutes: int | None = None
