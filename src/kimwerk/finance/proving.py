"""The proof of use of a year, laid out: numeric part, posts with their months, vouchers, double funding, report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kimwerk.access.actors import Actor
from kimwerk.finance.calculation.execution import Execution, LineExecution
from kimwerk.finance.calculation.funding import Award, award
from kimwerk.finance.calculation.lines import Side
from kimwerk.finance.calculation.posts import Held, cost_in
from kimwerk.finance.calculation.proof import DoubleFunding, DoubleKind, double_funding
from kimwerk.finance.calculation.rules import Grant
from kimwerk.finance.models import Booking, CostPlan, ProofReport
from kimwerk.finance.paper.freezing import Change, ChangeKind
from kimwerk.finance.paper.tables import Paper, PaperCell, PaperTable, cell_text
from kimwerk.finance.selectors.execution import execution
from kimwerk.finance.selectors.plans import PlanInputs, plan_inputs
from kimwerk.finance.selectors.proof import bookings_of, passed_on_days, vouchers_of
from kimwerk.finance.wording import REASONS, euro
from kimwerk.kernel import german
from kimwerk.kernel.figures import Text
from kimwerk.kernel.money import Money
from kimwerk.kernel.periods import Period
from kimwerk.kernel.rounding import Rounding, rounded, trimmed
from kimwerk.staffing.reckoning import months
from kimwerk.staffing.types import PostKindLabel


@dataclass(frozen=True, slots=True)
class Proof:
    """All that a proof of use is made of."""

    inputs: PlanInputs
    done: Execution
    bookings: Sequence[Booking]
    found: tuple[DoubleFunding, ...]
    report: str

    @property
    def counted(self) -> tuple[Held, ...]:
        """The shares of posts that somebody holds on a day of the year."""
        window = Period.year(self.done.year)
        return tuple(each for each in self.inputs.given.held if any(days.overlaps(window) for days in each.occupied))


def awards_of(inputs: PlanInputs, year: int, grant: Grant = Grant.PERSONNEL) -> tuple[Award, ...]:
    """What the rules pay for the posts of the year."""
    costs = {held.key: cost_in(held, year) if grant is Grant.PERSONNEL else None for held in inputs.given.held}
    return tuple(award(held, grant, year, inputs.given.rules, costs[held.key]) for held in inputs.given.held)


def proof_of(actor: Actor, plan: CostPlan, year: int) -> Proof:
    """The proof of a year with everything that is checked."""
    inputs = plan_inputs(actor, plan)
    done = execution(inputs, year)
    found = double_funding(
        done, plan.pk, vouchers_of(plan, year), inputs.given.held, awards_of(inputs, year), passed_on_days(plan)
    )
    text = ProofReport.objects.filter(plan=plan, year=year).values_list("text", flat=True).first() or ""
    return Proof(inputs, done, bookings_of(actor, plan, year), found, text)


def paper_of(proof: Proof, *, made_at: datetime) -> Paper:
    """The proof as a paper."""
    year, plan = proof.done.year, proof.inputs.plan
    return Paper(
        title=_("Proof of use %(year)s") % {"year": year},
        organisation=plan.organisation.name,
        made_at=made_at,
        facts=(plan.title, _("Funding year %(year)s") % {"year": year}),
        tables=(_numeric(proof.done), _posts(proof), _vouchers(proof.bookings), _double(proof.found)),
        text_title=_("Short report"),
        text=proof.report or _("There is no short report yet."),
        signature=(_("Place, day"), _("Legally binding signature")),
    )


def _numeric(done: Execution) -> PaperTable:
    rows: list[tuple[PaperCell, ...]] = []
    sums: set[int] = set()
    for side, title in ((Side.EXPENDITURE, _("Sum of expenditure")), (Side.INCOME, _("Sum of income"))):
        lines = done.on(side)
        rows += [_numeric_row(each.line.title, [each]) for each in lines]
        sums.add(len(rows))
        rows.append(_numeric_row(title, lines))
    sums.add(len(rows))
    planned = done.planned(Side.EXPENDITURE) - done.planned(Side.INCOME)
    booked = done.booked(Side.EXPENDITURE) - done.booked(Side.INCOME)
    rows.append((_("Own share"), planned.amount, booked.amount, (booked - planned).amount))
    heads = (_("Line"), _("Plan"), _("Booked"), _("Booked above plan"))
    note = _("Amounts in euro.")
    return PaperTable(_("Numeric part"), heads, tuple(rows), frozenset(sums), note=note, derived=frozenset({3}))


def _numeric_row(title: str, lines: Iterable[LineExecution]) -> tuple[PaperCell, ...]:
    several = list(lines)
    planned = Money.sum(each.planned_year for each in several)
    booked = Money.sum(each.booked_year for each in several)
    return (title, planned.amount, booked.amount, (booked - planned).amount)


def _posts(proof: Proof) -> PaperTable:
    year = proof.done.year
    personnel = {each.held.key: each for each in awards_of(proof.inputs, year)}
    workplace = {each.held.key: each for each in awards_of(proof.inputs, year, Grant.WORKPLACE)}
    rows = tuple(_post(held, year, personnel[held.key], workplace[held.key]) for held in proof.counted)
    heads = (
        _("Post"), _("What for"), _("Share"), _("Held"), _("Months"), _("Ceiling personnel"), _("Ceiling workplace"),
        _("What decides"),
    )  # fmt: skip
    return PaperTable(_("Posts with their months"), heads, rows, empty=_("No post is held this year."))


def _post(held: Held, year: int, personnel: Award, workplace: Award) -> tuple[PaperCell, ...]:
    window = Period.year(year)
    days = [common for own in held.occupied if (common := own.intersection(window))]
    spans = ", ".join(f"{german.day(each.start)} – {german.day(each.last_day)}" for each in days)
    counted = rounded(months(held.occupied, window), 2, Rounding.HALF_UP)
    return (
        held.title, str(PostKindLabel(held.kind.value).label), german.number(trimmed(held.share.posts)), spans,
        german.number(trimmed(counted)), personnel.ceiling.amount, workplace.ceiling.amount,
        str(REASONS[personnel.reason]),
    )  # fmt: skip


def _vouchers(bookings: Sequence[Booking]) -> PaperTable:
    rows = tuple(
        (each.line.title, each.booked_on, each.reference, each.amount, each.text)
        for each in sorted(bookings, key=lambda each: (each.line.position, each.line_id, each.booked_on, each.pk))
    )
    heads = (_("Line"), _("Booked on"), _("Voucher"), _("Amount"), _("Booking text"))
    return PaperTable(_("List of vouchers"), heads, rows, empty=_("Nothing is booked yet"), named_by=(0, 2))


def _double(found: Sequence[DoubleFunding]) -> PaperTable:
    rows = tuple((text,) for text in double_in_words(found))
    nothing = _("No voucher, post or amount is funded twice.")
    return PaperTable(_("Check for double funding"), (_("Finding"),), rows, empty=nothing)


def double_in_words(found: Sequence[DoubleFunding]) -> tuple[str, ...]:
    """Findings of double funding as sentences."""
    return tuple(_sentences(found))


def _sentences(found: Sequence[DoubleFunding]) -> Iterator[str]:
    for each in found:
        counted = rounded(each.months, 2, Rounding.HALF_UP) if each.months is not None else Decimal(0)
        named = {
            "subject": each.subject,
            "amount": euro(each.amount) if each.amount is not None else "",
            "months": german.number(trimmed(counted)),
        }
        yield str(_DOUBLE[each.kind]) % named


_DOUBLE: Mapping[DoubleKind, Text] = {
    DoubleKind.VOUCHER_IN_TWO_PLANS: gettext_lazy(
        "Voucher %(subject)s over %(amount)s is booked in another plan of the organisation, too."
    ),
    DoubleKind.VOUCHER_ON_TWO_LINES: gettext_lazy("Voucher %(subject)s over %(amount)s is booked on two lines."),
    DoubleKind.PASSED_ON_TOO: gettext_lazy(
        "%(subject)s is passed on and stands in the plan for %(months)s months, too."
    ),
    DoubleKind.ABOVE_COST: gettext_lazy("Funding of personnel is %(amount)s above what personnel cost."),
    DoubleKind.ABOVE_CEILING: gettext_lazy(
        "Funding of personnel is %(amount)s above what the rules allow at most for these posts."
    ),
    DoubleKind.TAKEN_OFF: gettext_lazy(
        "%(subject)s: another programme pays for %(months)s months. They are taken off already."
    ),
}


def changes_in_words(found: Sequence[Change]) -> tuple[str, ...]:
    """What has changed since a proof was handed in, as sentences."""
    return tuple(
        str(_CHANGES[each.kind])
        % {
            "table": each.table,
            "row": each.row,
            "head": each.head,
            "before": cell_text(each.before) or "–",
            "after": cell_text(each.after) or "–",
        }
        for each in found
    )


_CHANGES: Mapping[ChangeKind, Text] = {
    ChangeKind.ADDED: gettext_lazy("%(table)s: %(row)s is new."),
    ChangeKind.GONE: gettext_lazy("%(table)s: %(row)s is gone."),
    ChangeKind.CHANGED: gettext_lazy("%(table)s, %(row)s: %(head)s is %(after)s now, not %(before)s any more."),
}
