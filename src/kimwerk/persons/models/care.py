"""Who is entrusted with a person."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.persons.types import CareReason


class CareQuerySet(models.QuerySet["Care"]):
    """Care, as a page about a person shows it."""

    def visible_to(self, actor: Actor) -> CareQuerySet:
        """One's own, that of others for persons in one's care, and all where one oversees cases."""
        own = Care.objects.of(actor).values("person")
        overseen = actor.scope(Permission.CASE_OVERSEE).touched_organisations
        return self.filter(Q(account=actor.account_id) | Q(person__in=own) | Q(organisation__in=overseen))

    def of(self, actor: Actor) -> CareQuerySet:
        """What the actor is entrusted with now, at organisations where the right to it still holds."""
        kept = actor.scope(Permission.PERSON_KEEP).touched_organisations
        homes = sorted(kept | actor.scope(Permission.CASE_OVERSEE).touched_organisations)
        return self.in_force().filter(account=actor.account_id, organisation__in=homes)

    def in_force(self) -> CareQuerySet:
        """Begun and not ended: judged by the database's clock at the moment of reading."""
        return self.filter(begins_at__lte=Now()).filter(Q(ends_at__isnull=True) | Q(ends_at__gt=Now()))


class Care(models.Model):
    """Responsibility (Zuständigkeit): the one answer to who may open a person's file, and why.

    The organisation is the person's own (a key over both columns sees to it): nobody at another
    organisation can be entrusted. `case_key` says which case gave it. It ends; it is never deleted.
    """

    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="care", db_index=False)
    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)
    reason = models.CharField(max_length=12, choices=[(r.value, r.value) for r in CareReason])
    case_key = models.CharField(max_length=40, blank=True)
    begins_at = models.DateTimeField(db_default=Now())
    ends_at = models.DateTimeField(null=True, blank=True)
    granted_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)

    objects = CareQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(reason__in=[r.value for r in CareReason]), name="care_reason_is_known"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=models.F("begins_at")),
                name="care_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(reason=CareReason.BREAK_GLASS.value) | Q(ends_at__isnull=False),
                name="care_by_breaking_the_glass_ends",
            ),
            models.UniqueConstraint(
                fields=["person", "account", "reason", "case_key"],
                condition=Q(ends_at__isnull=True),
                name="care_is_open_once_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["account"], include=["person", "organisation", "begins_at", "ends_at"], name="care_of"
            ),
            models.Index(
                fields=["person", "account"], include=["organisation", "begins_at", "ends_at"], name="care_for"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.account_id}"


def in_care_of(actor: Actor, person: str = "") -> Q:
    """People in the actor's care now, whose file is not erased; `person` leads to them, such as "person"."""
    mine = Care.objects.of(actor).values("person")
    if not person:
        return Q(pk__in=mine, erased_at__isnull=True)
    return Q(**{f"{person}__in": mine, f"{person}__erased_at__isnull": True})
