"""What offices do with what they hold: invitations of the foreigners' authority, places of school and youth offices."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.arrivals.models.occasion import Occasion
from kimwerk.arrivals.models.registration import Registration
from kimwerk.arrivals.types import OfficeKind


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations of an office, which nobody else reads."""

    def visible_to(self, actor: Actor) -> InvitationQuerySet:
        return self.filter(recipient__in=actor.scope(Permission.REGISTRATION_RECEIVE).organisations)


class Invitation(models.Model):
    """The appointment of those who were registered together, and when they came to be registered."""

    recipient = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False)
    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, related_name="+", db_index=False)
    household = models.CharField(max_length=36)
    series = models.PositiveIntegerField()
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=200)
    invited_at = models.DateTimeField(auto_now_add=True)
    invited_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)
    registered_at = models.DateTimeField(null=True, blank=True)
    registered_by = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "occasion", "household"], name="invitation_stands_once_a_household"
            ),
            models.CheckConstraint(condition=~Q(place=""), name="invitation_names_its_place"),
            models.CheckConstraint(
                condition=Q(registered_at__isnull=True, registered_by__isnull=True)
                | Q(registered_at__isnull=False, registered_by__isnull=False),
                name="invitation_registered_when_and_by_whom",
            ),
        ]
        indexes = [models.Index(fields=["recipient", "occasion", "series", "starts_at"], name="invitations_in_series")]

    def __str__(self) -> str:
        return f"{self.household}: {self.starts_at:%Y-%m-%d}"


class PlaceOfferQuerySet(models.QuerySet["PlaceOffer"]):
    """Places of an office, which nobody else reads."""

    def visible_to(self, actor: Actor) -> PlaceOfferQuerySet:
        return self.filter(recipient__in=actor.scope(Permission.REGISTRATION_RECEIVE).organisations)


class PlaceOffer(models.Model):
    """Places at a school or a day-care centre in a school year, for children from one age to another."""

    recipient = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=24, choices=[(k.value, k.value) for k in OfficeKind])
    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, related_name="+", db_index=False)
    school_year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=160)
    municipality = models.ForeignKey(
        "directory.Municipality", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    age_from = models.PositiveSmallIntegerField()
    age_to = models.PositiveSmallIntegerField()
    places = models.PositiveSmallIntegerField()
    entered_at = models.DateTimeField(auto_now_add=True)
    entered_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)

    objects = PlaceOfferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "kind", "occasion", "school_year", "name", "age_from"],
                name="place_offer_stands_once",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="place_offer_has_a_name"),
            models.CheckConstraint(
                condition=Q(age_from__lte=F("age_to"), age_to__lte=21), name="place_offer_ages_are_in_order"
            ),
            models.CheckConstraint(
                condition=Q(school_year__gte=2000, school_year__lte=2100), name="place_offer_year_is_possible"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PlaceTakenQuerySet(models.QuerySet["PlaceTaken"]):
    """Children on places of an office, which nobody else reads."""

    def visible_to(self, actor: Actor) -> PlaceTakenQuerySet:
        return self.filter(recipient__in=actor.scope(Permission.REGISTRATION_RECEIVE).organisations)


class PlaceTaken(models.Model):
    """That a child has one of the places."""

    recipient = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False)
    offer = models.ForeignKey(PlaceOffer, on_delete=models.PROTECT, related_name="taken")
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(auto_now_add=True)
    taken_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)

    objects = PlaceTakenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "registration"], name="child_has_one_place_of_an_office"),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id}: {self.offer_id}"
