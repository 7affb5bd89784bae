"""Amounts, findings and reasons of funding in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kimwerk.finance.calculation.findings import Finding, FindingKind
from kimwerk.finance.calculation.funding import Award, Reason
from kimwerk.finance.calculation.lines import Amount, Basis, Line, RateMissing, UnknownLine
from kimwerk.finance.calculation.posts import CannotCompute, PayMissing
from kimwerk.finance.calculation.table import PostTwice
from kimwerk.kernel import german
from kimwerk.kernel.figures import Text
from kimwerk.kernel.money import Money
from kimwerk.kernel.rounding import Rounding, rounded, trimmed

NBSP = german.NO_BREAK_SPACE
PLACES_SHOWN = 4


def euro(amount: Money | Decimal) -> str:
    """ "424.856,23 €"."""
    return f"{german.number(amount.amount if isinstance(amount, Money) else amount, 2)}{NBSP}€"


def origin_of(amount: Amount) -> str:
    """Where an amount comes from, with its only rounding."""
    return _ORIGINS[amount.line.basis](amount) + _rounding_of(amount)


def _given(amount: Amount) -> str:
    if amount.rate is not None and amount.exact != Fraction(amount.rate):
        return _("%(rate)s as given, with the tariff rise") % {"rate": euro(amount.rate)}
    return _("as given; its derivation is not published")


def _lump_sum(amount: Amount) -> str:
    if amount.rate is not None and amount.exact != Fraction(amount.rate):
        return _("lump sum of %(rate)s, with the tariff rise") % {"rate": euro(amount.rate)}
    return _("lump sum")


def _times(amount: Amount, unit: str) -> str:
    quantity, rate = amount.quantity or Decimal(0), amount.rate or Decimal(0)
    return f"{german.number(quantity)} {unit} × {euro(rate)}"


def _percent(amount: Amount) -> str:
    named = {"percent": german.number(_short(amount.rate)), "base": euro(amount.base or Money(0))}
    return _("%(percent)s %% of %(base)s") % named


def _posts(amount: Amount) -> str:
    return _("cost of %(count)s shares of posts, each by its months") % {
        "count": german.number(int(amount.quantity or 0))
    }


def _funding(amount: Amount) -> str:
    count = german.number(int(amount.quantity or 0))
    return _("%(count)s shares of posts, for each the lower of ceiling and cost") % {"count": count}


_ORIGINS: Mapping[Basis, Callable[[Amount], str]] = {
    Basis.GIVEN: _given,
    Basis.LUMP_SUM: _lump_sum,
    Basis.PER_HEAD: lambda amount: _times(amount, _("people")),
    Basis.PER_FTE: lambda amount: _times(amount, _("FTE")),
    Basis.PERCENT: _percent,
    Basis.POSTS: _posts,
    Basis.PERSONNEL_FUNDING: _funding,
    Basis.WORKPLACE_FUNDING: _funding,
}


def _rounding_of(amount: Amount) -> str:
    if not amount.is_rounded:
        return ""
    exact = german.number(rounded(amount.exact, PLACES_SHOWN, Rounding.CUT_OFF), PLACES_SHOWN)
    if amount.line.rounding is Rounding.CUT_OFF:
        return _(" = %(exact)s €, cut off after the cent") % {"exact": exact}
    return _(" = %(exact)s €, rounded half up") % {"exact": exact}


def _short(number: Decimal | None) -> Decimal:
    """21.0000 as 21, 3.5000 as 3.5."""
    return trimmed(number or Decimal(0))


REASONS: Mapping[Reason, Text] = {
    Reason.CEILING: gettext_lazy("the ceiling, because the post costs more"),
    Reason.COST: gettext_lazy("the cost, because it is below the ceiling"),
    Reason.COST_UNKNOWN: gettext_lazy("the ceiling; what the post costs is not entered"),
    Reason.BELOW_LEAST_SHARE: gettext_lazy("nothing, because the post is below the least share that is funded"),
    Reason.NOT_OCCUPIED: gettext_lazy("nothing, because nobody holds the post this year"),
    Reason.FUNDED_ELSEWHERE: gettext_lazy("nothing, because another programme pays"),
    Reason.NO_RULE: gettext_lazy("nothing, because no rule covers such a post this year"),
}


def way_of(award: Award) -> str:
    """How the ceiling of a post came about: months times rate, rule by rule."""
    return "; ".join(
        _("%(months)s of 12 months of %(yearly)s")
        % {
            "months": german.number(_short(rounded(step.months, 2, Rounding.HALF_UP))),
            "yearly": euro(rounded(step.yearly, 2, Rounding.HALF_UP)),
        }
        for step in award.steps
    )


def findings_in_words(findings: Iterable[Finding], lines: Mapping[str, Line]) -> tuple[str, ...]:
    """Findings as sentences, the weightiest first; years with the same finding stand in one sentence."""
    years: dict[tuple[FindingKind, str, tuple[Money, ...]], list[int]] = {}
    for finding in findings:
        years.setdefault((finding.kind, finding.line, finding.amounts), []).append(finding.year)
    order = list(FindingKind)
    return tuple(
        _sentence(kind, lines[line].title if line in lines else line, years[kind, line, amounts], amounts)
        for kind, line, amounts in sorted(years, key=lambda key: (order.index(key[0]), years[key]))
    )


def _sentence(kind: FindingKind, line: str, years: list[int], amounts: tuple[Money, ...]) -> str:
    shown = [euro(amount) for amount in amounts] + ["", ""]
    named = {"years": ", ".join(map(str, years)), "line": line, "first": shown[0], "second": shown[1]}
    return str(_FINDINGS[kind]) % named


_FINDINGS: Mapping[FindingKind, Text] = {
    FindingKind.CENT_CUT_OFF: gettext_lazy(
        "%(years)s, %(line)s: the cent is cut off. %(first)s stands here; rounded half up it would be %(second)s."
    ),
    FindingKind.ABOVE_CEILING: gettext_lazy(
        "%(years)s, %(line)s: %(first)s above what the rules allow at most for these posts (%(second)s)."
    ),
    FindingKind.BELOW_CEILING: gettext_lazy(
        "%(years)s, %(line)s: %(first)s below what the rules allow at most for these posts (%(second)s). That is"
        " possible where single posts cost less than their ceiling."
    ),
    FindingKind.NO_RULE: gettext_lazy("%(years)s, %(line)s: there is no funding rule for this year to check against."),
    FindingKind.NOT_DERIVED: gettext_lazy("%(line)s: given and not to be derived from the plan (%(years)s)."),
    FindingKind.BASES_MIXED: gettext_lazy(
        "%(years)s: costs per head, funding per full-time post and percentages stand side by side. Compare with care."
    ),
    FindingKind.BELOW_KGST: gettext_lazy(
        "%(years)s, %(line)s: %(first)s below the lump sums of the KGSt for the same people (%(second)s)."
    ),
    FindingKind.NO_RISE: gettext_lazy("%(years)s, %(line)s: as in the year before; no tariff rise is planned."),
}


def refusal_in_words(error: CannotCompute, titles: Mapping[str, str]) -> str:
    """Why a plan cannot be computed, naming line and year or post."""

    def title(key: str) -> str:
        return titles.get(key, key)

    if isinstance(error, RateMissing):
        return _("%(line)s has no amount for %(year)s. Enter it.") % {"line": title(error.line), "year": error.year}
    if isinstance(error, UnknownLine):
        named = {"line": title(error.line), "of": title(error.of)}
        return _("%(line)s is a percentage of %(of)s, which is not above it in the plan.") % named
    if isinstance(error, PayMissing):
        text = _("%(post)s: the table of pay has no amount for %(grade)s from the first day in %(year)s. Enter it.")
        return text % {"post": error.post, "grade": error.grade, "year": error.year}
    if isinstance(error, PostTwice):
        return _("The share of a post %(post)s stands in the plan twice.") % {"post": error.key}
    raise error
