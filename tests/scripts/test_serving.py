"""Server and worker end together, and a server that cannot start says why."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import serving as module
from scripts.serving import DidNotStart, free_port, serving


def test_a_free_port_is_taken_as_wanted() -> None:
    port = free_port()
    assert free_port(port) == port


def test_a_port_in_use_is_left_to_its_user() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken: int = other.getsockname()[1]
        assert free_port(taken) != taken


def test_a_server_that_cannot_start_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = [sys.executable, "-c", "raise SystemExit('no such thing as a database')"]
    monkeypatch.setattr(module, "gunicorn", lambda *_: broken)
    monkeypatch.setattr(module, "worker", lambda: [sys.executable, "-c", "import time; time.sleep(60)"])
    with (
        pytest.raises(DidNotStart, match="no such thing as a database"),
        serving({}, free_port(), log=tmp_path / "log"),
    ):
        pass


def test_children_end_with_the_context(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def note(*arguments: object, **options: object) -> subprocess.Popen[bytes]:
        child: subprocess.Popen[bytes] = popen(*arguments, **options)  # type: ignore[call-overload]
        started.append(child)
        return child

    pages = [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", "--directory", str(tmp_path)]
    monkeypatch.setattr(module, "gunicorn", lambda address: [*pages, address.rpartition(":")[2]])
    monkeypatch.setattr(module, "worker", lambda: [sys.executable, "-c", "import time; time.sleep(60)"])
    monkeypatch.setattr(module.subprocess, "Popen", note)
    with serving({}, free_port(), log=tmp_path / "log") as address:
        assert address.startswith("http://127.0.0.1:")
        assert [child.poll() for child in started] == [None, None]
    assert None not in [child.poll() for child in started]
