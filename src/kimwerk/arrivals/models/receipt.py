"""What offices fetched of the lists and took out, frozen as it was."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.arrivals.models.contract import ListContract
from kimwerk.arrivals.models.occasion import Occasion
from kimwerk.arrivals.models.registration import Registration
from kimwerk.arrivals.types import Change, OfficeKind, ReceiptKind


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    """Receipts, from the side of the office and of whoever keeps the lists."""

    def visible_to(self, actor: Actor) -> ReceiptQuerySet:
        received = actor.scope(Permission.REGISTRATION_RECEIVE).organisations
        checked = actor.scope(Permission.REGISTRATION_CHECK).organisations
        return self.filter(Q(recipient__in=received) | Q(organisation__in=checked))


class Receipt(models.Model):
    """That an office fetched rows, or took rows that it had fetched out as a file: which, when, by whom, what for.

    `content_hash` is over the hashes of the rows, or over the file.
    """

    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    recipient = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False)
    contract = models.ForeignKey(ListContract, on_delete=models.PROTECT, related_name="+", db_index=False)
    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in ReceiptKind])
    row_count = models.PositiveIntegerField()
    content_hash = models.CharField(max_length=64)
    disclosure = models.OneToOneField(
        "consent.ListDisclosure", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in ReceiptKind]), name="receipt_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind="fetched", disclosure__isnull=False) | ~Q(kind="fetched") & Q(disclosure__isnull=True),
                name="receipt_of_a_fetch_is_a_disclosure",
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "-id"], name="receipt_to"),
            models.Index(fields=["organisation", "-id"], name="receipt_from"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.made_at:%Y-%m-%d}"


class DeliveredRowQuerySet(models.QuerySet["DeliveredRow"]):
    """Rows as they went to offices."""

    def received_by(self, actor: Actor) -> DeliveredRowQuerySet:
        """Those that came to the actor's offices."""
        return self.filter(recipient__in=actor.scope(Permission.REGISTRATION_RECEIVE).organisations)

    def sent_by(self, actor: Actor) -> DeliveredRowQuerySet:
        """Those of the lists that the actor checks."""
        return self.filter(organisation__in=actor.scope(Permission.REGISTRATION_CHECK).organisations)

    def held(self) -> DeliveredRowQuerySet:
        """What the office has today: the latest of each row, without those taken back."""
        return self.filter(is_current=True)


class DeliveredRow(models.Model):
    """A row exactly as an office got it: the columns of the contract and no others.

    A corrected row comes again and takes the place of the one before; one that is no longer for the office comes
    without content. `household` is the key of who was registered together, or the row's number where the office may
    not know.
    """

    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="rows")
    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    recipient = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=24, choices=[(k.value, k.value) for k in OfficeKind])
    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, related_name="+", db_index=False)
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="+")
    household = models.CharField(max_length=36, blank=True)
    version = models.PositiveIntegerField()
    change = models.CharField(max_length=10, choices=[(c.value, c.value) for c in Change])
    content = models.JSONField(null=True, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    is_current = models.BooleanField(default=False)

    objects = DeliveredRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "kind", "registration"],
                condition=Q(is_current=True),
                name="delivered_row_is_held_once",
            ),
            models.CheckConstraint(condition=Q(change__in=[c.value for c in Change]), name="delivered_change_is_known"),
            models.CheckConstraint(
                condition=Q(change="withdrawn", content__isnull=True, is_current=False) | ~Q(change="withdrawn"),
                name="delivered_row_taken_back_says_nothing",
            ),
        ]
        indexes = [
            models.Index(
                fields=["recipient", "occasion", "kind", "registration"],
                condition=Q(is_current=True),
                name="delivered_rows_held",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id}: {self.change}"
