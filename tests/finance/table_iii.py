"""Section III of the committee paper of 10.05.2022 as a plan: posts, lines, and what is given."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from importlib.resources import files

from kimwerk.finance.calculation.lines import Assumptions, Basis, Line, Side
from kimwerk.finance.calculation.posts import Held
from kimwerk.finance.calculation.rules import RuleBook, rules_of
from kimwerk.kernel.fte import Fte
from kimwerk.kernel.money import Money, Rounding
from kimwerk.kernel.periods import Period
from kimwerk.staffing.reckoning import PostKind

YEARS = (2022, 2023, 2024)
WHOLE = Period(date(2022, 1, 1), date(2025, 1, 1))
COORDINATION, ASSISTANCE = "Koordination", "Verwaltungsassistenz"
COUNTY, ON_SITE = "Case Management Kreis", "Case Management vor Ort"
AT_COUNTY = frozenset({COORDINATION, ASSISTANCE, COUNTY})
SHARES = {
    (COORDINATION, PostKind.COORDINATION): ("1", "0.75", "0.75"),
    (ASSISTANCE, PostKind.ASSISTANCE): ("0.5",),
    (COUNTY, PostKind.CASE_MANAGEMENT): ("1", "0.83", "0.83"),
    (ON_SITE, PostKind.CASE_MANAGEMENT): ("1", "1", "0.75", "1", "0.6", "0.5", "0.8", "0.7", "0.6"),
}


def euro(text: str) -> Money:
    return Money.from_german(text)


def each(first: str, later: str) -> dict[int, Decimal]:
    return {2022: euro(first).amount, 2023: euro(later).amount, 2024: euro(later).amount}


def rule_book() -> RuleBook:
    text = files("kimwerk.finance").joinpath("data", "funding_rules.toml").read_text("utf-8")
    return rules_of(tomllib.loads(text)["rules"])


def people() -> tuple[Held, ...]:
    return tuple(
        Held(f"{group}-{number}", group, group, kind, Fte(share), (WHOLE,))
        for (group, kind), shares in SHARES.items()
        for number, share in enumerate(shares)
    )


def assumptions() -> Assumptions:
    return Assumptions(people(), rule_book())


LINES = (
    Line(
        "county", "Personalkosten MA RSK", Side.EXPENDITURE, Basis.GIVEN, each("424.856,23", "429.307,06"),
        groups=AT_COUNTY, is_personnel=True,
    ),
    Line(
        "on_site", "Personalkosten MA vor Ort", Side.EXPENDITURE, Basis.GIVEN, each("412.472,21", "428.269,19"),
        groups=frozenset({ON_SITE}), is_personnel=True,
    ),
    Line("it", "IT-Kosten", Side.EXPENDITURE, Basis.PER_HEAD, each("3.450,00", "3.450,00"), source="KGSt 07/2021"),
    Line(
        "overhead", "Zuschlag", Side.EXPENDITURE, Basis.PERCENT, each("21,00", "21,00"), rounding=Rounding.CUT_OFF,
        groups=AT_COUNTY, of=("county",),
    ),
    Line(
        "land", "Landesförderung Personal", Side.INCOME, Basis.GIVEN, each("696.013,86", "707.229,22"),
        is_personnel=True,
    ),
    Line(
        "workplaces", "Landesförderung Arbeitsplätze", Side.INCOME, Basis.PER_FTE, each("9.700,00", "9.700,00"),
        groups=frozenset({COORDINATION, ASSISTANCE}),
    ),
)  # fmt: skip
