"""Posts and who holds them: what the database refuses, and what is computed from it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from kimwerk.access.actors import Actor
from kimwerk.access.walls import set_actor
from kimwerk.audit.models import Event
from kimwerk.kernel.figures import FigureQuery, QueryError
from kimwerk.kernel.fte import Fte
from kimwerk.kernel.periods import Period
from kimwerk.reporting.catalogue import figure
from kimwerk.reporting.selectors.figures import USUAL_FTE, figure_table, usual_fte
from kimwerk.staffing.models import Employee, FundingLine, Leave, Occupancy, Post
from kimwerk.staffing.reckoning import PostKind
from kimwerk.staffing.selectors.posts import fte_of_window, staffing_on
from kimwerk.staffing.services.occupying import OccupancyFacts, OccupancyRefused, change_hours, occupy
from kimwerk.staffing.services.people import LeaveOverlaps, add_employee, add_leave
from kimwerk.staffing.services.posts import PostFacts, PostRefused, add_funding_line, add_post, change_post
from kimwerk.staffing.types import LeaveKind, OccupancyProblem, PostProblem, Workplace
from tests.cast import Cast, as_owner

Act = Callable[[Actor], Actor]
SPRING = date(2022, 1, 1)
CASEWORK = (PostKind.CASE_MANAGEMENT,)


@pytest.fixture
def kim(cast: Cast, act_as: Act) -> Actor:
    return act_as(cast.actor("kim"))


def home(cast: Cast) -> int:
    return cast.organisations["Rhein-Sieg-Kreis"]


def a_post(actor: Actor, cast: Cast, name: str = "CM 1", share: str = "1", **more: object) -> Post:
    facts = PostFacts(name, PostKind.CASE_MANAGEMENT, Workplace.MUNICIPALITY, Decimal(share), SPRING, **more)  # type: ignore[arg-type]  # the fields of a post
    return add_post(actor=actor, organisation_id=home(cast), facts=facts)


def somebody(actor: Actor, cast: Cast, name: str = "Beispiel") -> Employee:
    return add_employee(actor=actor, organisation_id=home(cast), given_name="Frieda", family_name=name)


def hold(
    actor: Actor, post: Post, employee: Employee, share: str, first: date = SPRING, last: date | None = None
) -> Occupancy:
    return occupy(actor=actor, post=post, employee=employee, facts=OccupancyFacts(Decimal(share), first, last))


def test_nobody_holds_more_than_a_full_time_post(kim: Actor, cast: Cast) -> None:
    frieda = somebody(kim, cast)
    hold(kim, a_post(kim, cast, "CM 1"), frieda, "0.75")
    second = a_post(kim, cast, "CM 2")
    hold(kim, second, frieda, "0.25", last=date(2022, 6, 30))
    with pytest.raises(OccupancyRefused) as refused:
        hold(kim, a_post(kim, cast, "CM 3"), frieda, "0.5", first=date(2022, 3, 1))
    assert refused.value.problem is OccupancyProblem.OVER_FULL_TIME
    assert (refused.value.day, refused.value.share) == (date(2022, 3, 1), Fte("1.5"))


def test_the_database_refuses_it_whoever_writes(kim: Actor, cast: Cast) -> None:
    frieda = somebody(kim, cast)
    hold(kim, a_post(kim, cast, "CM 1"), frieda, "0.75")
    second = a_post(kim, cast, "CM 2")
    with pytest.raises(IntegrityError, match="occupancy_is_at_most_full_time"), transaction.atomic():
        Occupancy.objects.create(post=second, employee=frieda, share=Decimal("0.5"), days=DateRange(SPRING, None))


def test_shares_that_follow_each_other_are_not_added(kim: Actor, cast: Cast) -> None:
    frieda = somebody(kim, cast)
    hold(kim, a_post(kim, cast, "CM 1"), frieda, "1", last=date(2022, 3, 31))
    hold(kim, a_post(kim, cast, "CM 2"), frieda, "1", first=date(2022, 4, 1))
    assert staffing_on(kim, date(2022, 3, 31)).held == Fte(1)
    assert staffing_on(kim, date(2022, 4, 1)).held == Fte(1)


def test_a_post_is_not_held_by_more_than_it_is(kim: Actor, cast: Cast) -> None:
    post = a_post(kim, cast, share="0.75")
    hold(kim, post, somebody(kim, cast, "Eins"), "0.5")
    with pytest.raises(OccupancyRefused) as refused:
        hold(kim, post, somebody(kim, cast, "Zwei"), "0.5", first=date(2022, 2, 1))
    assert (refused.value.problem, refused.value.share) == (OccupancyProblem.OVER_POST, Fte(1))


@pytest.mark.parametrize(
    ("first", "last", "problem"),
    [
        (date(2021, 12, 31), None, OccupancyProblem.OUTSIDE_POST),
        (date(2022, 5, 1), date(2022, 4, 30), OccupancyProblem.ENDS_BEFORE),
        (date(2022, 6, 1), date(2023, 2, 28), OccupancyProblem.OUTSIDE_POST),
    ],
)
def test_an_occupancy_lies_within_its_post(
    first: date, last: date | None, problem: OccupancyProblem, kim: Actor, cast: Cast
) -> None:
    post = a_post(kim, cast, last_day=date(2022, 12, 31))
    with pytest.raises(OccupancyRefused) as refused:
        hold(kim, post, somebody(kim, cast), "0.5", first, last)
    assert refused.value.problem is problem


def test_the_same_person_holds_a_post_once_at_a_time(kim: Actor, cast: Cast) -> None:
    post, frieda = a_post(kim, cast), somebody(kim, cast)
    hold(kim, post, frieda, "0.3")
    with pytest.raises(OccupancyRefused) as refused:
        hold(kim, post, frieda, "0.3", first=date(2022, 2, 1))
    assert refused.value.problem is OccupancyProblem.TWICE


def test_nobody_holds_a_post_beyond_the_contract(kim: Actor, cast: Cast) -> None:
    facts = OccupancyFacts(Decimal(1), SPRING, date(2023, 1, 31), contract_ends_on=date(2022, 12, 31))
    with pytest.raises(OccupancyRefused) as refused:
        occupy(actor=kim, post=a_post(kim, cast), employee=somebody(kim, cast), facts=facts)
    assert refused.value.problem is OccupancyProblem.CONTRACT_BEFORE


def test_a_post_cannot_become_smaller_than_what_is_held(kim: Actor, cast: Cast) -> None:
    post = a_post(kim, cast)
    hold(kim, post, somebody(kim, cast), "0.8")
    smaller = PostFacts("CM 1", PostKind.CASE_MANAGEMENT, Workplace.MUNICIPALITY, Decimal("0.5"), SPRING)
    with pytest.raises(PostRefused) as refused:
        change_post(actor=kim, post=post, facts=smaller)
    assert refused.value.problem is PostProblem.OCCUPIED_BEYOND


def test_a_post_lies_within_the_years_of_its_funding(kim: Actor, cast: Cast) -> None:
    line = add_funding_line(
        actor=kim, organisation_id=home(cast), name="Bescheid 2022", first_day=SPRING, last_day=date(2022, 12, 31)
    )
    assert a_post(kim, cast, "CM 1", last_day=date(2022, 12, 31), funding_line=line).funding_line == line
    with pytest.raises(PostRefused) as refused:
        a_post(kim, cast, "CM 2", last_day=date(2023, 1, 31), funding_line=line)
    assert refused.value.problem is PostProblem.OUTSIDE_FUNDING_LINE


def test_two_posts_do_not_bear_one_name(kim: Actor, cast: Cast) -> None:
    a_post(kim, cast)
    with pytest.raises(PostRefused) as refused:
        a_post(kim, cast)
    assert refused.value.problem is PostProblem.NAME_TAKEN


def test_more_hours_from_a_day_on(kim: Actor, cast: Cast) -> None:
    first = hold(kim, a_post(kim, cast), somebody(kim, cast), "0.5", last=date(2022, 12, 31))
    change_hours(actor=kim, occupancy=first, share=Decimal("0.8"), since=date(2022, 7, 1))
    assert staffing_on(kim, date(2022, 6, 30)).held == Fte("0.5")
    assert staffing_on(kim, date(2022, 7, 1)).held == Fte("0.8")
    assert staffing_on(kim, date(2023, 1, 1)).vacant == Fte(1)


def test_somebody_who_is_away_holds_the_post_but_does_not_count(kim: Actor, cast: Cast) -> None:
    frieda = somebody(kim, cast)
    hold(kim, a_post(kim, cast), frieda, "1")
    add_leave(
        actor=kim, employee=frieda, kind=LeaveKind.PARENTAL, first_day=date(2022, 3, 1), last_day=date(2022, 3, 10)
    )
    on_leave = staffing_on(kim, date(2022, 3, 5))
    assert (on_leave.held, on_leave.vacant, on_leave.people) == (Fte(0), Fte(0), 1)
    with pytest.raises(LeaveOverlaps):
        add_leave(
            actor=kim, employee=frieda, kind=LeaveKind.RELEASE, first_day=date(2022, 3, 10), last_day=date(2022, 3, 12)
        )


def test_the_average_of_a_window_counts_who_is_there(kim: Actor, cast: Cast) -> None:
    frieda = somebody(kim, cast)
    hold(kim, a_post(kim, cast), frieda, "0.5", first=date(2022, 1, 16))
    add_leave(
        actor=kim, employee=frieda, kind=LeaveKind.RELEASE, first_day=date(2022, 1, 31), last_day=date(2022, 2, 9)
    )
    january = Period.month(2022, 1)
    assert fte_of_window(january, kinds=CASEWORK) == Decimal("0.24")  # half a post on 15 of 31 days
    assert fte_of_window(january, kinds=(PostKind.COORDINATION,)) is None
    assert fte_of_window(Period.year(2021), kinds=CASEWORK) is None


def test_who_reads_figures_may_know_the_average_and_no_row(kim: Actor, cast: Cast, act_as: Act) -> None:
    hold(kim, a_post(kim, cast), somebody(kim, cast), "0.5")
    act_as(cast.actor("frieda"))
    assert Occupancy.objects.count() == Post.objects.count() == Employee.objects.count() == 0
    assert fte_of_window(Period.year(2022), kinds=CASEWORK) == Decimal("0.50")
    assert figure("fte_vacant").compute(cast.actor("frieda"), FigureQuery(Period.year(2022))).total is None, (
        "no row, no sum of rows"
    )
    planned, vacant = (
        figure(key).compute(act_as(cast.actor("lena")), FigureQuery(Period.year(2022), by=("post_kind",)))
        for key in ("fte_planned", "fte_vacant")
    )
    assert (planned.total, vacant.total) == (1, Decimal("0.5"))
    act_as(cast.actor("klaus"))
    assert fte_of_window(Period.year(2022), kinds=CASEWORK) is None
    set_actor(None)
    assert fte_of_window(Period.year(2022), kinds=CASEWORK) is None


@pytest.mark.parametrize("character", ["frieda", "karin", "lena", "klara", "arno"])
def test_only_who_keeps_posts_adds_one(character: str, cast: Cast, act_as: Act) -> None:
    actor = act_as(cast.actor(character))
    with pytest.raises(PermissionDenied):
        a_post(actor, cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        Post.objects.create(
            organisation_id=home(cast), name="X", kind="coordination", workplace="county", share=1,
            valid=DateRange(SPRING, None),
        )  # fmt: skip


def test_a_strangers_posts_do_not_exist(kim: Actor, cast: Cast, act_as: Act) -> None:
    hold(kim, a_post(kim, cast), somebody(kim, cast), "0.5")
    klara = act_as(cast.actor("klara"))
    assert staffing_on(klara, date(2022, 3, 1)).lines == ()
    assert Leave.objects.count() == FundingLine.objects.count() == Post.objects.count() == 0


def test_every_change_of_posts_is_in_the_log(kim: Actor, cast: Cast) -> None:
    hold(kim, a_post(kim, cast), somebody(kim, cast), "0.5")
    with as_owner():
        noted = set(Event.objects.filter(actor_id=kim.account_id).values_list("action", flat=True))
    assert {"post.added", "employee.added", "post.occupied"} <= noted


def test_the_catalogue_counts_full_time_posts_by_kind(kim: Actor, cast: Cast, act_as: Act) -> None:
    hold(kim, a_post(kim, cast), somebody(kim, cast), "0.5")
    table = figure_table(act_as(cast.actor("frieda")), "fte_held", Period.year(2022))
    assert table.counted.total == Decimal("0.50")
    assert table.counted.cells == {("case_management",): Decimal("0.50")}
    narrowed = figure_table(kim, "fte_held", Period.year(2022), (), {"post_kind": ("coordination",)})
    assert narrowed.counted.total == 0
    with pytest.raises(QueryError):
        figure_table(kim, "fte_held", Period.year(2022), only={"post_kind": ("nonsense",)})


def test_activities_are_related_to_the_posts_that_were_held(kim: Actor, cast: Cast) -> None:
    window = Period.year(2022)
    assert usual_fte(window, None) == USUAL_FTE
    hold(kim, a_post(kim, cast), somebody(kim, cast), "0.5")
    assert usual_fte(window, None) == Decimal("0.50")
    table = figure_table(kim, "activities_per_fte_and_week", window)
    assert table.query.parameters == {"fte": Decimal("0.50")}
    given = figure_table(kim, "activities_per_fte_and_week", window, parameters={"fte": Decimal(3)})
    assert given.query.parameters == {"fte": Decimal(3)}
