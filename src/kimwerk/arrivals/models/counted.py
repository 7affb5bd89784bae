"""How many rows a list has, kept by the database beside the rows."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Sum

from kimwerk.access.actors import Actor
from kimwerk.arrivals.models.occasion import Occasion
from kimwerk.arrivals.models.registration import seen_by, watched_by
from kimwerk.arrivals.types import AWAITING_CHECK, Finding, RegistrationState


class ListCountQuerySet(models.QuerySet["ListCount"]):
    """Counts, walled like the rows they count."""

    def visible_to(self, actor: Actor) -> ListCountQuerySet:
        """Of the places where the actor registers or checks."""
        return self.filter(seen_by(actor))

    def checked_by(self, actor: Actor) -> ListCountQuerySet:
        """Of the places where the actor checks and releases."""
        return self.filter(watched_by(actor))

    def awaiting_check(self) -> ListCountQuerySet:
        """Of rows that nobody has checked as they stand now."""
        return self.filter(state__in=[state.value for state in AWAITING_CHECK])

    def with_finding(self, finding: Finding) -> ListCountQuerySet:
        """Of rows about which a rule noticed this, and nobody has accepted it."""
        return self.filter(findings__contains=[finding.value])

    def total(self) -> int:
        """All of them together."""
        counted: int | None = self.aggregate(total=Sum("rows"))["total"]
        return counted or 0


class ListCount(models.Model):
    """By how many the rows of a kind became more or fewer: those that count, by what is open about them.

    Every change of the list adds lines here and touches none that is there, so that nobody waits for anybody else;
    a job adds them up now and then. Triggers write it, the program only reads.
    """

    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    occasion = models.ForeignKey(Occasion, on_delete=models.CASCADE, related_name="+", db_index=False)
    municipality = models.ForeignKey(
        "directory.Municipality", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in RegistrationState])
    findings = ArrayField(models.CharField(max_length=16), default=list, blank=True)
    rows = models.BigIntegerField()

    objects = ListCountQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["occasion", "municipality"], name="list_count_of_an_occasion")]

    def __str__(self) -> str:
        return f"{self.occasion_id}, {self.state}: {self.rows}"
