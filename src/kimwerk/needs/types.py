"""The words of needs and gaps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _


class Origin(models.TextChoices):
    """Where a need was named."""

    EVENT = "event", _("kick-off event or workshop")
    WORKING_GROUP = "working_group", _("working group")
    COUNSELLING = "counselling", _("counselling")
    REFERRAL = "referral", _("failed referral")
    SURVEY = "survey", _("survey")
    OTHER = "other", _("otherwise")


class NeedState(models.TextChoices):
    """How far a need has come by itself; what becomes of a bundled one is told by its gap."""

    REPORTED = "reported", _("reported")
    CHECKED = "checked", _("checked")
    BUNDLED = "bundled", _("bundled")
    REJECTED = "rejected", _("rejected")


class GapState(models.TextChoices):
    """The way of a gap."""

    BUNDLED = "bundled", _("bundled")
    PRESENTED = "presented", _("presented to a committee")
    RESOLVED = "resolved", _("resolved")
    IMPLEMENTED = "implemented", _("in implementation")
    EFFECT_CHECKED = "effect_checked", _("effect checked")
    REJECTED = "rejected", _("rejected")
    DEFERRED = "deferred", _("put off")


NEXT: Mapping[GapState, tuple[GapState, ...]] = {
    GapState.BUNDLED: (GapState.PRESENTED, GapState.DEFERRED, GapState.REJECTED),
    GapState.PRESENTED: (GapState.RESOLVED, GapState.DEFERRED, GapState.REJECTED),
    GapState.DEFERRED: (GapState.PRESENTED, GapState.REJECTED),
    GapState.RESOLVED: (GapState.IMPLEMENTED, GapState.DEFERRED),
    GapState.IMPLEMENTED: (GapState.EFFECT_CHECKED,),
    GapState.EFFECT_CHECKED: (),
    GapState.REJECTED: (),
}
"""Where a gap may go from each state."""

WITH_REASON = (GapState.DEFERRED, GapState.REJECTED, GapState.EFFECT_CHECKED)
"""States that say why: what speaks against it, or what the effect was."""

WAITING = (GapState.BUNDLED, GapState.DEFERRED)
"""States from which a gap may go onto an agenda."""


class Level(models.TextChoices):
    """Who could close a gap."""

    LOCAL = "local", _("the municipality")
    COUNTY = "county", _("the county")
    LAND = "land", _("the Land")
    FEDERAL = "federal", _("the federation")


class Severity(models.TextChoices):
    """How much it matters."""

    LOW = "low", _("low")
    MEDIUM = "medium", _("medium")
    HIGH = "high", _("high")


class NeedsProblem(StrEnum):
    """Why something cannot be done with a need or a gap."""

    REASON_MISSING = "reason_missing"
    WAY_CLOSED = "way_closed"  # a gap does not go from its state to that one
    NAMES_SOMEBODY = "names_somebody"  # the text holds what looks like a person's data


class NeedsRefused(Exception):
    """Something cannot be done with a need or a gap; `problem` says why."""

    def __init__(self, problem: NeedsProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class NeedFacts:
    """What is missing, for whom and where; keys of the diary's lists."""

    title: str
    origin: Origin
    named_on: date
    text: str = ""
    occasion: str = ""
    municipality_id: int | None = None
    topic_id: int | None = None
    target_group_id: int | None = None
    legal_circle_id: int | None = None
    result_id: int | None = None
    answer_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class FailedReferral:
    """A referral that nobody took on, without a trace of whom it was about."""

    organisation_id: int
    target: str
    reason: str
    failed_on: date
    municipality_id: int | None = None

    @property
    def cause(self) -> str:
        """What failed referrals have in common that point to one need."""
        return f"{self.target}:{self.reason}:{self.municipality_id or ''}"


@dataclass(frozen=True, slots=True)
class GapFacts:
    """A gap of the system."""

    title: str
    level: Level
    severity: Severity
    text: str = ""
    owner: str = ""
