"""A withdrawal and a disclosure at the same moment, over two real connections: never stored uncovered."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

import psycopg
from django.db import connection

from kimwerk.access.walls import acting
from kimwerk.consent.models import Declaration, Disclosure, Grant
from kimwerk.consent.services import NotCovered, disclose, withdraw
from kimwerk.kernel.data_categories import DataCategory
from tests.cast import Cast
from tests.cluster_plugin import the_server
from tests.consent.consents import JOBCENTER, allow
from tests.persons.people import register

PATIENCE = 20
"""Seconds after which a connection that waits for nothing fails the test."""


class Moment:
    """One grant, an errand that takes it back and one that discloses under it."""

    def __init__(self, cast: Cast) -> None:
        self.frieda = cast.actor("frieda")
        self.recipient = cast.organisations[JOBCENTER]
        with acting(self.frieda):
            self.person = register(cast, self.frieda).pk
            self.declaration = allow(cast, self.frieda, self.person)
            self.grant = self.declaration.grants.get()

    def take_back_grant(self) -> None:
        withdraw(actor=self.frieda, grant=Grant.objects.get(pk=self.grant.pk))

    def take_back_declaration(self) -> None:
        withdraw(actor=self.frieda, declaration=Declaration.objects.get(pk=self.declaration.pk))

    def tell(self) -> None:
        disclose(
            actor=self.frieda, person_id=self.person, recipient_id=self.recipient, purpose="referral",
            content={DataCategory.IDENTITY: {"Familienname": "Musterenko"}}, grant=self.grant,
        )  # fmt: skip

    def run(self, first: Callable[[], None], second: Callable[[], None]) -> BaseException | None:
        """Both at once: the second begins while the first is done but not yet committed. Returns how it ended."""
        is_done, may_commit = Event(), Event()
        with ThreadPoolExecutor(2) as pool:
            early = pool.submit(self._held, first, is_done, may_commit)
            try:
                assert is_done.wait(PATIENCE) or early.exception(0) is None
                late: Future[None] = pool.submit(self._held, second)
                self._wait_for_lock(late)
            finally:
                may_commit.set()
            early.result(PATIENCE)
            return late.exception(PATIENCE)

    def _held(self, errand: Callable[[], None], is_done: Event | None = None, may_commit: Event | None = None) -> None:
        try:
            with acting(self.frieda):
                errand()
                if is_done and may_commit:
                    is_done.set()
                    may_commit.wait(PATIENCE)
        finally:
            connection.close()

    @staticmethod
    def _wait_for_lock(late: Future[None]) -> None:
        """Until the second stands at the first one's lock: only then do the two meet."""
        end = time.monotonic() + PATIENCE
        with psycopg.connect(the_server().dsn("postgres"), autocommit=True) as server:
            while not late.done() and time.monotonic() < end:
                waiting = server.execute("select count(*) from pg_locks where not granted").fetchone()
                if waiting and waiting[0]:
                    return
                time.sleep(0.01)
        raise AssertionError("the second errand did not wait for the first")


def test_a_withdrawal_and_a_disclosure_at_once_leave_nothing_uncovered(copied: Cast) -> None:
    for name in ("take_back_grant", "take_back_declaration"):
        moment = Moment(copied)
        take_back: Callable[[], None] = getattr(moment, name)

        assert isinstance(moment.run(take_back, moment.tell), NotCovered), name
        with acting(moment.frieda):
            assert not Disclosure.objects.filter(person=moment.person).exists()

        moment = Moment(copied)
        take_back = getattr(moment, name)
        assert moment.run(moment.tell, take_back) is None, name
        with acting(moment.frieda):
            stored = Disclosure.objects.get(person=moment.person)
            assert stored.recalled_at is not None
            assert Grant.objects.get(pk=moment.grant.pk).withdrawn_at == stored.recalled_at
