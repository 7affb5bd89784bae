"""Counting: the engine against counting by hand, its walls, and what a figure promises."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kimwerk.access.actors import Actor
from kimwerk.access.walls import set_actor
from kimwerk.activities.counting.totals import totals_of
from kimwerk.activities.figures import FIGURES, count_months_ahead, dimensions_for
from kimwerk.activities.models import Activity, CountedColumn, StaleMonth
from kimwerk.activities.selectors.entries import totals
from kimwerk.activities.types import EntryFilter
from kimwerk.kernel.figures import MISSING, Counted, Figure, FigureQuery, QueryError, QueryProblem
from kimwerk.kernel.periods import Period
from tests.activities.worlds import DIMENSIONS, FIRST, LAST, PEOPLE, Entry, entries, plain_count, write
from tests.cast import Cast, as_owner

Act = Callable[[Actor], Actor]
CATALOGUE = {figure.key: figure for figure in FIGURES}
WORLD = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
SPRING = Period(date(2022, 1, 1), date(2022, 4, 22))


@contextmanager
def a_world(cast: Cast, written: list[Entry]) -> Iterator[None]:
    """A diary that is gone afterwards."""
    with transaction.atomic():
        write(cast, written)
        yield
        transaction.set_rollback(True)


def count(cast: Cast, who: str, query: FigureQuery, key: str = "activities") -> Counted:
    actor = cast.actor(who)
    set_actor(actor.account_id)
    return CATALOGUE[key].compute(actor, query)


def keys_of(cast: Cast, key: str, members: tuple[str, ...]) -> tuple[str, ...]:
    """The members of a plain count as the catalogue of figures calls them."""
    ids = {
        "municipality": {name: f"0{ags}" for name, ags in AGS.items()},
        "site": {name: str(pk) for name, pk in cast.sites.items()},
        "partner": {name: str(pk) for name, pk in cast.organisations.items()},
        "staff": {name: str(pk) for name, pk in cast.accounts.items()},
    }
    return tuple(ids.get(key, {}).get(member, member) for member in members)


AGS = {"Hennef (Sieg)": 5382020, "Siegburg": 5382060, "Troisdorf": 5382068}


@st.composite
def windows(draw: st.DrawFn) -> Period:
    first = FIRST + timedelta(days=draw(st.integers(0, 120)))
    return Period.of_days(first, min(first + timedelta(days=draw(st.integers(0, 150))), LAST))


@st.composite
def questions(draw: st.DrawFn) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What to break down by and what to narrow to; staff is asked for elsewhere."""
    by = draw(st.lists(st.sampled_from(DIMENSIONS), max_size=3, unique=True))
    only = draw(st.lists(st.sampled_from(DIMENSIONS), max_size=2, unique=True))
    return tuple(by), tuple(only)


@WORLD
@given(
    written=st.lists(entries(), min_size=1, max_size=25),
    changed_later=st.lists(entries(), max_size=5),
    window=windows(),
    question=questions(),
    data=st.data(),
)
def test_the_engine_counts_as_one_would_by_hand(
    cast: Cast,
    written: list[Entry],
    changed_later: list[Entry],
    window: Period,
    question: tuple[tuple[str, ...], tuple[str, ...]],
    data: st.DataObject,
) -> None:
    """From the diary, from months counted ahead, and from both mixed: always the same answer."""
    by, narrowed = question
    ours = [e for e in written + changed_later if e.organisation == "Rhein-Sieg-Kreis"]
    chosen = {}
    for key in narrowed:
        found = sorted({m for e in ours if window.contains(e.day) for m in e.members(key)})
        if found:
            chosen[key] = tuple(data.draw(st.lists(st.sampled_from(found), min_size=1, max_size=2, unique=True)))
    cells, total = plain_count(ours, window.start, window.end, by, chosen)
    expected = {tuple(keys_of(cast, k, (m,))[0] for k, m in zip(by, key, strict=True)): n for key, n in cells.items()}
    only = {key: keys_of(cast, key, members) for key, members in chosen.items()}
    with a_world(cast, written):
        if data.draw(st.booleans()):
            count_months_ahead()
            assert not StaleMonth.objects.exists()
        write(cast, changed_later)
        counted = count(cast, "karin", FigureQuery(window, by=by, only=only))
    assert {key: n for key, n in counted.cells.items() if n} == expected
    assert counted.total == total


@WORLD
@given(written=st.lists(entries(), max_size=20), by=st.lists(st.sampled_from(DIMENSIONS), max_size=3, unique=True))
def test_months_counted_ahead_change_no_answer(cast: Cast, written: list[Entry], by: list[str]) -> None:
    query = FigureQuery(Period.of_days(FIRST, LAST), by=tuple(by))
    with a_world(cast, written):
        from_diary = {key: count(cast, "mehmet", query, key) for key in ("activities", "participants", "minutes")}
        count_months_ahead()
        ahead = {key: count(cast, "mehmet", query, key) for key in from_diary}
    assert ahead == from_diary


FILTERS = {
    "kinds": ("erstgespraech", "verweisberatung"),
    "channels": ("telefon",),
    "topics": ("wohnen", "arbeit"),
    "target_groups": ("ukraine",),
    "legal_circles": ("sgb-ii",),
    "referral_targets": ("mbe",),
}


@WORLD
@given(
    written=st.lists(entries(), max_size=25),
    changed_later=st.lists(entries(), max_size=5),
    window=st.none() | windows(),
    narrowed=st.dictionaries(st.sampled_from(sorted(FILTERS)), st.booleans(), max_size=2),
    person=st.sampled_from(("", "frieda", "mehmet")),
    place=st.sampled_from(("", "Siegburg")),
    has_minutes=st.sampled_from((None, None, True)),
)
def test_the_sums_above_a_list_are_those_of_its_rows(
    cast: Cast,
    written: list[Entry],
    changed_later: list[Entry],
    window: Period | None,
    narrowed: dict[str, bool],
    person: str,
    place: str,
    has_minutes: bool | None,
) -> None:
    """Whether they come from months counted ahead or from the entries, for one member and for several."""
    chosen = {
        name: frozenset(cast.categories[code] for code in FILTERS[name][: 1 if is_single else None])
        for name, is_single in narrowed.items()
    }
    asked = EntryFilter(
        window=window,
        is_team=True,
        people=frozenset({cast.accounts[person]}) if person else frozenset(),
        municipalities=frozenset({cast.municipalities[place]}) if place else frozenset(),
        has_minutes=has_minutes,
        **chosen,
    )
    with a_world(cast, written):
        count_months_ahead()
        write(cast, changed_later)
        karin = cast.actor("karin")
        set_actor(karin.account_id)
        assert totals_of(karin, asked) == totals(karin, asked)


@WORLD
@given(written=st.lists(entries(), min_size=1, max_size=20))
def test_who_did_how_much_is_counted_for_those_who_may_read_the_diary(cast: Cast, written: list[Entry]) -> None:
    ours = [e for e in written if e.organisation == "Kreis Kleve"]
    cells, total = plain_count(ours, FIRST, LAST + timedelta(days=1), ("staff",), {})
    with a_world(cast, written):
        counted = count(cast, "klara", FigureQuery(Period.of_days(FIRST, LAST), by=("staff",)))
    assert counted.cells == {keys_of(cast, "staff", key): n for key, n in cells.items()}
    assert counted.total == total


@WORLD
@given(written=st.lists(entries(), max_size=20))
def test_participants_and_minutes_are_sums_over_the_same_entries(cast: Cast, written: list[Entry]) -> None:
    ours = [e for e in written if e.organisation == "Rhein-Sieg-Kreis" and not e.is_removed]
    whole = Period.of_days(FIRST, LAST)
    with a_world(cast, written):
        people = count(cast, "kim", FigureQuery(whole, by=("sort",)), "participants")
        minutes = count(cast, "kim", FigureQuery(whole), "minutes")
        timed = count(cast, "kim", FigureQuery(whole), "activities_with_time")
        each = count(cast, "kim", FigureQuery(whole), "participants_per_activity")
    targets, partners = sum(e.target for e in ours), sum(e.partners for e in ours)
    assert people.cells.get(("target",), 0) == targets
    assert people.cells.get(("partner",), 0) == partners
    assert people.total == targets + partners
    assert minutes.total == sum(e.minutes or 0 for e in ours)
    assert timed.total == sum(e.minutes is not None for e in ours)
    assert each.total == (Decimal(targets + partners) / len(ours) if ours else None)


def entry(**changes: object) -> Entry:
    usual: dict[str, object] = {
        "organisation": "Rhein-Sieg-Kreis", "staff": "frieda", "day": date(2022, 3, 7), "kind": "workshop",
        "channel": "vor-ort", "municipality": "Siegburg", "site": "", "topic": (), "target_group": (),
        "legal_circle": (), "partner": (), "referral_target": "", "target": 3, "partners": 1, "minutes": 30,
        "is_removed": False,
    }  # fmt: skip
    return Entry(**(usual | changes))  # type: ignore[arg-type]  # the fields are those of an entry


def test_what_is_not_recorded_is_a_row_of_its_own(cast: Cast) -> None:
    write(cast, [entry(channel=""), entry(), entry()])
    counted = count(cast, "kim", FigureQuery(SPRING, by=("channel",)))
    assert counted.cells == {("vor-ort",): 2, (MISSING,): 1}
    assert counted.axes[0].members[-1].key == MISSING


def test_an_activity_with_two_topics_stands_in_both_and_counts_once(cast: Cast) -> None:
    write(cast, [entry(topic=("wohnen", "arbeit")), entry(topic=("wohnen",))])
    counted = count(cast, "kim", FigureQuery(SPRING, by=("topic",)))
    assert counted.cells == {("wohnen",): 2, ("arbeit",): 1}
    assert counted.total == 2


def test_a_topic_that_is_named_twice_counts_once(cast: Cast) -> None:
    write(cast, [entry(topic=("wohnen", "wohnen"))])
    assert count(cast, "kim", FigureQuery(SPRING, by=("topic",))).cells == {("wohnen",): 1}


def test_every_month_of_the_window_is_there_and_the_last_one_is_incomplete(cast: Cast) -> None:
    write(cast, [entry()])
    counted = count(cast, "kim", FigureQuery(SPRING, by=("month",)))
    assert [member.key for member in counted.axes[0].members] == ["2022-01", "2022-02", "2022-03", "2022-04"]
    assert [member.is_incomplete for member in counted.axes[0].members] == [False, False, False, True]
    assert counted.axes[0].members[3].covered == Period(date(2022, 4, 1), date(2022, 4, 22))


def test_a_rate_per_post_and_week_divides_by_the_days_that_the_window_covers(cast: Cast) -> None:
    write(cast, [entry(day=date(2022, 4, 5)) for _ in range(9)])
    query = FigureQuery(SPRING, by=("month",), parameters={"fte": Decimal(6)})
    counted = count(cast, "kim", query, "activities_per_fte_and_week")
    assert counted.cells["2022-04",] == Decimal("0.5")
    assert counted.cells["2022-01",] == 0
    assert counted.total == Decimal(9) / (6 * SPRING.weeks)


@pytest.mark.parametrize("fte", [None, Decimal(0), Decimal(-1), Decimal("NaN")])
def test_a_rate_without_posts_cannot_be_told(cast: Cast, fte: Decimal | None) -> None:
    parameters = {} if fte is None else {"fte": fte}
    with pytest.raises(QueryError) as refusal:
        count(cast, "kim", FigureQuery(SPRING, parameters=parameters), "activities_per_fte_and_week")
    assert refusal.value.problem is QueryProblem.PARAMETER_MISSING


def test_referral_consultations_are_counted_by_target(cast: Cast) -> None:
    write(
        cast,
        [
            entry(kind="verweisberatung", referral_target="mbe"),
            entry(kind="verweisberatung"),
            entry(kind="workshop"),
        ],
    )
    counted = count(cast, "kim", FigureQuery(SPRING, by=("referral_target",)), "referrals_by_target")
    assert counted.cells == {("mbe",): 1, (MISSING,): 1}
    assert counted.total == 2


@pytest.mark.parametrize("stranger", ["klaus", "klara", "tomasz", "sam", "doris", "arno", "tina", "stefan"])
@pytest.mark.parametrize("is_ahead", [False, True])
def test_a_stranger_counts_nothing(cast: Cast, stranger: str, is_ahead: bool) -> None:
    write(cast, [entry(), entry(staff="mehmet")])
    if is_ahead:
        count_months_ahead()
    for by in ((), ("kind",), ("municipality", "topic"), ("month", "kind")):
        counted = count(cast, stranger, FigureQuery(SPRING, by=by))
        assert counted.total == 0
        assert not any(counted.cells.values())


@pytest.mark.parametrize("stranger", ["klara", "tomasz", "stefan", "arno"])
def test_a_stranger_reads_no_month_counted_ahead_even_in_bare_sql(cast: Cast, act_as: Act, stranger: str) -> None:
    write(cast, [entry()])
    count_months_ahead()
    act_as(cast.actor(stranger))
    assert not CountedColumn.objects.exists()


def test_a_case_manager_reads_no_colleague_in_months_counted_ahead(cast: Cast, act_as: Act) -> None:
    write(cast, [entry()])
    count_months_ahead()
    act_as(cast.actor("mehmet"))
    assert CountedColumn.objects.filter(name="kind").exists()
    assert not CountedColumn.objects.filter(name="staff").exists()
    act_as(cast.actor("karin"))
    assert CountedColumn.objects.filter(name="staff").exists()


@pytest.mark.parametrize("who", ["frieda", "karin", "kim"])
def test_nobody_writes_months_counted_ahead_by_hand(cast: Cast, act_as: Act, who: str) -> None:
    write(cast, [entry()])
    count_months_ahead()
    act_as(cast.actor(who))
    assert CountedColumn.objects.update(entries=999) == 0
    assert CountedColumn.objects.all().delete()[0] == 0


@pytest.mark.parametrize("who", ["frieda", "kim", "lena", "anton"])
def test_who_may_only_count_cannot_ask_who_did_it(cast: Cast, who: str) -> None:
    write(cast, [entry()])
    for query in (FigureQuery(SPRING, by=("staff",)), FigureQuery(SPRING, only={"staff": ("1",)})):
        with pytest.raises(QueryError) as refusal:
            count(cast, who, query)
        assert refusal.value.problem is QueryProblem.UNKNOWN_DIMENSION
    assert "staff" not in {d.key for d in dimensions_for(cast.actor(who), CATALOGUE["activities"])}
    assert "staff" in {d.key for d in dimensions_for(cast.actor("karin"), CATALOGUE["activities"])}


def test_another_organisation_cannot_be_asked_for(cast: Cast) -> None:
    write(cast, [entry(), entry(organisation="Kreis Kleve", staff="klaus")])
    kleve = cast.organisations["Kreis Kleve"]
    assert count(cast, "kim", FigureQuery(SPRING, organisation=kleve)).total == 0
    assert count(cast, "klara", FigureQuery(SPRING, organisation=kleve)).total == 1


def test_a_right_in_one_municipality_counts_that_municipality(cast: Cast) -> None:
    write(cast, [entry(), entry(municipality="Troisdorf"), entry(municipality="")])
    count_months_ahead()
    with as_owner():
        from django.db.backends.postgresql.psycopg_any import DateRange

        from kimwerk.accounts.models import Membership

        Membership.objects.filter(account=cast.accounts["klaus"]).update(
            organisation=cast.organisations["Rhein-Sieg-Kreis"],
            municipality=cast.municipalities["Troisdorf"],
            valid=DateRange(date(2020, 1, 1), None),
        )
    assert count(cast, "klaus", FigureQuery(SPRING)).total == 1
    assert count(cast, "klaus", FigureQuery(SPRING, by=("municipality",))).cells == {("05382068",): 1}


def test_ones_own_entries_elsewhere_still_count(cast: Cast) -> None:
    write(cast, [entry(organisation="Kreis Kleve", staff="klaus"), entry()])
    with as_owner():
        Activity.objects.filter(organisation=cast.organisations["Kreis Kleve"]).update(done_by=cast.accounts["frieda"])
    count_months_ahead()
    assert count(cast, "frieda", FigureQuery(SPRING)).total == 2
    assert count(cast, "frieda", FigureQuery(SPRING, organisation=cast.organisations["Rhein-Sieg-Kreis"])).total == 1


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        (FigureQuery(SPRING, by=("kind", "topic", "month", "site")), QueryProblem.TOO_MANY_DIMENSIONS),
        (FigureQuery(Period.of_days(date(22, 1, 1), date(2022, 4, 21))), QueryProblem.WINDOW_TOO_LONG),
        (FigureQuery(SPRING, by=("kind", "kind")), QueryProblem.TOO_MANY_DIMENSIONS),
        (FigureQuery(SPRING, by=("shoe_size",)), QueryProblem.UNKNOWN_DIMENSION),
        (FigureQuery(SPRING, only={"kind": ("'; drop table x",)}), QueryProblem.UNKNOWN_MEMBER),
        (FigureQuery(SPRING, only={"site": ("-1",)}), QueryProblem.UNKNOWN_MEMBER),
        (FigureQuery(SPRING, only={"municipality": ("99999999",)}), QueryProblem.UNKNOWN_MEMBER),
        (FigureQuery(SPRING, only={"month": ("2019-01",)}), QueryProblem.UNKNOWN_MEMBER),
        (FigureQuery(SPRING, only={"sort": ("target",)}), QueryProblem.UNKNOWN_DIMENSION),
        (FigureQuery(SPRING, by=("sort",)), QueryProblem.UNKNOWN_DIMENSION),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(cast: Cast, query: FigureQuery, problem: QueryProblem) -> None:
    with pytest.raises(QueryError) as refusal:
        count(cast, "karin", query)
    assert refusal.value.problem is problem


def test_there_are_two_sorts_of_participants_and_no_third(cast: Cast) -> None:
    write(cast, [entry()])
    assert count(cast, "kim", FigureQuery(SPRING, only={"sort": ("partner",)}), "participants").total == 1
    with pytest.raises(QueryError) as refusal:
        count(cast, "kim", FigureQuery(SPRING, only={"sort": ("nobody",)}), "participants")
    assert refusal.value.problem is QueryProblem.UNKNOWN_MEMBER


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.key)
def test_every_figure_answers_in_few_queries(
    cast: Cast, act_as: Act, figure: Figure[Actor], django_assert_max_num_queries: Callable[..., object]
) -> None:
    write(cast, [entry(), entry(municipality="Troisdorf", kind="verweisberatung", referral_target="mbe")])
    actor = act_as(cast.actor("kim"))
    with django_assert_max_num_queries(3):  # type: ignore[attr-defined]  # a context manager
        counted = figure.compute(actor, FigureQuery(SPRING, by=figure.by, parameters={"fte": Decimal(6)}))
    assert [axis.dimension.key for axis in counted.axes] == list(figure.by)


def test_a_changed_month_is_marked_and_counted_anew(cast: Cast) -> None:
    write(cast, [entry()])
    assert count_months_ahead() == 1
    assert count_months_ahead() == 0
    with as_owner():
        Activity.objects.update(day=date(2022, 4, 1))
    set_actor(cast.accounts["kim"])
    assert {f"{mark.month:%Y-%m}" for mark in StaleMonth.objects.all()} == {"2022-03", "2022-04"}
    assert count(cast, "kim", FigureQuery(SPRING, by=("month",))).cells == {("2022-04",): 1}
    assert count_months_ahead() == 2
    assert count(cast, "kim", FigureQuery(SPRING, by=("month",))).cells == {("2022-04",): 1}
    with as_owner():
        Activity.objects.all().delete()
    assert count(cast, "kim", FigureQuery(SPRING)).total == 0


def test_counting_ahead_takes_no_more_than_it_is_asked_to(cast: Cast) -> None:
    write(cast, [entry(day=date(2022, month, 3)) for month in (1, 2, 3)])
    assert [count_months_ahead(most=2), count_months_ahead(most=2), count_months_ahead(most=2)] == [2, 1, 0]


def test_people_of_the_cast_are_at_their_organisations() -> None:
    assert set(PEOPLE) == {"Rhein-Sieg-Kreis", "Stadt Troisdorf", "Kreis Kleve"}


def test_counting_leaves_no_setting_of_maintenance_behind(cast: Cast) -> None:
    write(cast, [entry()])
    count_months_ahead()
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(current_setting('kimwerk.maintenance', true), '')")
        assert cursor.fetchone() == ("",)
