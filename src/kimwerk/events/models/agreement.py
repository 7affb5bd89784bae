"""What was agreed with a municipality about who does what."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.directory.models import Organisation
from kimwerk.directory.types import OrganisationKind


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """Agreements of the actor's organisations, and those made with the town for which the actor works. Walled too."""

    def visible_to(self, actor: Actor) -> AgreementQuerySet:
        homes = actor.scope(Permission.EVENT_READ).touched_organisations
        towns = Organisation.objects.filter(pk__in=homes, kind=OrganisationKind.MUNICIPALITY.value)
        return self.filter(Q(organisation__in=homes) | Q(municipality__in=towns.values("municipality")))

    def in_force(self, on: date) -> AgreementQuerySet:
        """The newest one of every municipality that has begun by then."""
        begun = self.filter(valid_from__lte=on)
        return begun.order_by("organisation", "municipality", "-valid_from").distinct("organisation", "municipality")


class Agreement(models.Model):
    """Target groups, interfaces, and where referral consultation ends and case management begins in a municipality.

    It holds until a newer one begins. What was agreed is never changed; a new version follows.
    """

    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    municipality = models.ForeignKey("directory.Municipality", on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    target_groups = models.TextField()
    interfaces = models.TextField(blank=True)
    delimitation = models.TextField()
    agreed_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)
    agreed_at = models.DateTimeField(default=timezone.now)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "municipality", "valid_from"], name="agreement_of_a_day_stands_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}, {self.valid_from}"
