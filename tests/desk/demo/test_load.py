"""The synthetic county in the database: complete, labelled, and never where something else is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from kimwerk.access.walls import set_actor
from kimwerk.accounts.selectors import actor_by_email
from kimwerk.activities.models import Activity
from kimwerk.activities.selectors.book import vocabulary_for
from kimwerk.activities.shorthand import read_shorthand
from kimwerk.desk.demo.county import the_county
from kimwerk.desk.demo.load import NotSynthetic, load_demo
from kimwerk.directory.models import Installation
from kimwerk.kernel.periods import Period
from tests.cast import CHARACTERS, as_owner
from tests.desk.conftest import TODAY

Ask = Callable[[str], list[tuple[object, ...]]]


def test_the_database_counts_what_the_source_published(demo: Ask) -> None:
    [(activities,)] = demo("select count(*) from activities_activity where day between '2022-02-01' and '2022-04-21'")
    [participants] = demo(
        "select sum(participants_target), sum(participants_partner) from activities_activity"
        " where day between '2022-01-01' and '2022-04-21'"
    )
    assert (activities, participants) == (1233, (1630, 244))


def test_the_coordination_sees_it_all_through_the_walls(demo: Ask) -> None:
    karin = actor_by_email("karin@kimwerk.example")
    assert karin
    set_actor(karin.account_id)
    window = Period(date(2022, 2, 1), date(2022, 4, 22))
    assert Activity.objects.visible_to(karin).during(window).count() == 1233


def test_troisdorf_sees_nothing_of_the_county(demo: Ask) -> None:
    tomasz = actor_by_email("tomasz@kimwerk.example")
    assert tomasz
    set_actor(tomasz.account_id)
    assert Activity.objects.countable_by(tomasz).exists()
    assert set(Activity.objects.values_list("done_by__given_name", flat=True)) == {"Tomasz"}


def test_the_installation_says_that_it_is_synthetic(demo: Ask) -> None:
    assert Installation.objects.values_list("is_synthetic", "seed").get() == (True, 2022)


def test_all_municipalities_of_the_land_and_the_sites_of_the_source_are_there(demo: Ask) -> None:
    assert demo("select count(*) from directory_municipality") == [(396,)]
    assert demo(
        "select count(distinct s.name) from directory_site s join activities_activity a on a.site_id = s.id"
        " where a.day <= '2022-04-21'"
    ) == [(15,)]


def test_everybody_of_the_cast_has_an_account_without_a_password(demo: Ask) -> None:
    here = {name for name, (_, _, _, organisation) in CHARACTERS.items() if organisation != "Kreis Kleve"}
    for name in here:
        assert actor_by_email(f"{name}@kimwerk.example"), name
    assert demo("select count(*) from accounts_account where password not like '!%'") == [(0,)]


def test_every_favourite_is_a_line_that_can_be_read(demo: Ask) -> None:
    for person in the_county().people:
        if not person.favourites:
            continue
        actor = actor_by_email(f"{person.key}@kimwerk.example")
        assert actor
        set_actor(actor.account_id)
        vocabulary = vocabulary_for(actor)
        for _, line in person.favourites:
            said = read_shorthand(line, vocabulary, TODAY)
            assert said.is_clear, (line, said.unknown, said.ambiguous)


def test_loading_is_recorded_as_one_act(demo: Ask) -> None:
    [(amount,)] = demo(
        "select count(*) from activities_activity a"
        " where not exists (select from casework_casecontact c where c.activity_id = a.id)"
    )
    acts = "select kind, action, amount from audit.event where subject_type = 'activities_activity'"
    assert demo(f"{acts} and action = 'demo.loaded'") == [("act", "demo.loaded", amount)]


def test_changes_are_recorded_again_after_loading(demo: Ask) -> None:
    demo("update activities_activity set minutes = 7 where id = (select min(id) from activities_activity) returning 1")
    changes = "select columns from audit.event where kind = 'change' and subject_type = 'activities_activity'"
    assert demo(f"{changes} order by id desc limit 1") == [(["minutes"],)]


def test_a_second_load_changes_nothing(demo: Ask) -> None:
    before = demo("select count(*), max(id) from activities_activity")
    with as_owner():
        assert load_demo(seed=1, today=TODAY) == 0
    assert demo("select count(*), max(id) from activities_activity") == before


def test_a_real_installation_is_refused_and_left_alone(empty: None) -> None:
    with as_owner():
        Installation.objects.create(name="Kreis Kleve")
        with pytest.raises(NotSynthetic, match="Kreis Kleve"):
            load_demo(seed=2022, today=TODAY)
        assert not Activity.objects.exists()


def test_the_command_runs_with_the_settings_of_the_demo_only(empty: None) -> None:
    with pytest.raises(CommandError):
        call_command("load_demo")
    assert not Installation.objects.exists()


def test_the_edition_of_2024_carries_on_that_of_2022_number_by_number(demo: Ask) -> None:
    editions = demo(
        "select e.title, b.title, jsonb_array_length(coalesce(e.content->'changes', '[]'::jsonb)) > 100"
        " from reporting_edition e left join reporting_edition b on b.id = e.continues_id order by e.id"
    )
    assert editions == [("Evaluation KIM 2022", None, False), ("Evaluation KIM 2024", "Evaluation KIM 2022", True)]
    compared = demo(
        "select c.value->>'kind', (c.value->>'before')::int, (c.value->>'after')::int > 2 * 1329"
        " from reporting_edition e, jsonb_array_elements(e.content->'changes') c"
        " where e.title = 'Evaluation KIM 2024' and c.value->>'figure' = 'Maßnahmen nach Art' and c.value->>'what' = ''"
    )
    assert compared == [("compared", 1329, True)]
    assert demo("select state from reporting_publication") == [("public",)]


def test_reports_of_every_rhythm_and_the_statistics_for_the_land_begin_by_themselves(demo: Ask) -> None:
    assert demo("select template, rhythm from reporting_reportschedule where ended_at is null order by id") == [
        ("evaluation", "quarterly"), ("evaluation", "half_yearly"), ("evaluation", "yearly"),
        ("land_statistics", "half_yearly"),
    ]  # fmt: skip
