"""Nationalities, languages, and who lives with a person."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kimwerk.persons.models.person import EARLIEST_YEAR, Person
from kimwerk.persons.types import LanguageLevel, Relation


class Nationality(models.Model):
    """One of a person's nationalities, by the key of the Federal Statistical Office."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="nationalities", db_index=False)
    key = models.CharField(max_length=3)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="nationality_stands_once"),
            models.CheckConstraint(condition=Q(key__regex=r"^[0-9]{3}$"), name="nationality_key_has_three_digits"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.key}"


class Language(models.Model):
    """A language a person speaks; the level is blank where nobody asked."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="languages", db_index=False)
    key = models.CharField(max_length=3)
    level = models.CharField(max_length=2, blank=True, choices=[(each.value, each.value) for each in LanguageLevel])
    is_mother_tongue = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="language_stands_once"),
            models.CheckConstraint(condition=Q(key__regex=r"^[a-z]{3}$"), name="language_key_has_three_letters"),
            models.CheckConstraint(
                condition=Q(level="") | Q(level__in=[each.value for each in LanguageLevel]),
                name="language_level_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.key}"


class HouseholdMember(models.Model):
    """Somebody who lives with the person or is family, as the person's own file tells it.

    Who has a file of their own is linked in `file`; the link opens only for whoever is entrusted
    with both. What stands here belongs to this person's file and is never read from the other.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="household", db_index=False)
    relation = models.CharField(max_length=12, choices=[(r.value, r.value) for r in Relation])
    family_name = models.CharField(max_length=120, blank=True)
    given_names = models.CharField(max_length=120)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    lives_here = models.BooleanField(default=True)
    file = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(relation__in=[r.value for r in Relation]), name="household_relation_is_known"
            ),
            models.CheckConstraint(
                condition=Q(birth_year__isnull=True) | Q(birth_year__gte=EARLIEST_YEAR, birth_year__lte=2100),
                name="household_birth_year_is_plausible",
            ),
            models.CheckConstraint(
                condition=Q(file__isnull=True) | ~Q(file=models.F("person")), name="household_member_is_somebody_else"
            ),
        ]
        indexes = [models.Index(fields=["person"], name="household_of")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.relation}"
