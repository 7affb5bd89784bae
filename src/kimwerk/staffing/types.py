"""The vocabulary of posts."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from kimwerk.staffing.reckoning import PostKind


class PostKindLabel(models.TextChoices):
    """The kinds of posts under the names of the field."""

    COORDINATION = PostKind.COORDINATION.value, _("Coordination (module 1)")
    ASSISTANCE = PostKind.ASSISTANCE.value, _("Administrative assistance (module 1)")
    CASE_MANAGEMENT = PostKind.CASE_MANAGEMENT.value, _("Case management (module 2)")
    AUTHORITY = PostKind.AUTHORITY.value, _("Foreigners’ or naturalisation authority (module 3)")


class Workplace(models.TextChoices):
    """Where the desk stands: whoever hosts it bears its cost."""

    COUNTY = "county", _("at the county")
    MUNICIPALITY = "municipality", _("in a municipality")


class LeaveKind(models.TextChoices):
    """Why somebody does not work for a while; what exactly it is stays in the personnel file."""

    PARENTAL = "parental", _("Parental leave or maternity protection")
    LONG_ABSENCE = "long_absence", _("Long absence")
    RELEASE = "release", _("Leave of absence")


class CourseState(models.TextChoices):
    """How far somebody is with a course."""

    PLANNED = "planned", _("planned")
    BEGUN = "begun", _("begun")
    COMPLETED = "completed", _("completed")


class OccupancyProblem(StrEnum):
    """Why somebody cannot hold a post like this."""

    OVER_FULL_TIME = "over_full_time"
    OVER_POST = "over_post"
    OUTSIDE_POST = "outside_post"
    TWICE = "twice"  # the same person on the same post on the same day
    ENDS_BEFORE = "ends_before"
    CONTRACT_BEFORE = "contract_before"  # the contract ends before the occupancy does


class SubstitutionProblem(StrEnum):
    """Why somebody cannot stand in."""

    ONESELF = "oneself"
    AWAY = "away"  # the substitute is away on one of the days
    TAKEN = "taken"  # somebody stands in already


class PostProblem(StrEnum):
    """Why a post cannot be like this."""

    NAME_TAKEN = "name_taken"
    ENDS_BEFORE = "ends_before"
    OUTSIDE_FUNDING_LINE = "outside_funding_line"
    OCCUPIED_BEYOND = "occupied_beyond"  # somebody holds more of it, or longer, than it would be
