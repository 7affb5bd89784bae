"""What of money waits on "Mein Tag", and for whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.directory.models import Organisation
from kimwerk.finance.calculation.sharing import MoveKind
from kimwerk.finance.due import due_items
from kimwerk.finance.services.bookings import note_call, read_upload
from kimwerk.finance.services.plans import PlanFacts, change_plan
from kimwerk.finance.services.proofs import hand_in, keep_report
from kimwerk.finance.services.sharing import ContractFacts, keep_contract, note_move
from kimwerk.staffing.reckoning import PostKind
from tests.cast import Cast
from tests.finance.test_bookings import GOOD
from tests.finance.test_plans import a_plan, fiona

__all__ = ["fiona"]

Act = Callable[[Actor], Actor]


def test_the_finance_officer_is_told_what_waits_and_others_are_not(
    fiona: Actor, cast: Cast, act_as: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda: date(2023, 10, 1))
    plan = a_plan(fiona, cast, years=3)
    assert due_items(fiona) == ()  # it is not in force
    plan = change_plan(actor=fiona, plan=plan, facts=PlanFacts("probe", "Probe", 2022, 2024, is_in_force=True))
    recipient = Organisation.objects.get(pk=cast.organisations["Stadt Troisdorf"])
    facts = ContractFacts(recipient, PostKind.COORDINATION, Decimal(1), date(2022, 1, 1), Decimal(50_000), "WL 1")
    contract = keep_contract(actor=fiona, plan=plan, facts=facts)
    note_move(
        actor=fiona, contract=contract, year=2022, kind=MoveKind.ADVANCE, on=date(2022, 2, 1), amount=Decimal(50_000)
    )
    note_call(
        actor=fiona, line=plan.lines.get(key="land"), year=2023, called_on=date(2023, 7, 1), amount=Decimal(1_000)
    )
    read_upload(actor=fiona, plan=plan, year=2022, file_name="Buchungen.csv", content=GOOD)
    assert [str(item.title).replace("\N{NO-BREAK SPACE}", " ") for item in due_items(fiona)] == [
        "Antrag für 2024 stellen", "Verwendungsnachweis 2022 einreichen", "Nachweis von Stadt Troisdorf für 2022 fehlt",
        "1.000,00 € sind abgerufen und nicht eingegangen", "4 Buchungen warten auf Übernahme",
    ]  # fmt: skip
    note_move(
        actor=fiona, contract=contract, year=2022, kind=MoveKind.PROOF, on=date(2023, 2, 1), amount=Decimal(49_000)
    )
    keep_report(actor=fiona, plan=plan, year=2022, text="", due_on=date(2023, 10, 9))
    [proof] = [item for item in due_items(fiona) if "Verwendungsnachweis" in str(item.title)]
    assert (proof.due_on, proof.is_urgent) == (date(2023, 10, 9), True)
    hand_in(actor=fiona, plan=plan, year=2022, on=date(2023, 10, 1))
    titles = [str(item.title).replace("\N{NO-BREAK SPACE}", " ") for item in due_items(fiona)]
    assert titles[1] == "1.000,00 € von Stadt Troisdorf zurückfordern"
    assert not any("Verwendungsnachweis" in title for title in titles)
    assert due_items(act_as(cast.actor("lena"))) == ()
