"""What somebody keeps for themselves to log and look faster."""

from __future__ import annotations

from django.db import models

from kimwerk.access.actors import Actor


class OwnQuerySet(models.QuerySet["Favourite"]):
    """Only ever one's own."""

    def visible_to(self, actor: Actor) -> OwnQuerySet:
        return self.filter(account=actor.account_id) if not actor.is_nobody else self.none()


class Favourite(models.Model):
    """A usual activity under a name, as the line of shorthand that enters it."""

    account = models.ForeignKey("accounts.Account", on_delete=models.CASCADE, related_name="+")
    label = models.CharField(max_length=60)
    line = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(default=0)

    objects = OwnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "label"], name="favourite_label_is_unique_for_account"),
        ]

    def __str__(self) -> str:
        return self.label


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Only ever one's own."""

    def visible_to(self, actor: Actor) -> SavedViewQuerySet:
        return self.filter(account=actor.account_id) if not actor.is_nobody else self.none()


class SavedView(models.Model):
    """A filtered and sorted list under a name: the query string of its address."""

    account = models.ForeignKey("accounts.Account", on_delete=models.CASCADE, related_name="+")
    label = models.CharField(max_length=60)
    query = models.CharField(max_length=1000, blank=True)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "label"], name="saved_view_label_is_unique_for_account"),
        ]

    def __str__(self) -> str:
        return self.label
