"""The words of the kindergarten language programme."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """Whom an offer is for."""

    PROFESSIONALS = "professionals", _("professionals in kindergartens")
    FAMILIES = "families", _("families")
    BOTH = "both", _("professionals and families")


class EnquiryState(models.TextChoices):
    """How far an enquiry is."""

    OPEN = "open", _("asked for")
    AGREED = "agreed", _("day agreed")
    DONE = "done", _("carried out")
    CANCELLED = "cancelled", _("called off by the kindergarten")
    DECLINED = "declined", _("could not be offered")


RUNNING = (EnquiryState.OPEN, EnquiryState.AGREED)
"""States of an enquiry that something is still to become of."""

NOT_DONE = (EnquiryState.CANCELLED, EnquiryState.DECLINED)
"""States that say why."""


class Reason(models.TextChoices):
    """Why nothing became of an enquiry."""

    OVERLOAD = "overload", _("the team is overloaded")
    STAFF = "staff", _("shortage or illness of staff")
    PANDEMIC = "pandemic", _("the pandemic")
    DAY = "day", _("no day could be found")
    NO_NEED = "no_need", _("it is not needed any more")
    OWN_CAPACITY = "own_capacity", _("the programme had no capacity")
    OTHER = "other", _("another reason")


class AskedVia(models.TextChoices):
    """How an enquiry came."""

    TELEPHONE = "telephone", _("by telephone")
    E_MAIL = "e_mail", _("by e-mail")
    VISIT = "visit", _("at a visit")
    SURVEY = "survey", _("in a survey")
    EVENT = "event", _("at an event")
    CARRIER = "carrier", _("by the carrier")


class DeedKind(models.TextChoices):
    """What was done."""

    TEAM_VISIT = "team_visit", _("visit to a team meeting or to a round of leaders")
    PROFESSIONALS = "professionals", _("counselling of professionals")
    FAMILIES = "families", _("counselling of families")
    COOPERATION = "cooperation", _("cooperation talk")
    PRESENTATION = "presentation", _("programme presented in a committee")


class EarlyLanguageProblem(StrEnum):
    """Why something cannot be noted."""

    OVER = "over"  # nothing becomes of the enquiry any more
    REASON_MISSING = "reason_missing"
    DAY_MISSING = "day_missing"
    IN_THE_FUTURE = "in_the_future"
    PARTNER_MISSING = "partner_missing"  # with whom a cooperation talk was
    NAME_TAKEN = "name_taken"


class EarlyLanguageRefused(Exception):
    """Something cannot be noted; `problem` says why."""

    def __init__(self, problem: EarlyLanguageProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class KindergartenFacts:
    """A kindergarten, its carrier, its size, and whether it takes part in the federal language programme."""

    name: str
    carrier: str
    municipality_id: int
    address: str = ""
    email: str = ""
    groups: int | None = None
    places: int | None = None
    is_language_kindergarten: bool = False
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """Something that kindergartens may ask for."""

    title: str
    audience: Audience
    text: str = ""
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class EnquiryFacts:
    """What a kindergarten asks for."""

    kindergarten_id: int
    offer_id: int
    asked_on: date
    via: AskedVia


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of an enquiry. `event_id`: the training or other event in which it is carried out."""

    state: EnquiryState
    on: date | None = None
    reason: Reason | None = None
    event_id: int | None = None


@dataclass(frozen=True, slots=True)
class DeedFacts:
    """What was done: how often, and how many adults were reached."""

    kind: DeedKind
    day: date
    times: int = 1
    adults: int = 0
    kindergarten_id: int | None = None
    municipality_id: int | None = None
    partner_id: int | None = None
    legal_circle_id: int | None = None
