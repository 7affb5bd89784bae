"""One entry of the diary."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.activities.models.category import Category
from kimwerk.activities.models.tally import TallyImport
from kimwerk.kernel.periods import Period

MOST_PARTICIPANTS = 5_000
MOST_MINUTES = 60_000
LISTED_COLUMNS = (
    "kind",
    "channel",
    "municipality",
    "site",
    "done_by",
    "referral_target",
    "participants_target",
    "participants_partner",
    "minutes",
)
"""What a list filters, sorts and sums up: kept in its index, so that a county's years are read without the table."""


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Diary entries, walled by who may read whose."""

    def visible_to(self, actor: Actor) -> ActivityQuerySet:
        """One's own entries, and those of organisations whose diary the actor may read."""
        return self.filter(reach(actor, Permission.ACTIVITY_READ) | own(actor)).kept()

    def team_of(self, actor: Actor) -> ActivityQuerySet:
        """The part of `visible_to` that a coordination reads: whole organisations, one index range each."""
        return self.filter(reach(actor, Permission.ACTIVITY_READ)).kept()

    def own_of(self, actor: Actor) -> ActivityQuerySet:
        """The part of `visible_to` that is the actor's own."""
        return self.filter(own(actor)).kept()

    def removed_within_reach(self, actor: Actor) -> ActivityQuerySet:
        """Entries out of the diary that the actor could bring back."""
        return self.filter(reach(actor, Permission.ACTIVITY_CORRECT) | own(actor), removed_at__isnull=False)

    def countable_by(self, actor: Actor) -> ActivityQuerySet:
        """Entries that may be counted by the actor (not read row by row)."""
        return self.filter(
            reach(actor, Permission.FIGURE_READ) | reach(actor, Permission.ACTIVITY_READ) | own(actor)
        ).kept()

    def kept(self) -> ActivityQuerySet:
        """Without those that were removed."""
        return self.filter(removed_at__isnull=True)

    def during(self, window: Period) -> ActivityQuerySet:
        """Entries that begin in the window."""
        return self.filter(day__gte=window.start, day__lt=window.end)

    def done_by(self, account_id: int) -> ActivityQuerySet:
        return self.filter(done_by=account_id)


def own(actor: Actor) -> models.Q:
    """The condition for the actor's own entries."""
    return models.Q(done_by=actor.account_id) if actor.can(Permission.ACTIVITY_LOG) else models.Q(pk__in=[])


def reach(actor: Actor, permission: Permission) -> models.Q:
    """The condition for entries within the scope of a right."""
    scope = actor.scope(permission)
    condition = models.Q(organisation__in=sorted(scope.organisations)) if scope.organisations else models.Q(pk__in=[])
    for organisation_id, municipality_id in sorted(scope.places):
        condition |= models.Q(organisation=organisation_id, municipality=municipality_id)
    return condition


class Activity(models.Model):
    """An activity (Maßnahme): what was done on a day or over days, by whom, with how many, how long.

    Lists of categories are arrays so that millions of entries can be counted; a trigger keeps
    every member a category of the right list. `version` grows with every change, so that the
    second of two people who edit the same entry is told. Foreign keys have no index of their own:
    every question names an organisation or a person, and each index makes every entry slower.
    """

    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    day = models.DateField()
    last_day = models.DateField(null=True, blank=True)
    kind = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+", db_index=False)
    channel = models.ForeignKey(
        Category, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    municipality = models.ForeignKey(
        "directory.Municipality", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    site = models.ForeignKey(
        "directory.Site", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    done_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)
    topics = ArrayField(models.BigIntegerField(), default=list, blank=True)
    target_groups = ArrayField(models.BigIntegerField(), default=list, blank=True)
    legal_circles = ArrayField(models.BigIntegerField(), default=list, blank=True)
    partners = ArrayField(models.BigIntegerField(), default=list, blank=True)
    participants_target = models.PositiveIntegerField(default=0)
    participants_partner = models.PositiveIntegerField(default=0)
    minutes = models.PositiveIntegerField(null=True, blank=True)
    referral_target = models.ForeignKey(
        Category, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    note = models.CharField(max_length=200, blank=True)
    tally_import = models.ForeignKey(
        TallyImport, on_delete=models.PROTECT, null=True, blank=True, related_name="activities", db_index=False
    )
    source_key = models.CharField(max_length=64, blank=True)
    source_digest = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)
    entered_at = models.DateTimeField(auto_now_add=True)
    entered_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = ActivityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__isnull=True) | models.Q(last_day__gt=models.F("day")),
                name="activity_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=models.Q(day__gte="2000-01-01"), name="activity_day_is_plausible"),
            models.CheckConstraint(
                condition=models.Q(participants_target__lte=MOST_PARTICIPANTS)
                & models.Q(participants_partner__lte=MOST_PARTICIPANTS),
                name="activity_participants_are_plausible",
            ),
            models.CheckConstraint(
                condition=models.Q(minutes__isnull=True) | models.Q(minutes__lte=MOST_MINUTES),
                name="activity_minutes_are_plausible",
            ),
            models.CheckConstraint(
                condition=models.Q(changed_at__isnull=True, changed_by__isnull=True)
                | models.Q(changed_at__isnull=False, changed_by__isnull=False),
                name="activity_changed_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=models.Q(removed_at__isnull=True, removed_by__isnull=True)
                | models.Q(removed_at__isnull=False, removed_by__isnull=False),
                name="activity_removed_when_and_by_whom",
            ),
            models.UniqueConstraint(
                fields=["organisation", "source_key"],
                condition=~models.Q(source_key="") & models.Q(removed_at__isnull=True),
                name="activity_source_row_is_imported_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "-day", "-id"],
                include=LISTED_COLUMNS,
                condition=models.Q(removed_at__isnull=True),
                name="activity_as_listed",
            ),
            models.Index(
                fields=["tally_import"], condition=models.Q(tally_import__isnull=False), name="activity_by_import"
            ),
            models.Index(
                fields=["done_by", "-day", "-id"],
                include=("organisation", *(column for column in LISTED_COLUMNS if column != "done_by")),
                condition=models.Q(removed_at__isnull=True),
                name="activity_by_person",
            ),
            models.Index(fields=["organisation", "municipality", "-day", "-id"], name="activity_by_place"),
            models.Index(
                fields=["organisation", "source_key"],
                condition=~models.Q(source_key="") & models.Q(removed_at__isnull=False),
                name="activity_removed_source_row",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind_id}"
