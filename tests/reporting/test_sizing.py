"""Tables that nobody could read are refused, before they are counted where that can be foreseen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from kimwerk.access.actors import Actor
from kimwerk.kernel.figures import (
    Axis,
    Counted,
    Dimension,
    Figure,
    FigureQuery,
    Member,
    MemberKind,
    QueryError,
    QueryProblem,
    Unit,
)
from kimwerk.kernel.periods import Period
from kimwerk.reporting import counting, exploring
from kimwerk.reporting.catalogue import figure
from kimwerk.reporting.counting import count_report
from kimwerk.reporting.plan import Plan, PlannedFigure, PlannedSection
from kimwerk.reporting.remarks import is_releasable
from kimwerk.reporting.showing import problem_text
from kimwerk.reporting.sizing import answered, numbers_in
from kimwerk.reporting.types import FigureProblem
from tests.cast import Cast
from tests.reporting.reporters import SPRING, a_diary

SignIn = Callable[[str], Client]
Act = Callable[[Actor], Actor]
PLACE, TOPIC = Dimension("place", "Kommune", MemberKind.PLACE), Dimension("topic", "Thema")
MONTH = Dimension("month", "Monat", MemberKind.TIME)
WEEK = Dimension("week", "Kalenderwoche", MemberKind.TIME)
TEN_YEARS = Period(date(2014, 1, 1), date(2024, 1, 1))
NOBODY = Actor(account_id=1, name="Ada Beispiel", grants=())


def members(count: int) -> tuple[Member, ...]:
    return tuple(Member(str(number), f"Nr. {number}") for number in range(count))


class Counter:
    """A figure that remembers what it was asked; `met` says how many members occur along each dimension."""

    def __init__(self, listed: Mapping[str, int], met: Mapping[str, int]) -> None:
        self.asked: list[tuple[str, ...]] = []
        self.met = met
        self.figure: Figure[Actor] = Figure(
            key="made", title="Gezähltes", unit=Unit.ACTIVITIES, counts="", population="", room="activities",
            dimensions=(PLACE, TOPIC, MONTH, WEEK), compute=self._compute,
            choices=(lambda _actor: {key: members(count) for key, count in listed.items()}) if listed else None,
        )  # fmt: skip

    def _compute(self, _actor: Actor, query: FigureQuery) -> Counted:
        self.asked.append(query.by)
        axes = tuple(Axis(self.figure.dimension(key), members(self.met[key])) for key in query.by)
        return Counted(axes, {}, 0)

    def ask(self, *by: str, only: Mapping[str, tuple[str, ...]] | None = None) -> Counted:
        query = FigureQuery(TEN_YEARS, by, only or {})
        return answered(NOBODY, self.figure, query, most=100_000)


def test_a_table_has_a_number_for_each_combination_and_each_sum() -> None:
    assert numbers_in(()) == 1
    assert numbers_in((3,)) == 4
    assert numbers_in((396, 19, 40)) == 397 * 20 * 41


def test_a_table_that_is_too_large_is_refused_before_it_is_counted() -> None:
    counter = Counter({"place": 60, "topic": 30}, {"place": 50, "topic": 20, "week": 522})
    with pytest.raises(QueryError) as refused:
        counter.ask("place", "topic", "week")
    assert refused.value.problem is QueryProblem.TABLE_TOO_LARGE
    assert refused.value.subject == str(51 * 21 * 523)
    assert counter.asked == [("place",), ("topic",)]


def test_what_the_lists_show_to_be_small_enough_is_counted_at_once() -> None:
    counter = Counter({"place": 12, "topic": 10}, {"place": 5, "topic": 5, "week": 522})
    counter.ask("place", "topic", "week")
    assert counter.asked == [("place", "topic", "week")]


def test_over_a_usual_window_no_list_is_looked_at() -> None:
    counter = Counter({}, {"place": 18, "topic": 16, "month": 12})
    figure = replace(counter.figure, choices=lambda _actor: pytest.fail("a list was looked at"))
    answered(NOBODY, figure, FigureQuery(Period.year(2022), ("place", "topic", "month")), most=100_000)
    assert counter.asked == [("place", "topic", "month")]


def test_of_long_lists_only_what_occurs_matters() -> None:
    counter = Counter({"place": 400, "topic": 400}, {"place": 9, "topic": 9, "week": 522})
    counter.ask("place", "topic", "week")
    assert counter.asked[-1] == ("place", "topic", "week")


def test_a_filter_makes_a_table_small_enough() -> None:
    counter = Counter({"place": 400, "topic": 40}, {"place": 2, "topic": 40, "week": 522})
    counter.ask("place", "topic", "week", only={"place": ("1", "2")})
    assert counter.asked[-1] == ("place", "topic", "week")


@pytest.mark.parametrize("by", [("place", "topic", "week"), ("place", "topic")])
def test_without_lists_the_answer_is_refused_before_it_is_laid_out(by: tuple[str, ...]) -> None:
    counter = Counter({}, {"place": 400, "topic": 400, "week": 522})
    with pytest.raises(QueryError) as refused:
        counter.ask(*by)
    assert refused.value.problem is QueryProblem.TABLE_TOO_LARGE


def test_the_explorer_says_how_to_make_a_table_smaller(
    cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_diary(cast)
    monkeypatch.setattr(exploring, "MOST_SHOWN", 1_000)
    asked = "?figure=activities&from=2013-01-01&to=2022-12-31&by=kind&by2=municipality&by3=week"
    page = sign_in("kim").get(reverse("reporting:explorer") + asked).content.decode()
    assert "Die Tabelle hätte " in page
    assert "Wählen Sie einen kürzeren Zeitraum" in page
    assert sign_in("kim").get(reverse("reporting:explorer_file", args=["csv"]) + asked).status_code == 404


def plan_with(cast: Cast, *figures: PlannedFigure) -> Plan:
    county = "Rhein-Sieg-Kreis"
    return Plan("Bericht", cast.organisations[county], county, SPRING, (PlannedSection("Zahlen", figures=figures),))


def test_a_report_names_the_table_that_is_too_large_and_counts_the_others(
    cast: Cast, act_as: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_diary(cast)
    monkeypatch.setattr(counting, "MOST_PRINTED", 10)
    plan = plan_with(cast, PlannedFigure("activities", ("kind", "month")), PlannedFigure("activities", ()))
    large, small = (content := count_report(act_as(cast.actor("kim")), plan)).figures
    assert large.problem is FigureProblem.TABLE_TOO_LARGE
    assert problem_text(large).startswith("Die Tabelle hätte 15 Zahlen, die Summen mitgezählt; höchstens 20.000")
    assert small.total == 7
    assert not is_releasable(content)


@pytest.mark.parametrize("key", ["activities", "cases_opened", "case_referrals", "land_activities"])
def test_a_report_names_the_figure_whose_window_is_too_long_and_counts_the_others(
    cast: Cast, act_as: Act, key: str
) -> None:
    a_diary(cast)
    mistyped = PlannedFigure(key, figure(key).by, window=Period(date(2022, 1, 1), date(2222, 1, 1)))
    plan = plan_with(cast, mistyped, PlannedFigure("activities", ()))
    long, usual = (content := count_report(act_as(cast.actor("karin")), plan)).figures
    assert long.problem is FigureProblem.WINDOW_TOO_LONG
    assert problem_text(long).startswith("Der Zeitraum der Kennzahl ist länger als hundert Jahre.")
    assert usual.total == 7
    assert not is_releasable(content)
