"""How an organisation keeps its diary."""

from __future__ import annotations

from django.db import models

from kimwerk.access.actors import Actor


class DiarySettingsQuerySet(models.QuerySet["DiarySettings"]):
    """The settings of the organisations at which the actor has a role."""

    def visible_to(self, actor: Actor) -> DiarySettingsQuerySet:
        return self.filter(organisation__in={grant.organisation_id for grant in actor.grants})


class DiarySettings(models.Model):
    """An organisation's own rules for its diary; where there is no row, the defaults hold.

    Notes are off: a free line invites names. `change_share` is the share of existing entries, in
    percent, that an import may change before it stops and asks, once it has `change_rows` rows.
    `days_shown` is how far back the list goes when nobody asks for more.
    """

    organisation = models.OneToOneField("directory.Organisation", on_delete=models.CASCADE, related_name="+")
    is_note_enabled = models.BooleanField(default=False)
    change_share = models.PositiveSmallIntegerField(default=20)
    change_rows = models.PositiveIntegerField(default=10)
    days_shown = models.PositiveSmallIntegerField(default=90)

    objects = DiarySettingsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(change_share__lte=100), name="diary_change_share_is_a_share"),
            models.CheckConstraint(
                condition=models.Q(days_shown__gte=7) & models.Q(days_shown__lte=3_660), name="diary_shows_some_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}"
