"""What was done in the language programme, as counts."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.early_language.models.kindergarten import Kindergarten
from kimwerk.early_language.types import DeedKind


class DeedQuerySet(models.QuerySet["Deed"]):
    """Deeds of organisations whose language programme the actor reads."""

    def visible_to(self, actor: Actor) -> DeedQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.EARLY_LANGUAGE_READ).touched_organisations)

    def kept_by(self, actor: Actor) -> DeedQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.EARLY_LANGUAGE_KEEP).touched_organisations)


class Deed(models.Model):
    """What was done on a day, so many times, and how many adults were reached. It holds no words, and so no child."""

    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=14, choices=DeedKind.choices)
    day = models.DateField()
    times = models.PositiveSmallIntegerField(default=1)
    adults = models.PositiveSmallIntegerField(default=0)
    kindergarten = models.ForeignKey(
        Kindergarten, on_delete=models.PROTECT, null=True, blank=True, related_name="deeds"
    )
    municipality = models.ForeignKey(
        "directory.Municipality", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    partner = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    legal_circle = models.ForeignKey(
        "activities.Category", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    done_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)

    objects = DeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in DeedKind]), name="language_deed_kind_is_known"
            ),
            models.CheckConstraint(condition=Q(times__gte=1, times__lte=200), name="language_deed_happened"),
            models.CheckConstraint(condition=Q(adults__lte=2000), name="language_deed_reaches_a_hall_at_most"),
            models.CheckConstraint(
                condition=~Q(kind="cooperation") | Q(partner__isnull=False), name="language_talk_has_a_partner"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-day", "-id"], name="language_deeds_by_day")]

    def __str__(self) -> str:
        return self.get_kind_display()
