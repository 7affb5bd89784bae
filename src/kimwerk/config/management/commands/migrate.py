"""kimwerk migrate: Django's command, in a quarter of the time."""

from __future__ import annotations

from django.core.management.commands import migrate

from kimwerk.config.migrating import LazyExecutor

migrate.MigrationExecutor = LazyExecutor  # type: ignore[attr-defined]  # the command asks nobody for its executor

Command = migrate.Command
