"""What the walls keep ready about who may look into which case equals what is said about cases, whatever happens."""

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
from kimwerk.accounts.rights import write_role_rights
from kimwerk.casework.models import Case, Insight
from kimwerk.casework.services import open_case
from kimwerk.casework.types import InsightKind
from kimwerk.persons.services.refusals import NotEntrusted
from tests.casework.cases import facts, running
from tests.cast import Cast, as_owner
from tests.meeting import meet
from tests.persons.people import COUNTY, register

Act = Callable[[Actor], Actor]
PEOPLE = ("frieda", "karin", "klaus")
ROLES = (Role.CASE_MANAGER, Role.CASE_MANAGEMENT_COORDINATION, Role.KI_LEADERSHIP)
KEPT = "select a::text from walls.admitted a order by 1"
AS_SAID = "select s::text from walls.should_be_admitted s order by 1"
MINE = "select distinct case_id from walls.{view} order by 1"
RIGHT = """exists (
    select from accounts_membership m join accounts_account a on a.id = m.account_id and a.is_active
    join accounts_roleright r on r.role = m.role and r.permission = '{permission}'
    where m.account_id = %(account)s and m.organisation_id = c.organisation_id
      and m.valid @> (now() at time zone 'Europe/Berlin')::date)"""
WORKED = f"""{RIGHT.format(permission="case.work")}
    and (c.responsible_id = %(account)s
      or c.deputy_id = %(account)s
        and (c.deputy_until is null or c.deputy_until >= (now() at time zone 'Europe/Berlin')::date))"""
LOOKED_INTO = f"""{RIGHT.format(permission="case.oversee")}
    and exists (select from casework_insight i where i.case_id = c.id and i.account_id = %(account)s
      and i.begins_at <= statement_timestamp() and i.ends_at > statement_timestamp())"""
SAID = {"my_kept_cases": WORKED, "my_cases": f"({WORKED}) or ({LOOKED_INTO})"}

days = st.integers(-2, 2)
person = st.sampled_from(PEOPLE)
which = st.integers(0, 1)
deed = st.one_of(
    st.tuples(st.just("hand_over"), which, person),
    st.tuples(st.just("deputise"), which, st.none() | person, st.none() | days),
    st.tuples(st.just("hand_over_all"), person),
    st.tuples(st.just("grant"), person, st.sampled_from(ROLES), days),
    st.tuples(st.just("end"), person, days),
    st.tuples(st.just("close"), person, st.booleans()),
    st.tuples(st.just("look_into"), which, person, days, st.integers(0, 2)),
    st.tuples(st.just("stop_looking"), person),
    st.tuples(st.just("drop_right")),
    st.tuples(st.just("write_rights")),
)


class Office:
    """Does to cases, accounts and roles what an office and an update of the program do."""

    def __init__(self, cast: Cast, cases: list[Case]) -> None:
        self.cast, self.cases = cast, cases

    def do(self, name: str, *facts: object) -> None:
        with contextlib.suppress(IntegrityError), transaction.atomic():  # such as standing in for oneself
            getattr(self, name)(*facts)

    def hand_over(self, which: int, who: str) -> None:
        Case.objects.filter(pk=self.cases[which].pk).update(responsible=self.cast.accounts[who])

    def hand_over_all(self, who: str) -> None:
        Case.objects.update(responsible=self.cast.accounts[who])

    def deputise(self, which: int, who: str | None, until: int | None) -> None:
        last = None if until is None or who is None else timezone.localdate() + timedelta(days=until)
        deputy = None if who is None else self.cast.accounts[who]
        Case.objects.filter(pk=self.cases[which].pk).update(deputy=deputy, deputy_until=last)

    def grant(self, who: str, role: Role, begins: int) -> None:
        first = timezone.localdate() + timedelta(days=begins)
        county = self.cast.organisations[COUNTY]
        held = Membership.objects.filter(account=self.cast.accounts[who], organisation=county, role=role.value)
        if not held.exists():
            Membership.objects.create(
                account_id=self.cast.accounts[who],
                role=role.value,
                organisation_id=county,
                valid=DateRange(first, None),
            )

    def end(self, who: str, days: int) -> None:
        end = timezone.localdate() + timedelta(days=days)
        Membership.objects.filter(account=self.cast.accounts[who], valid__startswith__lt=end).update(
            valid=DateRange(end - timedelta(days=9), end)
        )

    def close(self, who: str, is_active: bool) -> None:
        Account.objects.filter(pk=self.cast.accounts[who]).update(is_active=is_active)

    def look_into(self, which: int, who: str, begins: int, length: int) -> None:
        first = timezone.now() + timedelta(days=begins)
        Insight.objects.create(
            case=self.cases[which],
            account_id=self.cast.accounts[who],
            kind=InsightKind.QUALITY_SAMPLE.value,
            begins_at=first,
            ends_at=first + timedelta(days=length),
        )

    def stop_looking(self, who: str) -> None:
        running = Insight.objects.filter(account=self.cast.accounts[who], begins_at__lte=timezone.now())
        running.filter(ends_at__gt=timezone.now()).update(ends_at=timezone.now())

    def drop_right(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("delete from accounts_roleright where permission = 'case.work'")

    def write_rights(self) -> None:
        write_role_rights()


def _rows(statement: str, facts: dict[str, object] | None = None) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, facts)
        return list(cursor.fetchall())


@pytest.fixture
def cases(cast: Cast, act_as: Act) -> list[Case]:
    """Two cases of Frieda's."""
    frieda = act_as(cast.actor("frieda"))
    return [running(cast, frieda), running(cast, frieda)]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(deed, min_size=1, max_size=8))
def test_the_walls_know_who_may_look_into_which_case(
    deeds: list[tuple[object, ...]], cast: Cast, cases: list[Case]
) -> None:
    with transaction.atomic():
        with as_owner():
            office = Office(cast, cases)
            for name, *facts in deeds:
                office.do(str(name), *facts)
            assert _rows(KEPT) == _rows(AS_SAID)
            for who in PEOPLE:
                account = cast.accounts[who]
                set_actor(account)
                for view, condition in SAID.items():
                    said = f"select c.id from casework_case c where {condition} order by 1"
                    assert _rows(MINE.format(view=view)) == _rows(said, {"account": account}), (who, view)
        transaction.set_rollback(True)


def test_a_case_is_worked_on_from_the_moment_it_is_opened(cast: Cast, cases: list[Case]) -> None:
    assert _rows(MINE.format(view="my_kept_cases")) == [(case.pk,) for case in cases]


@pytest.mark.parametrize(("last", "works"), [(None, True), (0, True), (1, True), (-1, False)])
def test_a_deputy_works_on_a_case_to_the_last_day(last: int | None, works: bool, cast: Cast, cases: list[Case]) -> None:
    with as_owner():
        office = Office(cast, cases)
        office.grant("klaus", Role.CASE_MANAGER, -2)
        office.deputise(0, "klaus", last)
    set_actor(cast.accounts["klaus"])
    assert _rows(MINE.format(view="my_kept_cases")) == ([(cases[0].pk,)] if works else [])


def test_who_names_no_actor_works_on_no_case(cases: list[Case]) -> None:
    set_actor(None)
    assert _rows(MINE.format(view="my_cases")) == []


def end_rights(cast: Cast, who: str, pause: Callable[[], None] = lambda: None) -> None:
    """Take every role away, as the owner of the database may."""
    with transaction.atomic(), as_owner():
        Membership.objects.filter(account=cast.accounts[who]).delete()
        pause()


def test_a_case_opened_while_the_right_is_taken_away_is_worked_on_by_nobody(copied: Cast) -> None:
    frieda = copied.actor("frieda")

    def open_one(pause: Callable[[], None] = lambda: None) -> None:
        with acting(frieda):
            running(copied, frieda)
            pause()

    def kept() -> int:
        with transaction.atomic(), as_owner():
            return len(_rows(KEPT))

    assert meet(open_one, lambda: end_rights(copied, "frieda")) is None
    assert kept() == 0


def test_a_right_taken_away_while_a_case_is_opened_leaves_nobody_at_work(copied: Cast) -> None:
    frieda = copied.actor("frieda")

    def take(pause: Callable[[], None]) -> None:
        end_rights(copied, "frieda", pause)

    with acting(frieda):
        person = register(copied, frieda).pk

    def open_one() -> None:
        with acting(frieda):
            open_case(actor=frieda, person_id=person, facts=facts(copied))

    assert isinstance(meet(take, open_one), NotEntrusted)
    with transaction.atomic(), as_owner():
        assert _rows(KEPT) == []
