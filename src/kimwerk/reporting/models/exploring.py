"""Questions of the explorer that somebody keeps."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission


class ExplorationQuerySet(models.QuerySet["Exploration"]):
    """One's own, and those that colleagues share where one reads figures."""

    def visible_to(self, actor: Actor) -> ExplorationQuerySet:
        if actor.is_nobody:
            return self.none()
        shared = Q(is_shared=True, organisation__in=actor.scope(Permission.FIGURE_READ).touched_organisations)
        return self.filter(Q(kept_by=actor.account_id) | shared)

    def kept_by_actor(self, actor: Actor) -> ExplorationQuerySet:
        """Those that the actor may change and remove."""
        return self.none() if actor.is_nobody else self.filter(kept_by=actor.account_id)


class Exploration(models.Model):
    """A question of the explorer under a name. It holds no number: whoever opens it counts for themselves.

    `question` is the query string of its address. `definition` is the hash of what the figure counted when the
    question was kept, so that a changed definition is told.
    """

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    question = models.CharField(max_length=2000)
    figure = models.CharField(max_length=80)
    definition = models.CharField(max_length=64)
    is_shared = models.BooleanField(default=False)
    kept_by = models.ForeignKey("accounts.Account", on_delete=models.CASCADE, related_name="+")
    kept_at = models.DateTimeField(auto_now_add=True)

    objects = ExplorationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="exploration_has_a_title"),
            models.UniqueConstraint(fields=["kept_by", "title"], name="exploration_title_stands_once_for_account"),
        ]
        indexes = [models.Index(fields=["organisation", "title"], name="exploration_shared")]

    def __str__(self) -> str:
        return self.title
