"""Residence titles as they followed one another, and papers with their validity."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kimwerk.persons.models.person import Person
from kimwerk.persons.types import DocumentKind

NUMBER_PURPOSE = "identity_document.number"


class IdentityDocument(models.Model):
    """A paper of the person. Its number is sealed with the person's key."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="documents", db_index=False)
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in DocumentKind])
    number = models.BinaryField(null=True, blank=True)
    country = models.CharField(max_length=3, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    noted_at = models.DateTimeField(auto_now_add=True)
    noted_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in DocumentKind]), name="identity_document_kind_is_known"
            ),
        ]
        indexes = [models.Index(fields=["person"], name="identity_document_of")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.kind}"


class ResidenceStatus(models.Model):
    """A residence title for a time. Rows are added, never changed: a mistake is withdrawn and stays readable."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="residence", db_index=False)
    title_key = models.CharField(max_length=40)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    authority = models.CharField(max_length=160, blank=True)
    document = models.ForeignKey(
        IdentityDocument, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    noted_at = models.DateTimeField(auto_now_add=True)
    noted_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=models.F("valid_from")),
                name="residence_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="residence_withdrawn_when_and_by_whom",
            ),
        ]
        indexes = [models.Index(fields=["person", "-valid_from"], name="residence_history")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.title_key}"
