"""That rows of a list went to an office because a law says so."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.consent.models.lists import Purpose, StatutoryBasis
from kimwerk.kernel.data_categories import DataCategory


class ListDisclosureQuerySet(models.QuerySet["ListDisclosure"]):
    """Disclosures of rows."""

    def under_review_of(self, actor: Actor) -> ListDisclosureQuerySet:
        """What the data protection officer reviews."""
        return self.filter(organisation__in=actor.scope(Permission.DISCLOSURE_REVIEW).touched_organisations)


class ListDisclosure(models.Model):
    """A disclosure whose subjects are rows of a list and not persons in anybody's care; it always rests on a law.

    The web role cannot write it: the database writes it together with what it hands out, by which it is bound to the
    columns, the law and the purpose of a contract. `content_hash` proves the rows as long as they are kept;
    afterwards it and the numbers stay.
    """

    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    recipient = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="+", db_index=False)
    categories = ArrayField(models.CharField(max_length=24))
    statutory_basis = models.ForeignKey(StatutoryBasis, on_delete=models.PROTECT, related_name="+", db_index=False)
    basis_reason = models.CharField(max_length=400)
    row_count = models.PositiveIntegerField()
    content_hash = models.CharField(max_length=64)
    disclosed_at = models.DateTimeField()
    disclosed_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)

    objects = ListDisclosureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(row_count__gt=0), name="list_disclosure_has_rows"),
            models.CheckConstraint(condition=~Q(basis_reason=""), name="list_disclosure_has_a_reason"),
            models.CheckConstraint(
                condition=Q(categories__contained_by=sorted(each.value for each in DataCategory)),
                name="list_disclosure_categories_are_known",
            ),
            models.CheckConstraint(
                condition=~Q(recipient=models.F("organisation")), name="list_disclosure_goes_to_somebody_else"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-disclosed_at"], name="list_disclosure_of")]

    def __str__(self) -> str:
        return f"{self.recipient_id}: {self.row_count}"
