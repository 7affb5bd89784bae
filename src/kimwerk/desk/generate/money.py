"""A cost plan of ten years for each body: posts with what they cost, lines of every basis, three scenarios."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db.backends.postgresql.psycopg_any import DateRange

from kimwerk.access.roles import Role
from kimwerk.accounts.models import Account, Membership
from kimwerk.accounts.selectors import actor_of
from kimwerk.desk.generate.world import EVERYWHERE, MAIL_DOMAIN, Staff
from kimwerk.finance.calculation.lines import Basis, Side
from kimwerk.finance.models import CostPlan, PlanLine, PlanPost, PlanRate, PostCost, Scenario
from kimwerk.finance.services.loading import load_funding_rules
from kimwerk.finance.services.settling import settle
from kimwerk.kernel.rounding import Rounding
from kimwerk.staffing.reckoning import PostKind

FIRST_YEAR, YEARS = 2020, 10
OFFICER, LEADER = "finanzen", "leitung"
"""Accounts that hold their role at every body: who keeps the plans, and who reads them without salaries."""

GROUPS = {
    PostKind.COORDINATION: "Koordination",
    PostKind.ASSISTANCE: "Assistenz",
    PostKind.CASE_MANAGEMENT: "Case Management",
    PostKind.AUTHORITY: "Behörde",
}
KINDS = (PostKind.CASE_MANAGEMENT, PostKind.COORDINATION, PostKind.CASE_MANAGEMENT, PostKind.AUTHORITY,
         PostKind.CASE_MANAGEMENT, PostKind.ASSISTANCE)  # fmt: skip
SHARES = (Decimal(1), Decimal("0.5"), Decimal("0.85"), Decimal("0.75"))
LINES = (
    ("personal", "Personalkosten", Side.EXPENDITURE, Basis.POSTS, None, ()),
    ("it", "IT je Kopf", Side.EXPENDITURE, Basis.PER_HEAD, 3_450, ()),
    ("gemein", "Gemeinkosten", Side.EXPENDITURE, Basis.PERCENT, 21, ("personal",)),
    ("fahrt", "Fahrten je Stelle", Side.EXPENDITURE, Basis.PER_FTE, 480, ()),
    ("dolmetschen", "Sprachmittlung", Side.EXPENDITURE, Basis.LUMP_SUM, 18_000, ()),
    ("land", "Land Personal", Side.INCOME, Basis.PERSONNEL_FUNDING, None, ()),
    ("platz", "Land Arbeitsplätze", Side.INCOME, Basis.WORKPLACE_FUNDING, None, ()),
    ("buero", "Arbeitsplatz vor Ort", Side.SHOWN, Basis.PER_HEAD, 6_250, ()),
)


def insert_plans(*, first: date, posts: int) -> int:
    """Give each body such a plan, and one account each that keeps and that reads all of them. Returns how many."""
    load_funding_rules()
    everywhere = Membership.objects.filter(account__email=EVERYWHERE)
    bodies = list(everywhere.order_by("organisation").values_list("organisation", flat=True))
    staff = Staff()
    for organisation in bodies:
        staff.hold(OFFICER, "Finanzen Aller Kreise", Role.FINANCE_OFFICER, organisation)
        staff.hold(LEADER, "Leitung Aller Kreise", Role.KI_LEADERSHIP, organisation)
    accounts = staff.write(first)
    officer = actor_of(Account.objects.get(pk=accounts[f"{OFFICER}@{MAIL_DOMAIN}"]))
    for organisation in bodies:
        settle(officer, _plan(organisation, posts))
    return len(bodies)


def _plan(organisation: int, posts: int) -> CostPlan:
    plan = CostPlan.objects.create(
        organisation_id=organisation, name="messung", title="Messung", first_year=FIRST_YEAR,
        last_year=FIRST_YEAR + YEARS - 1,
    )  # fmt: skip
    made = PlanPost.objects.bulk_create(_post(plan, number) for number in range(posts))
    PostCost.objects.bulk_create(
        PostCost(post=post, yearly=(58_000 + 311 * number) * post.share) for number, post in enumerate(made)
    )
    for position, (key, title, side, basis, rate, of) in enumerate(LINES):
        line = PlanLine.objects.create(
            plan=plan, position=position, key=key, title=title, side=side.value, basis=basis.value, of=list(of),
            rounding=Rounding.HALF_UP.value, is_personnel=basis in {Basis.POSTS, Basis.PERSONNEL_FUNDING},
        )  # fmt: skip
        if rate is not None:
            PlanRate.objects.bulk_create(PlanRate(line=line, year=year, value=rate + year % 3) for year in plan.years)
    Scenario.objects.bulk_create(_scenarios(plan, made))
    return plan


def _post(plan: CostPlan, number: int) -> PlanPost:
    """One post in four begins in the middle of a month, one in seven ends again; each body on days of its own."""
    kind, share = KINDS[number % len(KINDS)], SHARES[number % len(SHARES)]
    day = 2 + (plan.organisation_id + number) % 26
    begins = date(FIRST_YEAR + number % 3, 1 + number % 12, day) if number % 4 == 0 else date(FIRST_YEAR, 1, 1)
    ends = date(FIRST_YEAR + 5 + number % 4, 4, day) if number % 7 == 0 else None
    return PlanPost(
        plan=plan, title=f"Stelle {number + 1}", group=GROUPS[kind], kind=kind.value, share=share, post_share=share,
        occupied=DateRange(begins, ends),
    )  # fmt: skip


def _scenarios(plan: CostPlan, posts: list[PlanPost]) -> Iterator[Scenario]:
    """A tariff, ceilings with every post filled, and posts more and less."""
    july = date(FIRST_YEAR + 3, 7, 1)
    yield Scenario(plan=plan, name="Tarif", tariff_percent=Decimal("5.5"), tariff_since=july)
    yield Scenario(
        plan=plan, name="Obergrenzen", ceiling_coordination=60_000, ceiling_case_management=59_000, is_full_year=True
    )
    yield Scenario(
        plan=plan, name="Stellen", vacant_post=posts[1], vacant=DateRange(july, date(FIRST_YEAR + 4, 7, 1)),
        removed_post=posts[2], extra_kind=PostKind.CASE_MANAGEMENT.value, extra_group=GROUPS[PostKind.CASE_MANAGEMENT],
        extra_share=Decimal(1), extra_cost=64_000,
    )  # fmt: skip
