"""What is sent to whoever is invited: one mailing, and what became of the mail to each."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.steering.models.meeting import Meeting
from kimwerk.steering.types import DeliveryState, MailingKind


class MailingQuerySet(models.QuerySet["Mailing"]):
    """Mailings of meetings whose office the actor is."""

    def kept_by(self, actor: Actor) -> MailingQuerySet:
        return self.filter(meeting__in=Meeting.objects.kept_by(actor))


class Mailing(models.Model):
    """An invitation or minutes on their way. `host` is the address of the installation, which names appointments."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="mailings")
    kind = models.CharField(max_length=12, choices=MailingKind.choices)
    host = models.CharField(max_length=200)
    ordered_at = models.DateTimeField(default=timezone.now)
    ordered_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)

    objects = MailingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[each.value for each in MailingKind]), name="mailing_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Mails of mailings that the actor keeps."""

    def kept_by(self, actor: Actor) -> DeliveryQuerySet:
        return self.filter(mailing__in=Mailing.objects.kept_by(actor))

    def waiting(self) -> DeliveryQuerySet:
        return self.filter(state=DeliveryState.WAITING.value)


class Delivery(models.Model):
    """The mail to one address, how often it was tried, and why it failed."""

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    name = models.CharField(max_length=160)
    email = models.EmailField()
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING.value)
    reason = models.CharField(max_length=12, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mailing", "email", "name"], name="delivery_stands_once"),
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in DeliveryState]), name="delivery_state_is_known"
            ),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(reason=""), name="delivery_fails_for_a_reason"),
        ]

    def __str__(self) -> str:
        return self.name
