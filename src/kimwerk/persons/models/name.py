"""Further names, and the words by which a person is found."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kimwerk.persons.models.person import Person
from kimwerk.persons.types import NameKind, TokenKind


class PersonName(models.Model):
    """A name beside the one a person is called by here. `script` is the ISO 15924 code of its letters."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="names", db_index=False)
    kind = models.CharField(max_length=16, choices=[(k.value, k.value) for k in NameKind])
    family = models.CharField(max_length=120)
    given = models.CharField(max_length=120, blank=True)
    script = models.CharField(max_length=4)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "family", "given"], name="person_name_stands_once"),
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in NameKind]), name="person_name_kind_is_known"),
            models.CheckConstraint(condition=Q(script__regex=r"^[A-Z][a-z]{3}$"), name="person_name_script_is_a_code"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.kind}"


class NameToken(models.Model):
    """A word by which a person is found: compared by code points, so that a beginning is a range.

    The index leads with the person: a search walks the files in one's care, never the whole county.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=16, choices=[(k.value, k.value) for k in TokenKind])
    token = models.CharField(max_length=120, db_collation="C")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "token", "kind"], name="name_token_stands_once"),
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in TokenKind]), name="name_token_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.kind}"
