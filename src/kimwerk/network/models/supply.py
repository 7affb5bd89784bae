"""What other bodies offer, and the needs it was brought together with."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.network.types import Outcome, SupplyState


class SupplyQuerySet(models.QuerySet["Supply"]):
    """Offers that organisations know whose network the actor reads. Row-level security stands behind it."""

    def visible_to(self, actor: Actor) -> SupplyQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.NETWORK_READ).touched_organisations)

    def kept_by(self, actor: Actor) -> SupplyQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.NETWORK_KEEP).touched_organisations)


class Supply(models.Model):
    """What a body offers or could begin at short notice: for whom, where, from when."""

    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    partner = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    topic = models.ForeignKey("activities.Category", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    target_group = models.ForeignKey(
        "activities.Category", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    municipality = models.ForeignKey(
        "directory.Municipality", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    places = models.PositiveIntegerField(null=True, blank=True)
    from_day = models.DateField(null=True, blank=True)
    until_day = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=SupplyState.choices, default=SupplyState.OPEN.value)
    noted_on = models.DateField()
    noted_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)

    objects = SupplyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="supply_has_a_title"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in SupplyState]), name="supply_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(until_day__isnull=True) | Q(from_day__isnull=True) | Q(until_day__gte=F("from_day")),
                name="supply_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-noted_on", "-id"], name="supply_of_an_organisation"),
            models.Index(fields=["-noted_on", "-id"], name="supply_by_day"),
        ]

    def __str__(self) -> str:
        return self.title


class PairingQuerySet(models.QuerySet["Pairing"]):
    """Pairs of organisations whose network the actor reads."""

    def visible_to(self, actor: Actor) -> PairingQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.NETWORK_READ).touched_organisations)


class Pairing(models.Model):
    """A need and an offer that were brought together, and what came of it."""

    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    supply = models.ForeignKey(Supply, on_delete=models.PROTECT, related_name="pairings", db_index=False)
    need = models.ForeignKey("needs.Need", on_delete=models.PROTECT, related_name="+")
    paired_on = models.DateField()
    paired_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, default=Outcome.ASKED.value)
    note = models.CharField(max_length=200, blank=True)

    objects = PairingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["supply", "need"], name="pairing_stands_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=[outcome.value for outcome in Outcome]), name="pairing_outcome_is_known"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-paired_on"], name="pairing_of_an_organisation")]

    def __str__(self) -> str:
        return f"{self.supply_id}: {self.need_id}"
