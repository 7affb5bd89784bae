"""Why many people arrive at once."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import ExpressionWrapper, F, Q, Value

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.arrivals.models.contract import ListContract

KEPT_DAYS = 180
"""How long lists are kept after the end of an occasion where nothing else is said."""
MOST_KEPT_DAYS = 3 * 365
"""Longer than this nobody keeps a list: whoever is still counselled then has a file."""


class OccasionQuerySet(models.QuerySet["Occasion"]):
    """Occasions of the organisations where the actor registers or checks."""

    def visible_to(self, actor: Actor) -> OccasionQuerySet:
        kept = actor.scope(Permission.REGISTRATION_KEEP).touched_organisations
        return self.filter(organisation__in=kept | actor.scope(Permission.REGISTRATION_CHECK).touched_organisations)

    def checked_by(self, actor: Actor) -> OccasionQuerySet:
        """Those that the actor opens, closes and watches over."""
        return self.filter(organisation__in=actor.scope(Permission.REGISTRATION_CHECK).organisations)

    def received_by(self, actor: Actor) -> OccasionQuerySet:
        """Those of whoever keeps lists for the actor's offices."""
        contracts = ListContract.objects.received_by(actor).filter(accepted_at__isnull=False)
        return self.filter(organisation__in=contracts.values("organisation"))

    def to_be_erased(self, day: date) -> OccasionQuerySet:
        """Ended so long ago that their rows must go."""
        kept = ExpressionWrapper(F("keep_days") * timedelta(days=1), models.DurationField())
        over = self.filter(ends_on__isnull=False, erasure__isnull=True)
        return over.filter(ends_on__lte=ExpressionWrapper(Value(day) - kept, models.DateField()))

    def open_on(self, day: date) -> OccasionQuerySet:
        """Begun, and not over yet."""
        return self.filter(begins_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))


class Occasion(models.Model):
    """An occasion (surge) with its own lists; with the day it ends nobody is registered any more.

    The lists are kept for `keep_days` from the end; after that they are erased, and only numbers stay.
    A checked row is held back for `hold_back_days` before it may be released, so that mistakes can still come up.
    Registering counts as work: where a kind is named, every family becomes an entry of the diary.
    """

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    begins_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    nationality = models.CharField(max_length=3, blank=True)
    hold_back_days = models.PositiveSmallIntegerField(default=0)
    keep_days = models.PositiveSmallIntegerField(default=KEPT_DAYS)
    activity_kind = models.ForeignKey(
        "activities.Category", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    opened_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)
    opened_at = models.DateTimeField(auto_now_add=True)

    objects = OccasionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="occasion_name_is_unique"),
            models.UniqueConstraint(fields=["id", "organisation"], name="occasion_has_one_organisation"),
            models.CheckConstraint(condition=~Q(name=""), name="occasion_has_a_name"),
            models.CheckConstraint(condition=Q(hold_back_days__lte=60), name="occasion_holds_back_for_days"),
            models.CheckConstraint(condition=Q(keep_days__lte=MOST_KEPT_DAYS), name="occasion_is_kept_for_days"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on")), name="occasion_ends_after_beginning"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_kept_until(self) -> date | None:
        """The day from which its lists are to be erased; unknown while it lasts."""
        return self.ends_on + timedelta(days=self.keep_days) if self.ends_on else None
