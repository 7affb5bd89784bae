"""The quick entry: what a line would enter, what is assumed, what is asked back, and that Enter saves it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.walls import set_actor
from kimwerk.activities.models import Activity, Category
from kimwerk.activities.web.quick import Reading, read_line
from tests.activities.diary import stands
from tests.cast import Cast, as_owner

Act = Callable[[Actor], Actor]
SignIn = Callable[[str], Client]
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def words(cast: Cast) -> None:
    """The short codes of a usual office."""
    with as_owner():
        Category.objects.filter(code="erstgespraech").update(words=["eb", "Erstberatung"])
        Category.objects.filter(code="verweisberatung").update(words=["vb"])
        Category.objects.filter(code="ukraine").update(words=["Ukraine"])


def own_entries(cast: Cast) -> list[Activity]:
    set_actor(cast.accounts["frieda"])
    return list(Activity.objects.filter(done_by=cast.accounts["frieda"]).order_by("pk"))


def said(reading: Reading) -> dict[str, tuple[str, bool]]:
    """The facts a reading shows: label to text, and whether it is assumed."""
    return {str(fact.label): (str(fact.text), fact.is_assumed) for fact in reading.facts}


def test_a_line_of_short_codes_is_a_whole_entry(cast: Cast, act_as: Act) -> None:
    reading = read_line(act_as(cast.actor("frieda")), "eb si 2 30")
    assert reading.is_ready
    [facts] = reading.entries
    assert (facts.kind_id, facts.municipality_id) == (cast.categories["erstgespraech"], cast.municipalities["Siegburg"])
    assert (facts.participants_target, facts.minutes, facts.day) == (2, 30, timezone.localdate())


def test_the_line_of_the_task_is_understood_whole(cast: Cast, act_as: Act) -> None:
    reading = read_line(act_as(cast.actor("frieda")), "erstberatung siegburg 2 ukraine 30min")
    [facts] = reading.entries
    assert facts.target_groups == (cast.categories["ukraine"],)
    assert (facts.participants_target, facts.minutes) == (2, 30)


def test_what_the_line_does_not_say_is_assumed_and_says_so(cast: Cast, act_as: Act) -> None:
    stands(cast)
    facts = said(read_line(act_as(cast.actor("frieda")), "eb 3"))
    assert facts["Kommune"] == ("Siegburg", True)
    assert facts["Standort"] == ("Rathaus Siegburg", True)
    assert facts["Kanal"] == ("vor Ort", True)
    assert facts["Tag"][1]
    assert facts["Art"] == ("Austausch und Erstgespräche", False)


def test_another_town_takes_the_assumed_site_away(cast: Cast, act_as: Act) -> None:
    stands(cast)
    [facts] = read_line(act_as(cast.actor("frieda")), "eb troisdorf 1").entries
    assert (facts.municipality_id, facts.site_id) == (cast.municipalities["Troisdorf"], None)


def test_an_odd_second_number_is_asked_back(cast: Cast, act_as: Act) -> None:
    reading = read_line(act_as(cast.actor("frieda")), "eb si 2 3")
    assert not reading.is_ready
    [question] = reading.questions
    assert [choice.line for choice in question.choices] == ["eb si 2 3p", "eb si 2 3min", "eb si 2"]


def test_an_unknown_word_is_not_swallowed(cast: Cast, act_as: Act) -> None:
    reading = read_line(act_as(cast.actor("frieda")), "eb siegburk 2")
    assert not reading.is_ready
    [question] = reading.questions
    assert question.is_unknown
    assert "eb Siegburg 2" in [choice.line for choice in question.choices]


def test_without_a_kind_nothing_can_be_saved(cast: Cast, act_as: Act) -> None:
    reading = read_line(act_as(cast.actor("frieda")), "siegburg 2")
    assert not reading.is_ready
    assert "Welche Art" in str(reading.problems[0])


def test_several_like_activities_are_entered_at_once(cast: Cast, act_as: Act) -> None:
    assert len(read_line(act_as(cast.actor("frieda")), "3x eb si 1").entries) == 3


@pytest.mark.parametrize(
    ("line", "more", "fewer"),
    [("eb si 2 30min", "eb si 3 30min", "eb si 1 30min"), ("eb si", "eb si 1", None), ("eb si 0", "eb si 1", None)],
)
def test_buttons_change_the_number_where_it_stands(
    line: str, more: str, fewer: str | None, cast: Cast, act_as: Act
) -> None:
    reading = read_line(act_as(cast.actor("frieda")), line)
    assert reading.more
    assert reading.more.line == more
    assert (reading.fewer.line if reading.fewer else None) == fewer


def test_buttons_set_the_minutes(cast: Cast, act_as: Act) -> None:
    reading = read_line(act_as(cast.actor("frieda")), "eb si 2 30min")
    lines = {str(choice.label): (choice.line, choice.is_current) for choice in reading.minutes}
    assert lines["45"] == ("eb si 2 45min", False)
    assert lines["30"] == ("eb si 2 30min", True)


def test_enter_saves_a_clear_line_and_offers_the_way_back(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("frieda")
    answer = client.post("/tagebuch/schnell/", {"line": "eb si 2 30min"}, headers=HTMX)
    assert answer.status_code == 200
    [entry] = own_entries(cast)
    assert entry.minutes == 30
    page = answer.content.decode()
    assert f"/tagebuch/zuruecknehmen/{entry.pk}/" in page
    assert "Gespeichert" in page
    assert 'value="eb si 2 30min"' not in page
    assert "diaryChanged" in answer.headers["HX-Trigger-After-Swap"]


def test_undoing_takes_the_entry_out_again(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("frieda")
    client.post("/tagebuch/schnell/", {"line": "2x eb si 2"}, headers=HTMX)
    keys = "-".join(str(entry.pk) for entry in own_entries(cast))
    assert client.post(f"/tagebuch/zuruecknehmen/{keys}/").status_code == 302
    assert all(entry.removed_at for entry in own_entries(cast))


def test_undoing_somebody_elses_entry_is_not_possible(cast: Cast, sign_in: SignIn) -> None:
    [entry] = stands(cast)
    assert sign_in("mehmet").post(f"/tagebuch/zuruecknehmen/{entry.pk}/").status_code == 404


def test_a_line_with_an_open_question_comes_back_as_it_was(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in("frieda").post("/tagebuch/schnell/", {"line": "eb si 2 quatsch"}, headers=HTMX)
    assert answer.status_code == 422
    assert 'value="eb si 2 quatsch"' in answer.content.decode()
    assert own_entries(cast) == []


def test_without_scripts_the_line_is_shown_before_it_is_saved(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("frieda")
    shown = client.post("/tagebuch/schnell/", {"line": "eb si 2 30min", "back": "/"})
    assert "So speichern" in shown.content.decode()
    assert own_entries(cast) == []
    confirmed = {"line": "eb si 2 30min", "confirmed": "eb si 2 30min", "back": "/"}
    saved = client.post("/tagebuch/schnell/", confirmed)
    assert (saved.status_code, saved.headers["Location"]) == (302, "/")
    assert len(own_entries(cast)) == 1


def test_one_is_never_sent_back_to_a_foreign_site(cast: Cast, sign_in: SignIn) -> None:
    sent = {"line": "eb si 2", "confirmed": "eb si 2", "back": "//fremd.example/"}
    assert sign_in("frieda").post("/tagebuch/schnell/", sent).headers["Location"] == "/tagebuch/"


def test_a_line_taken_over_is_shown_and_not_saved(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in("frieda").post("/tagebuch/schnell/lesen/", {"take": "eb si 2"}, headers=HTMX)
    assert 'value="eb si 2"' in answer.content.decode()
    assert own_entries(cast) == []


def test_typing_gets_the_reading_alone(cast: Cast, sign_in: SignIn) -> None:
    headers = HTMX | {"HX-Target": "quick-reading"}
    answer = sign_in("frieda").post("/tagebuch/schnell/lesen/", {"line": "eb si 2"}, headers=headers)
    assert "<form" not in answer.content.decode()
    assert "Siegburg" in answer.content.decode()


def test_more_fields_takes_the_line_along(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in("frieda").post("/tagebuch/schnell/", {"line": "eb si 2", "more": "1"})
    assert answer.headers["Location"] == "/tagebuch/neu/?line=eb+si+2"
    form = sign_in("frieda").get(answer.headers["Location"]).content.decode()
    assert f'<option value="{cast.municipalities["Siegburg"]}" selected>' in form


def test_a_day_in_the_future_is_refused_before_saving(cast: Cast, act_as: Act) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    reading = read_line(act_as(cast.actor("frieda")), f"eb si 2 {tomorrow:%d.%m.%Y}")
    assert not reading.is_ready
    assert "in der Zukunft" in str(reading.problems[0])


def test_a_past_day_is_taken(cast: Cast, act_as: Act) -> None:
    [facts] = read_line(act_as(cast.actor("frieda")), "eb si 2 7.3.2022").entries
    assert facts.day == date(2022, 3, 7)


def test_who_keeps_no_diary_has_no_quick_entry(cast: Cast, sign_in: SignIn) -> None:
    assert sign_in("lena").post("/tagebuch/schnell/", {"line": "eb si 2"}).status_code == 404
    assert 'id="quick"' not in sign_in("lena").get("/").content.decode()
