"""A database with the synthetic county on the test server, made by the real commands."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from scripts.cluster import prepare
from tests.cluster_plugin import the_server

ROOT = Path(__file__).parent.parent
SECRET = "a-key-for-tests-that-is-long-enough-to-pass"


def database_of_this_process(name: str) -> str:
    """A database's name that no other of the tests' processes uses."""
    return f"{name}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"


def environment_of(database: str) -> dict[str, str]:
    """Make the database if need be; the environment in which commands and servers use it as the demo."""
    inherited = {name: value for name, value in os.environ.items() if name != "KIMWERK_CONNECT_AS"}
    return (
        inherited
        | prepare(the_server(), database)
        | {
            "DJANGO_SETTINGS_MODULE": "kimwerk.config.settings.demo",
            "KIMWERK_SECRET_KEY": SECRET,
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
        }
    )


def run_kimwerk(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one command of the command line."""
    return subprocess.run(
        [sys.executable, "-m", "kimwerk", *arguments], env=environment, cwd=ROOT, capture_output=True, text=True
    )


def make_demo(database: str, *options: str) -> dict[str, str]:
    """A migrated database with the synthetic county in it."""
    environment = environment_of(database)
    for arguments in (["migrate", "--verbosity", "0"], ["load_demo", *options]):
        done = run_kimwerk(environment, *arguments)
        assert done.returncode == 0, done.stdout + done.stderr
    return environment
