"""The words of the network log, and the plain values that errands are given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

SILENT_AFTER = timedelta(days=180)
"""So long without a contact, and a body is asked after."""


class EncounterKind(models.TextChoices):
    """How one met."""

    MEETING = "meeting", _("meeting")
    CALL = "call", _("telephone or video")
    MAIL = "mail", _("letter or e-mail")
    WORKING_GROUP = "working_group", _("working group")
    EVENT = "event", _("event of others")
    VISIT = "visit", _("visit on site")


class SupplyState(models.TextChoices):
    """Whether an offer can still be used."""

    OPEN = "open", _("open")
    TAKEN = "taken", _("fully taken")
    ENDED = "ended", _("ended")


class Outcome(models.TextChoices):
    """What came of a need and an offer that were brought together."""

    ASKED = "asked", _("asked")
    BEGUN = "begun", _("begun")
    FAILED = "failed", _("came to nothing")


class PublicationKind(models.TextChoices):
    """In which form something was told to the public."""

    PORTRAIT = "portrait", _("portrait")
    NEWSLETTER = "newsletter", _("newsletter")
    FLYER = "flyer", _("flyer or poster")
    WEB = "web", _("web page")
    PRESS = "press", _("press")
    TALK = "talk", _("talk or stand")


class Reach(models.TextChoices):
    """What is known of how many were reached."""

    COPIES = "copies", _("copies printed")
    RECIPIENTS = "recipients", _("recipients")
    VISITS = "visits", _("visits")
    ESTIMATE = "estimate", _("people, estimated")


class NetworkProblem(StrEnum):
    """Why something cannot be written down like this."""

    NAMES_SOMEBODY = "names_somebody"  # the text holds what looks like a person's data
    NOT_YET = "not_yet"  # the day of a contact lies in the future
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    TOGETHER_ALREADY = "together_already"  # need and offer were brought together before
    NO_LONGER_OPEN = "no_longer_open"


class NetworkRefused(Exception):
    """Something cannot be written down like this; `problem` says why."""

    def __init__(self, problem: NetworkProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class EncounterFacts:
    """One contact: with a body or a working group, when, how, about what, and when one meets again."""

    kind: EncounterKind
    on_day: date
    title: str
    partner_id: int | None = None
    group: str = ""
    function: str = ""
    municipality_id: int | None = None
    text: str = ""
    next_on: date | None = None


@dataclass(frozen=True, slots=True)
class SupplyFacts:
    """What a body offers or could begin at short notice."""

    title: str
    partner_id: int
    text: str = ""
    topic_id: int | None = None
    target_group_id: int | None = None
    municipality_id: int | None = None
    places: int | None = None
    from_day: date | None = None
    until_day: date | None = None
    state: SupplyState = SupplyState.OPEN


@dataclass(frozen=True, slots=True)
class PublicationFacts:
    """Something told to the public."""

    kind: PublicationKind
    title: str
    medium: str
    published_on: date
    municipality_id: int | None = None
    reach: int | None = None
    reach_kind: Reach | None = None
    url: str = ""
    note: str = ""
