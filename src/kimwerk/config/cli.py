"""The command line: `kimwerk figures show …`, `kimwerk report build …`, `kimwerk audit verify` and so on."""

from __future__ import annotations

import asyncio
import os
import sys

from kimwerk import __version__

OWNER_COMMANDS = {
    "accounts", "createcachetable", "directory", "generate", "load_categories", "load_demo", "load_funding_rules",
    "migrate", "prepare", "sqlmigrate",
}  # fmt: skip
"""Commands that change tables or stand behind the walls; everything else runs as the web role."""


def main() -> None:
    """Run one command; those that need the owner role connect as it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kimwerk.config.settings.production")
    command = sys.argv[1:3]
    if command in (["version"], ["--version"]):
        print(__version__)  # noqa: T201  # what was asked for
        return
    if command and (command[0] in OWNER_COMMANDS or command == ["audit", "verify"]):
        os.environ["KIMWERK_CONNECT_AS"] = "owner"
    from django.core.management import execute_from_command_line

    if command == ["procrastinate", "worker"]:
        _start_work()
    execute_from_command_line(["kimwerk", *sys.argv[1:]])


def _start_work() -> None:
    """A worker starts where a server would, and nowhere else; it begins with what a dead one has left."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    django.setup()
    from procrastinate.contrib.django import app

    from kimwerk.config.checks import refuse_to_start
    from kimwerk.config.tasks import take_over

    try:
        refuse_to_start()
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    asyncio.run(take_over(app.job_manager))
