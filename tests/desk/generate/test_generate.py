"""Generated data: the same for a seed, sound by the diary's own rules, and never on a real installation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from kimwerk.access.walls import set_actor
from kimwerk.accounts.selectors import actor_by_email
from kimwerk.activities.models import Activity
from kimwerk.desk.generate.load import GeneratedAlready, NotSynthetic, Size, generate
from kimwerk.desk.generate.money import LEADER
from kimwerk.desk.generate.world import EVERYWHERE, MAIL_DOMAIN
from kimwerk.directory.models import Installation
from kimwerk.finance.selectors.plans import plan_inputs, plans_of
from kimwerk.kernel.money import Money
from tests.cast import Cast, as_owner
from tests.desk.conftest import empty_everything
from tests.made_once import MakeOnce

Ask = Callable[[str], list[tuple[object, ...]]]
LAST = date(2026, 6, 9)


def make(*, seed: int = 1, activities: int = 3_000, municipalities: int = 396) -> None:
    with as_owner():
        generate(size=Size(activities), seed=seed, years=10, municipalities=municipalities, last=LAST)


def ask(sql: str) -> list[tuple[object, ...]]:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def generated(_cast: Cast) -> None:
    with as_owner():
        empty_everything()
    make()


@pytest.fixture(scope="module", autouse=True)
def generated_once(make_once: MakeOnce) -> None:
    make_once(generated)


@pytest.fixture
def diary(db: None) -> None:
    """A small diary of ten years over all 54 bodies."""


PICTURE = """
select a.day, a.last_day, a.participants_target, a.participants_partner, a.minutes, k.code, o.name, m.ags, p.email,
  (select array_agg(c.code order by c.code) from activities_category c where c.id = any(a.topics)),
  cardinality(a.partners), a.entered_at
from activities_activity a
join activities_category k on k.id = a.kind_id join directory_organisation o on o.id = a.organisation_id
join accounts_account p on p.id = a.done_by_id left join directory_municipality m on m.id = a.municipality_id
order by a.id
"""


def picture(seed: int) -> list[tuple[object, ...]]:
    savepoint = transaction.savepoint()
    make(seed=seed, activities=400)
    seen = ask(PICTURE)
    transaction.savepoint_rollback(savepoint)
    return seen


def test_the_same_seed_makes_the_same_data_and_another_one_another(empty: None) -> None:
    first, again, other = picture(1), picture(1), picture(2)
    assert first == again
    assert first != other
    assert len(first) == 400


def test_all_54_bodies_and_396_municipalities_have_staff_and_entries_of_ten_years(diary: None) -> None:
    assert ask("select count(distinct organisation_id) from accounts_membership where role = 'case_manager'") == [(54,)]
    assert ask("select count(distinct municipality_id) from directory_site") == [(396,)]
    [(count, first, last)] = ask("select count(*), min(day), max(day) from activities_activity")
    assert count == 3_000
    assert (last - first).days > 9 * 365
    assert last <= LAST
    assert ask("select count(*) from activities_activity where extract(isodow from day) > 5") == [(0,)]


def test_fewer_municipalities_are_the_most_populous_ones(empty: None) -> None:
    make(municipalities=3, activities=50)
    names = ask("select m.name from directory_site s join directory_municipality m on m.id = s.municipality_id")
    assert {name for (name,) in names} == {"Köln", "Düsseldorf", "Dortmund"}


def test_what_is_generated_obeys_the_rules_of_the_diary(diary: None) -> None:
    ask("update activities_activity set version = version + 1 returning 1")
    assert ask("select count(*) from activities_activity where version = 2") == [(3_000,)]


def test_triggers_keys_indexes_and_walls_stand_again_afterwards(empty: None) -> None:
    state = """
    select pg_get_indexdef(indexrelid) as fact from pg_index where indrelid = 'activities_activity'::regclass
    union all select conname || pg_get_constraintdef(oid) from pg_constraint
      where conrelid = 'activities_activity'::regclass
    union all select tgname::text || tgenabled::text from pg_trigger
      where tgrelid = 'activities_activity'::regclass and not tgisinternal
    union all select 'walls ' || relforcerowsecurity from pg_class where oid = 'activities_activity'::regclass
    order by fact
    """
    before = ask(state)
    make(activities=10)
    assert ask(state) == before
    set_actor(None)
    assert not Activity.objects.exists()


def test_one_account_coordinates_everywhere_and_each_coordination_at_home(diary: None) -> None:
    everywhere = actor_by_email(EVERYWHERE)
    at_home = actor_by_email("koordination-05382@messung.example")
    assert everywhere
    assert at_home
    set_actor(everywhere.account_id)
    assert Activity.objects.countable_by(everywhere).count() == 3_000
    set_actor(at_home.account_id)
    assert 0 < Activity.objects.visible_to(at_home).count() < 600


def test_generating_is_recorded_as_one_act(diary: None) -> None:
    assert ask("select kind, action, amount from audit.event where subject_type = 'activities_activity'") == [
        ("act", "diary.generated", 3_000)
    ]


def test_it_adds_to_the_synthetic_county(demo: Ask) -> None:
    [(before,)] = demo("select count(*) from activities_activity")
    assert isinstance(before, int)
    make(activities=100)
    assert demo("select count(*) from activities_activity") == [(before + 100,)]
    assert demo("select count(*) from directory_organisation where name = 'Rhein-Sieg-Kreis'") == [(1,)]


def test_it_is_done_once(diary: None) -> None:
    with pytest.raises(GeneratedAlready):
        make(activities=10)


def test_a_real_installation_is_refused_and_left_alone(empty: None) -> None:
    with as_owner():
        Installation.objects.create(name="Kreis Kleve")
    with pytest.raises(NotSynthetic, match="Kreis Kleve"):
        make(activities=10)
    assert ask("select count(*) from activities_activity") == [(0,)]


def test_the_command_runs_with_the_settings_of_the_demo_only(empty: None) -> None:
    with pytest.raises(CommandError):
        call_command("generate", activities=10)


def test_the_web_role_cannot_generate(empty: None) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        generate(size=Size(10), seed=1, years=1, municipalities=396, last=LAST)


def test_each_body_gets_a_plan_whose_sums_a_reader_without_salaries_sees(empty: None) -> None:
    with as_owner():
        generate(size=Size(posts=4), seed=1, years=10, municipalities=3, last=LAST)
    assert ask("select count(*), min(last_year - first_year) from finance_costplan") == [(3, 9)]
    assert ask("select count(*) from finance_planpost") == [(12,)]
    leader = actor_by_email(f"{LEADER}@{MAIL_DOMAIN}")
    set_actor(leader.account_id)
    tables = [plan_inputs(leader, plan).tables() for plan in plans_of(leader)]
    assert all(table.expenditure > table.income > Money(0) for years in tables for table in years[:1])
