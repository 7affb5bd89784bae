"""What a row becomes, and what stays when a list is erased."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.arrivals.models.occasion import Occasion
from kimwerk.arrivals.models.registration import Registration


class CareTakenQuerySet(models.QuerySet["CareTaken"]):
    """What became of rows."""

    def visible_to(self, actor: Actor) -> CareTakenQuerySet:
        return self.filter(registration__in=Registration.objects.visible_to(actor))

    def of_person(self, person_id: int) -> CareTakenQuerySet:
        """The row that a person came from; the walls show it to whoever keeps the file."""
        return self.filter(person=person_id)


class CareTaken(models.Model):
    """That somebody on a list agreed to be counselled, and has a file since then."""

    registration = models.OneToOneField(Registration, on_delete=models.PROTECT, related_name="care_taken")
    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+")
    agreed_on = models.DateField()
    taken_at = models.DateTimeField(auto_now_add=True)
    taken_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)

    objects = CareTakenQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.registration_id}: {self.person_id}"


class ErasureQuerySet(models.QuerySet["Erasure"]):
    """Protocols of erasures."""

    def visible_to(self, actor: Actor) -> ErasureQuerySet:
        rights = (Permission.REGISTRATION_CHECK, Permission.DISCLOSURE_REVIEW)
        homes = frozenset().union(*(actor.scope(right).organisations for right in rights))
        return self.filter(organisation__in=homes)


class Erasure(models.Model):
    """The protocol of an erased occasion: how much went when and by whom, and nobody's name."""

    occasion = models.OneToOneField(Occasion, on_delete=models.PROTECT, related_name="erasure")
    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    rows = models.PositiveIntegerField()
    versions = models.PositiveIntegerField()
    delivered = models.PositiveIntegerField()
    became_files = models.PositiveIntegerField()
    erased_at = models.DateTimeField()
    erased_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)

    objects = ErasureQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(became_files__lte=models.F("rows")), name="erasure_adds_up")]

    def __str__(self) -> str:
        return f"{self.occasion_id}: {self.rows}"


class ErasedCount(models.Model):
    """What is still counted of an erased occasion: people by week, municipality and need."""

    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    municipality = models.ForeignKey(
        "directory.Municipality", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    monday = models.DateField()
    needs_school = models.BooleanField()
    needs_childcare = models.BooleanField()
    people = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "monday"], name="erased_counts_of")]

    def __str__(self) -> str:
        return f"{self.monday}: {self.people}"
