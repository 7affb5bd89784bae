"""The lists casework chooses from, and an organisation's own rules."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from kimwerk.access.actors import Actor
from kimwerk.activities.models.mapping import SchemeMapping
from kimwerk.casework.types import ChoiceList


class ChoiceQuerySet(models.QuerySet["Choice"]):
    """Choices are public facts for whoever is signed in."""

    def of(self, choice_list: ChoiceList) -> ChoiceQuerySet:
        return self.filter(choice_list=choice_list.value).order_by("position", "label")

    def valid(self, on: date) -> ChoiceQuerySet:
        begun = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
        return self.filter(begun, Q(valid_until__isnull=True) | Q(valid_until__gte=on))


class Choice(models.Model):
    """One entry of a list: an access path, a closure reason, a life domain, an aspect of quality.

    It keeps its meaning: it ends, and another begins. `topic_code` names the
    diary's topic that a life domain stands for, so that a contact need not ask twice.
    """

    choice_list = models.CharField(max_length=20, choices=[(c.value, c.value) for c in ChoiceList])
    code = models.SlugField(max_length=60)
    label = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)
    topic_code = models.SlugField(max_length=60, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    objects = ChoiceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["choice_list", "code"], name="choice_code_is_unique_in_list"),
            models.CheckConstraint(
                condition=Q(choice_list__in=[c.value for c in ChoiceList]), name="choice_list_is_known"
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=models.F("valid_from")),
                name="choice_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class ChoiceMapping(SchemeMapping):
    """How an access path or a closure reason is called in somebody else's scheme, by the day of opening or closing."""

    choice = models.ForeignKey(Choice, on_delete=models.CASCADE, related_name="mappings")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="choice_is_mapped_once_at_a_time",
                expressions=[
                    ("choice", RangeOperators.EQUAL),
                    ("scheme", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(valid__isempty=False), name="choice_mapping_holds_some_day"),
        ]


class AdmissionRuleQuerySet(models.QuerySet["AdmissionRule"]):
    """The rules of the organisations at which the actor has a role."""

    def visible_to(self, actor: Actor) -> AdmissionRuleQuerySet:
        return self.filter(organisation__in={grant.organisation_id for grant in actor.grants})

    def valid(self, on: date) -> AdmissionRuleQuerySet:
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on)).order_by("position", "pk")


class AdmissionRule(models.Model):
    """What an organisation asks for before somebody is taken into case management.

    Rules differ from county to county. A required one that is not met needs an exception with its reason.
    """

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=200)
    is_required = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    ended_on = models.DateField(null=True, blank=True)

    objects = AdmissionRuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "label"], condition=Q(ended_on__isnull=True), name="admission_rule_stands_once"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class CaseworkSettingsQuerySet(models.QuerySet["CaseworkSettings"]):
    """The settings of the organisations at which the actor has a role."""

    def visible_to(self, actor: Actor) -> CaseworkSettingsQuerySet:
        return self.filter(organisation__in={grant.organisation_id for grant in actor.grants})


class CaseworkSettings(models.Model):
    """An organisation's own rules for casework; where there is no row, the defaults hold.

    `inactive_days` without a contact make a case show up as quiet; `ahead_days` is how early a due
    day is announced; `glass_hours` is how long a broken glass stays open; `review_days` lie between
    two reviews.
    """

    organisation = models.OneToOneField("directory.Organisation", on_delete=models.CASCADE, related_name="+")
    inactive_days = models.PositiveSmallIntegerField(default=90)
    review_days = models.PositiveSmallIntegerField(default=180)
    ahead_days = models.PositiveSmallIntegerField(default=14)
    glass_hours = models.PositiveSmallIntegerField(default=4)

    objects = CaseworkSettingsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(inactive_days__gte=7)
                & Q(inactive_days__lte=730)
                & Q(review_days__gte=14)
                & Q(review_days__lte=730)
                & Q(ahead_days__lte=120)
                & Q(glass_hours__gte=1)
                & Q(glass_hours__lte=72),
                name="casework_settings_are_sensible",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}"
