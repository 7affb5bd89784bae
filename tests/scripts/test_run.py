"""./run documents itself and says what is wrong."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

from scripts.test import BROWSER, NEEDS

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
    assert {need.marker for need in NEEDS} <= registered


def test_any_of_the_browsers_will_do_and_the_best_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert list(BROWSER.found()) == []
    best, *others = BROWSER.programs
    for program in (*others, best):
        assert not BROWSER.is_best()
        (tmp_path / program).touch(mode=0o755)
    assert BROWSER.is_best()
    assert list(BROWSER.found()) == [str(tmp_path / program) for program in BROWSER.programs]


@pytest.fixture
def script() -> ModuleType:
    """The script as a module, so that its parts can be asked."""
    spec = spec_from_loader("run", SourceFileLoader("run", str(ROOT / "run")))
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def begun_anew_with(script: ModuleType, monkeypatch: pytest.MonkeyPatch, own: Path) -> list[str]:
    """The command line with which the script begins anew where this is the system's Python; empty if it goes on."""
    begun: list[str] = []
    monkeypatch.setattr(script, "SYSTEMS_PYTHON", own)
    monkeypatch.setattr(os, "execv", lambda _python, arguments: begun.extend(arguments))
    monkeypatch.setattr(sys, "argv", ["run", "check", "lint"])
    script._change_to_the_systems_python()
    return begun


def a_python(folder: Path, answer: int) -> Path:
    """A program in the place of the system's Python that says whether it fits."""
    own = folder / "python3"
    own.write_text(f"#!/bin/sh\nexit {answer}\n")
    own.chmod(0o755)
    return own


def test_the_systems_python_is_taken_where_another_comes_first(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own = a_python(tmp_path, 0)
    assert begun_anew_with(script, monkeypatch, own) == [str(own), str(ROOT / "run"), "check", "lint"]


def test_the_python_that_began_goes_on_where_the_systems_own_is_too_old_or_missing(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert begun_anew_with(script, monkeypatch, tmp_path / "none") == []
    assert begun_anew_with(script, monkeypatch, a_python(tmp_path, 1)) == []
    assert begun_anew_with(script, monkeypatch, Path(sys.executable)) == []


def test_an_environment_of_another_python_is_made_anew(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(script, "VENV", tmp_path)
    monkeypatch.setattr(script, "PYTHON", a_python(tmp_path, 0))
    notes = tmp_path / "pyvenv.cfg"
    notes.write_text(f"home = {Path(sys.executable).resolve().parent}\n")
    assert script._was_made_by_this_python()
    notes.write_text("home = /elsewhere/bin\n")
    assert not script._was_made_by_this_python()
    notes.unlink()
    assert not script._was_made_by_this_python()
