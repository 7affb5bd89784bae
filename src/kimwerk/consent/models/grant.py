"""What a declaration allows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from kimwerk.access.actors import Actor
from kimwerk.consent.models.declaration import Declaration
from kimwerk.consent.models.lists import Purpose, RecipientGroup, RecipientGroupMember
from kimwerk.consent.types import DeclarationKind, Direction
from kimwerk.kernel.data_categories import DataCategory
from kimwerk.persons.models import in_care_of

LONGEST_YEARS = 3
OUTGOING = (Direction.TO.value, Direction.BOTH.value)


class GrantQuerySet(models.QuerySet["Grant"]):
    """Grants. Whether one holds is asked of its days when it is read; no job ends it."""

    def visible_to(self, actor: Actor) -> GrantQuerySet:
        return self.filter(in_care_of(actor, "person"))

    def in_force(self, on: date) -> GrantQuerySet:
        """Begun, not over and not withdrawn. `on` is the day for which one asks."""
        return self.filter(withdrawn_at__isnull=True, valid_from__lte=on, valid_until__gte=on)

    def covering(self, recipient_id: int, purpose: str, categories: Iterable[DataCategory], on: date) -> GrantQuerySet:
        """In force, naming this recipient and purpose and all the categories, as consent and not as release."""
        members = RecipientGroupMember.objects.filter(
            group=models.OuterRef("group"), member=recipient_id, since__lte=models.OuterRef("declaration__declared_on")
        ).filter(Q(until__isnull=True) | Q(until__gt=on))
        return self.in_force(on).filter(
            Q(recipient=recipient_id) | models.Exists(members),
            purpose__code=purpose,
            direction__in=OUTGOING,
            declaration__kind=DeclarationKind.DATA_CONSENT.value,
            categories__contains=sorted(each.value for each in categories),
        )


class Grant(models.Model):
    """Purpose, recipient, categories, direction, period: one thing that is allowed, no more.

    The recipient is an organisation or a group, never both. The last day is included. A grant is withdrawn,
    never changed, and added to no declaration afterwards.
    """

    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="grants")
    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="+", db_index=False)
    recipient = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    group = models.ForeignKey(
        RecipientGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    categories = ArrayField(models.CharField(max_length=24))
    direction = models.CharField(max_length=4, choices=[(d.value, d.value) for d in Direction])
    valid_from = models.DateField()
    valid_until = models.DateField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(recipient__isnull=True, group__isnull=False)
                | Q(recipient__isnull=False, group__isnull=True),
                name="grant_has_one_recipient",
            ),
            models.CheckConstraint(
                condition=Q(categories__len__gt=0)
                & Q(categories__contained_by=sorted(each.value for each in DataCategory)),
                name="grant_categories_are_known",
            ),
            models.CheckConstraint(
                condition=Q(direction__in=[d.value for d in Direction]), name="grant_direction_is_known"
            ),
            models.CheckConstraint(condition=Q(valid_until__gte=F("valid_from")), name="grant_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="grant_withdrawn_when_and_by_whom",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "valid_until"], name="grant_of"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.purpose_id}"
