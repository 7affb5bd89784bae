"""The plan as it was printed and signed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kimwerk.casework.models.case import Case


class Agreement(models.Model):
    """A plan of goals and steps (Zielvereinbarung), frozen when made; sealed, with a hash of its text.

    `language` is the second one, beside German. Both sign on paper or on the screen; the day on which they did is
    kept, and what they drew stands sealed in `signature_person` and `signature_counsellor`.
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
    signature_person = models.BinaryField(blank=True, default=b"")
    signature_counsellor = models.BinaryField(blank=True, default=b"")
    copy_handed_out = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="agreement_number_is_unique"),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=False) | Q(copy_handed_out=False),
                name="agreement_copy_is_of_a_signed_one",
            ),
            models.CheckConstraint(
                condition=Q(signature_person=b"", signature_counsellor=b"")
                | (Q(signed_on__isnull=False) & ~Q(signature_person=b"") & ~Q(signature_counsellor=b"")),
                name="agreement_is_signed_by_both",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.number}"

    @property
    def is_signed_on_screen(self) -> bool:
        """Whether both drew their signatures."""
        return bool(self.signature_person)
