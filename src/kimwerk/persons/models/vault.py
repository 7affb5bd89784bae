"""The keys with which the most sensitive facts are sealed, kept apart from the facts."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kimwerk.persons.models.person import Person


class PersonKey(models.Model):
    """The person's key, itself sealed by the installation's.

    The table stands apart so that a backup can hold it for a shorter time than the data. A key that
    was destroyed leaves its day: what it sealed can be read nowhere any more, not even in a backup.
    """

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    wrapped = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    destroyed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "vault_personkey"
        constraints = [
            models.CheckConstraint(
                condition=(Q(wrapped="") & Q(destroyed_at__isnull=False))
                | (~Q(wrapped="") & Q(destroyed_at__isnull=True)),
                name="person_key_is_there_or_destroyed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"
