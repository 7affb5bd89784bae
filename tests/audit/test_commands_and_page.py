"""Checking the log at the command line, and reading it in the browser."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.walls import set_actor
from kimwerk.audit.models import Event
from kimwerk.audit.selectors import LogQuestion, read_log, seal_state
from kimwerk.audit.services import hand_out_log, record_read, record_unnamed, seal_log
from kimwerk.audit.types import Kind
from tests.audit.test_log import FIRST, enter, tamper
from tests.cast import Cast

Act = Callable[[Actor], Actor]
SignIn = Callable[[str], Client]


@contextmanager
def bare_owner() -> Iterator[None]:
    """Connected as the command line connects for checking."""
    with connection.cursor() as cursor:
        cursor.execute("reset role")
    yield
    with connection.cursor() as cursor:
        cursor.execute("set role kimwerk_app")


def verify(*options: str) -> tuple[int, str]:
    """Exit status and output of `kimwerk audit verify`."""
    out = StringIO()
    with bare_owner():
        try:
            call_command("audit", "verify", *options, stdout=out)
        except SystemExit as exit_:
            return int(str(exit_.code)), out.getvalue()
    return 0, out.getvalue()


@pytest.fixture
def sealed(cast: Cast, act_as: Act) -> int:
    """A log with a few sealed entries; the number of the first of them."""
    act_as(cast.actor("frieda"))
    enter(cast, 4)
    seal_log()
    return 4


def test_a_sound_log_ends_with_status_zero(sealed: int) -> None:
    status, text = verify()
    assert status == 0
    assert "Das Protokoll ist unversehrt." in text


def test_a_changed_log_ends_with_status_one_and_names_the_place(sealed: int, cast: Cast) -> None:
    tamper(f"update audit.event set action = 'x' where id = {FIRST}")
    status, text = verify()
    assert status == 1
    assert "NICHT unversehrt" in text
    assert "nachträglich geändert" in text


def test_the_verdict_is_given_for_programs_too(sealed: int) -> None:
    tamper(f"delete from audit.event where id = {FIRST}")
    status, text = verify("--format", "json")
    verdict = json.loads(text)
    assert (status, verdict["is_sound"], [flaw["reason"] for flaw in verdict["flaws"]]) == (1, False, ["missing"])


def test_a_head_written_down_elsewhere_is_compared(sealed: int) -> None:
    head = json.loads(verify("--format", "json")[1])["head"]
    assert verify("--head", head.upper())[0] == 0
    status, text = verify("--head", "0" * 64)
    assert (status, "das notierte" in text) == (1, True)


def test_sealing_by_hand_says_how_many(cast: Cast, act_as: Act) -> None:
    act_as(cast.actor("frieda"))
    seal_log()
    enter(cast, 3)
    out = StringIO()
    call_command("audit", "seal", stdout=out)
    assert out.getvalue() == "3 Einträge versiegelt.\n"


def test_an_unknown_errand_is_refused(cast: Cast) -> None:
    with pytest.raises(CommandError):
        call_command("audit", "erase")


def test_what_the_program_does_is_recorded_without_a_name(cast: Cast) -> None:
    set_actor(None)
    record_unnamed(action="account.sign_in_failed", kind=Kind.REFUSED)
    set_actor(cast.accounts["doris"])
    newest = Event.objects.order_by("-id").first()
    assert newest is not None
    assert (newest.actor_id, newest.kind, newest.action) == (None, "refused", "account.sign_in_failed")


def reads(cast: Cast, act_as: Act, character: str, count: int) -> None:
    actor = act_as(cast.actor(character))
    for _ in range(count):
        record_read(actor=actor, subject_type="directory_contact")


def test_the_log_is_read_in_slices_newest_first(cast: Cast, act_as: Act) -> None:
    reads(cast, act_as, "frieda", 7)
    doris, question = act_as(cast.actor("doris")), LogQuestion(subject_type="directory_contact")
    seen, before = [], None
    while True:
        part = read_log(doris, question, before=before, size=3)
        seen += [event.id for event in part.events]
        before = part.older_than
        if before is None:
            break
    assert len(seen) == len(set(seen)) == Event.objects.filter(subject_type="directory_contact").count()
    assert seen == sorted(seen, reverse=True)


def test_the_log_is_narrowed_by_day_kind_table_and_account(cast: Cast, act_as: Act) -> None:
    reads(cast, act_as, "frieda", 1)
    reads(cast, act_as, "karin", 1)
    doris, today = act_as(cast.actor("doris")), timezone.localdate()
    mine = LogQuestion(kind=Kind.READ, actor_id=cast.accounts["frieda"], since=today, until=today)
    assert {event.actor_id for event in read_log(doris, mine).events} == {cast.accounts["frieda"]}
    assert not read_log(doris, LogQuestion(until=today - timedelta(days=4000))).events
    assert not read_log(doris, LogQuestion(since=today + timedelta(days=2))).events


@pytest.mark.parametrize("character", ["frieda", "karin", "lena", "sam", "klara"])
def test_nobody_else_reads_a_line(character: str, cast: Cast, act_as: Act) -> None:
    reads(cast, act_as, "frieda", 1)
    actor = act_as(cast.actor(character))
    assert not read_log(actor, LogQuestion()).events
    assert not hand_out_log(actor=actor, question=LogQuestion()).events
    assert seal_state(actor).waiting == 0


def test_reading_the_log_is_recorded(cast: Cast, act_as: Act) -> None:
    reads(cast, act_as, "frieda", 2)
    doris = act_as(cast.actor("doris"))
    shown = len(hand_out_log(actor=doris, question=LogQuestion(subject_type="directory_contact")).events)
    newest = Event.objects.order_by("-id").first()
    assert newest is not None
    assert (newest.actor_id, newest.subject_type, newest.amount) == (doris.account_id, "audit_event", shown)


def test_the_page_shows_words_names_and_the_state_of_sealing(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    reads(cast, act_as, "frieda", 1)
    seal_log()
    page = sign_in("doris").get("/konto/protokoll/").content.decode()
    assert "Frieda Fallbeispiel" in page
    assert "Ansprechperson" in page
    assert "Versiegelt bis" in page


@pytest.mark.parametrize(
    "query",
    ["before=abc", "before=-1", "before=" + "9" * 30, "since=gestern", "kind=x", "table=pg_authid", "account=0"],
)
def test_nonsense_in_the_address_of_the_log_is_answered_calmly(query: str, cast: Cast, sign_in: SignIn) -> None:
    assert sign_in("doris").get(f"/konto/protokoll/?{query}").status_code == 200


def test_the_page_costs_the_same_for_a_long_log(
    cast: Cast, act_as: Act, sign_in: SignIn, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    doris = sign_in("doris")
    doris.get("/konto/protokoll/")
    reads(cast, act_as, "frieda", 120)
    with django_assert_max_num_queries(16):  # type: ignore[attr-defined]  # a context manager
        assert "Ältere Einträge" in doris.get("/konto/protokoll/").content.decode()


def test_the_log_seals_itself_every_ten_minutes() -> None:
    from procrastinate.contrib.django import app

    crons = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    assert crons["kimwerk.audit.tasks.seal"] == "*/10 * * * *"
    assert "kimwerk.accounts.tasks.close_dormant" in crons
