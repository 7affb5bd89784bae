"""Keeping cost plans: the plan, its posts and its lines. Every errand computes the plan anew before it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.audit.services import record
from kimwerk.finance.calculation.lines import Basis, Side
from kimwerk.finance.models import CostPlan, PlanLine, PlanPost, PlanRate, PostCost
from kimwerk.finance.services.settling import settle
from kimwerk.kernel.periods import ONE_DAY
from kimwerk.kernel.rounding import Rounding
from kimwerk.staffing.models import Post
from kimwerk.staffing.reckoning import PostKind
from kimwerk.staffing.selectors.posts import staffing_on
from kimwerk.staffing.types import PostKindLabel, Workplace


class NameTaken(Exception):
    """There is a plan, a post or a line of this name already."""


class YearsTaken(Exception):
    """Another plan is in force for one of these years."""


class LineInUse(Exception):
    """A percentage is of this line; it cannot go, nor change its place."""


class LineBooked(Exception):
    """Something is booked on this line, or was called for; it cannot go."""


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What is known of a plan."""

    name: str
    title: str
    first_year: int
    last_year: int
    note: str = ""
    is_in_force: bool = False


@dataclass(frozen=True, slots=True)
class PlanPostFacts:
    """What the plan assumes of a share of a post; `yearly_cost` None where it is not known.

    With a grade and a step the cost comes from the organisation's table of pay, and there is no `yearly_cost`.
    """

    title: str
    group: str
    kind: PostKind
    share: Decimal
    post_share: Decimal
    first_day: date
    last_day: date | None = None
    yearly_cost: Decimal | None = None
    grade: str = ""
    step: int | None = None
    elsewhere_from: date | None = None
    elsewhere_until: date | None = None


@dataclass(frozen=True, slots=True)
class LineFacts:
    """What is known of a line; `rates` by year."""

    key: str
    title: str
    side: Side
    basis: Basis
    rates: Mapping[int, Decimal]
    rounding: Rounding = Rounding.HALF_UP
    groups: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    is_personnel: bool = False
    source: str = ""
    position: int = 0


@transaction.atomic
def create_plan(*, actor: Actor, organisation_id: int, facts: PlanFacts) -> CostPlan:
    """Begin a plan."""
    if not actor.can_at(Permission.FINANCE_MANAGE, organisation_id):
        raise PermissionDenied
    plan = CostPlan(organisation_id=organisation_id)
    _take_over(plan, facts)
    record(actor=actor, action="cost_plan.created", subject=plan)
    return plan


@transaction.atomic
def change_plan(*, actor: Actor, plan: CostPlan, facts: PlanFacts) -> CostPlan:
    """Correct name, years and note. Years that are added begin with the rates of the year nearest to them."""
    plan = locked_plan(actor, plan)
    _take_over(plan, facts)
    _fill_years(plan)
    settle(actor, plan)
    record(actor=actor, action="cost_plan.changed", subject=plan)
    return plan


@transaction.atomic
def take_over_posts(*, actor: Actor, plan: CostPlan, day: date) -> int:
    """Copy who holds which post on a day into the plan, beside what stands there. Returns how many are new."""
    plan = locked_plan(actor, plan)
    known = set(plan.posts.values_list("title", flat=True))
    made = [
        PlanPost(
            plan=plan,
            title=f"{line.post.name} ({number})" if len(line.holders) > 1 else line.post.name,
            group=group_of(line.post),
            kind=line.post.kind,
            share=holder.share,
            post_share=line.post.share,
            occupied=holder.days,
        )
        for line in staffing_on(actor, day, organisation_id=plan.organisation_id).lines
        for number, holder in enumerate(line.holders, start=1)
    ]
    new = PlanPost.objects.bulk_create(post for post in made if post.title not in known)
    settle(actor, plan)
    record(actor=actor, action="cost_plan.posts_taken_over", subject=plan, amount=len(new))
    return len(new)


def group_of(post: Post) -> str:
    """The group in which a plan counts a post: what it is for, and for case management where the desk stands."""
    label = str(PostKindLabel(post.kind).label).partition(" (")[0]
    if post.kind != PostKind.CASE_MANAGEMENT.value:
        return label
    return f"{label} {Workplace(post.workplace).label}"


@transaction.atomic
def keep_plan_post(*, actor: Actor, plan: CostPlan, facts: PlanPostFacts, post: PlanPost | None = None) -> PlanPost:
    """Enter a share of a post, or correct one, with what it costs."""
    plan = locked_plan(actor, plan)
    post = post or PlanPost(plan=plan)
    post.title, post.group, post.kind = facts.title, facts.group, facts.kind.value
    post.share, post.post_share = facts.share, facts.post_share
    post.occupied = DateRange(facts.first_day, facts.last_day + ONE_DAY if facts.last_day else None)
    post.funded_elsewhere = (
        DateRange(facts.elsewhere_from, facts.elsewhere_until + ONE_DAY)
        if facts.elsewhere_from and facts.elsewhere_until
        else None
    )
    _save_named(post)
    if facts.yearly_cost is None and not facts.grade:
        PostCost.objects.filter(post=post).delete()
    else:
        cost = {"yearly": facts.yearly_cost, "grade": facts.grade, "step": facts.step}
        PostCost.objects.update_or_create(post=post, defaults=cost)
    settle(actor, plan)
    record(actor=actor, action="cost_plan.post_kept", subject=post)
    return post


@transaction.atomic
def remove_plan_post(*, actor: Actor, post: PlanPost) -> None:
    """Take a share of a post out of the plan."""
    plan = locked_plan(actor, post.plan)
    record(actor=actor, action="cost_plan.post_removed", subject=post)
    post.delete()
    settle(actor, plan)


@transaction.atomic
def keep_line(*, actor: Actor, plan: CostPlan, facts: LineFacts, line: PlanLine | None = None) -> PlanLine:
    """Enter a line with its rates, or correct one. RateMissing or UnknownLine where it cannot be computed."""
    plan = locked_plan(actor, plan)
    line = line or PlanLine(plan=plan)
    line.key, line.title, line.source = facts.key, facts.title, facts.source
    line.side, line.basis, line.rounding = facts.side.value, facts.basis.value, facts.rounding.value
    line.groups, line.of, line.is_personnel = list(facts.groups), list(facts.of), facts.is_personnel
    line.position = facts.position
    _save_named(line)
    line.rates.all().delete()
    PlanRate.objects.bulk_create(PlanRate(line=line, year=year, value=value) for year, value in facts.rates.items())
    settle(actor, plan)
    record(actor=actor, action="cost_plan.line_kept", subject=line)
    return line


@transaction.atomic
def remove_line(*, actor: Actor, line: PlanLine) -> None:
    """Take a line out of the plan; LineInUse while a percentage is of it, LineBooked once something is booked."""
    plan = locked_plan(actor, line.plan)
    if plan.lines.filter(of__contains=[line.key]).exists():
        raise LineInUse(line.key)
    if line.bookings.exists() or line.calls.exists():
        raise LineBooked(line.key)
    record(actor=actor, action="cost_plan.line_removed", subject=line)
    line.delete()
    settle(actor, plan)


def locked_plan(actor: Actor, plan: CostPlan) -> CostPlan:
    """The plan, locked for the transaction, if the actor keeps it and may read what single people cost."""
    found = CostPlan.objects.kept_by(actor).select_for_update(of=("self",)).get(pk=plan.pk)
    if not actor.can_at(Permission.SALARY_READ, found.organisation_id):
        raise PermissionDenied
    return found


def _fill_years(plan: CostPlan) -> None:
    for line in plan.lines.prefetch_related("rates"):
        known = {rate.year: rate.value for rate in line.rates.all()}
        if known:
            PlanRate.objects.bulk_create(
                PlanRate(line=line, year=year, value=known[min(known, key=lambda other: (abs(other - year), other))])
                for year in plan.years
                if year not in known
            )


def _take_over(plan: CostPlan, facts: PlanFacts) -> None:
    plan.name, plan.title, plan.note = facts.name, facts.title, facts.note
    plan.first_year, plan.last_year, plan.is_in_force = facts.first_year, facts.last_year, facts.is_in_force
    _save_named(plan)


def _save_named(thing: CostPlan | PlanPost | PlanLine) -> None:
    try:
        with transaction.atomic():
            thing.save()
    except IntegrityError as error:
        constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
        if constraint == "cost_plan_in_force_is_one_a_year":
            raise YearsTaken from error
        if not constraint.endswith("_is_unique"):
            raise
        raise NameTaken from error
