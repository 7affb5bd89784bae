"""Organisations, their offices and sites, and the professional contacts there."""

from __future__ import annotations

from datetime import date

from django.db import models

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.directory.models.place import District, Municipality
from kimwerk.directory.types import OrganisationKind


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations are public facts for whoever is signed in."""

    def visible_to(self, actor: Actor) -> OrganisationQuerySet:
        return self if actor.can(Permission.DIRECTORY_READ) else self.none()

    def existing(self, on: date) -> OrganisationQuerySet:
        return self.filter(models.Q(closed_on__isnull=True) | models.Q(closed_on__gt=on))


class Organisation(models.Model):
    """A body that employs, hosts, receives or advises. `is_controller` ones keep own data here."""

    name = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=400)
    kind = models.CharField(max_length=40, choices=OrganisationKind.choices)
    district = models.ForeignKey(District, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_controller = models.BooleanField(default=False)
    closed_on = models.DateField(null=True, blank=True)
    verified_on = models.DateField(null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name"], name="organisation_name_is_unique")]

    def __str__(self) -> str:
        return self.name


class Office(models.Model):
    """A part of an organisation that answers for a task."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="offices")
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="office_name_is_unique_in_organisation"),
        ]

    def __str__(self) -> str:
        return self.name


class SiteQuerySet(models.QuerySet["Site"]):
    """Sites are public facts for whoever is signed in."""

    def visible_to(self, actor: Actor) -> SiteQuerySet:
        return self if actor.can(Permission.DIRECTORY_READ) else self.none()

    def open(self, on: date) -> SiteQuerySet:
        return self.filter(models.Q(closed_on__isnull=True) | models.Q(closed_on__gt=on))


class Site(models.Model):
    """A place where counselling takes place: a town hall, a multi-generation house."""

    name = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=400)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="sites")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="sites")
    address = models.CharField(max_length=300, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    objects = SiteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="site_name_is_unique_in_municipality"),
            models.CheckConstraint(
                condition=models.Q(opened_on__isnull=True)
                | models.Q(closed_on__isnull=True)
                | models.Q(closed_on__gt=models.F("opened_on")),
                name="site_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ContactQuerySet(models.QuerySet["Contact"]):
    """Professional contacts. Row-level security stands behind it."""

    def visible_to(self, actor: Actor) -> ContactQuerySet:
        return self if actor.can(Permission.DIRECTORY_READ) else self.none()


class Contact(models.Model):
    """A person in their profession, at an organisation; checked on a day by somebody."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="contacts")
    office = models.ForeignKey(Office, on_delete=models.SET_NULL, null=True, blank=True, related_name="contacts")
    family_name = models.CharField(max_length=120)
    given_name = models.CharField(max_length=120, blank=True)
    sort_key = models.CharField(max_length=500)
    function = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=60, blank=True)
    verified_on = models.DateField(null=True, blank=True)
    verified_by_id = models.BigIntegerField(null=True, blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verified_on__isnull=True, verified_by_id__isnull=True)
                | models.Q(verified_on__isnull=False, verified_by_id__isnull=False),
                name="contact_verified_when_and_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.family_name}, {self.given_name}" if self.given_name else self.family_name
