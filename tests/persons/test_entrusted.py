"""What the walls keep ready about who is entrusted with whom equals what care and memberships say, whatever happens."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kimwerk.access.actors import Actor
from kimwerk.access.roles import Role
from kimwerk.access.walls import acting, set_actor
from kimwerk.accounts.models import Account, Membership
from kimwerk.persons.models import Care, Person
from kimwerk.persons.types import CareReason
from kimwerk.persons.walls import formerly_in_care, formerly_kept
from tests.cast import Cast, as_owner
from tests.meeting import meet
from tests.persons.people import COUNTY, register

Act = Callable[[Actor], Actor]
PEOPLE = ("frieda", "karin", "klaus")
KEPT = "select e::text from walls.entrusted e order by 1"
AS_SAID = "select s::text from walls.should_be_entrusted s order by 1"
MINE = "select distinct person_id from walls.{view} order by 1"
ASKED = "select p.id from persons_person p where {condition} order by 1"

days = st.integers(-2, 2)
person = st.sampled_from(PEOPLE)
which = st.integers(0, 1)
deed = st.one_of(
    st.tuples(st.just("entrust"), which, person, days, st.none() | days),
    st.tuples(st.just("release"), which, person, days),
    st.tuples(st.just("grant"), person, st.sampled_from((Role.CASE_MANAGER, Role.CASE_MANAGEMENT_COORDINATION)), days),
    st.tuples(st.just("end"), person, days),
    st.tuples(st.just("take"), person),
    st.tuples(st.just("close"), person, st.booleans()),
)


class Office:
    """Does to care, accounts and roles what an office does."""

    def __init__(self, cast: Cast, people: list[Person]) -> None:
        self.cast, self.people = cast, people
        self.county = cast.organisations[COUNTY]

    def do(self, name: str, *facts: object) -> None:
        with contextlib.suppress(IntegrityError), transaction.atomic():  # such as an end before the beginning
            getattr(self, name)(*facts)

    def entrust(self, which: int, who: str, begins: int, ends: int | None) -> None:
        now, account = timezone.now(), self.cast.accounts[who]
        Care.objects.create(
            person=self.people[which],
            organisation_id=self.county,
            account_id=account,
            reason=CareReason.CASE.value,
            case_key=f"{begins}{ends}",
            begins_at=now + timedelta(days=begins),
            ends_at=None if ends is None else now + timedelta(days=ends),
            granted_by_id=account,
        )

    def release(self, which: int, who: str, ends: int) -> None:
        running = Care.objects.filter(person=self.people[which], account=self.cast.accounts[who], ends_at=None)
        running.update(ends_at=timezone.now() + timedelta(days=ends))

    def grant(self, who: str, role: Role, begins: int) -> None:
        first = timezone.localdate() + timedelta(days=begins)
        Membership.objects.create(
            account_id=self.cast.accounts[who],
            role=role.value,
            organisation_id=self.county,
            valid=DateRange(first, None),
        )

    def end(self, who: str, days: int) -> None:
        end = timezone.localdate() + timedelta(days=days)
        Membership.objects.filter(account=self.cast.accounts[who], valid__startswith__lt=end).update(
            valid=DateRange(end - timedelta(days=9), end)
        )

    def take(self, who: str) -> None:
        for membership in Membership.objects.filter(account=self.cast.accounts[who]).order_by("pk")[:1]:
            membership.delete()

    def close(self, who: str, is_active: bool) -> None:
        Account.objects.filter(pk=self.cast.accounts[who]).update(is_active=is_active)


def _rows(statement: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


@pytest.fixture
def people(cast: Cast, act_as: Act) -> list[Person]:
    """Two people in Frieda's care."""
    frieda = act_as(cast.actor("frieda"))
    return [register(cast, frieda), register(cast, frieda)]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(deed, min_size=1, max_size=8))
def test_the_walls_know_who_is_entrusted_with_whom(
    deeds: list[tuple[object, ...]], cast: Cast, people: list[Person]
) -> None:
    with transaction.atomic():
        with as_owner():
            office = Office(cast, people)
            for name, *facts in deeds:
                office.do(str(name), *facts)
            assert _rows(KEPT) == _rows(AS_SAID)
            for who in PEOPLE:
                set_actor(cast.accounts[who])
                for view, condition in (("my_people", formerly_in_care), ("my_kept_people", formerly_kept)):
                    asked = ASKED.format(condition=condition("p.id"))
                    assert _rows(MINE.format(view=view)) == _rows(asked), (who, view)
        transaction.set_rollback(True)


def test_a_person_is_in_ones_care_from_the_moment_of_registering(people: list[Person]) -> None:
    assert _rows(MINE.format(view="my_kept_people")) == [(person.pk,) for person in people]


def test_who_names_no_actor_is_entrusted_with_nobody(people: list[Person]) -> None:
    set_actor(None)
    assert _rows(MINE.format(view="my_people")) == []


def test_care_given_while_the_right_to_it_is_taken_away_opens_no_file(copied: Cast) -> None:
    frieda = copied.actor("frieda")

    def begin(pause: Callable[[], None]) -> None:
        with acting(frieda):
            register(copied, frieda)
            pause()

    def take() -> None:
        with transaction.atomic(), as_owner():
            Membership.objects.filter(account=copied.accounts["frieda"]).delete()

    assert meet(begin, take) is None
    with transaction.atomic(), as_owner():
        assert _rows(KEPT) == []
