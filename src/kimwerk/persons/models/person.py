"""A person in our care."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from kimwerk.access.actors import Actor
from kimwerk.kernel.names import PersonName as Spelling
from kimwerk.kernel.names import listed_name
from kimwerk.persons.models.care import in_care_of
from kimwerk.persons.types import Channel, ErasureReason, Sex

EARLIEST_YEAR = 1900


class PersonQuerySet(models.QuerySet["Person"]):
    """Persons, walled by who is entrusted with them."""

    def visible_to(self, actor: Actor) -> PersonQuerySet:
        """Persons in the actor's care now. Nobody else's file exists."""
        return self.filter(in_care_of(actor))

    def in_order(self) -> PersonQuerySet:
        """As a register of names stands."""
        return self.order_by("sort_key", "pk")


class Person(models.Model):
    """Somebody whom an organisation (the controller) counsels. Their cases stand elsewhere.

    The name is the one in Latin letters by which they are called here (DIN 91379); further names
    stand beside it. Of birth the date is known, or the year, or nothing. An erased person stays as
    an empty row, so that what refers to it stays whole.
    """

    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    family_name = models.CharField(max_length=120)
    given_names = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=60, blank=True)
    prefix = models.CharField(max_length=60, blank=True)
    sort_key = models.CharField(max_length=800, db_collation="C")
    birth_date = models.DateField(null=True, blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    birth_country = models.CharField(max_length=3, blank=True)
    sex = models.CharField(max_length=8, choices=[(s.value, s.value) for s in Sex], default=Sex.UNKNOWN.value)
    interpreter_language = models.CharField(max_length=3, blank=True)
    municipality = models.ForeignKey(
        "directory.Municipality", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    street = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=5, blank=True)
    town = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    preferred_channel = models.CharField(max_length=8, blank=True, choices=[(c.value, c.value) for c in Channel])
    arrived_germany_on = models.DateField(null=True, blank=True)
    arrived_municipality_on = models.DateField(null=True, blank=True)
    match_keys = ArrayField(models.BigIntegerField(), default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    erased_at = models.DateTimeField(null=True, blank=True)
    erasure_reason = models.CharField(max_length=12, blank=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "organisation"], name="person_has_one_controller"),
            models.CheckConstraint(
                condition=~Q(family_name="") | Q(erased_at__isnull=False), name="person_has_a_name_until_erased"
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True, erasure_reason="")
                | Q(erased_at__isnull=False, erasure_reason__in=[r.value for r in ErasureReason]),
                name="person_is_erased_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(birth_date__isnull=True) | Q(birth_year__isnull=True), name="person_birth_is_date_or_year"
            ),
            models.CheckConstraint(
                condition=Q(birth_date__isnull=True) | Q(birth_date__gte=f"{EARLIEST_YEAR}-01-01"),
                name="person_birth_date_is_plausible",
            ),
            models.CheckConstraint(
                condition=Q(birth_year__isnull=True) | Q(birth_year__gte=EARLIEST_YEAR, birth_year__lte=2100),
                name="person_birth_year_is_plausible",
            ),
            models.CheckConstraint(condition=Q(sex__in=[s.value for s in Sex]), name="person_sex_is_known"),
            models.CheckConstraint(
                condition=Q(preferred_channel="") | Q(preferred_channel__in=[c.value for c in Channel]),
                name="person_channel_is_known",
            ),
            models.CheckConstraint(
                condition=Q(postcode="") | Q(postcode__regex=r"^[0-9]{5}$"), name="person_postcode_has_five_digits"
            ),
            models.CheckConstraint(
                condition=Q(arrived_germany_on__isnull=True)
                | Q(arrived_municipality_on__isnull=True)
                | Q(arrived_municipality_on__gte=models.F("arrived_germany_on")),
                name="person_arrives_in_germany_first",
            ),
            models.CheckConstraint(
                condition=Q(changed_at__isnull=True, changed_by__isnull=True)
                | Q(changed_at__isnull=False, changed_by__isnull=False),
                name="person_changed_when_and_by_whom",
            ),
        ]
        indexes = [
            models.Index(fields=["birth_date"], condition=Q(birth_date__isnull=False), name="person_by_birth_date"),
            models.Index(fields=["birth_year"], condition=Q(birth_year__isnull=False), name="person_by_birth_year"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def spelling(self) -> Spelling:
        """The name in its parts."""
        return Spelling(self.family_name, self.given_names, self.title, self.prefix)

    @property
    def display_name(self) -> str:
        """As one addresses a letter."""
        return self.spelling.display if self.erased_at is None else ""

    @property
    def listed_name(self) -> str:
        """As it stands in a register: family name first."""
        return listed_name(self.family_name, self.given_names, self.prefix)
