"""A production installation refuses to start where something is missing or invented."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import psycopg
import pytest

from kimwerk import __version__
from scripts.cluster import prepare
from tests.cluster_plugin import the_server
from tests.demo_world import ROOT, run_kimwerk

LONG = "0123456789abcdef0123456789abcdef"
SERVER = "import kimwerk.config.wsgi"
WORKER = "import sys; sys.argv[1:] = ['procrastinate', 'worker', '--one-shot']; import kimwerk.__main__"

NEEDED = (
    "DATABASE_URL", "KIMWERK_SECRET_KEY", "KIMWERK_FIELD_KEY", "KIMWERK_HOSTS", "KIMWERK_MAIL_HOST",
    "KIMWERK_MAIL_FROM",
)  # fmt: skip
SYNTHETIC = "insert into directory_installation (id, name, is_synthetic, seed) values (1, 'Musterkreis', true, 1)"


@pytest.fixture(scope="module")
def production() -> dict[str, str]:
    """The environment of a production installation with an empty, migrated database."""
    name = f"kimwerk_production_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    inherited = {key: value for key, value in os.environ.items() if not key.startswith(("KIMWERK_", "DJANGO_"))}
    environment = inherited | prepare(the_server(), name) | {
        "KIMWERK_SECRET_KEY": LONG,
        "KIMWERK_FIELD_KEY": LONG[::-1],
        "KIMWERK_HOSTS": "kimwerk.kreis.example",
        "KIMWERK_MAIL_HOST": "mail.example",
        "KIMWERK_MAIL_FROM": "kimwerk@kreis.example",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
    }  # fmt: skip
    empty = start(environment, SERVER)
    assert "The database has no tables yet. Run: kimwerk migrate" in empty.stderr
    done = run_kimwerk(environment, "migrate", "--verbosity", "0")
    assert done.returncode == 0, done.stderr
    return environment


def start(environment: dict[str, str], what: str) -> subprocess.CompletedProcess[str]:
    """Load the server's or the worker's way in, as the production settings have it."""
    return subprocess.run([sys.executable, "-c", what], env=environment, cwd=ROOT, capture_output=True, text=True)


@pytest.mark.parametrize("what", [SERVER, WORKER], ids=["server", "worker"])
def test_a_complete_installation_starts(production: dict[str, str], what: str) -> None:
    done = start(production, what)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "name",
    [
        "DATABASE_URL",
        "KIMWERK_SECRET_KEY",
        "KIMWERK_FIELD_KEY",
        "KIMWERK_HOSTS",
        "KIMWERK_MAIL_HOST",
        "KIMWERK_MAIL_FROM",
    ],
)
@pytest.mark.parametrize("what", [SERVER, WORKER], ids=["server", "worker"])
def test_nothing_starts_without(production: dict[str, str], name: str, what: str) -> None:
    done = start({key: value for key, value in production.items() if key != name}, what)
    assert done.returncode != 0
    assert f"{name} is not set" in done.stderr


@pytest.mark.parametrize("what", [SERVER, WORKER], ids=["server", "worker"])
@pytest.mark.parametrize(("setting", "said"), [("DEBUG", "DEBUG is on"), ("DEMO", "DEMO is on in production")])
def test_nothing_starts_with(production: dict[str, str], tmp_path: Path, setting: str, said: str, what: str) -> None:
    own = f"from kimwerk.config.settings.production import *\n{setting} = True\n"
    (tmp_path / "own_settings.py").write_text(own)
    path = os.pathsep.join([production["PYTHONPATH"], str(tmp_path)])
    done = start(production | {"PYTHONPATH": path, "DJANGO_SETTINGS_MODULE": "own_settings"}, what)
    assert done.returncode != 0
    assert said in done.stderr


@pytest.mark.parametrize("what", [SERVER, WORKER], ids=["server", "worker"])
def test_nothing_starts_on_the_database_of_a_demo(production: dict[str, str], what: str) -> None:
    with psycopg.connect(production["DATABASE_OWNER_URL"]) as connection:
        connection.execute("select set_config('kimwerk.maintenance', 'on', false)")
        connection.execute(
            "insert into directory_installation (id, name, is_synthetic, seed) values (1, 'Musterkreis', true, 1)"
        )
    try:
        done = start(production, what)
    finally:
        with psycopg.connect(production["DATABASE_OWNER_URL"]) as connection:
            connection.execute("select set_config('kimwerk.maintenance', 'on', false)")
            connection.execute("delete from directory_installation")
    assert done.returncode != 0
    assert "This database holds the synthetic demo county" in done.stderr


def test_the_program_knows_its_version(production: dict[str, str]) -> None:
    told = run_kimwerk(production, "--version").stdout.strip()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert told == __version__ == project["version"]
