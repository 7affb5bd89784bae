"""Somebody who can sign in."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.accounts.types import ClosingReason


class AccountQuerySet(models.QuerySet["Account"]):
    """Accounts are read by whoever may see who has which role, at their own organisations."""

    def visible_to(self, actor: Actor) -> AccountQuerySet:
        organisations = actor.scope(Permission.ACCOUNT_READ).touched_organisations
        own = models.Q(pk=actor.account_id)
        return self.filter(own | models.Q(memberships__organisation__in=organisations)).distinct()

    def active(self) -> AccountQuerySet:
        return self.filter(is_active=True)


class AccountManager(BaseUserManager["Account"]):
    """The manager that Django's sign-in asks for."""

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(email__iexact=username or "")


class Account(AbstractBaseUser):
    """A person who works with the program. The e-mail address is the name at sign-in."""

    email = models.EmailField(max_length=254)
    family_name = models.CharField(max_length=120)
    given_name = models.CharField(max_length=120, blank=True)
    sort_key = models.CharField(max_length=500, blank=True)
    short_sign = models.CharField(max_length=12, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_seen_on = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_reason = models.CharField(max_length=20, choices=ClosingReason.choices, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = AccountManager.from_queryset(AccountQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="account_email_is_unique"),
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="account_email_is_lower_case"),
            models.CheckConstraint(
                condition=models.Q(is_active=True, closed_at__isnull=True, closed_reason="")
                | (models.Q(is_active=False, closed_at__isnull=False) & ~models.Q(closed_reason="")),
                name="account_closed_when_and_why",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """Given name and family name."""
        return f"{self.given_name} {self.family_name}".strip()
