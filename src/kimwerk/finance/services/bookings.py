"""Bringing in bookings: a file is read and judged first, taken over when somebody says so, and can be taken back."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.finance.booking_file import ReadBooking, RefusedRow, RowProblem, read_bookings
from kimwerk.finance.models import Booking, BookingUpload, CostPlan, FundsCall, PlanLine
from kimwerk.finance.services.plans import locked_plan
from kimwerk.finance.services.settling import sum_bookings


class NotInPlan(Exception):
    """The plan does not have that year."""


class AlreadyApplied(Exception):
    """The rows of this file are taken over already."""


@transaction.atomic
def read_upload(*, actor: Actor, plan: CostPlan, year: int, file_name: str, content: bytes) -> BookingUpload:
    """Read a file without booking anything. NoBookings if it holds none, NotInPlan for a year of another plan."""
    plan = locked_plan(actor, plan)
    if year not in plan.years:
        raise NotInPlan
    titles = dict(plan.lines.values_list("key", "title"))
    found, refused = read_bookings(content, file_name, year, titles)
    new, known, changed = _against_known(plan, found)
    upload = BookingUpload.objects.create(
        plan=plan,
        year=year,
        file_name=file_name[:200],
        rows=[asdict(row) | {"day": row.day.isoformat(), "amount": str(row.amount)} for row in new],
        refused=[asdict(row) for row in sorted((*refused, *changed), key=lambda row: row.row)],
        known=known,
    )
    record(actor=actor, action="bookings.read", subject=upload, amount=len(new))
    return upload


@transaction.atomic
def apply_upload(*, actor: Actor, upload: BookingUpload) -> int:
    """Take over the rows of a file that are bookings. Returns how many; those booked meanwhile stay as they are."""
    plan, upload = _locked(actor, upload)
    if upload.applied_at is not None:
        raise AlreadyApplied
    keys = dict(plan.lines.values_list("key", "pk"))
    rows = [row for row in upload.rows if row["line"] in keys]
    before = Booking.objects.filter(line__plan=plan).count()
    Booking.objects.bulk_create(
        (
            Booking(
                line_id=keys[row["line"]],
                upload=upload,
                booked_on=date.fromisoformat(row["day"]),
                amount=Decimal(row["amount"]),
                reference=row["reference"],
                text=row["text"],
            )
            for row in rows
        ),
        ignore_conflicts=True,
    )
    upload.applied_at, upload.rows = timezone.now(), []
    upload.save()
    sum_bookings(actor, plan)
    made = Booking.objects.filter(line__plan=plan).count() - before
    record(actor=actor, action="bookings.applied", subject=upload, amount=made)
    return made


@transaction.atomic
def discard_upload(*, actor: Actor, upload: BookingUpload) -> int:
    """Forget a file, and take its bookings back. Returns how many went."""
    plan, upload = _locked(actor, upload)
    gone, _each = upload.bookings.all().delete()
    record(actor=actor, action="bookings.taken_back", subject=upload, amount=gone)
    upload.delete()
    sum_bookings(actor, plan)
    return gone


@transaction.atomic
def note_call(
    *, actor: Actor, line: PlanLine, year: int, called_on: date, amount: Decimal, received_on: date | None = None,
    note: str = "", call: FundsCall | None = None,
) -> FundsCall:  # fmt: skip
    """Note that funds were called for, or what came of it."""
    plan = locked_plan(actor, line.plan)
    if year not in plan.years:
        raise NotInPlan
    call = call or FundsCall()
    call.line, call.year, call.called_on, call.amount = line, year, called_on, amount
    call.received_on, call.note = received_on, note
    call.save()
    record(actor=actor, action="funds_call.noted", subject=call)
    return call


def _locked(actor: Actor, upload: BookingUpload) -> tuple[CostPlan, BookingUpload]:
    plan = locked_plan(actor, upload.plan)
    return plan, BookingUpload.objects.select_for_update().get(pk=upload.pk)


def _against_known(plan: CostPlan, found: list[ReadBooking]) -> tuple[list[ReadBooking], int, list[RefusedRow]]:
    """Which rows are new, how many stand in the books already, and which ones contradict them."""
    known = {
        (key, reference): (day, amount)
        for key, reference, day, amount in Booking.objects.filter(line__plan=plan).values_list(
            "line__key", "reference", "booked_on", "amount"
        )
    }
    new: list[ReadBooking] = []
    changed: list[RefusedRow] = []
    for row in found:
        booked = known.get((row.line, row.reference))
        if booked is None:
            new.append(row)
        elif booked != (row.day, row.amount):
            changed.append(RefusedRow(row.row, RowProblem.CHANGED, row.reference))
    return new, len(found) - len(new) - len(changed), changed
