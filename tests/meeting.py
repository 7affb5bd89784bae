"""Two errands at the same moment, over two real connections: the second meets what the first has not committed yet."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

import psycopg
from django.db import connection

from tests.cluster_plugin import the_server

PATIENCE = 20
"""Seconds after which a connection that waits for nothing fails the test."""

Pause = Callable[[], None]


def meet(first: Callable[[Pause], None], second: Callable[[], None]) -> BaseException | None:
    """How the second ended. It begins when the first calls its pause, which lasts until the second stands at a lock."""
    is_done, may_commit = Event(), Event()

    def pause() -> None:
        is_done.set()
        may_commit.wait(PATIENCE)

    with ThreadPoolExecutor(2) as pool:
        early = pool.submit(_on_own_connection, lambda: first(pause))
        try:
            assert is_done.wait(PATIENCE) or early.exception(0) is None
            late = pool.submit(_on_own_connection, second)
            _wait_for_lock(late)
        finally:
            may_commit.set()
        early.result(PATIENCE)
        return late.exception(PATIENCE)


def _on_own_connection(errand: Callable[[], None]) -> None:
    try:
        errand()
    finally:
        connection.close()


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
