"""What somebody is still writing."""

from __future__ import annotations

from django.db import models

from kimwerk.access.actors import Actor
from kimwerk.casework.models.case import Case


class DraftQuerySet(models.QuerySet["Draft"]):
    """Drafts are read by whoever writes them."""

    def visible_to(self, actor: Actor) -> DraftQuerySet:
        return self.filter(account=actor.account_id, case__in=Case.objects.own_of(actor))


class Draft(models.Model):
    """A form about a case that is not sent yet: kept by itself, sealed with the person's key.

    `form` names the form, `url` is where it goes on. It goes away when the form is sent or discarded.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+", db_index=False)
    account = models.ForeignKey("accounts.Account", on_delete=models.CASCADE, related_name="+", db_index=False)
    form = models.CharField(max_length=60)
    url = models.CharField(max_length=200)
    content = models.BinaryField()
    kept_at = models.DateTimeField(auto_now=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "case", "form"], name="draft_stands_once")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.form}"
