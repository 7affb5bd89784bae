"""Contacts that are counted ahead, so that ten years of a whole Land are read in a moment.

Nothing here is known that contacts, cases and the diary do not say: every row can be thrown away and written
anew. A month in which something changed bears a mark in the same transaction, and is counted from the rows
themselves until the mark is gone.
"""

from __future__ import annotations

from django.db import models

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission


def counted_homes(actor: Actor) -> frozenset[int]:
    """The organisations whose contacts the actor may count all together: their cases and their whole diaries."""
    diaries = actor.scope(Permission.FIGURE_READ).organisations | actor.scope(Permission.ACTIVITY_READ).organisations
    return frozenset(actor.scope(Permission.CASE_COUNT).touched_organisations & diaries)


class CountedContactsQuerySet(models.QuerySet["CountedContacts"]):
    """Counts of organisations whose contacts the actor may count."""

    def visible_to(self, actor: Actor) -> CountedContactsQuerySet:
        return self.filter(organisation__in=counted_homes(actor))


class CountedContacts(models.Model):
    """The contacts of one organisation in one month in cases of one kind, contact by contact.

    Days of the month, municipalities and access paths are packed as `kernel.columns.unpacked` reads them, in the
    same order. A counted month has a row of no kind besides, which says that it is counted.
    """

    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    month = models.DateField()
    kind = models.CharField(max_length=20, blank=True)
    contacts = models.PositiveIntegerField()
    days = models.BinaryField()
    municipalities = models.BinaryField()
    access_paths = models.BinaryField()

    objects = CountedContactsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "month", "kind"], name="counted_contacts_stand_once"),
            models.CheckConstraint(condition=models.Q(month__day=1), name="counted_contacts_begin_on_the_first"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.kind}"


class StaleContacts(models.Model):
    """A mark: some contact of this month changed since it was counted. There may be many of one month."""

    id = models.BigAutoField(primary_key=True)
    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    month = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "month"], name="stale_contacts_by_organisation")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
