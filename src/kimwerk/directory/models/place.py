"""Districts and municipalities with their official keys."""

from __future__ import annotations

from django.db import models


class District(models.Model):
    """A county or a city without a county (Kreis, kreisfreie Stadt), by its five-digit key."""

    key = models.CharField(max_length=5, unique=True)
    name = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=240)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(key__regex=r"^[0-9]{5}$"), name="district_key_has_five_digits"),
        ]

    def __str__(self) -> str:
        return self.name


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    """Municipalities are public facts: everybody may read them."""

    def in_district(self, district: District) -> MunicipalityQuerySet:
        return self.filter(district=district)


class Municipality(models.Model):
    """A city or municipality by its eight-digit key (AGS) and its twelve-digit one (ARS)."""

    ags = models.CharField(max_length=8, unique=True)
    ars = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=120)
    official_name = models.CharField(max_length=160)
    sort_key = models.CharField(max_length=240)
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="municipalities")
    population = models.PositiveIntegerField(null=True, blank=True)
    population_on = models.DateField(null=True, blank=True)

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ags__regex=r"^[0-9]{8}$"), name="municipality_ags_has_eight_digits"
            ),
            models.CheckConstraint(
                condition=models.Q(ars__regex=r"^[0-9]{12}$"), name="municipality_ars_has_twelve_digits"
            ),
            models.CheckConstraint(
                condition=models.Q(population__isnull=True, population_on__isnull=True)
                | models.Q(population__isnull=False, population_on__isnull=False),
                name="municipality_population_has_its_date",
            ),
        ]
        indexes = [models.Index(fields=["sort_key"], name="municipality_sort_key")]

    def __str__(self) -> str:
        return self.name
