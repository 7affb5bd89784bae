"""Somebody on a registration list, and what was said of them before it was corrected."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import ExpressionWrapper, F, Q
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.arrivals.models.occasion import Occasion
from kimwerk.arrivals.types import AWAITING_CHECK, Finding, RegistrationState
from kimwerk.persons.types import Sex

EARLIEST_YEAR = 1900


def _in_order(*within: str, name: str, condition: Q | None = None) -> models.Index:
    """The rows that count within something, in the order of the list."""
    first, *others = (F(field) for field in within)
    counting = Q(merged_into__isnull=True)
    return models.Index(
        first,
        *others,
        F("registered_at").desc(),
        "family",
        F("birth_date").asc(nulls_last=True),
        "id",
        condition=counting & condition if condition else counting,
        name=name,
    )


class RegistrationQuerySet(models.QuerySet["Registration"]):
    """Rows, walled by organisation and municipality."""

    def visible_to(self, actor: Actor) -> RegistrationQuerySet:
        """The rows of the places where the actor registers or checks."""
        return self.filter(seen_by(actor))

    def checked_by(self, actor: Actor) -> RegistrationQuerySet:
        """The rows that the actor checks and releases."""
        return self.filter(watched_by(actor))

    def counting(self) -> RegistrationQuerySet:
        """Without those that were set aside as doubles."""
        return self.filter(merged_into__isnull=True)

    def awaiting_check(self) -> RegistrationQuerySet:
        """Nobody has checked them as they stand now."""
        return self.counting().filter(state__in=[state.value for state in AWAITING_CHECK])

    def without_findings(self) -> RegistrationQuerySet:
        """No rule noticed anything that nobody has accepted."""
        return self.filter(findings__contained_by=F("accepted_findings"))

    def to_be_released(self) -> RegistrationQuerySet:
        """Checked, nothing open, and held back for as long as the occasion asks."""
        days = ExpressionWrapper(F("occasion__hold_back_days") * timedelta(days=1), models.DurationField())
        checked = self.counting().without_findings().filter(state=RegistrationState.CHECKED.value)
        return checked.filter(checked_at__lte=ExpressionWrapper(timezone.now() - days, models.DateTimeField()))

    def with_finding(self, finding: Finding) -> RegistrationQuerySet:
        """A rule noticed this, and nobody has accepted it. That any was noticed is said for the index's sake."""
        noticed = self.exclude(findings=[]).filter(findings__contains=[finding.value])
        return noticed.exclude(accepted_findings__contains=[finding.value])

    def in_order(self) -> RegistrationQuerySet:
        """The newest families first, their members by age."""
        return self.order_by("-registered_at", "family", F("birth_date").asc(nulls_last=True), "pk")


def seen_by(actor: Actor) -> Q:
    """Of the places where the actor registers or checks."""
    return _within(actor, Permission.REGISTRATION_KEEP) | watched_by(actor)


def watched_by(actor: Actor) -> Q:
    """Of the places where the actor checks and releases."""
    return _within(actor, Permission.REGISTRATION_CHECK)


def _within(actor: Actor, permission: Permission) -> Q:
    scope = actor.scope(permission)
    condition = Q(organisation__in=scope.organisations)
    for organisation_id, municipality_id in scope.places:
        condition |= Q(organisation=organisation_id, municipality=municipality_id)
    return condition


class Registration(models.Model):
    """A newly arrived person on the list of an occasion and a municipality.

    `family` joins those who were registered together. `findings` are what the rules noticed when the row was last
    written; `match_keys` are what doubles are looked up by. A double is set aside by `merged_into` and keeps all its
    facts, so that it can come back. `noted_at` is what the clock of a device said that noted the row without a
    connection; `registered_at` is the server's time. Of an imported row `source_key` says which row of a file it is,
    `source_digest` what that row said.
    """

    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, related_name="+", db_index=False)
    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    municipality = models.ForeignKey(
        "directory.Municipality", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    family = models.UUIDField()
    place_in_family = models.PositiveSmallIntegerField()
    family_name = models.CharField(max_length=120)
    given_names = models.CharField(max_length=120, blank=True)
    original_family = models.CharField(max_length=120, blank=True)
    original_given = models.CharField(max_length=120, blank=True)
    sort_key = models.CharField(max_length=500, db_collation="C")
    sex = models.CharField(max_length=8, choices=[(s.value, s.value) for s in Sex], default=Sex.UNKNOWN.value)
    birth_date = models.DateField(null=True, blank=True)
    nationality = models.CharField(max_length=3, blank=True)
    needs_school = models.BooleanField(default=False)
    needs_childcare = models.BooleanField(default=False)
    is_health_urgent = models.BooleanField(default=False)
    guardian = models.CharField(max_length=120, blank=True)
    street = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=5, blank=True)
    town = models.CharField(max_length=80, blank=True)
    host = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    arrived_on = models.DateField()
    state = models.CharField(
        max_length=10,
        choices=[(s.value, s.value) for s in RegistrationState],
        default=RegistrationState.REGISTERED.value,
    )
    findings = ArrayField(models.CharField(max_length=16), default=list, blank=True)
    accepted_findings = ArrayField(models.CharField(max_length=16), default=list, blank=True)
    match_keys = ArrayField(models.BigIntegerField(), default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    noted_at = models.DateTimeField(null=True, blank=True)
    registered_at = models.DateTimeField(default=timezone.now)
    registered_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    list_import = models.ForeignKey(
        "arrivals.ListImport", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    source_key = models.CharField(max_length=64, blank=True)
    source_digest = models.CharField(max_length=64, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="doubles")
    merged_at = models.DateTimeField(null=True, blank=True)
    merged_by = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["family", "place_in_family"], name="registration_stands_once_in_a_family"),
            models.UniqueConstraint(
                fields=["occasion", "source_key"], condition=~Q(source_key=""), name="registration_is_imported_once"
            ),
            models.CheckConstraint(condition=~Q(family_name=""), name="registration_has_a_name"),
            models.CheckConstraint(condition=Q(sex__in=[s.value for s in Sex]), name="registration_sex_is_known"),
            models.CheckConstraint(
                condition=Q(birth_date__isnull=True) | Q(birth_date__gte=f"{EARLIEST_YEAR}-01-01"),
                name="registration_birth_date_is_possible",
            ),
            models.CheckConstraint(
                condition=Q(postcode="") | Q(postcode__regex=r"^[0-9]{5}$"),
                name="registration_postcode_has_five_digits",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in RegistrationState]), name="registration_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["checked", "released"]) | Q(checked_at__isnull=False, checked_by__isnull=False),
                name="registration_is_checked_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="released") | Q(released_at__isnull=False, released_by__isnull=False),
                name="registration_is_released_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(findings__contained_by=sorted(f.value for f in Finding))
                & Q(accepted_findings__contained_by=sorted(f.value for f in Finding)),
                name="registration_findings_are_known",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["checked", "released"]) | Q(findings__contained_by=F("accepted_findings")),
                name="registration_is_checked_with_its_findings",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True, merged_at__isnull=True, merged_by__isnull=True)
                | Q(merged_into__isnull=False, merged_at__isnull=False, merged_by__isnull=False),
                name="registration_merged_when_and_by_whom",
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="registration_is_no_double_of_itself"),
            models.CheckConstraint(
                condition=Q(changed_at__isnull=True, changed_by__isnull=True)
                | Q(changed_at__isnull=False, changed_by__isnull=False),
                name="registration_changed_when_and_by_whom",
            ),
        ]
        indexes = [
            _in_order("occasion", name="registration_in_order"),
            _in_order("occasion", "municipality", name="registration_of_a_list"),
            _in_order("occasion", "state", name="registration_by_state"),
            _in_order("occasion", name="registration_noticed", condition=~Q(findings=[])),
            models.Index(
                fields=["occasion", "registered_at"],
                include=["organisation", "municipality"],
                condition=Q(merged_into__isnull=True),
                name="registration_by_week",
            ),
            models.Index(
                fields=["occasion", "checked_at"],
                condition=Q(state="checked", merged_into__isnull=True),
                name="registration_held_back",
            ),
            models.Index(
                fields=["occasion", "municipality"],
                condition=Q(state__in=["registered", "corrected"], merged_into__isnull=True),
                name="registration_awaiting_check",
            ),
            models.Index(
                fields=["list_import"], condition=Q(list_import__isnull=False), name="registration_of_an_import"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def listed_name(self) -> str:
        """As it stands in a register: family name first."""
        return ", ".join(part for part in (self.family_name, self.given_names) if part)

    @property
    def original_name(self) -> str:
        """The name in the original script."""
        return f"{self.original_given} {self.original_family}".strip()

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        """What a rule noticed and nobody has accepted, in the order of the rules."""
        return tuple(each for each in Finding if each in set(self.findings) - set(self.accepted_findings))


class RegistrationVersionQuerySet(models.QuerySet["RegistrationVersion"]):
    """Earlier versions of rows."""

    def visible_to(self, actor: Actor) -> RegistrationVersionQuerySet:
        return self.filter(registration__in=Registration.objects.visible_to(actor))


class RegistrationVersion(models.Model):
    """A row as it stood before a correction. Written once, and never changed."""

    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    facts = models.JSONField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)

    objects = RegistrationVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["registration", "number"], name="registration_version_stands_once"),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id}: {self.number}"
