"""Posts, people and cost plans of the synthetic county, made by the errands of their rooms."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import TypedDict

from django.db.backends.postgresql.psycopg_any import DateRange

from kimwerk.access.actors import Actor
from kimwerk.accounts.models import Account
from kimwerk.accounts.selectors import actor_of
from kimwerk.desk.demo import spending
from kimwerk.desk.demo.county import County, Person
from kimwerk.directory.models import Municipality
from kimwerk.finance.calculation.lines import Basis, Side
from kimwerk.finance.models import CostPlan, PlanPost, PostCost
from kimwerk.finance.services.grades import GradeFacts, keep_grade
from kimwerk.finance.services.loading import load_funding_rules
from kimwerk.finance.services.plans import LineFacts, PlanFacts, create_plan, keep_line
from kimwerk.finance.services.scenarios import ScenarioFacts, keep_scenario
from kimwerk.kernel.names import sort_key
from kimwerk.kernel.rounding import Rounding, rounded
from kimwerk.staffing.models import Course, Employee, FundingLine, Occupancy, Post
from kimwerk.staffing.reckoning import PostKind
from kimwerk.staffing.types import CourseState, Workplace

CASE_MANAGER, OFFICER = "case_manager", "fiona"
KINDS = {
    "kim_coordination": PostKind.COORDINATION,
    "administrative_assistant": PostKind.ASSISTANCE,
    "case_management_coordination": PostKind.CASE_MANAGEMENT,
    CASE_MANAGER: PostKind.CASE_MANAGEMENT,
}
NAMES = {
    PostKind.COORDINATION: "Koordination",
    PostKind.ASSISTANCE: "Assistenz",
    PostKind.CASE_MANAGEMENT: "Case Management",
}


class LineEntry(TypedDict, total=False):
    """A line of a plan as the data file has it."""

    key: str
    title: str
    side: str
    basis: str
    rates: list[str]
    groups: list[str]
    of: list[str]
    rounding: str
    is_personnel: bool
    source: str


class GradeEntry(TypedDict):
    """A grade of the table of pay as the data file has it."""

    name: str
    valid_from: date
    steps: list[str]


class PlanEntry(TypedDict, total=False):
    """A plan as the data file has it.

    `costs` is what a full post of each group costs in twelve months, `grades` the grade and step of other groups.
    """

    name: str
    title: str
    first_year: int
    last_year: int
    note: str
    costs: dict[str, int]
    grades: dict[str, tuple[str, int]]
    lines: list[LineEntry]


def load_money(county: County, organisations: Mapping[str, int], accounts: Mapping[str, int], today: date) -> None:
    """Make posts, people and plans, behind the walls."""
    municipalities = dict(Municipality.objects.values_list("ags", "pk"))
    places = {place.key: municipalities[place.municipality] for place in county.places.values()}
    load_funding_rules()
    data = tomllib.loads(files("kimwerk.desk.demo").joinpath("cost_plan.toml").read_text("utf-8"))
    people = [person for person in county.people if person.post]
    _load_posts(people, organisations, accounts, places, today)
    _load_courses(data["courses"], accounts)
    officer = actor_of(Account.objects.get(pk=accounts[OFFICER]))
    groups: Mapping[str, str] = data["groups"]
    at_county = [person for person in people if person.organisation == "rsk"]
    _load_grades(officer, organisations["rsk"], data["grades"])
    grouped = [(_group(person, groups), person) for person in at_county]
    plans = {entry["name"]: _load_plan(officer, organisations["rsk"], entry, grouped) for entry in data["plans"]}
    spending.pass_on(officer, plans, organisations, data["passed_on"])
    spending.share(officer, plans, data["shared"])
    spending.book(officer, plans, data["booked"])


def _load_posts(
    people: Sequence[Person],
    organisations: Mapping[str, int],
    accounts: Mapping[str, int],
    places: Mapping[str, int],
    today: date,
) -> None:
    """A post for everybody. Contracts on site end with the year, as all of them did in the evaluation of 2022."""
    lines = {
        key: FundingLine.objects.create(
            organisation_id=organisations[key], name="Landesprogramm KIM", valid=DateRange(date(2020, 7, 1), None)
        )
        for key in {person.organisation for person in people}
    }
    names = _numbered([NAMES[KINDS[person.role]] for person in people])
    for person, name in zip(people, names, strict=True):
        since = max(person.since, date(2020, 7, 1))
        year_end = date(today.year, 12, 31)
        days = DateRange(since, date(today.year + 1, 1, 1) if person.is_on_site else None)
        post = Post.objects.create(
            organisation_id=organisations[person.organisation],
            name=name,
            kind=KINDS[person.role].value,
            workplace=(Workplace.MUNICIPALITY if person.is_on_site else Workplace.COUNTY).value,
            municipality_id=places.get(person.sites[0]) if person.is_on_site else None,
            funding_line=lines[person.organisation],
            share=_share(person),
            valid=DateRange(since, None),
        )
        employee = Employee.objects.create(
            organisation_id=organisations[person.organisation],
            given_name=person.given,
            family_name=person.family,
            sort_key=sort_key(f"{person.family} {person.given}"),
            account_id=accounts[person.key],
        )
        Occupancy.objects.create(
            post=post, employee=employee, share=post.share, days=days,
            contract_ends_on=year_end if person.is_on_site else None,
        )  # fmt: skip


def _numbered(names: Sequence[str]) -> list[str]:
    return [f"{name} {names[:at].count(name) + 1}" for at, name in enumerate(names)]


def _share(person: Person) -> Decimal:
    return Decimal(person.post) / 100


def _load_courses(entries: Sequence[Mapping[str, object]], accounts: Mapping[str, int]) -> None:
    keys = {account: key for key, account in accounts.items()}
    for entry in entries:
        title, completed = str(entry["title"]), entry["completed"]
        if not isinstance(completed, dict):
            raise TypeError("who completed a course, by the day")
        for employee in Employee.objects.filter(account__isnull=False):
            key = keys[employee.account_id or 0]
            state = next((s for s in CourseState if key in _people(entry, s)), None)
            if state is not None:
                Course.objects.create(
                    employee=employee, title=title, state=state.value, is_required=True,
                    completed_on=completed.get(key),
                )  # fmt: skip


def _people(entry: Mapping[str, object], state: CourseState) -> list[str]:
    named = entry.get(state.value)
    return list(named) if isinstance(named, (list, dict)) else []


def _group(person: Person, groups: Mapping[str, str]) -> str:
    return groups["on_site" if person.is_on_site else person.role]


def _load_plan(
    officer: Actor, organisation_id: int, entry: PlanEntry, people: Sequence[tuple[str, Person]]
) -> CostPlan:
    """A plan with its posts and lines, and two scenarios for the one in force."""
    facts = PlanFacts(
        entry["name"], entry["title"], entry["first_year"], entry["last_year"], entry["note"],
        is_in_force=not entry.get("costs"),
    )  # fmt: skip
    plan = create_plan(actor=officer, organisation_id=organisation_id, facts=facts)
    titles = _numbered([group for group, _person in people])
    posts = PlanPost.objects.bulk_create(
        PlanPost(
            plan=plan,
            title=title,
            group=group,
            kind=KINDS[person.role].value,
            share=_share(person),
            post_share=_share(person),
            occupied=DateRange(date(plan.first_year, 1, 1), None),
        )
        for title, (group, person) in zip(titles, people, strict=True)
    )
    if entry.get("costs"):
        PostCost.objects.bulk_create(_cost(entry, post) for post in posts)
    for position, line in enumerate(entry["lines"]):
        keep_line(actor=officer, plan=plan, facts=_line(line, plan.years, position))
    if not entry.get("costs"):
        rise = ScenarioFacts("Tarif +3 % ab 2023", tariff_percent=Decimal(3), tariff_since=date(2023, 1, 1))
        keep_scenario(actor=officer, plan=plan, facts=rise)
        kgst = ScenarioFacts("Zuschlag 30 %", rate_line="overhead", rate=Decimal(30))
        keep_scenario(actor=officer, plan=plan, facts=kgst)
    return plan


def _cost(entry: PlanEntry, post: PlanPost) -> PostCost:
    """What the post costs: an amount, or by the table of pay."""
    if post.group in entry["costs"]:
        return PostCost(post=post, yearly=rounded(entry["costs"][post.group] * post.share, 2, Rounding.HALF_UP))
    grade, step = entry["grades"][post.group]
    return PostCost(post=post, grade=grade, step=step)


def _load_grades(officer: Actor, organisation_id: int, entries: Sequence[GradeEntry]) -> None:
    for entry in entries:
        steps = [Decimal(step) if step else None for step in entry["steps"]]
        facts = GradeFacts(entry["name"], entry["valid_from"], steps, "erfunden")
        keep_grade(actor=officer, organisation_id=organisation_id, facts=facts)


def _line(entry: LineEntry, years: Sequence[int], position: int) -> LineFacts:
    rates = entry.get("rates", [])
    return LineFacts(
        key=entry["key"],
        title=entry["title"],
        side=Side(entry["side"]),
        basis=Basis(entry["basis"]),
        rates={year: Decimal(rate) for year, rate in zip(years, rates, strict=False)},
        rounding=Rounding(entry.get("rounding", Rounding.HALF_UP.value)),
        groups=tuple(entry.get("groups", ())),
        of=tuple(entry.get("of", ())),
        is_personnel=entry.get("is_personnel", False),
        source=entry.get("source", ""),
        position=position,
    )
