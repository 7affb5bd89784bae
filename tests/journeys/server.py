"""The real server with the synthetic county, for journeys: gunicorn and worker as child processes."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from scripts.serving import free_port, serving
from tests.cluster_plugin import the_server
from tests.databases import Environment, database_of_this_process, one_after_another
from tests.demo_world import make_demo, run_kimwerk


@dataclass(frozen=True, slots=True)
class DemoServer:
    """Where the server answers and which database it uses."""

    address: str
    environment: dict[str, str]
    database: str

    def link_for(self, character: str) -> str:
        """The path of a fresh one-time link that signs in as somebody of the cast, such as "frieda"."""
        token = secrets.token_urlsafe(24)
        with psycopg.connect(the_server().dsn(self.database)) as connection:
            made = connection.execute(
                """
                insert into accounts_signinlink (account_id, token_hash, created_at, expires_at)
                select id, %s, now(), now() + interval '1 hour' from accounts_account where email = %s
                """,
                [hashlib.sha256(token.encode()).hexdigest(), f"{character}@kimwerk.example"],
            )
            assert made.rowcount == 1, f"there is no account for {character}"
        return f"/konto/demo/{token}/"

    def ask(self, sql: str, *parameters: object) -> list[tuple[object, ...]]:
        """What the database says, read past the walls: to see what a journey left behind."""
        with psycopg.connect(the_server().dsn(self.database)) as connection:
            return connection.execute(sql.encode(), parameters).fetchall()


@contextmanager
def demo_server(folder: Path, name: str = "kimwerk_journeys", **settings: str) -> Iterator[DemoServer]:
    """Run the demo on a database of its own while the context lasts."""
    environment = make_demo(name) | settings
    environment["KIMWERK_STATIC_ROOT"] = str(_static_files(environment))
    with serving(environment, free_port(), log=folder / "server.log") as address:
        yield DemoServer(address, environment, database_of_this_process(name))


def _static_files(environment: Environment) -> Path:
    """Where they are collected, once for the servers of all the tests' processes; gone with the throw-away database."""
    folder = the_server().data.parent / "static"
    with one_after_another("static files"):
        if not folder.exists():
            unfinished = folder.with_name("static_unfinished")
            there = environment | {"KIMWERK_STATIC_ROOT": str(unfinished)}
            collected = run_kimwerk(there, "collectstatic", "--no-input", "--verbosity", "0")
            assert collected.returncode == 0, collected.stdout + collected.stderr
            unfinished.rename(folder)
    return folder
