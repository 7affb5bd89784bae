"""The vocabulary of money."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kimwerk.finance.calculation.lines import Basis, Side
from kimwerk.finance.calculation.rules import Grant
from kimwerk.finance.calculation.sharing import Bearer, MoveKind, ShareRole
from kimwerk.kernel.rounding import Rounding
from kimwerk.staffing.reckoning import MonthCount


class SideLabel(models.TextChoices):
    """Where a line is summed, in words."""

    EXPENDITURE = Side.EXPENDITURE.value, _("Expenditure")
    INCOME = Side.INCOME.value, _("Income")
    SHOWN = Side.SHOWN.value, _("borne by others: shown, not summed")


class BasisLabel(models.TextChoices):
    """From what an amount comes, in words."""

    GIVEN = Basis.GIVEN.value, _("given: entered as a source says, not derived")
    LUMP_SUM = Basis.LUMP_SUM.value, _("lump sum per year")
    PER_HEAD = Basis.PER_HEAD.value, _("rate per head")
    PER_FTE = Basis.PER_FTE.value, _("rate per full-time post")
    PERCENT = Basis.PERCENT.value, _("percentage of other lines")
    POSTS = Basis.POSTS.value, _("cost of the posts, one by one")
    PERSONNEL_FUNDING = Basis.PERSONNEL_FUNDING.value, _("funding of personnel by the rules, post by post")
    WORKPLACE_FUNDING = Basis.WORKPLACE_FUNDING.value, _("funding of workplaces by the rules, post by post")


class RoundingLabel(models.TextChoices):
    """How a surplus of decimals goes, in words."""

    HALF_UP = Rounding.HALF_UP.value, _("rounded half up")
    CUT_OFF = Rounding.CUT_OFF.value, _("cut off after the cent")


class GrantLabel(models.TextChoices):
    """What the money of a rule is for, in words."""

    PERSONNEL = Grant.PERSONNEL.value, _("personnel")
    WORKPLACE = Grant.WORKPLACE.value, _("workplace")


class MonthCountLabel(models.TextChoices):
    """How a month counts that is occupied in part, in words."""

    BY_DAYS = MonthCount.BY_DAYS.value, _("by its days")
    STARTED = MonthCount.STARTED.value, _("as a whole once it has begun")
    FULL = MonthCount.FULL.value, _("only when it is full")


class BearerLabel(models.TextChoices):
    """Who bears a cost, in words."""

    LAND = Bearer.LAND.value, _("Land")
    COUNTY = Bearer.COUNTY.value, _("County")
    MUNICIPALITIES = Bearer.MUNICIPALITIES.value, _("Municipalities")
    AGENCIES = Bearer.AGENCIES.value, _("Agencies")
    OTHERS = Bearer.OTHERS.value, _("Other authorities")


class ShareRoleLabel(models.TextChoices):
    """What an entry says of a bearer, in words."""

    BEARS = ShareRole.BEARS.value, _("bears the cost")
    BENEFITS = ShareRole.BENEFITS.value, _("has the benefit")


class MoveKindLabel(models.TextChoices):
    """What happened with money that is passed on, in words."""

    ADVANCE = MoveKind.ADVANCE.value, _("Advance paid out")
    PROOF = MoveKind.PROOF.value, _("Proof came in")
    RECALL = MoveKind.RECALL.value, _("Money came back")
