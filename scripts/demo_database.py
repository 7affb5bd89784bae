"""The demo's database in `var/demo`: started when none runs, reused when one does."""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from scripts.cluster import Cluster, prepare

FOLDER = Path(__file__).parent.parent / "var" / "demo"
DATABASE = "kimwerk"


def demo_secret() -> str:
    """A secret of this demo alone, made at its first start and readable by its user only."""
    path = FOLDER / "secret"
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()


@contextmanager
def demo_environment(**settings: str) -> Iterator[dict[str, str]]:
    """The environment in which commands see the demo, with its database running meanwhile.

    Where DATABASE_URL is set already, that database is used and nothing is started.
    """
    if os.environ.get("DATABASE_URL"):
        yield dict(os.environ)
        return
    with shared_cluster(Cluster(FOLDER / "postgres", settings=settings)) as cluster:
        addresses = prepare(cluster, DATABASE)
        demo = {"DJANGO_SETTINGS_MODULE": "kimwerk.config.settings.demo", "KIMWERK_SECRET_KEY": demo_secret()}
        yield os.environ | addresses | demo


@contextmanager
def shared_cluster(cluster: Cluster) -> Iterator[Cluster]:
    """A running server that several commands may use at once: the first starts it, the last stops it.

    Who was killed has not stopped it; then whoever comes next does.
    """
    folder = cluster.data.parent
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "in-use").open("w") as use:
        with _alone(folder):
            if not cluster.is_running:
                cluster.start()
            fcntl.flock(use, fcntl.LOCK_SH)
        try:
            yield cluster
        finally:
            with _alone(folder), suppress(BlockingIOError):
                fcntl.flock(use, fcntl.LOCK_EX | fcntl.LOCK_NB)
                cluster.stop()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Only one at a time starts or stops the server of this folder."""
    with (folder / "starting").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
