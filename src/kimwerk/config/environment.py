"""Settings that an installation gives through its environment, read once and checked."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TypedDict
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def required(name: str) -> str:
    """The value of a variable that must be set."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. docs/how-to/betrieb.md says what it is for.")
    return value


def secret(name: str) -> str:
    """A secret of at least 32 characters, from NAME or from the file that NAME_FILE names."""
    path = os.environ.get(f"{name}_FILE")
    value = Path(path).read_text(encoding="utf-8").strip() if path else required(name)
    if len(value) < 32:
        raise ImproperlyConfigured(f"{name} is too short: it needs at least 32 random characters.")
    return value


class Database(TypedDict):
    """A database as the framework's settings want it."""

    ENGINE: str
    NAME: str
    USER: str
    PASSWORD: str
    HOST: str
    PORT: str
    CONN_MAX_AGE: int
    CONN_HEALTH_CHECKS: bool
    OPTIONS: dict[str, object]
    TEST: dict[str, object]


def database(url: str) -> Database:
    """Read an address like postgresql://user:password@host:5432/name or ...@/name?host=/folder."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql://")
    query = parse_qs(parts.query)
    return Database(
        ENGINE="django.db.backends.postgresql",
        NAME=unquote(parts.path.lstrip("/")),
        USER=unquote(parts.username or ""),
        PASSWORD=unquote(parts.password or ""),
        HOST=query.get("host", [parts.hostname or ""])[0],
        PORT=str(parts.port or ""),
        CONN_MAX_AGE=60,
        CONN_HEALTH_CHECKS=True,
        OPTIONS={"options": "-c jit=off -c search_path=public -c idle_in_transaction_session_timeout=600s"},
        TEST={"TEMPLATE": "template0"},
    )


def chosen_database() -> Database:
    """The database of this process: as the web role, or as the owner where a command needs it."""
    name = "DATABASE_OWNER_URL" if os.environ.get("KIMWERK_CONNECT_AS") == "owner" else "DATABASE_URL"
    return database(required(name))


def listed(name: str) -> list[str]:
    """A comma-separated list, empty if not set."""
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]
