"""Where it is measured: a database of the wanted size, kept for the next time, and the real server over it."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg
from psycopg.abc import Params

from scripts.bench.client import Client, form_with
from scripts.bench.failing import MeasureFailed
from scripts.bench.memory import Watch, family_of, processor_milliseconds
from scripts.bench.results import Shares
from scripts.cluster import Cluster, prepare
from scripts.demo_database import shared_cluster
from scripts.serving import free_port, serving

FOLDER = Path(__file__).parents[2] / "var" / "bench"
DATABASE = "kimwerk"
SETTINGS = {
    "shared_buffers": "1GB",
    "effective_cache_size": "4GB",
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
    "random_page_cost": "1.1",
    "shared_preload_libraries": "pg_stat_statements",
}
"""As an operator would set it for two cores and some gigabytes; what is committed is on disk."""

WAIT_LIMIT_SECONDS = 600
ALL_MUNICIPALITIES = 396


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is: diary entries, persons, posts of each cost plan, rows of registration lists, answers to
    surveys, municipalities.

    Of the persons three in ten have a case, with ten contacts on average. Two meetings bring five resolutions, and ten
    needs are named for each; other bodies are met 25 times as often.
    """

    activities: int
    persons: int
    seed: int
    posts: int = 0
    registrations: int = 0
    municipalities: int = ALL_MUNICIPALITIES
    meetings: int = 0
    answers: int = 0

    @property
    def folder(self) -> Path:
        """Where a database of this size is kept."""
        persons = f"-{self.persons}" if self.persons else ""
        posts = f"-plans-{self.posts}" if self.posts else ""
        arrivals = f"-arrivals-{self.registrations}" if self.registrations else ""
        surveys = f"-surveys-{self.answers}" if self.answers else ""
        places = f"-in-{self.municipalities}" if self.municipalities != ALL_MUNICIPALITIES else ""
        steering = f"-steering-{self.meetings}" if self.meetings else ""
        return FOLDER / f"{self.activities}{persons}{posts}{arrivals}{surveys}{steering}{places}-{self.seed}"

    @property
    def options(self) -> list[str]:
        """As `kimwerk generate` is told."""
        cases = {
            "posts": self.posts,
            "registrations": self.registrations,
            "persons": self.persons,
            "cases": self.persons * 3 // 10,
            "contacts": self.persons * 3,
            "meetings": self.meetings,
            "resolutions": self.meetings * 5 // 2,
            "needs": self.meetings * 10,
            "encounters": self.meetings * 25,
        }
        counts = {"activities": self.activities, "municipalities": self.municipalities, "seed": self.seed} | cases
        return [word for name, count in counts.items() for word in (f"--{name}", str(count))]


@dataclass(frozen=True, slots=True)
class Ground:
    """The running server and its database."""

    address: str
    environment: dict[str, str]
    cluster: Cluster
    server_pid: int
    activities: int
    registrations: int
    answers: int

    def at(self, address: str) -> Ground:
        """The same database behind another server."""
        return replace(self, address=address)

    def client(self, name: str) -> Client:
        """A browser in which somebody of the measuring accounts is signed in, such as "alle"."""
        token = secrets.token_urlsafe(24)
        self.ask(
            "insert into accounts_signinlink (account_id, token_hash, created_at, expires_at)"
            " select id, %s, now(), now() + interval '1 hour' from accounts_account where email = %s returning 1",
            [hashlib.sha256(token.encode()).hexdigest(), f"{name}@messung.example"],
        )
        client, path = Client(self.address), f"/konto/demo/{token}/"
        form = form_with(client.get(path).expect(200).body, "csrfmiddlewaretoken")
        client.post(path, form.fields).expect(302)
        return client

    def ask(self, sql: str, parameters: Params = ()) -> list[tuple[object, ...]]:
        """What the bare database says, past all walls."""
        with psycopg.connect(self.cluster.dsn(DATABASE), autocommit=True) as connection:
            return connection.execute(sql.encode(), parameters).fetchall()

    def tell(self, sql: str) -> None:
        """Do something in the bare database that answers nothing."""
        with psycopg.connect(self.cluster.dsn(DATABASE), autocommit=True) as connection:
            connection.execute(sql.encode())

    def number(self, sql: str, parameters: Params = ()) -> int:
        """The one whole number that the bare database says."""
        [(value,)] = self.ask(sql, parameters)
        if not isinstance(value, int):
            raise MeasureFailed(f"no number: {sql}")
        return value

    def bare(self, *statements: str, times: int = 5) -> float:
        """Median milliseconds the database needs for all these statements together, without walls."""
        with psycopg.connect(self.cluster.dsn(DATABASE), autocommit=True) as connection:
            rounds = [sum(_execution(connection, statement) for statement in statements) for _ in range(times)]
        return statistics.median(rounds)

    @contextmanager
    def shares(self, requests: int) -> Iterator[Shares]:
        """Gives, once over, what a request cost in the database, walls included, and in the server."""
        shares = Shares()
        self.forget_statements()
        before = processor_milliseconds(family_of(self.server_pid))
        yield shares
        shares.server = (processor_milliseconds(family_of(self.server_pid)) - before) / max(requests, 1)
        [(spent,)] = self.ask(
            "select coalesce(sum(s.total_exec_time), 0)::float8 from pg_stat_statements s"
            " join pg_roles r on r.oid = s.userid where r.rolname = 'kimwerk_app'"
        )
        shares.database = float(str(spent)) / max(requests, 1)

    def forget_statements(self) -> None:
        """Begin anew to sum up what statements cost."""
        self.ask("select pg_stat_statements_reset() is null")

    def slowest_statements(self, most: int = 5) -> list[tuple[object, ...]]:
        """Calls, mean and total milliseconds, and the beginning of what cost most since the last measurement began."""
        return self.ask(
            "select s.calls, round(s.mean_exec_time::numeric, 2), round(s.total_exec_time::numeric, 1),"
            " left(regexp_replace(s.query, '\\s+', ' ', 'g'), 160)"
            " from pg_stat_statements s join pg_roles r on r.oid = s.userid where r.rolname = 'kimwerk_app'"
            " order by s.total_exec_time desc limit %s",
            [most],
        )

    def watch(self) -> Watch:
        """The server's memory while a context lasts."""
        return Watch(self.server_pid)

    def wait_for(self, sql: str, parameters: Params, *wanted: str) -> str:
        """Wait until the text that the database says is one of these."""
        limit = time.monotonic() + WAIT_LIMIT_SECONDS
        while time.monotonic() < limit:
            [(state,)] = self.ask(sql, parameters)
            if state in wanted:
                return str(state)
            time.sleep(0.05)
        raise MeasureFailed(f"{sql} {parameters} is still {state}, not {wanted}")

    def kimwerk(self, *arguments: str) -> float:
        """Seconds that a command of the command line takes from its start to its end."""
        begun = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "kimwerk", *arguments], env=self.environment, capture_output=True, text=True
        )
        if done.returncode:
            raise MeasureFailed(f"kimwerk {' '.join(arguments)}:\n{done.stdout}{done.stderr}")
        return time.perf_counter() - begun


def _execution(connection: psycopg.Connection, statement: str) -> float:
    """Milliseconds of execution as the database itself measures them."""
    rows = connection.execute(f"explain (analyze, timing off, summary on) {statement}".encode()).fetchall()
    line = next(str(row[0]) for row in rows if str(row[0]).startswith("Execution Time"))
    return float(line.split()[2])


@contextmanager
def ground(size: Size) -> Iterator[Ground]:
    """Prepare the database if there is none of this size, and run server and worker over it."""
    folder = size.folder
    with shared_cluster(Cluster(folder / "postgres", settings=SETTINGS)) as cluster:
        environment = _environment(cluster, folder)
        _fill(environment, size)
        with serving(environment, free_port(), log=folder / "server.log") as address:
            pid = _pid_of_server(address)
            yield Ground(address, environment, cluster, pid, size.activities, size.registrations, size.answers)


def forget(size: Size) -> None:
    """Remove a prepared database."""
    shutil.rmtree(size.folder, ignore_errors=True)


def _environment(cluster: Cluster, folder: Path) -> dict[str, str]:
    environment = os.environ | prepare(cluster, DATABASE)
    with psycopg.connect(cluster.dsn(DATABASE), autocommit=True) as connection:
        connection.execute("create extension if not exists pg_stat_statements")
    return environment | {
        "DJANGO_SETTINGS_MODULE": "kimwerk.config.settings.demo",
        "KIMWERK_SECRET_KEY": _secret(folder),
        "KIMWERK_STATIC_ROOT": str(folder / "static"),
    }


def _secret(folder: Path) -> str:
    """The same at every start, because what is sealed in the database is read with it."""
    kept = folder / "secret"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(48))
    return kept.read_text()


def _fill(environment: dict[str, str], size: Size) -> None:
    """Migrate, generate once, and count ahead what the last measurement left."""
    kimwerk = [sys.executable, "-m", "kimwerk"]
    subprocess.run([*kimwerk, "prepare"], env=environment, check=True)
    ready = size.folder / "ready"
    if not ready.exists():
        subprocess.run([*kimwerk, "generate", *size.options], env=environment, check=True)
        ready.touch()
    subprocess.run([*kimwerk, "figures", "ahead"], env=environment, check=True)


def _pid_of_server(address: str) -> int:
    """The application server's first process, found by the address it was given."""
    bound = address.removeprefix("http://")
    for folder in sorted(Path("/proc").glob("[0-9]*"), key=lambda path: int(path.name)):
        try:
            command = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if b"gunicorn" in command and bound.encode() in command:
            return int(folder.name)
    raise MeasureFailed("the server's process was not found")
