"""The lists from which diary entries choose: data with validity, never code."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models

from kimwerk.activities.models.mapping import SchemeMapping
from kimwerk.activities.types import CategoryList


class CategoryQuerySet(models.QuerySet["Category"]):
    """Categories are public facts for whoever is signed in."""

    def of(self, category_list: CategoryList) -> CategoryQuerySet:
        return self.filter(category_list=category_list.value)

    def valid(self, on: date) -> CategoryQuerySet:
        begun = models.Q(valid_from__isnull=True) | models.Q(valid_from__lte=on)
        not_ended = models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=on)
        return self.filter(begun, not_ended)


class Category(models.Model):
    """One entry of a list: a kind of activity, a channel, a topic, a target group, and so on.

    A category is never deleted and never given another meaning: it ends, and a successor begins.
    `is_referral` marks kinds that may carry a referral target. `colour` is the slot it keeps in
    every chart.
    """

    category_list = models.CharField(max_length=20, choices=[(c.value, c.value) for c in CategoryList])
    code = models.SlugField(max_length=60)
    label = models.CharField(max_length=120)
    words = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    group = models.CharField(max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    colour = models.PositiveSmallIntegerField(null=True, blank=True)
    is_referral = models.BooleanField(default=False)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = CategoryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["category_list", "code"], name="category_code_is_unique_in_list"),
            models.CheckConstraint(
                condition=models.Q(category_list__in=[c.value for c in CategoryList]), name="category_list_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_from__isnull=True)
                | models.Q(valid_until__isnull=True)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="category_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(is_referral=False) | models.Q(category_list=CategoryList.KIND.value),
                name="category_only_kinds_are_referrals",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class CategoryMapping(SchemeMapping):
    """How a category is called in somebody else's scheme, by the day of the activity."""

    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="mappings")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="category_is_mapped_once_at_a_time",
                expressions=[
                    ("category", RangeOperators.EQUAL),
                    ("scheme", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=models.Q(valid__isempty=False), name="category_mapping_holds_some_day"),
        ]
