"""kimwerk prepare: what must be done before the server starts, and nothing if it was done already."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from kimwerk.config.apps import ServedFiles
from kimwerk.directory.models import Installation

STAMP = "collected"


class Command(BaseCommand):
    help = "Migrate the database and collect the static files where need be; in the demo, load the county."
    requires_system_checks: list[str] = []

    def handle(self, *args: object, **options: object) -> None:
        if _is_behind():
            call_command("migrate", verbosity=0)
        _collect()
        if settings.DEMO and not Installation.objects.filter(is_synthetic=True).exists():
            call_command("load_demo")


def _is_behind() -> bool:
    """Whether a migration waits."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _collect() -> None:
    """Collect the static files unless those collected last time are the same."""
    stamp = Path(settings.STATIC_ROOT) / STAMP
    wanted = _state_of_static_files()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(wanted)


def _state_of_static_files() -> str:
    """A digest over names, sizes and times of change of all static files."""
    ignored = list(ServedFiles.ignore_patterns)
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in finder.list(ignored):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
