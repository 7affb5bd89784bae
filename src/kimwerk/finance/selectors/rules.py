"""The funding rules, as the calculation takes them."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from kimwerk.finance.calculation.rules import FundingRule as Rule
from kimwerk.finance.calculation.rules import Grant, RuleBook, rules_of
from kimwerk.finance.models import FundingRule
from kimwerk.kernel.fte import Fte
from kimwerk.kernel.money import Money
from kimwerk.staffing.reckoning import MonthCount, PostKind
from kimwerk.staffing.selectors.posts import period_of


def rules_in_file() -> RuleBook:
    """The rules of `data/funding_rules.toml`."""
    text = files("kimwerk.finance").joinpath("data", "funding_rules.toml").read_text("utf-8")
    return rules_of(tomllib.loads(text)["rules"])


def rule_book() -> RuleBook:
    """The rules that are loaded; one query."""
    return RuleBook(
        tuple(
            Rule(
                PostKind(row.kind), Grant(row.grant), period_of(row.valid), Money(row.ceiling), row.source,
                Fte(row.per_share), Fte(row.least_share), MonthCount(row.months),
            )
            for row in FundingRule.objects.order_by("kind", "grant", "valid")
        )
    )  # fmt: skip
