"""The plan as it was printed and signed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kimwerk.casework.models.case import Case


class Agreement(models.Model):
    """A plan of goals and steps (Zielvereinbarung), frozen when made; sealed, with a hash of its text.

    `language` is the second one, beside German. Both sign on paper; the day on which they did is kept.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="agreements")
    number = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=3)
    agreed_on = models.DateField()
    content = models.BinaryField()
    content_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)
    signed_on = models.DateField(null=True, blank=True)
    copy_handed_out = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="agreement_number_is_unique"),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=False) | Q(copy_handed_out=False),
                name="agreement_copy_is_of_a_signed_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.number}"
