"""The launcher: private, recovers from what a killed server left, and stops whatever serves its folder."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from scripts import cluster as launcher
from scripts.cluster import Cluster, NoPostgres, find_binaries, prepare
from scripts.demo_database import shared_cluster

ROOT = Path(__file__).parents[2]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    if os.geteuid() == 0:
        tmp_path.chmod(0o755)
    made = Cluster(tmp_path / "postgres", settings={"fsync": "off", "shared_buffers": "16MB"})
    yield made
    made.stop()
    made.sockets.rmdir()


def wait_until_gone(pid: int) -> None:
    limit = time.monotonic() + 30
    while Path(f"/proc/{pid}").exists() and time.monotonic() < limit:
        with_suppressed_child_reaping(pid)
        time.sleep(0.02)
    assert not Path(f"/proc/{pid}").exists()


def with_suppressed_child_reaping(pid: int) -> None:
    """Collect the process if it is a child of ours."""
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return


def test_a_started_server_answers_and_a_stopped_one_is_gone(cluster: Cluster) -> None:
    assert not cluster.is_running
    cluster.start()
    pid = cluster.server_pid()
    assert cluster.is_running
    assert pid is not None
    cluster.stop()
    assert not cluster.is_running
    wait_until_gone(pid)


def test_its_socket_folder_is_for_its_user_alone(cluster: Cluster) -> None:
    assert stat.S_IMODE(cluster.sockets.stat().st_mode) == 0o700
    assert len(str(cluster.sockets / ".s.PGSQL.5432")) < 107


def test_a_socket_folder_that_others_may_enter_is_refused(cluster: Cluster) -> None:
    cluster.sockets.chmod(0o755)
    with pytest.raises(NoPostgres, match="not a private folder"):
        Cluster(cluster.data)
    cluster.sockets.chmod(0o700)


def test_it_listens_on_no_port(cluster: Cluster) -> None:
    cluster.start()
    with psycopg.connect(cluster.dsn("postgres")) as connection:
        assert connection.execute("show listen_addresses").fetchone() == ("",)


def test_a_killed_server_is_started_again(cluster: Cluster) -> None:
    cluster.start()
    pid = cluster.server_pid()
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    wait_until_gone(pid)
    again = Cluster(cluster.data, settings=cluster.settings).start()
    assert again.is_running
    again.stop()


def test_a_number_that_another_program_has_by_now_does_not_hinder_the_start(cluster: Cluster) -> None:
    cluster.start()
    left_behind = (cluster.data / "postmaster.pid").read_text().splitlines()
    cluster.stop()
    (cluster.data / "postmaster.pid").write_text("\n".join([str(os.getpid()), *left_behind[1:]]))
    assert cluster.server_pid() is None
    assert cluster.start().is_running


def test_the_roles_and_the_database_are_made_once(cluster: Cluster) -> None:
    cluster.start()
    assert prepare(cluster, "trial") == prepare(cluster, "trial")
    with psycopg.connect(cluster.dsn("trial", "kimwerk_app")) as connection:
        assert connection.execute("select rolsuper or rolbypassrls from pg_roles where rolname = user").fetchone() == (
            False,
        )


def test_binaries_that_are_not_where_they_are_said_to_be_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PG_BINDIR", "/nowhere")
    with pytest.raises(NoPostgres, match="PG_BINDIR names /nowhere"):
        find_binaries()


def test_without_any_postgres_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PG_BINDIR", raising=False)
    monkeypatch.setattr(launcher.importlib.util, "find_spec", lambda _: None)
    monkeypatch.setattr(launcher.Path, "glob", lambda *_: iter(()))
    with pytest.raises(NoPostgres, match="apt-get install postgresql"):
        find_binaries()


def test_a_shared_server_stops_with_its_last_user(cluster: Cluster) -> None:
    with shared_cluster(cluster):
        with shared_cluster(Cluster(cluster.data, settings=cluster.settings)):
            assert cluster.is_running
        assert cluster.is_running
    assert not cluster.is_running


USER_THAT_IS_KILLED = """
import sys, time
from pathlib import Path
from scripts.cluster import Cluster
from scripts.demo_database import shared_cluster
with shared_cluster(Cluster(Path(sys.argv[1]), settings={"fsync": "off", "shared_buffers": "16MB"})):
    print("up", flush=True)
    time.sleep(60)
"""


def test_what_a_killed_user_left_running_the_next_one_stops(cluster: Cluster) -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", USER_THAT_IS_KILLED, str(cluster.data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as user:
        assert user.stdout is not None
        assert user.stdout.readline() == "up\n"
        user.kill()
    assert cluster.is_running
    with shared_cluster(cluster):
        assert cluster.is_running
    assert not cluster.is_running
