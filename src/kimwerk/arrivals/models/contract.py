"""What a receiving office may have of the lists."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.arrivals.types import COLUMNS, OfficeKind

READING = (Permission.REGISTRATION_KEEP, Permission.REGISTRATION_CHECK, Permission.DISCLOSURE_REVIEW)


class ListContractQuerySet(models.QuerySet["ListContract"]):
    """Contracts, from the side of whoever keeps the lists and of the office."""

    def visible_to(self, actor: Actor) -> ListContractQuerySet:
        """Those about the lists of the actor's organisations, and those of the actor's offices."""
        kept = frozenset().union(*(actor.scope(right).touched_organisations for right in READING))
        received = actor.scope(Permission.REGISTRATION_RECEIVE).organisations
        return self.filter(Q(organisation__in=kept) | Q(recipient__in=received))

    def received_by(self, actor: Actor) -> ListContractQuerySet:
        """Those of the offices where the actor works."""
        return self.filter(recipient__in=actor.scope(Permission.REGISTRATION_RECEIVE).organisations)

    def accepted_by(self, actor: Actor) -> ListContractQuerySet:
        """Those that the actor puts into force and ends."""
        return self.filter(organisation__in=actor.scope(Permission.REGISTRATION_CHECK).organisations)

    def in_force(self, day: date) -> ListContractQuerySet:
        """Accepted, begun and not ended."""
        begun = self.filter(accepted_at__isnull=False, valid_from__lte=day)
        return begun.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))


class ListContract(models.Model):
    """A version of what an office needs: published by the office, put into force by whoever keeps the lists.

    What no contract in force names is not collected: the database refuses it. A version is never changed; the next
    one ends it.
    """

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24, choices=[(k.value, k.value) for k in OfficeKind])
    number = models.PositiveSmallIntegerField()
    columns = ArrayField(models.CharField(max_length=24))
    purpose = models.ForeignKey("consent.Purpose", on_delete=models.PROTECT, related_name="+", db_index=False)
    statutory_basis = models.ForeignKey(
        "consent.StatutoryBasis", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    reason = models.CharField(max_length=400)
    published_at = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    valid_from = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    objects = ListContractQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "recipient", "kind", "number"], name="list_contract_version_stands_once"
            ),
            models.UniqueConstraint(
                fields=["organisation", "recipient", "kind"],
                condition=Q(accepted_at__isnull=False, ended_on__isnull=True),
                name="list_contract_has_one_running_version",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in OfficeKind]), name="list_contract_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(columns__len__gt=0) & Q(columns__contained_by=sorted(COLUMNS)),
                name="list_contract_columns_are_known",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="list_contract_says_why"),
            models.CheckConstraint(
                condition=~Q(recipient=F("organisation")), name="list_contract_is_with_somebody_else"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True, valid_from__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False, valid_from__isnull=False),
                name="list_contract_accepted_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("valid_from")),
                name="list_contract_ends_after_beginning",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recipient_id}: {self.kind} {self.number}"

    @property
    def is_waiting(self) -> bool:
        """Whether it is published and nobody has put it into force yet."""
        return self.accepted_at is None and self.ended_on is None
