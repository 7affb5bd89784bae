"""The demo's database in `var/demo`: started when none runs, reused when one does."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
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
    cluster = Cluster(FOLDER / "postgres", settings=settings)
    was_running = cluster.is_running
    if not was_running:
        cluster.start()
    try:
        yield (
            os.environ
            | prepare(cluster, DATABASE)
            | {
                "DJANGO_SETTINGS_MODULE": "kimwerk.config.settings.demo",
                "KIMWERK_SECRET_KEY": demo_secret(),
            }
        )
    finally:
        if not was_running:
            cluster.stop()
