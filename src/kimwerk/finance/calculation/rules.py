"""The Land's funding rules as dated data. A rule that is missing for a month is named, never guessed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from kimwerk.kernel.fte import Fte
from kimwerk.kernel.money import Money, Rounding
from kimwerk.kernel.periods import MONTHS_OF_YEAR, Period
from kimwerk.staffing.reckoning import MonthCount, PostKind, months, without


class Grant(StrEnum):
    """What the money of a rule is for."""

    PERSONNEL = "personnel"
    WORKPLACE = "workplace"


@dataclass(frozen=True, slots=True)
class FundingRule:
    """At most `ceiling` a year for `per_share` of a post of this kind, from the first to the last day of `valid`.

    A post below `least_share` gets nothing. `months` says how a month counts that is occupied in part.
    """

    kind: PostKind
    grant: Grant
    valid: Period
    ceiling: Money
    source: str
    per_share: Fte = field(default_factory=lambda: Fte(1))
    least_share: Fte = field(default_factory=lambda: Fte(0))
    months: MonthCount = MonthCount.BY_DAYS

    def yearly(self, share: Fte) -> Fraction:
        """The ceiling for twelve months of this share, exact."""
        return Fraction(self.ceiling.amount) * Fraction(share.posts) / Fraction(self.per_share.posts)


@dataclass(frozen=True, slots=True)
class Step:
    """One rule's part of a ceiling: so many months of so much a year."""

    rule: FundingRule
    months: Fraction
    yearly: Fraction

    @property
    def ceiling(self) -> Fraction:
        """What this rule allows for its months, exact."""
        return self.yearly * self.months / MONTHS_OF_YEAR


@dataclass(frozen=True, slots=True)
class Asked:
    """A year of a share of a post as far as rules ask for it: alike ones are entitled alike.

    `eligible` are the days of the year on which it is held and no other programme pays.
    """

    kind: PostKind
    share: Fte
    whole_share: Fte
    year: int
    eligible: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class Entitlement:
    """What the rules allow for a share in a year.

    `is_ruled` says whether a rule of this kind holds in the year at all, `below` is one whose least share the post
    does not reach; `gaps` are eligible days without a rule, `unruled` the months they make.
    """

    steps: tuple[Step, ...]
    ceiling: Money
    is_ruled: bool
    below: FundingRule | None
    gaps: tuple[Period, ...]
    unruled: Fraction


class RulesOverlap(ValueError):
    """Two rules fund the same kind of post on the same day, so that money would be counted twice."""

    def __init__(self, first: FundingRule, second: FundingRule) -> None:
        super().__init__(f"{first.kind}/{first.grant}: {first.valid} and {second.valid}")
        self.first, self.second = first, second


@dataclass(frozen=True, slots=True, eq=False)
class RuleBook:
    """All rules of a Land; no two for the same kind, grant and day. Equal to itself alone, and quick to look up."""

    rules: tuple[FundingRule, ...]
    _known: dict[Grant, dict[Asked, Entitlement]] = field(
        default_factory=lambda: {grant: {} for grant in Grant}, init=False, compare=False, repr=False
    )
    _touching: dict[tuple[PostKind, Grant, int], tuple[tuple[FundingRule, Period], ...]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def __post_init__(self) -> None:
        ordered = sorted(self.rules, key=lambda rule: (rule.kind, rule.grant, rule.valid))
        for first, second in pairwise(ordered):
            is_same = (first.kind, first.grant) == (second.kind, second.grant)
            if is_same and first.valid.overlaps(second.valid):
                raise RulesOverlap(first, second)

    def touching(self, kind: PostKind, grant: Grant, year: int) -> tuple[tuple[FundingRule, Period], ...]:
        """The rules that hold on days of the year, each with those days; looked for once."""
        key = kind, grant, year
        if key not in self._touching:
            self._touching[key] = tuple(
                (rule, common)
                for rule in self.rules
                if rule.kind is kind and rule.grant is grant and (common := rule.valid.intersection(Period.year(year)))
            )
        return self._touching[key]

    def entitlement(self, asked: Asked, grant: Grant) -> Entitlement:
        """What the rules allow; computed once for all shares that are alike."""
        known = self._known[grant]
        if asked not in known:
            known[asked] = self._entitlement(asked, grant)
        return known[asked]

    def _entitlement(self, asked: Asked, grant: Grant) -> Entitlement:
        """The ceiling is rounded half up, here and once."""
        touching = self.touching(asked.kind, grant, asked.year)
        steps = tuple(
            Step(rule, counted, rule.yearly(asked.share))
            for rule, days in touching
            if asked.whole_share >= rule.least_share and (counted := months(asked.eligible, days, rule.months))
        )
        ceiling = Money.rounded(sum((step.ceiling for step in steps), Fraction(0)), Rounding.HALF_UP)
        below = next((rule for rule, _days in touching if asked.whole_share < rule.least_share), None)
        gaps = without(asked.eligible, [days for _, days in touching])
        return Entitlement(steps, ceiling, bool(touching), below, gaps, months(gaps, Period.year(asked.year)))

    def with_ceilings(self, changed: Mapping[PostKind, Money]) -> RuleBook:
        """The same rules with other ceilings for personnel: what a scenario asks."""
        if not changed:
            return self
        return RuleBook(
            tuple(
                replace(rule, ceiling=changed[rule.kind])
                if rule.grant is Grant.PERSONNEL and rule.kind in changed
                else rule
                for rule in self.rules
            )
        )


def rules_of(entries: Iterable[Mapping[str, object]]) -> RuleBook:
    """The rules of a data file (`data/funding_rules.toml`); KeyError or ValueError where an entry is no rule."""
    return RuleBook(tuple(_rule(entry) for entry in entries))


def _rule(entry: Mapping[str, object]) -> FundingRule:
    first, last = entry["from"], entry["until"]
    if not isinstance(first, date) or not isinstance(last, date):
        raise ValueError("a rule holds from a day until a day")
    return FundingRule(
        kind=PostKind(str(entry["kind"])),
        grant=Grant(str(entry["grant"])),
        valid=Period.of_days(first, last),
        ceiling=Money(Decimal(str(entry["ceiling"]))),
        source=str(entry["source"]),
        per_share=Fte(str(entry.get("per_share", "1"))),
        least_share=Fte(str(entry.get("least_share", "0"))),
        months=MonthCount(str(entry.get("months", "by_days"))),
    )
