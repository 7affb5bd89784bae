"""What the walls keep ready about an actor equals what memberships, accounts and roles say, whatever happens."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kimwerk.access.permissions import Permission
from kimwerk.access.roles import Role
from kimwerk.access.walls import rights_from_view, set_actor
from kimwerk.accounts.models import Account, Membership
from kimwerk.accounts.rights import write_role_rights
from tests.cast import Cast, as_owner

PEOPLE = ("frieda", "karin", "klaus")
ASKED = (
    (Permission.CASE_WORK,),
    (Permission.PERSON_KEEP, Permission.CASE_OVERSEE),
    (Permission.AUDIT_READ,),
    (Permission.FIGURE_READ, Permission.ACTIVITY_READ),
)
ROLES = (Role.CASE_MANAGER, Role.CASE_MANAGEMENT_COORDINATION, Role.DATA_PROTECTION_OFFICER, Role.KI_LEADERSHIP)
JOINED = """
    from accounts_membership m join accounts_account a on a.id = m.account_id and a.is_active
    join accounts_roleright r on r.role = m.role
    where m.account_id = %(account)s and r.permission = any(%(rights)s)
      and m.valid @> (now() at time zone 'Europe/Berlin')::date"""
SAID = f"""
    select array(select distinct m.organisation_id {JOINED} order by 1),
      array(select distinct m.organisation_id {JOINED} and m.municipality_id is null order by 1),
      array(select distinct m.organisation_id * 1000000 + m.municipality_id {JOINED}
        and m.municipality_id is not null order by 1),
      exists (select {JOINED})"""
HELD = """
    select array(select unnest(walls.homes(variadic %(rights)s)) order by 1),
      array(select unnest(walls.organisations(variadic %(rights)s)) order by 1),
      array(select unnest(walls.places(variadic %(rights)s)) order by 1), walls.may(variadic %(rights)s)"""
_RIGHTS = "from walls.my_rights r where r.permissions && %(rights)s"
SEEN = f"""
    select array(select distinct r.organisation_id {_RIGHTS} order by 1),
      array(select distinct r.organisation_id {_RIGHTS} and r.municipality_id is null order by 1),
      array(select distinct walls.place(r.organisation_id, r.municipality_id) {_RIGHTS}
        and r.municipality_id is not null order by 1),
      exists (select {_RIGHTS})"""
WALLS = "select tablename, policyname, qual, with_check from pg_policies order by 1, 2"
READING = """
    select tablename, policyname from pg_policies where coalesce(qual, '') || coalesce(with_check, '') ~ 'my_rights'"""
CALLING = """
    select tablename, policyname from pg_policies
    where coalesce(qual, '') || coalesce(with_check, '') ~ 'walls\\.(homes|organisations|places|may)\\('"""
ALL_OF_IT = "select h from walls.held h order by membership_id"
ALL_AS_SAID = "select h from walls.should_be_held h order by membership_id"

days = st.integers(-3, 3)
person = st.sampled_from(PEOPLE)
deed = st.one_of(
    st.tuples(st.just("grant"), person, st.sampled_from(ROLES), st.booleans(), days, st.none() | st.integers(0, 4)),
    st.tuples(st.just("end"), person, days),
    st.tuples(st.just("end_all"), days),
    st.tuples(st.just("take"), person),
    st.tuples(st.just("give"), person, person),
    st.tuples(st.just("close"), person, st.booleans()),
    st.tuples(st.just("close_all"), st.booleans()),
    st.tuples(st.just("add_right"), st.sampled_from(ROLES), st.sampled_from(list(Permission))),
    st.tuples(st.just("drop_right"), st.sampled_from(ROLES), st.sampled_from(list(Permission))),
    st.tuples(st.just("write_rights")),
)


def _ended(membership: Membership, days: int) -> None:
    end = timezone.localdate() + timedelta(days=days)
    if membership.valid.lower < end:
        membership.valid = DateRange(membership.valid.lower, end)
        membership.save(update_fields=["valid"])


class Office:
    """Does to accounts, roles and memberships what an office and an update of the program do."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def do(self, name: str, *facts: object) -> None:
        with transaction.atomic():
            try:
                with transaction.atomic():
                    getattr(self, name)(*facts)
            except DatabaseError:
                return  # what the tables themselves refuse, such as holding a role twice

    def _of(self, who: str) -> list[Membership]:
        return list(Membership.objects.filter(account=self.cast.accounts[who]).order_by("pk"))

    def grant(self, who: str, role: Role, in_a_town: bool, begins: int, length: int | None) -> None:
        first = timezone.localdate() + timedelta(days=begins)
        Membership.objects.create(
            account_id=self.cast.accounts[who],
            role=role.value,
            organisation_id=self.cast.organisations["Kreis Kleve"],
            municipality_id=self.cast.municipalities["Kleve"] if in_a_town else None,
            valid=DateRange(first, None if length is None else first + timedelta(days=length + 1)),
        )

    def end(self, who: str, days: int) -> None:
        for membership in self._of(who)[-1:]:
            _ended(membership, days)

    def end_all(self, days: int) -> None:
        end = timezone.localdate() + timedelta(days=days)
        Membership.objects.filter(valid__startswith__lt=end).update(valid=DateRange(end - timedelta(days=9), end))

    def take(self, who: str) -> None:
        for membership in self._of(who)[-1:]:
            membership.delete()

    def give(self, who: str, other: str) -> None:
        Membership.objects.filter(account=self.cast.accounts[who]).update(account=self.cast.accounts[other])

    def close(self, who: str, is_active: bool) -> None:
        Account.objects.filter(pk=self.cast.accounts[who]).update(is_active=is_active)

    def close_all(self, is_active: bool) -> None:
        Account.objects.update(is_active=is_active)

    def add_right(self, role: Role, permission: Permission) -> None:
        self._tell("insert into accounts_roleright (role, permission) values (%s, %s)", role, permission)

    def drop_right(self, role: Role, permission: Permission) -> None:
        self._tell("delete from accounts_roleright where role = %s and permission = %s", role, permission)

    def write_rights(self) -> None:
        write_role_rights()

    def _tell(self, statement: str, role: Role, permission: Permission) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, [role.value, permission.value])


def _rows(statement: str, facts: dict[str, object] | None = None) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, facts)
        return list(cursor.fetchall())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(deed, min_size=1, max_size=8))
def test_the_walls_know_what_memberships_accounts_and_roles_say(deeds: list[tuple[object, ...]], cast: Cast) -> None:
    with transaction.atomic():
        with as_owner():
            office = Office(cast)
            for name, *facts in deeds:
                office.do(str(name), *facts)
            assert _rows(ALL_OF_IT) == _rows(ALL_AS_SAID)
            for who in PEOPLE:
                for rights in ASKED:
                    set_actor(cast.accounts[who])
                    facts_of = {"account": cast.accounts[who], "rights": [right.value for right in rights]}
                    said = _rows(SAID, facts_of)
                    assert _rows(HELD, facts_of) == said, (who, rights)
                    assert _rows(SEEN, facts_of) == said, (who, rights)
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("begins", "ends", "holds"), [(0, None, True), (1, None, False), (-9, 0, False), (-9, 1, True), (0, 1, True)]
)
def test_a_membership_opens_the_walls_on_its_days_alone(begins: int, ends: int | None, holds: bool, cast: Cast) -> None:
    today = timezone.localdate()
    with as_owner():
        Membership.objects.filter(account=cast.accounts["frieda"]).update(
            valid=DateRange(today + timedelta(days=begins), None if ends is None else today + timedelta(days=ends))
        )
    set_actor(cast.accounts["frieda"])
    assert _rows("select walls.may('case.work'), walls.homes('case.work') <> '{}'") == [(holds, holds)]


def test_who_names_no_actor_holds_nothing(cast: Cast) -> None:
    set_actor(None)
    assert _rows("select walls.may('case.work'), walls.homes('case.work'), walls.organisations('activity.read')") == [
        (False, [], [])
    ]


@pytest.mark.django_db
def test_no_wall_calls_a_function_for_the_rights_of_the_actor() -> None:
    assert _rows(CALLING) == [], "end the room's migrations with rights_from_view: reading the view is ten times faster"


def test_walls_that_read_the_view_can_be_written_with_functions_again(cast: Cast) -> None:
    operation = rights_from_view("%")
    with as_owner(), connection.cursor() as cursor:
        reading = _rows(WALLS)
        cursor.execute(operation.reverse_sql)
        assert _rows(READING) == []
        assert len(_rows(CALLING)) > 400
        cursor.execute(operation.sql)
        assert _rows(WALLS) == reading
