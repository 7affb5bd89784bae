"""The funding rules, as the calculation takes them."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files

from django.db.backends.postgresql.psycopg_any import DateRange

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
    columns = ("kind", "grant", "valid", "ceiling", "source", "per_share", "least_share", "months")
    return RuleBook(tuple(_rule(*row) for row in FundingRule.objects.order_by(*columns[:3]).values_list(*columns)))


@lru_cache(maxsize=512)
def _rule(
    kind: str, grant: str, valid: DateRange, ceiling: Decimal, source: str, per_share: Decimal, least_share: Decimal,
    months: str,
) -> Rule:  # fmt: skip
    """A rule as it is stored, made once: every plan asks for all of them."""
    return Rule(
        PostKind(kind), Grant(grant), period_of(valid), Money(ceiling), source, Fte(per_share), Fte(least_share),
        MonthCount(months),
    )  # fmt: skip
