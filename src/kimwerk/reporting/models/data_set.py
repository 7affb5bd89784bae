"""Files that somebody evaluates for a while."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from kimwerk.access.actors import Actor


class DataSetQuerySet(models.QuerySet["DataSet"]):
    """Only ever one's own, until their time is over."""

    def visible_to(self, actor: Actor, on: date) -> DataSetQuerySet:
        return self.none() if actor.is_nobody else self.filter(account=actor.account_id, expires_on__gte=on)


class DataSet(models.Model):
    """A flat file of persons or events that its owner evaluates for a few days; nobody else ever sees it.

    `columns` says what each column holds, `rows` are the texts of its cells as they came, `bands` the ages at which
    bands begin, `merges` which values stand for another one.
    """

    account = models.ForeignKey("accounts.Account", on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=120)
    unit = models.CharField(max_length=20)
    columns = models.JSONField()
    rows = models.JSONField()
    blank_rows = models.PositiveIntegerField(default=0)
    bands = models.JSONField(default=list)
    merges = models.JSONField(default=dict, blank=True)
    reference_date = models.DateField()
    loaded_at = models.DateTimeField(auto_now_add=True)
    expires_on = models.DateField()

    objects = DataSetQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="data_set_has_a_title")]
        indexes = [models.Index(fields=["account", "expires_on"], name="data_set_of")]

    def __str__(self) -> str:
        return self.title
