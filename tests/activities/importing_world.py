"""A database of its own, with the cast in it, for tests in which several processes really commit."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from kimwerk.access.actors import Actor
from kimwerk.access.walls import acting
from scripts.serving import worker
from tests.cast import Cast, as_owner, build_cast
from tests.cluster_plugin import the_server
from tests.databases import Environment, database_of_this_process, working_in
from tests.demo_world import ROOT, make_tables

PATIENCE_SECONDS = 120


@dataclass(frozen=True, slots=True)
class ImportWorld:
    """The database, how its commands and workers are run, and who is in it."""

    database: str
    environment: Environment
    cast: Cast

    def ask(self, sql: str) -> list[tuple[object, ...]]:
        """What the database says, read and changed past the walls."""
        with psycopg.connect(the_server().dsn(self.database)) as connection:
            cursor = connection.execute("select set_config('kimwerk.maintenance', 'on', true)")
            cursor.execute(sql.encode())
            return cursor.fetchall() if cursor.description else []

    def importing(self, file: Path, *options: str, character: str = "frieda") -> subprocess.Popen[str]:
        """Begin `kimwerk activities import`, with its outcome as JSON."""
        email = f"{character}@kimwerk.example"
        command = [sys.executable, "-m", "kimwerk", "activities", "import", str(file), "--as", email]
        return subprocess.Popen(
            [*command, "--format", "json", *options], env=self.environment, cwd=ROOT, stdout=subprocess.PIPE, text=True
        )

    @contextmanager
    def acting(self, character: str = "frieda") -> Iterator[Actor]:
        """Do errands as somebody of the cast; they are committed together."""
        with working_in(self.database):
            actor = self.cast.actor(character)
            with acting(actor):
                yield actor

    @contextmanager
    def working(self) -> Iterator[subprocess.Popen[bytes]]:
        """A real worker, which may be killed meanwhile."""
        process = subprocess.Popen(
            worker(), env=self.environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def kill(self, worker: subprocess.Popen[bytes]) -> None:
        """Kill a worker in the middle of its work, long enough ago that the next one may take it for dead."""
        worker.kill()
        worker.wait()
        self.ask("update procrastinate_workers set last_heartbeat = now() - interval '1 hour'")

    @contextmanager
    def slowly(self, table: str) -> Iterator[None]:
        """As if the disk were slow: every statement that adds rows to the table takes a second longer."""
        self.ask(
            "create or replace function be_slow() returns trigger language plpgsql as"
            " $$ begin perform pg_sleep(1); return null; end $$;"
            f"create trigger be_slow after insert on {table} for each statement execute function be_slow()"
        )
        yield
        self.ask(f"drop trigger be_slow on {table}")

    def wait_for(self, sql: str) -> None:
        """Wait until the question is answered with true."""
        limit = time.monotonic() + PATIENCE_SECONDS
        with psycopg.connect(the_server().dsn(self.database), autocommit=True) as connection:
            while connection.execute(sql.encode()).fetchone() != (True,):
                assert time.monotonic() < limit, f"waited in vain: {sql}"
                time.sleep(0.02)


def outcome_of(process: subprocess.Popen[str]) -> dict[str, object]:
    """What an import said in the end."""
    text, _ = process.communicate(timeout=PATIENCE_SECONDS)
    said: dict[str, object] = json.loads(text)
    return said


def import_world(name: str) -> ImportWorld:
    """Make the database, its tables and the cast."""
    environment, database = make_tables(name), database_of_this_process(name)
    with working_in(database), as_owner():
        return ImportWorld(database, environment, build_cast())
