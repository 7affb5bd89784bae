"""What came of the synthetic county's plans: bookings, proofs, money passed on, what others bear."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TypedDict

from kimwerk.access.actors import Actor
from kimwerk.directory.models import Municipality, Organisation
from kimwerk.finance.calculation.execution import in_twelfths
from kimwerk.finance.calculation.sharing import Bearer, MoveKind, ShareRole
from kimwerk.finance.models import CostPlan
from kimwerk.finance.selectors.plans import plan_inputs
from kimwerk.finance.services.bookings import apply_upload, read_upload
from kimwerk.finance.services.proofs import hand_in, keep_report
from kimwerk.finance.services.sharing import ContractFacts, ShareFacts, keep_contract, keep_share, note_move
from kimwerk.kernel import german
from kimwerk.kernel.money import Money
from kimwerk.kernel.periods import Period
from kimwerk.kernel.rounding import Rounding
from kimwerk.staffing.reckoning import PostKind

HEADS = ("Buchungstag", "Betrag", "Beleg", "Zeile", "Text")


class MoveEntry(TypedDict):
    """What happened with money that is passed on."""

    year: int
    kind: str
    on: date
    amount: str


class PassedOnEntry(TypedDict):
    """A contract of passing on as the data file has it."""

    plan: str
    recipient: str
    kind: str
    share: str
    yearly: str
    contract: str
    first_day: date
    signed_on: date
    moves: list[MoveEntry]


class SharedEntry(TypedDict):
    """What a municipality bears as the data file has it."""

    plan: str
    year: int
    title: str
    amount: str
    municipality: str
    is_reliable: bool
    source: str


class Voucher(TypedDict):
    """A single booking as the data file has it."""

    day: date
    amount: str
    reference: str
    line: str
    text: str


class BookedEntry(TypedDict, total=False):
    """A year of bookings as the data file has it; `late` came after the proof was handed in."""

    plan: str
    year: int
    through: int
    shares: dict[str, str]
    report: str
    due_on: date
    handed_in_on: date
    late: Voucher


def pass_on(
    officer: Actor, plans: Mapping[str, CostPlan], organisations: Mapping[str, int], entries: Sequence[PassedOnEntry]
) -> None:
    """Contracts with advances, proofs and money that came back."""
    for entry in entries:
        facts = ContractFacts(
            recipient=Organisation.objects.get(pk=organisations[entry["recipient"]]),
            kind=PostKind(entry["kind"]),
            share=Decimal(entry["share"]),
            first_day=entry["first_day"],
            yearly=Decimal(entry["yearly"]),
            contract=entry["contract"],
            signed_on=entry["signed_on"],
        )
        contract = keep_contract(actor=officer, plan=plans[entry["plan"]], facts=facts)
        for move in entry["moves"]:
            note_move(
                actor=officer, contract=contract, year=move["year"], kind=MoveKind(move["kind"]), on=move["on"],
                amount=Decimal(move["amount"]),
            )  # fmt: skip


def share(officer: Actor, plans: Mapping[str, CostPlan], entries: Sequence[SharedEntry]) -> None:
    """What municipalities said they bear."""
    for entry in entries:
        facts = ShareFacts(
            year=entry["year"],
            role=ShareRole.BEARS,
            bearer=Bearer.MUNICIPALITIES,
            title=entry["title"],
            amount=Decimal(entry["amount"]),
            municipality=Municipality.objects.get(ags=entry["municipality"]),
            is_reliable=entry["is_reliable"],
            source=entry["source"],
        )
        keep_share(actor=officer, plan=plans[entry["plan"]], facts=facts)


def book(officer: Actor, plans: Mapping[str, CostPlan], entries: Sequence[BookedEntry]) -> None:
    """Bookings of a year, as a file brings them in; the proof handed in, and a voucher that came later."""
    for entry in entries:
        plan, year = plans[entry["plan"]], entry["year"]
        _bring_in(officer, plan, year, f"Buchungen {year}.csv", _monthly(officer, plan, entry))
        if "handed_in_on" in entry:
            keep_report(actor=officer, plan=plan, year=year, text=entry["report"], due_on=entry["due_on"])
            hand_in(actor=officer, plan=plan, year=year, on=entry["handed_in_on"])
        if late := entry.get("late"):
            row = (late["day"], Money(late["amount"]), late["reference"], late["line"], late["text"])
            _bring_in(officer, plan, year, f"Nachtrag {year}.csv", [row])


Row = tuple[date, Money, str, str, str]


def _monthly(officer: Actor, plan: CostPlan, entry: BookedEntry) -> Iterator[Row]:
    """For each line and month one voucher of the month's twelfth, more or less."""
    table = next(table for table in plan_inputs(officer, plan).tables() if table.year == entry["year"])
    for key, part in entry["shares"].items():
        twelfths = in_twelfths(table.amount(key).amount)
        for month in range(1, entry["through"] + 1):
            day = Period.month(entry["year"], month).last_day
            amount = twelfths[month - 1].times(Decimal(part), Rounding.HALF_UP)
            yield day, amount, f"{key[0].upper()}{key[-1].upper()}-{entry['year']}-{month:02}", key, "erfunden"


def _bring_in(officer: Actor, plan: CostPlan, year: int, name: str, rows: Iterator[Row] | Sequence[Row]) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(HEADS)
    writer.writerows((german.day(day), amount.german(), *rest) for day, amount, *rest in rows)
    upload = read_upload(actor=officer, plan=plan, year=year, file_name=name, content=out.getvalue().encode())
    apply_upload(actor=officer, upload=upload)
