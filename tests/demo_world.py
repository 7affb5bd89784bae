"""kimwerk's commands in processes of their own, and databases with tables or with the synthetic county in them."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

from kimwerk.desk.demo.load import USUAL_SEED, load_demo
from scripts.cluster import prepare
from tests import kept_tables
from tests.cast import as_owner
from tests.cluster_plugin import the_server
from tests.databases import Environment, copy_of, database_of_this_process, working_in

ROOT = Path(__file__).parent.parent
SECRET = "a-key-for-tests-that-is-long-enough-to-pass"


def run_kimwerk(environment: Environment, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one command of the command line."""
    return subprocess.run(
        [sys.executable, "-m", "kimwerk", *arguments], env=environment, cwd=ROOT, capture_output=True, text=True
    )


def make_tables(name: str) -> Environment:
    """A database of this process with all tables, empty; the environment in which commands and servers use it."""
    return _as_the_demo(copy_of("kimwerk_tables", database_of_this_process(name), _make_tables))


def make_demo(name: str) -> Environment:
    """A database of this process with the synthetic county; the environment in which commands and servers use it."""
    return _as_the_demo(copy_of("kimwerk_county", database_of_this_process(name), _make_county))


def make_county(name: str, day: date) -> str:
    """A database of this process with the synthetic county as it stands on a day, for tests that ask it themselves."""

    def load(database: str) -> None:
        copy_of("kimwerk_tables", database, _make_tables)
        with working_in(database), as_owner():
            load_demo(seed=USUAL_SEED, today=day)

    copy_of(f"kimwerk_county_of_{day}", database_of_this_process(name), load)
    return database_of_this_process(name)


def _as_the_demo(addresses: Environment) -> Environment:
    inherited = {name: value for name, value in os.environ.items() if name != "KIMWERK_CONNECT_AS"}
    settings = {
        "DJANGO_SETTINGS_MODULE": "kimwerk.config.settings.demo",
        "KIMWERK_SECRET_KEY": SECRET,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
    }
    return inherited | addresses | settings


def _make_tables(database: str) -> None:
    addresses = prepare(the_server(), database)
    if (kept := kept_tables.dump()).exists():
        kept_tables.fill(database, kept)
    else:
        _succeed(addresses, "migrate", "--verbosity", "0")
        kept_tables.keep(database, kept)


def _make_county(database: str) -> None:
    _succeed(copy_of("kimwerk_tables", database, _make_tables), "load_demo")


def _succeed(addresses: Environment, *arguments: str) -> None:
    done = run_kimwerk(_as_the_demo(addresses), *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
