"""Bookings against a plan: what a file may hold, by month, to year end, and who sees which sums."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.access.actors import Actor
from kimwerk.finance.booking_file import NoBookings, RowProblem, read_bookings
from kimwerk.finance.calculation.execution import callable_now, in_twelfths
from kimwerk.finance.models import BookedMonth, Booking, BookingUpload, CostPlan
from kimwerk.finance.selectors.execution import execution
from kimwerk.finance.selectors.plans import plan_inputs
from kimwerk.finance.services.bookings import (
    AlreadyApplied,
    apply_upload,
    discard_upload,
    note_call,
    read_upload,
)
from kimwerk.finance.services.plans import LineBooked, remove_line
from kimwerk.kernel.money import Money
from tests.cast import Cast
from tests.finance.test_plans import a_plan, fiona

__all__ = ["fiona"]

Act = Callable[[Actor], Actor]
SignIn = Callable[[str], Client]
LINES = {"personnel": "Personal", "overhead": "Zuschlag", "land": "Land"}
HEAD = ["Buchungstag", "Betrag", "Beleg", "Zeile", "Text"]
GOOD = (
    b"Buchungstag;Betrag;Beleg;Zeile;Text\n"
    b"31.01.2022;15.000,00;P-01;Personal;Januar\n"
    b"28.02.2022;15.000,00;P-02;personnel;Februar\n"
    b"28.02.2022;100,10;S-1;Zuschlag;\n"
    b"01.02.2022;40.000;L-1;Land;Abschlag\n"
)


def workbook(*rows: list[object]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    days = book.add_format({"num_format": "dd.mm.yyyy"})
    for number, row in enumerate([HEAD, *rows]):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, column, cell, days)  # type: ignore[arg-type]  # xlsxwriter takes days too
            else:
                sheet.write(number, column, cell)
    book.close()
    return out.getvalue()


def bring_in(fiona: Actor, plan: CostPlan, content: bytes = GOOD) -> BookingUpload:
    upload = read_upload(actor=fiona, plan=plan, year=2022, file_name="2022.csv", content=content)
    apply_upload(actor=fiona, upload=upload)
    return upload


def test_a_row_that_is_no_booking_says_why_and_the_others_are_read() -> None:
    day = date(2022, 3, 31)
    content = workbook(
        [day, 1234.5, "B-1", "Personal", "März"],
        [day, "1.234,50", "B-2", "Personal", ""],
        [date(2021, 12, 31), 5, "B-3", "Personal", ""],
        ["gestern", 5, "B-4", "Personal", ""],
        [day, 5, "B-5", "Reisekosten", ""],
        [day, 5, "", "Personal", ""],
        [day, 1.005, "B-6", "Personal", ""],
        [day, 0, "B-7", "Personal", ""],
        [day, -5, "B-1", "Personal", ""],
        [day, 0.1 + 0.2, 4711, "zuschlag", ""],
    )
    found, refused = read_bookings(content, "x.xlsx", 2022, LINES)
    assert [(row.reference, row.amount, row.line) for row in found] == [
        ("B-1", Decimal("1234.50"), "personnel"), ("4711", Decimal("0.30"), "overhead"),
    ]  # fmt: skip
    assert [(row.row, row.problem) for row in refused] == [
        (3, RowProblem.AMOUNT_IS_TEXT), (4, RowProblem.WRONG_YEAR), (5, RowProblem.NO_DAY),
        (6, RowProblem.UNKNOWN_LINE), (7, RowProblem.NO_REFERENCE), (8, RowProblem.PLACES),
        (9, RowProblem.NO_AMOUNT), (10, RowProblem.TWICE),
    ]  # fmt: skip


def test_a_file_without_its_columns_names_them() -> None:
    with pytest.raises(NoBookings) as refused:
        read_bookings(b"Datum;Betrag\n1.1.2022;5\n", "x.csv", 2022, LINES)
    assert refused.value.missing == ("Beleg", "Zeile")
    with pytest.raises(NoBookings):
        read_bookings(b"%PDF-1.7", "x.pdf", 2022, LINES)


@given(cents=st.integers(-(10**11), 10**11))
def test_twelve_months_are_the_year_to_the_cent_and_differ_by_a_cent_at_most(cents: int) -> None:
    amount = Money(Decimal(cents).scaleb(-2))
    months = in_twelfths(amount)
    assert len(months) == 12
    assert Money.sum(months) == amount
    assert max(months) - min(months) <= Money("0.01")


@given(planned=st.integers(0, 10**9), called=st.integers(0, 10**9), through=st.integers(0, 12))
def test_what_may_be_called_for_never_goes_beyond_the_plan(planned: int, called: int, through: int) -> None:
    months = in_twelfths(Money(Decimal(planned).scaleb(-2)))
    before = Money(Decimal(called).scaleb(-2))
    found = callable_now(months, through, [before])
    assert Money(0) <= found
    assert not found or found + before == Money.sum(months[:through])


def test_nothing_is_booked_by_reading_and_the_same_file_twice_books_nothing_new(fiona: Actor, cast: Cast) -> None:
    plan = a_plan(fiona, cast)
    upload = read_upload(actor=fiona, plan=plan, year=2022, file_name="2022.csv", content=GOOD)
    assert (len(upload.rows), Booking.objects.count()) == (4, 0)
    assert apply_upload(actor=fiona, upload=upload) == 4
    with pytest.raises(AlreadyApplied):
        apply_upload(actor=fiona, upload=upload)
    again = read_upload(actor=fiona, plan=plan, year=2022, file_name="2022.csv", content=GOOD)
    assert (again.rows, again.refused, again.known) == ([], [], 4)
    changed = read_upload(
        actor=fiona, plan=plan, year=2022, file_name="2022.csv", content=GOOD.replace(b"100,10", b"100,20")
    )
    assert [(row["row"], row["problem"]) for row in changed.refused] == [(4, RowProblem.CHANGED.value)]


def test_a_year_is_foreseen_from_bookings_and_the_plan_of_the_months_to_come(fiona: Actor, cast: Cast) -> None:
    plan = a_plan(fiona, cast)
    upload = bring_in(fiona, plan)
    done = execution(plan_inputs(fiona, plan), 2022)
    by_line = {each.line.key: each for each in done.lines}
    assert done.through == 2
    assert by_line["personnel"].planned_so_far == Money(30_000)
    assert by_line["personnel"].forecast == Money(180_000)
    assert by_line["overhead"].forecast == Money("30100.10")  # ten months of 3.000 and what is booked
    assert by_line["land"].forecast == Money(40_000 + 137_500)
    discard_upload(actor=fiona, upload=upload)
    assert (Booking.objects.count(), BookedMonth.objects.count()) == (0, 0)


def test_a_line_with_bookings_stays_and_only_who_keeps_money_books(fiona: Actor, cast: Cast, act_as: Act) -> None:
    plan = a_plan(fiona, cast)
    bring_in(fiona, plan)
    with pytest.raises(LineBooked):
        remove_line(actor=fiona, line=plan.lines.get(key="overhead"))
    lena = act_as(cast.actor("lena"))
    with pytest.raises((PermissionDenied, CostPlan.DoesNotExist)):
        read_upload(actor=lena, plan=plan, year=2022, file_name="x.csv", content=GOOD)


@pytest.mark.parametrize(("people", "shown"), [(3, True), (2, False)])
def test_the_leadership_sees_sums_of_months_of_three_people_and_no_single_booking(
    fiona: Actor, cast: Cast, act_as: Act, sign_in: SignIn, people: int, shown: bool
) -> None:
    plan = a_plan(fiona, cast, people=people)
    bring_in(fiona, plan)
    act_as(cast.actor("lena"))
    assert Booking.objects.count() == 0
    assert BookingUpload.objects.count() == 0
    assert BookedMonth.objects.filter(line__key="personnel").exists() is shown
    body = sign_in("lena").get(reverse("finance:execution", args=[plan.pk])).content.decode()
    assert ("15.000,00" in body) is shown
    assert ("30.000,00" in body) is shown


def test_the_pages_read_a_file_take_it_over_and_note_a_call(fiona: Actor, cast: Cast, sign_in: SignIn) -> None:
    plan = a_plan(fiona, cast)
    client = sign_in("fiona")
    bad = GOOD + "31.01.2023;5,00;P-09;Personal;\n31.01.2022;fünf;P-10;Personal;\n".encode()
    sent = {"year": "2022", "file": SimpleUploadedFile("Buchungen.csv", bad)}
    page = client.post(reverse("finance:upload_bookings", args=[plan.pk]), sent, follow=True)
    body = page.content.decode()
    assert "Zeile 6: 31.01.2023 liegt nicht in 2022" in body
    assert "Zeile 7: „fünf“ ist kein Betrag" in body
    upload = BookingUpload.objects.get()
    page = client.post(reverse("finance:apply_bookings", args=[upload.pk]), follow=True)
    assert "4 Buchungen sind übernommen." in page.content.decode()
    refused = client.post(
        reverse("finance:upload_bookings", args=[plan.pk]),
        {"year": "2022", "file": SimpleUploadedFile("x.csv", b"a;b\n1;2\n")},
    )
    assert "Buchungstag, Betrag, Beleg, Zeile" in refused.content.decode()
    line = plan.lines.get(key="land")
    facts = {"year": "2022", "line": str(line.pk), "amount": "20.000", "called_on": "2022-02-01"}
    wrong = client.post(reverse("finance:add_call", args=[plan.pk]), facts | {"received_on": "2022-01-01"})
    assert "bevor" in wrong.content.decode()
    page = client.post(reverse("finance:add_call", args=[plan.pk]), facts, follow=True)
    assert "7.500,00" in page.content.decode()  # two months of 165.000, less 20.000


def test_a_call_is_for_a_year_of_the_plan(fiona: Actor, cast: Cast) -> None:
    plan = a_plan(fiona, cast)
    call = note_call(
        actor=fiona, line=plan.lines.get(key="land"), year=2022, called_on=date(2022, 3, 1), amount=Decimal(5)
    )
    assert call.received_on is None
