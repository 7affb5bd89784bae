"""The log grows, names columns and no contents, and shows where somebody laid hands on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from kimwerk.access.actors import NOBODY, Actor
from kimwerk.access.walls import set_actor
from kimwerk.accounts.models import Account
from kimwerk.accounts.web.middleware import ActorMiddleware
from kimwerk.activities.models import Activity
from kimwerk.audit.models import Event
from kimwerk.audit.selectors import verify_log
from kimwerk.audit.services import AnonymousAct, record, record_read, seal_log
from kimwerk.audit.types import FlawReason, Verdict
from tests.cast import Cast

Act = Callable[[Actor], Actor]


def enter(cast: Cast, count: int = 1) -> list[Activity]:
    """Entries of Frieda, made by her."""
    return Activity.objects.bulk_create(
        Activity(
            organisation_id=cast.organisations["Rhein-Sieg-Kreis"],
            day=date(2022, 3, 7),
            kind_id=cast.categories["workshop"],
            done_by_id=cast.accounts["frieda"],
            entered_by_id=cast.accounts["frieda"],
        )
        for _ in range(count)
    )


def events(cast: Cast) -> list[Event]:
    """What the data protection officer reads."""
    set_actor(cast.accounts["doris"])
    found = Event.objects.visible_to(cast.actor("doris")).filter(subject_type="activities_activity")
    return list(found.order_by("id"))


def as_role(role: str, sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("reset role")
        cursor.execute(f"set role {role}")
        cursor.execute(sql)
        cursor.execute("reset role")
        cursor.execute("set role kimwerk_app")


def test_bulk_changes_are_recorded_row_by_row(cast: Cast, act_as: Act) -> None:
    act_as(cast.actor("frieda"))
    enter(cast, 3)
    assert [(e.action, e.subject_type, e.actor_id) for e in events(cast)] == [
        ("insert", "activities_activity", cast.accounts["frieda"])
    ] * 3


def test_a_change_is_recorded_as_names_of_columns(cast: Cast, act_as: Act) -> None:
    act_as(cast.actor("frieda"))
    enter(cast)
    Activity.objects.update(minutes=45, note="ein Wort")
    last = events(cast)[-1]
    assert (last.action, last.columns) == ("update", ["minutes", "note"])


def test_the_log_holds_no_contents(cast: Cast, act_as: Act) -> None:
    act_as(cast.actor("frieda"))
    enter(cast)
    Activity.objects.update(note="Unverwechselbar")
    events(cast)
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from audit.event e where e::text like '%Unverwechselbar%'")
        assert cursor.fetchone() == (0,)


def waits_for_the_disk() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("show synchronous_commit")
        return cursor.fetchone() == ("on",)


def waited(request: HttpRequest) -> bool:
    """Whether the view of a request finds that its end will wait for the disk."""
    answer = ActorMiddleware(lambda _: HttpResponse(str(waits_for_the_disk())))(request)
    return answer.content == b"True"


def test_a_page_that_was_only_read_does_not_wait_for_the_disk_but_whatever_changes_does(
    cast: Cast, act_as: Act
) -> None:
    actor = act_as(cast.actor("frieda"))
    with connection.cursor() as cursor:
        cursor.execute("set local synchronous_commit = off")
    record_read(actor=actor, subject_type="directory_contact")
    assert not waits_for_the_disk()
    enter(cast)
    assert waits_for_the_disk()


def test_an_act_waits_for_the_disk(cast: Cast, act_as: Act) -> None:
    actor = act_as(cast.actor("frieda"))
    with connection.cursor() as cursor:
        cursor.execute("set local synchronous_commit = off")
    record(actor=actor, action="anything")
    assert waits_for_the_disk()


@pytest.mark.parametrize(("method", "waits"), [("GET", False), ("POST", True)])
def test_only_requests_that_read_ask_not_to_wait(method: str, waits: bool, cast: Cast) -> None:
    request = RequestFactory().generic(method, "/")
    request.user = Account.objects.get(pk=cast.accounts["frieda"])
    assert waited(request) is waits


def test_a_page_for_whoever_has_a_link_waits_because_its_use_is_counted(db: None) -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    assert waited(request)


def test_a_change_without_a_name_is_refused(cast: Cast) -> None:
    set_actor(None)
    with pytest.raises(DatabaseError), transaction.atomic():
        enter(cast)


def test_an_act_without_a_name_is_refused(cast: Cast) -> None:
    with pytest.raises(AnonymousAct):
        record(actor=NOBODY, action="anything")


@pytest.mark.parametrize("character", ["frieda", "karin", "lena", "sam"])
def test_only_the_data_protection_officer_reads_the_log(character: str, cast: Cast, act_as: Act) -> None:
    actor = act_as(cast.actor(character))
    record_read(actor=actor, subject_type="directory_contact")
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    "sql", ["update audit.event set action = 'x'", "delete from audit.event", "truncate audit.event"]
)
@pytest.mark.parametrize("role", ["kimwerk_app", "kimwerk_owner", "kimwerk_audit"])
def test_nobody_changes_the_log(sql: str, role: str, cast: Cast, act_as: Act) -> None:
    act_as(cast.actor("frieda"))
    enter(cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        as_role(role, sql)


def tamper(sql: str) -> None:
    """What somebody with all rights of the log's owner could do."""
    off, on = (f"alter table audit.event {word} trigger all" for word in ("disable", "enable"))
    as_role("kimwerk_audit", f"{off}; {sql}; {on}")


def verdict_after(sql: str, cast: Cast) -> list[FlawReason]:
    seal_twice(cast)
    enter(cast)
    if sql:
        tamper(sql)
    return [flaw.reason for flaw in verified().flaws]


def seal_twice(cast: Cast) -> None:
    set_actor(cast.accounts["frieda"])
    enter(cast, 4)
    seal_log()
    as_role("kimwerk_audit", "select nextval(pg_get_serial_sequence('audit.event', 'id'))")  # a rollback leaves a gap
    enter(cast, 4)
    seal_log()


def verified(head: str = "") -> Verdict:
    with connection.cursor() as cursor:
        cursor.execute("reset role")
    verdict = verify_log(head)
    with connection.cursor() as cursor:
        cursor.execute("set role kimwerk_app")
    return verdict


def test_an_untouched_log_is_sound(cast: Cast) -> None:
    assert verdict_after("", cast) == []


FIRST = "(select min(id) from audit.event)"


def test_a_changed_entry_is_found(cast: Cast) -> None:
    assert verdict_after(f"update audit.event set actor_id = 999 where id = {FIRST}", cast) == [FlawReason.CHANGED]


def test_a_changed_entry_with_a_new_digest_is_found(cast: Cast) -> None:
    sql = (
        f"update audit.event e set actor_id = 999 where id = {FIRST};"
        f"update audit.event e set digest = audit.digest_of(e) where id = {FIRST}"
    )
    assert verdict_after(sql, cast) == [FlawReason.REWRITTEN]


def test_a_missing_entry_is_found(cast: Cast) -> None:
    assert verdict_after(f"delete from audit.event where id = {FIRST}", cast) == [FlawReason.MISSING]


def test_a_slipped_in_entry_is_found(cast: Cast) -> None:
    sql = (
        "alter table audit.event enable trigger stamp;"
        "insert into audit.event (id, kind, action) overriding system value"
        " select first_event, 'act', 'forged' from audit.seal order by id desc limit 1"
    )
    assert verdict_after(sql, cast) == [FlawReason.ADDED]


REWRITE = """
  update audit.event set action = 'harmless' where id = (select min(id) from audit.event);
  update audit.event e set digest = audit.digest_of(e);
  alter table audit.seal disable trigger all;
  delete from audit.seal;
  alter table audit.seal enable trigger all;
  select audit.seal_now()
"""


def test_a_head_that_was_written_down_is_found_after_later_seals(cast: Cast) -> None:
    set_actor(cast.accounts["frieda"])
    enter(cast, 4)
    seal_log()
    noted = verified().head
    enter(cast, 4)
    seal_log()
    assert verified().head != noted
    assert verified(noted).flaws == ()


def test_a_log_rewritten_with_all_its_seals_is_told_by_the_head_that_was_written_down(cast: Cast) -> None:
    seal_twice(cast)
    noted = verified().head
    tamper(REWRITE)
    assert verified().flaws == ()
    assert [flaw.reason for flaw in verified(noted).flaws] == [FlawReason.HEAD_DIFFERS]
