"""What was told to the public."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.network.types import PublicationKind, Reach


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Publications of organisations whose network the actor reads. Row-level security stands behind it."""

    def visible_to(self, actor: Actor) -> PublicationQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.NETWORK_READ).touched_organisations)

    def kept_by(self, actor: Actor) -> PublicationQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.NETWORK_KEEP).touched_organisations)


class Publication(models.Model):
    """A portrait, an issue of a newsletter, a flyer, a page, an article: where, when, and how many it reached."""

    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=12, choices=PublicationKind.choices)
    title = models.CharField(max_length=200)
    medium = models.CharField(max_length=160)
    published_on = models.DateField()
    municipality = models.ForeignKey(
        "directory.Municipality", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reach = models.PositiveIntegerField(null=True, blank=True)
    reach_kind = models.CharField(max_length=12, choices=Reach.choices, blank=True)
    url = models.URLField(max_length=300, blank=True)
    note = models.CharField(max_length=200, blank=True)
    entered_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(medium=""), name="publication_says_what_and_where"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in PublicationKind]), name="publication_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(reach__isnull=True, reach_kind="")
                | Q(reach__isnull=False, reach_kind__in=[reach.value for reach in Reach]),
                name="publication_reach_says_of_what",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-published_on", "-id"], name="publication_of_organisation"),
            models.Index(fields=["-published_on", "-id"], name="publication_by_day"),
        ]

    def __str__(self) -> str:
        return self.title
