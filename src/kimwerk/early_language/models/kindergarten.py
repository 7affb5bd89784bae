"""Kindergartens."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission


class KindergartenQuerySet(models.QuerySet["Kindergarten"]):
    """Kindergartens of organisations whose language programme the actor reads. Row-level security stands behind it."""

    def visible_to(self, actor: Actor) -> KindergartenQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.EARLY_LANGUAGE_READ).touched_organisations)

    def kept_by(self, actor: Actor) -> KindergartenQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.EARLY_LANGUAGE_KEEP).touched_organisations)

    def existing(self, on: date) -> KindergartenQuerySet:
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on))


class Kindergarten(models.Model):
    """A kindergarten with its carrier. The address is the one of the house; no child and no parent stands here."""

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    carrier = models.CharField(max_length=160)
    municipality = models.ForeignKey(
        "directory.Municipality", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    address = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    groups = models.PositiveSmallIntegerField(null=True, blank=True)
    places = models.PositiveSmallIntegerField(null=True, blank=True)
    is_language_kindergarten = models.BooleanField(default=False)
    closed_on = models.DateField(null=True, blank=True)

    objects = KindergartenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "municipality", "name"], name="kindergarten_stands_once_in_a_town"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="kindergarten_has_a_name"),
            models.CheckConstraint(condition=~Q(carrier=""), name="kindergarten_has_a_carrier"),
        ]
        indexes = [models.Index(fields=["organisation", "name", "id"], name="kindergartens_by_name")]

    def __str__(self) -> str:
        return self.name
