"""Contacts of an office with other bodies and with working groups."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.network.types import EncounterKind


class EncounterQuerySet(models.QuerySet["Encounter"]):
    """Contacts of organisations whose network the actor reads. Row-level security stands behind it."""

    def visible_to(self, actor: Actor) -> EncounterQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.NETWORK_READ).touched_organisations)

    def kept_by(self, actor: Actor) -> EncounterQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.NETWORK_KEEP).touched_organisations)

    def newest(self) -> EncounterQuerySet:
        """Those after which nobody of the office has met the body again."""
        later = Encounter.objects.filter(organisation=OuterRef("organisation"), partner=OuterRef("partner"))
        newer = later.filter(Q(on_day__gt=OuterRef("on_day")) | Q(on_day=OuterRef("on_day"), pk__gt=OuterRef("pk")))
        return self.filter(partner__isnull=False).exclude(Exists(newer))


class Encounter(models.Model):
    """One contact: with a body of the directory or a working group, by whom, when, how and about what."""

    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    partner = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    group = models.CharField(max_length=120, blank=True)
    function = models.CharField(max_length=120, blank=True)
    municipality = models.ForeignKey(
        "directory.Municipality", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=16, choices=EncounterKind.choices)
    on_day = models.DateField()
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    next_on = models.DateField(null=True, blank=True)
    met_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)
    written_at = models.DateTimeField(default=timezone.now)

    objects = EncounterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="encounter_says_about_what"),
            models.CheckConstraint(
                condition=Q(partner__isnull=False) | ~Q(group=""), name="encounter_is_with_a_body_or_a_group"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in EncounterKind]), name="encounter_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(next_on__isnull=True) | Q(next_on__gt=F("on_day")), name="encounter_next_comes_later"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-on_day", "-id"], name="encounter_of_an_organisation"),
            models.Index(fields=["organisation", "partner", "-on_day", "-id"], name="encounter_with_a_body"),
            models.Index(fields=["met_by", "-on_day"], name="encounter_by_whom"),
            models.Index(fields=["-on_day", "-id"], name="encounter_by_day"),
            models.Index(fields=["partner", "-on_day", "-id"], name="encounter_by_body"),
        ]

    def __str__(self) -> str:
        return self.title
