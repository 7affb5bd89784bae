"""A database of its own, with the cast in it, for tests in which several processes really commit."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from scripts.serving import worker
from tests.cluster_plugin import the_server
from tests.databases import database_of_this_process
from tests.demo_world import ROOT, make_tables

CAST = "import django; django.setup(); from tests.cast import build_cast; build_cast()"
PATIENCE_SECONDS = 120


@dataclass(frozen=True, slots=True)
class ImportWorld:
    """The database and how its commands and workers are run."""

    database: str
    environment: dict[str, str]

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

    def act(self, code: str) -> None:
        """Run errands in a process of its own, as Frieda."""
        begin = (
            "import django; django.setup()\n"
            "from pathlib import Path\n"
            "from kimwerk.access.walls import acting\n"
            "from kimwerk.accounts.selectors import actor_by_email\n"
            "from kimwerk.activities.services.tallies.orders import *\n"
            "from kimwerk.activities.services.tallies.planning import save_mapping\n"
            "from kimwerk.activities.services.tallies.uploading import upload_tally\n"
            "from kimwerk.activities.models import TallyImport\n"
            "from kimwerk.activities.tally import plan_from_json\n"
            "from procrastinate.contrib.django import app\n"
            "frieda = actor_by_email('frieda@kimwerk.example')\n"
            "with acting(frieda):\n"
        )
        body = "".join(f"    {line}\n" for line in code.splitlines())
        subprocess.run([sys.executable, "-c", begin + body], env=self.environment, cwd=ROOT, check=True)

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
        self.wait_until(lambda: self.ask(sql)[0][0] is True, sql)

    def wait_until(self, is_so: Callable[[], bool], what: str) -> None:
        limit = time.monotonic() + PATIENCE_SECONDS
        while not is_so():
            assert time.monotonic() < limit, f"waited in vain: {what}"
            time.sleep(0.02)


def outcome_of(process: subprocess.Popen[str]) -> dict[str, object]:
    """What an import said in the end."""
    text, _ = process.communicate(timeout=PATIENCE_SECONDS)
    said: dict[str, object] = json.loads(text)
    return said


def import_world(name: str) -> ImportWorld:
    """Make the database, its tables and the cast."""
    environment = make_tables(f"kimwerk_{name}")
    owner = environment | {"KIMWERK_CONNECT_AS": "owner"}
    subprocess.run([sys.executable, "-c", CAST], env=owner, cwd=ROOT, check=True)
    return ImportWorld(database_of_this_process(f"kimwerk_{name}"), environment)
