"""What people are looked up by across all walls, and which of it says little because very many have it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from kimwerk.persons.types import Subject


class Identity(models.Model):
    """The numbers by which a person in care or a registration is found again, beside the row itself.

    Written by triggers and read by functions of the database alone: the web role has no right to the table, since
    whoever could read it would learn who is counselled elsewhere.
    """

    subject = models.CharField(max_length=12, choices=[(s.value, s.value) for s in Subject])
    subject_id = models.BigIntegerField()
    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    municipality = models.ForeignKey(
        "directory.Municipality", on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    keys = ArrayField(models.BigIntegerField())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "subject_id"], name="identity_of_a_subject_is_one"),
            models.CheckConstraint(
                condition=Q(subject__in=[s.value for s in Subject]), name="identity_subject_is_known"
            ),
        ]
        indexes = [GinIndex(fields=["keys"], fastupdate=False, name="identity_keys")]

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_id}"


class CommonKey(models.Model):
    """A number that very many share, counted every night: names that say little, and keys not worth looking up."""

    key = models.BigIntegerField(primary_key=True)
    bearers = models.PositiveIntegerField()
    share = models.FloatField()

    def __str__(self) -> str:
        return str(self.key)
