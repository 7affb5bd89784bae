"""The cost table of the committee paper of 2022, to the cent, and what a reader of it should know."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kimwerk.finance.calculation.findings import Finding, FindingKind, findings_of
from kimwerk.finance.calculation.lines import Basis, RateMissing, UnknownLine
from kimwerk.finance.calculation.posts import Rise
from kimwerk.finance.calculation.scenarios import Changes, sensitivity, tables_of
from kimwerk.finance.calculation.table import PostTwice, YearTable, table_of
from kimwerk.kernel.fte import Fte
from kimwerk.kernel.money import Money, Rounding
from kimwerk.kernel.periods import Period
from kimwerk.staffing.reckoning import PostKind
from tests.finance.table_iii import ASSISTANCE, COORDINATION, COUNTY, LINES, ON_SITE, YEARS, assumptions, euro, people


def tables(changes: Changes | None = None) -> tuple[YearTable, ...]:
    return tables_of(YEARS, LINES, assumptions(), changes)


def found(kind: FindingKind) -> list[Finding]:
    return [finding for finding in findings_of(tables(), assumptions()) if finding.kind is kind]


@pytest.mark.parametrize(
    ("year", "county", "on_site", "overhead", "expenditure", "land", "income", "balance"),
    [
        (2022, "424.856,23", "412.472,21", "89.219,80", "981.748,24", "696.013,86", "725.113,86", "256.634,38"),
        (2023, "429.307,06", "428.269,19", "90.154,48", "1.002.930,73", "707.229,22", "736.329,22", "266.601,51"),
        (2024, "429.307,06", "428.269,19", "90.154,48", "1.002.930,73", "707.229,22", "736.329,22", "266.601,51"),
    ],
)
def test_every_cell_of_the_paper_comes_out_to_the_cent(
    year: int, county: str, on_site: str, overhead: str, expenditure: str, land: str, income: str, balance: str
) -> None:
    table = next(each for each in tables() if each.year == year)
    cells = {amount.line.key: amount.amount for amount in table.amounts}
    assert cells == {
        "county": euro(county),
        "on_site": euro(on_site),
        "it": euro("55.200,00"),
        "overhead": euro(overhead),
        "land": euro(land),
        "workplaces": euro("29.100,00"),
    }
    assert table.expenditure == euro(expenditure)
    assert table.income == euro(income)
    assert table.balance == euro(balance)


def test_the_three_balances_together() -> None:
    assert Money.sum(table.balance for table in tables()) == euro("789.837,40")


def test_the_posts_of_the_paper_are_12_61() -> None:
    by_group = {
        group: Fte.sum(held.share for held in people() if held.group == group)
        for group in (COORDINATION, ASSISTANCE, COUNTY, ON_SITE)
    }
    assert by_group == {
        COORDINATION: Fte("2.5"),
        ASSISTANCE: Fte("0.5"),
        COUNTY: Fte("2.66"),
        ON_SITE: Fte("6.95"),
    }
    assert Fte.sum(by_group.values()) == Fte("12.61")
    assert len(people()) == 16


def test_the_county_bears_a_good_quarter() -> None:
    shares = [table.own_share for table in tables()]
    assert [round(share, 4) for share in shares if share] == [Decimal("0.2614"), Decimal("0.2658"), Decimal("0.2658")]


def test_it_is_said_which_amounts_nobody_can_derive() -> None:
    assert {(finding.year, finding.line) for finding in found(FindingKind.NOT_DERIVED)} == {
        (year, line) for year in YEARS for line in ("county", "on_site", "land")
    }


def test_a_cent_is_cut_off_in_2022_only() -> None:
    assert found(FindingKind.CENT_CUT_OFF) == [
        Finding(FindingKind.CENT_CUT_OFF, 2022, "overhead", (euro("89.219,80"), euro("89.219,81")))
    ]


def test_the_subsidy_of_2022_lies_above_the_ceiling_and_that_of_2023_below() -> None:
    assert found(FindingKind.ABOVE_CEILING) == [
        Finding(FindingKind.ABOVE_CEILING, 2022, "land", (euro("7.463,86"), euro("688.550,00")))
    ]
    assert found(FindingKind.BELOW_CEILING) == [
        Finding(FindingKind.BELOW_CEILING, 2023, "land", (euro("5.540,78"), euro("712.770,00")))
    ]


def test_for_2024_no_rule_had_been_published() -> None:
    assert found(FindingKind.NO_RULE) == [Finding(FindingKind.NO_RULE, 2024, "land")]


def test_the_overheads_lie_below_the_lump_sums_of_the_kgst() -> None:
    assert found(FindingKind.BELOW_KGST)[0] == Finding(
        FindingKind.BELOW_KGST, 2022, "overhead", (euro("39.501,45"), euro("128.721,25"))
    )


def test_three_bases_stand_in_one_table() -> None:
    assert [finding.year for finding in found(FindingKind.BASES_MIXED)] == [2022, 2023, 2024]


def test_no_tariff_rise_is_planned_for_2024() -> None:
    assert {(finding.year, finding.line) for finding in found(FindingKind.NO_RISE)} == {
        (2024, "county"),
        (2024, "on_site"),
    }


def test_a_tariff_rise_in_the_middle_of_a_year_counts_for_half_of_it() -> None:
    (table,) = tables_of((2022,), LINES, assumptions(), Changes(rises=(Rise(date(2022, 7, 1), Decimal(4)),)))
    assert table.amount("county").amount == euro("433.353,35")  # 424.856,23 × 1,02
    assert table.amount("overhead").amount == euro("91.004,20")  # 21 % of it, cut off
    assert table.amount("it").amount == euro("55.200,00")
    assert table.amount("land").amount == euro("696.013,86")  # the Land's money does not rise with the tariff


def test_rises_that_follow_each_other_multiply() -> None:
    rises = (Rise(date(2022, 1, 1), Decimal(10)), Rise(date(2022, 7, 1), Decimal(10)))
    (table,) = tables_of((2022,), LINES, assumptions(), Changes(rises=rises))
    assert table.amount("county").amount == Money.rounded(
        Decimal("424856.23") * (Decimal("1.1") + Decimal("1.21")) / 2, Rounding.HALF_UP
    )


def test_a_scenario_without_changes_is_the_plan() -> None:
    assert [table.balance for table in tables(Changes())] == [table.balance for table in tables()]


def test_overheads_rounded_as_usual_cost_a_cent_more() -> None:
    lines = tuple(replace(line, rounding=Rounding.HALF_UP) for line in LINES)
    assert tables_of((2022,), lines, assumptions())[0].balance == euro("256.634,39")


def test_other_ceilings_move_the_subsidy_that_is_computed_post_by_post() -> None:
    computed = tuple(
        replace(line, basis=Basis.PERSONNEL_FUNDING, rates={}) if line.key == "land" else line for line in LINES
    )
    plan = tables_of((2022,), computed, assumptions())[0]
    assert plan.amount("land").amount == euro("688.550,00")
    ceilings = {PostKind.COORDINATION: euro("57.000"), PostKind.CASE_MANAGEMENT: euro("57.000")}
    raised = tables_of((2022,), computed, assumptions(), Changes(ceilings=ceilings))[0]
    assert raised.amount("land").amount == euro("712.770,00")


def test_someone_who_leaves_takes_the_equipment_with_them_only_when_the_year_is_over() -> None:
    gone = people()[0].key
    half = Changes(vacant={gone: (Period(date(2022, 7, 1), date(2024, 1, 1)),)})
    first, second, third = tables(half)
    assert first.amount("it").amount == euro("55.200,00")
    assert second.amount("it").amount == euro("51.750,00")
    assert third.amount("it").amount == euro("55.200,00")
    assert half.singled_out == 1


def test_personnel_moves_the_balance_most() -> None:
    first, second, *_ = sensitivity(YEARS, LINES, assumptions())
    assert (first.what, second.what) == ("land", "county")
    assert first.by < Money(0) < second.by


def test_a_post_that_stands_twice_is_refused() -> None:
    given = assumptions()
    with pytest.raises(PostTwice) as refused:
        table_of(2022, LINES, replace(given, held=(*given.held, given.held[0])))
    assert refused.value.key == given.held[0].key


def test_a_line_without_an_amount_for_the_year_names_line_and_year() -> None:
    with pytest.raises(RateMissing) as refused:
        table_of(2025, LINES, assumptions())
    assert (refused.value.line, refused.value.year) == ("county", 2025)


def test_a_percentage_of_a_line_that_is_not_there_names_both() -> None:
    lines = tuple(line for line in LINES if line.key != "county")
    with pytest.raises(UnknownLine) as refused:
        table_of(2022, lines, assumptions())
    assert (refused.value.line, refused.value.of) == ("overhead", "county")
