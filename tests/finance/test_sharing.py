"""Who bears and who benefits, to the cent, and money that is passed on from contract to recall."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.access.actors import Actor
from kimwerk.directory.models import Municipality, Organisation
from kimwerk.finance.calculation.proof import DoubleKind
from kimwerk.finance.calculation.sharing import (
    Bearer,
    Matrix,
    MoveKind,
    ShareRole,
    by_weight,
    entered_rows,
    passed_on,
)
from kimwerk.finance.proving import proof_of
from kimwerk.finance.selectors.plans import plan_inputs
from kimwerk.finance.selectors.sharing import sharing_of, state_of
from kimwerk.finance.services.sharing import ContractFacts, ShareFacts, keep_contract, keep_share, note_move
from kimwerk.kernel.money import Money
from kimwerk.kernel.periods import Period
from kimwerk.staffing.reckoning import PostKind
from tests.cast import Cast
from tests.finance.test_plans import a_plan, fiona

__all__ = ["fiona"]

Act = Callable[[Actor], Actor]
SignIn = Callable[[str], Client]
CENTS = st.integers(0, 10**9).map(lambda cents: Money(Decimal(cents).scaleb(-2)))


@given(amount=CENTS, county=st.integers(0, 999), towns=st.integers(1, 999))
def test_parts_are_the_whole_to_the_cent(amount: Money, county: int, towns: int) -> None:
    weights = {Bearer.COUNTY: Fraction(county, 365), Bearer.MUNICIPALITIES: Fraction(towns, 366)}
    assert Money.sum(by_weight(amount, weights).values()) == amount


@given(entries=st.lists(st.tuples(st.sampled_from(["IT", "Büro"]), st.sampled_from(Bearer), CENTS)))
def test_rows_and_columns_of_the_matrix_have_the_same_sum(entries: list[tuple[str, Bearer, Money]]) -> None:
    matrix = Matrix(entered_rows(entries))
    assert matrix.total == Money.sum(amount for _title, _bearer, amount in entries)
    assert Money.sum(matrix.of(bearer) for bearer in Bearer) == matrix.total


@given(advanced=CENTS, proven=CENTS, yearly=CENTS)
def test_nobody_keeps_more_than_is_proven_and_agreed(advanced: Money, proven: Money, yearly: Money) -> None:
    year = Period.year(2022)
    state = passed_on(yearly, year, year, [(MoveKind.ADVANCE, advanced), (MoveKind.PROOF, proven)])
    assert advanced - state.to_recall + state.to_pay == min(proven, yearly)
    assert not (state.to_recall and state.to_pay)
    assert not passed_on(yearly, year, year, [(MoveKind.ADVANCE, advanced)]).to_recall


def test_half_a_year_is_half_of_what_is_agreed() -> None:
    half = passed_on(Money(55_000), Period(date(2022, 7, 1), date(2023, 7, 1)), Period.year(2022), [])
    assert half.agreed == Money(27_500)


def test_a_matrix_says_for_how_many_municipalities_it_holds(
    fiona: Actor, cast: Cast, act_as: Act, sign_in: SignIn
) -> None:
    plan = a_plan(fiona, cast)
    hennef = Municipality.objects.get(ags="05382020")
    office = ShareFacts(2022, ShareRole.BEARS, Bearer.MUNICIPALITIES, "Büro", Decimal(9_700), hennef, is_reliable=True)
    keep_share(actor=fiona, plan=plan, facts=office)
    keep_share(actor=fiona, plan=plan, facts=ShareFacts(2022, ShareRole.BEARS, Bearer.AGENCIES, "Büro", Decimal(300)))
    found = sharing_of(fiona, plan_inputs(fiona, plan), 2022)
    assert (found.reliable, found.municipalities) == (1, 4)
    assert found.costs.of(Bearer.LAND) == Money(165_000)
    assert found.costs.of(Bearer.COUNTY) == Money(51_000)
    assert found.costs.of(Bearer.MUNICIPALITIES) == Money(9_700)
    body = sign_in("lena").get(reverse("finance:sharing", args=[plan.pk])).content.decode()
    assert "1 von 4" in body
    assert "9.700,00" in body
    act_as(cast.actor("fiona"))
    two = a_plan(fiona, cast, people=2, name="zwei")
    act_as(cast.actor("lena"))
    hidden = sharing_of(cast.actor("lena"), plan_inputs(cast.actor("lena"), two), 2022)
    assert hidden.costs.rows == ()


def test_a_post_is_passed_on_with_contract_advance_proof_and_recall(fiona: Actor, cast: Cast, sign_in: SignIn) -> None:
    plan = a_plan(fiona, cast)
    client = sign_in("fiona")
    troisdorf = cast.organisations["Stadt Troisdorf"]
    facts = {
        "recipient": str(troisdorf), "contract": "WL 1/2022", "kind": "case_management", "share": "1",
        "first_day": "2022-01-01", "yearly": "55.000",
    }  # fmt: skip
    page = client.post(reverse("finance:add_pass_through", args=[plan.pk]), facts, follow=True)
    assert "Nachweis fehlt" in page.content.decode()
    contract = plan.pass_throughs.get()
    for kind, amount in (("advance", "55.000"), ("proof", "52.000,50")):
        sent = {"year": "2022", "kind": kind, "on": "2022-12-01", "amount": amount}
        page = client.post(reverse("finance:add_move", args=[contract.pk]), sent, follow=True)
    assert "2.999,50" in page.content.decode()
    note_move(
        actor=fiona, contract=contract, year=2022, kind=MoveKind.RECALL, on=date(2023, 3, 1), amount=Decimal("2999.50")
    )
    contract.refresh_from_db()
    assert not state_of(contract, 2022).to_recall


def test_a_post_that_is_passed_on_and_in_the_plan_is_funded_twice(fiona: Actor, cast: Cast) -> None:
    plan = a_plan(fiona, cast)
    recipient = Organisation.objects.get(pk=cast.organisations["Stadt Troisdorf"])
    facts = ContractFacts(
        recipient, PostKind.CASE_MANAGEMENT, Decimal(1), date(2022, 10, 1), Decimal(55_000), "WL",
        post=plan.posts.get(title="Stelle 1"),
    )  # fmt: skip
    keep_contract(actor=fiona, plan=plan, facts=facts)
    found = proof_of(fiona, plan, 2022).found
    assert [(each.kind, each.subject, each.months) for each in found] == [(DoubleKind.PASSED_ON_TOO, "Stelle 1", 3)]
