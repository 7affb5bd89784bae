"""A figure over time: what means something else is a break, and is never compared or added up."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from kimwerk.access.actors import Actor
from kimwerk.activities.models import Category
from kimwerk.kernel.periods import Period
from kimwerk.reporting.catalogue import figure
from kimwerk.reporting.exploring import Question, explore
from kimwerk.reporting.models import Edition
from kimwerk.reporting.selectors.breaks import interruptions, series_of
from kimwerk.reporting.web.explorer_pages import layout_of
from tests.activities.test_figures import entry
from tests.activities.worlds import write
from tests.cast import Cast, as_owner
from tests.reporting.reporters import a_diary, begin, released

SignIn = Callable[[str], Client]
Act = Callable[[Actor], Actor]
BOTH = Period(date(2021, 1, 1), date(2023, 1, 1))


@pytest.fixture
def merged(cast: Cast) -> None:
    """At the turn of the year workshops were merged into working groups."""
    with as_owner():
        after = Category.objects.get(pk=cast.categories["arbeitskreis"])
        Category.objects.filter(pk=cast.categories["workshop"]).update(valid_until=date(2021, 12, 31), successor=after)
    write(
        cast,
        [
            *(entry(kind="workshop", day=date(2021, 5, 3)) for _ in range(3)),
            entry(kind="arbeitskreis", day=date(2021, 5, 3)),
            *(entry(kind="arbeitskreis", day=date(2022, 5, 3)) for _ in range(4)),
            entry(kind="erstgespraech", day=date(2022, 5, 3)),
        ],
    )


def test_a_category_that_was_merged_in_between_is_no_difference(cast: Cast, merged: None, act_as: Act) -> None:
    kim = act_as(cast.actor("kim"))
    question = Question(figure("activities"), Period.year(2022), ("kind",), against=Period.year(2021))
    explored = explore(kim, question)
    lines = {line.heading: [cell.text for cell in line.cells] for line in layout_of(explored).lines}
    assert lines["Workshop"] == ["3", "0", "Bruch", "Bruch"]
    assert lines["Arbeitskreis"] == ["1", "4", "Bruch", "Bruch"], "the successor counts what the other one counted"
    assert lines["Austausch und Erstgespräche"][:3] == ["0", "1", "+1"]
    total = layout_of(explored).total
    assert total is not None
    assert [cell.value for cell in total.cells][:3] == [4, 5, 1], "the whole is the whole in both years"


def test_a_window_across_a_break_says_so(cast: Cast, merged: None, sign_in: SignIn) -> None:
    asked = f"{reverse('reporting:explorer')}?figure=activities&from=2021-01-01&to=2022-12-31&by=kind&by2=year"
    text = sign_in("kim").get(asked).content.decode()
    assert "Bruch: „Workshop“ galt bis 31.12.2021" in text
    alone = sign_in("kim").get(asked.replace("2021-01-01", "2022-01-01")).content.decode()
    assert "Bruch:" not in alone


def test_only_what_ends_or_begins_within_the_stretch_interrupts(cast: Cast, merged: None, act_as: Act) -> None:
    act_as(cast.actor("kim"))
    assert [each.key for each in interruptions(("kind", "month"), BOTH)] == ["workshop"]
    assert interruptions(("kind",), Period.year(2022)) == ()
    assert interruptions(("kind",), Period.year(2021)) == (), "it held to the last day of the window"
    assert interruptions(("month", "topic", "access_path"), BOTH) == ()


def test_editions_stand_side_by_side_and_a_changed_definition_is_a_break(
    cast: Cast, act_as: Act, sign_in: SignIn
) -> None:
    a_diary(cast)
    report = begin(cast)
    first, second = released(cast, report), released(cast, report)
    lena = act_as(cast.actor("lena"))
    series = series_of(lena, "activities_by_kind", ("kind",))
    assert len(series.points) == 2
    assert series.breaks == {}
    assert series.redefined == frozenset()
    page = f"{reverse('reporting:figure_series', args=['activities_by_kind'])}?by=kind"
    assert "‖" not in sign_in("stefan").get(page).content.decode()
    content = _redefined(second)
    with as_owner():
        Edition.objects.filter(pk=second.pk).update(content=content)
    text = sign_in("stefan").get(page).content.decode()
    assert "‖" in text
    assert str(first) in text
    assert "zählen auf beiden Seiten Verschiedenes" in text
    assert "Summe" not in text
    assert sign_in("klara").get(page).content.decode().count("<table") == 0


def _redefined(edition: Edition) -> object:
    text = json.dumps(edition.content, ensure_ascii=False)
    return json.loads(text.replace("Jede Maßnahme zählt einmal", "Jede Maßnahme zählt doppelt"))


def test_an_unknown_breakdown_or_figure_is_no_page(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("stefan")
    assert client.get(reverse("reporting:figure_series", args=["activities"]) + "?by=shoe").status_code == 404
    assert client.get(reverse("reporting:figure_series", args=["shoes"])).status_code == 404
