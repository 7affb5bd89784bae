"""One-time tokens: an invitation to an account, and the demo's way to sign in. Only hashes are kept."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from kimwerk.accounts.models.account import Account


class OneTime(models.Model):
    """Something that can be used once, until a moment."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def is_usable(self, now: datetime) -> bool:
        """Whether it was not used and has not expired."""
        return self.used_at is None and now < self.expires_at


class Invitation(OneTime):
    """Lets the invited person set a password and a second factor for an account that waits."""

    invited_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Invitation {self.pk}"


class SignInLink(OneTime):
    """Signs in to a synthetic account of the demo. Does nothing anywhere else."""

    def __str__(self) -> str:
        return f"Sign-in link {self.pk}"
