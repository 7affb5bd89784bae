"""Where an account holds which role, and for how long."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models.functions import Coalesce

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.access.roles import Role
from kimwerk.accounts.models.account import Account
from kimwerk.accounts.types import RoleLabel


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships at the actor's own organisations, and the actor's own."""

    def visible_to(self, actor: Actor) -> MembershipQuerySet:
        organisations = actor.scope(Permission.ACCOUNT_READ).touched_organisations
        return self.filter(models.Q(account=actor.account_id) | models.Q(organisation__in=organisations))

    def current(self, on: date) -> MembershipQuerySet:
        return self.filter(valid__contains=on)


class Membership(models.Model):
    """A role at an organisation, in all of it or in one municipality, for a period."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=40, choices=RoleLabel.choices)
    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    municipality = models.ForeignKey(
        "directory.Municipality", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    valid = DateRangeField()
    granted_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    granted_at = models.DateTimeField(auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="membership_is_held_once_at_a_time",
                expressions=[
                    ("account", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    (Coalesce("municipality", 0), RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=[role.value for role in Role]), name="membership_role_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(valid__isempty=False, valid__startswith__isnull=False),
                name="membership_has_a_first_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.get_role_display()}"


class RoleRight(models.Model):
    """The role table as the database's walls read it. Written from the code, never by hand."""

    role = models.CharField(max_length=40)
    permission = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role", "permission"], name="role_right_stands_once")]

    def __str__(self) -> str:
        return f"{self.role}: {self.permission}"
