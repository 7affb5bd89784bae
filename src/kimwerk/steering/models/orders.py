"""Standing orders of a committee: versions, and the steps by which each came into force."""

from __future__ import annotations

from django.db import models

from kimwerk.access.actors import Actor
from kimwerk.steering.models.committee import Committee
from kimwerk.steering.types import OrdersStepKind


class StandingOrdersQuerySet(models.QuerySet["StandingOrders"]):
    """Versions of committees that the actor may read or keep."""

    def visible_to(self, actor: Actor) -> StandingOrdersQuerySet:
        return self.filter(committee__in=Committee.objects.visible_to(actor))

    def kept_by(self, actor: Actor) -> StandingOrdersQuerySet:
        return self.filter(committee__in=Committee.objects.kept_by(actor))


class StandingOrders(models.Model):
    """One version of a committee's standing orders. Once adopted it never changes; the database sees to it."""

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="orders")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    reason = models.CharField(max_length=200, blank=True)

    objects = StandingOrdersQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["committee", "number"], name="orders_version_stands_once"),
            models.CheckConstraint(condition=~models.Q(text=""), name="orders_have_a_text"),
        ]

    def __str__(self) -> str:
        return str(self.number)


class OrdersStep(models.Model):
    """One step of a version on its way into force."""

    orders = models.ForeignKey(StandingOrders, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=20, choices=OrdersStepKind.choices)
    on_day = models.DateField()
    by = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["orders", "kind"], name="orders_step_is_taken_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in OrdersStepKind]), name="orders_step_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
