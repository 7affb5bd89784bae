"""./run documents itself and says what is wrong."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.test import NEEDED

ROOT = Path(__file__).parents[2]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, ROOT / "run", *arguments], capture_output=True, text=True)


def test_help_lists_every_command_and_every_command_exists() -> None:
    listed = re.findall(r"^  \./run (\w+)", run("help").stdout, flags=re.MULTILINE)
    assert {"demo", "serve", "test", "check", "bench", "fmt", "shell", "kimwerk"} <= set(listed)
    modules = {path.stem for path in (ROOT / "scripts").iterdir()}
    assert set(listed) - {"help"} <= modules


def test_without_a_command_it_shows_the_help() -> None:
    assert run().stdout == run("help").stdout
    assert run().returncode == 0


def test_an_unknown_command_is_named() -> None:
    refused = run("dance")
    assert refused.returncode == 1
    assert "'dance'" in refused.stderr


def test_what_a_machine_may_lack_is_left_out_by_a_registered_marker(pytestconfig: pytest.Config) -> None:
    registered = {line.split(":")[0] for line in pytestconfig.getini("markers")}
    assert {marker for _, _, marker in NEEDED.values()} <= registered
