"""What was booked on the lines of a plan, the files it came from, and what was called for."""

from __future__ import annotations

from django.db import models

from kimwerk.finance.models.line import PlanLine
from kimwerk.finance.models.plan import CostPlan


class BookingUpload(models.Model):
    """A file of bookings that was read: `rows` wait to be taken over, `refused` says which rows cannot be."""

    plan = models.ForeignKey(CostPlan, on_delete=models.CASCADE, related_name="uploads")
    year = models.PositiveSmallIntegerField()
    file_name = models.CharField(max_length=200)
    rows = models.JSONField(default=list)
    refused = models.JSONField(default=list)
    known = models.PositiveIntegerField(default=0)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name


class Booking(models.Model):
    """One voucher on a line. Single bookings of personnel are salaries: they stand behind that wall."""

    line = models.ForeignKey(PlanLine, on_delete=models.PROTECT, related_name="bookings")
    upload = models.ForeignKey(BookingUpload, on_delete=models.PROTECT, null=True, related_name="bookings")
    booked_on = models.DateField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    reference = models.CharField(max_length=60)
    text = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "reference"], name="booking_is_one_of_its_voucher"),
            models.CheckConstraint(condition=~models.Q(amount=0), name="booking_has_an_amount"),
            models.CheckConstraint(condition=~models.Q(reference=""), name="booking_has_a_voucher"),
        ]
        ordering = ["booked_on", "pk"]

    def __str__(self) -> str:
        return self.reference


class BookedMonth(models.Model):
    """What the bookings of a line come to in a month: the sum may be read where its parts may not.

    Written anew by every errand that changes bookings or posts. `people` counts whom a line of personnel
    covers; a sum over one or two tells a salary, and the wall keeps it from others.
    """

    line = models.ForeignKey(PlanLine, on_delete=models.CASCADE, related_name="booked_months")
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    people = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "year", "month"], name="booked_month_is_one"),
            models.CheckConstraint(condition=models.Q(month__gte=1, month__lte=12), name="booked_month_is_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.year}-{self.month}"


class FundsCall(models.Model):
    """Money of a line of income that was called for (Mittelabruf), and what came of it."""

    line = models.ForeignKey(PlanLine, on_delete=models.PROTECT, related_name="calls")
    year = models.PositiveSmallIntegerField()
    called_on = models.DateField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    received_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="funds_call_is_of_an_amount"),
            models.CheckConstraint(
                condition=models.Q(received_on__isnull=True) | models.Q(received_on__gte=models.F("called_on")),
                name="funds_call_is_answered_later",
            ),
        ]
        ordering = ["called_on", "pk"]

    def __str__(self) -> str:
        return f"{self.line_id} {self.called_on}"
