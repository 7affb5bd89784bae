"""Settings that an installation gives through its environment, read once and checked."""

from __future__ import annotations

import os
import re
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
    value = required_or_from_file(name)
    if len(value) < 32:
        raise ImproperlyConfigured(f"{name} is too short: it needs at least 32 random characters.")
    return value


def required_or_from_file(name: str) -> str:
    """The value of NAME, or what stands in the file that NAME_FILE names."""
    path = os.environ.get(f"{name}_FILE")
    if not path:
        return required(name)
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE names {path}, which cannot be read: {error.strerror}.") from error


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


PASSED_ON = {"sslmode", "sslrootcert", "sslcert", "sslkey"}
"""Words of a database's address that the driver reads itself."""


def database(url: str) -> Database:
    """Read an address like postgresql://user:password@host:5432/name or ...@/name?host=/folder."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured("The address of a database must begin with postgresql://")
    query = parse_qs(parts.query)
    if unknown := sorted(set(query) - PASSED_ON - {"host"}):
        raise ImproperlyConfigured(f"The address of the database has words that nobody reads: {', '.join(unknown)}")
    options: dict[str, object] = {word: query[word][0] for word in sorted(PASSED_ON & set(query))}
    return Database(
        ENGINE="django.db.backends.postgresql",
        NAME=unquote(parts.path.lstrip("/")),
        USER=unquote(parts.username or ""),
        PASSWORD=unquote(parts.password or ""),
        HOST=query.get("host", [parts.hostname or ""])[0],
        PORT=str(parts.port or ""),
        CONN_MAX_AGE=3600,
        CONN_HEALTH_CHECKS=True,
        OPTIONS={
            # Planning a question behind the walls takes longer than answering it: each is planned once a connection.
            "server_side_binding": True,
            "prepare_threshold": 2,
            "options": "-c jit=off -c search_path=public -c idle_in_transaction_session_timeout=600s",
            **options,
        },
        TEST={"TEMPLATE": "template0"},
    )


def chosen_database() -> Database:
    """The database of this process: as the web role, or as the owner where a command needs it."""
    name = "DATABASE_OWNER_URL" if os.environ.get("KIMWERK_CONNECT_AS") == "owner" else "DATABASE_URL"
    return database(required(name))


def listed(name: str) -> list[str]:
    """A comma-separated list, empty if not set."""
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


def one_of(name: str, allowed: tuple[int, ...]) -> int:
    """One of a few numbers; the first if not set."""
    value = os.environ.get(name) or str(allowed[0])
    if value not in {str(each) for each in allowed}:
        choices = ", ".join(str(each) for each in allowed)
        raise ImproperlyConfigured(f"{name} is {value!r}. It can be {choices}.")
    return int(value)


def web_address(name: str) -> str:
    """An address on the web, or nothing if not set. It is printed into files for others, so that it must be whole."""
    value = os.environ.get(name, "")
    if value and not re.fullmatch(r"https?://[^\s<>\"{}|^`\\]+", value):
        raise ImproperlyConfigured(f"{name} is {value!r}. It must be an address such as http://example.org/list/ours.")
    return value


class Mail(TypedDict):
    """How mail is handed on, in the framework's words."""

    EMAIL_HOST: str
    EMAIL_PORT: int
    EMAIL_USE_TLS: bool
    EMAIL_USE_SSL: bool
    EMAIL_HOST_USER: str
    EMAIL_HOST_PASSWORD: str
    EMAIL_TIMEOUT: int
    DEFAULT_FROM_EMAIL: str


PORTS = {"none": 25, "starttls": 587, "tls": 465}
MAIL_TIMEOUT_SECONDS = 10


def mail() -> Mail:
    """Read where invitations are handed on: an own relay without a name, or a server that asks for one."""
    transport = os.environ.get("KIMWERK_MAIL_TLS") or "none"
    if transport not in PORTS:
        raise ImproperlyConfigured(f"KIMWERK_MAIL_TLS is {transport!r}. It can be {', '.join(PORTS)}.")
    port = os.environ.get("KIMWERK_MAIL_PORT") or str(PORTS[transport])
    if not port.isdecimal():
        raise ImproperlyConfigured(f"KIMWERK_MAIL_PORT is {port!r}. It must be a number.")
    user = os.environ.get("KIMWERK_MAIL_USER", "")
    if user and transport == "none":
        raise ImproperlyConfigured("KIMWERK_MAIL_USER is set, but KIMWERK_MAIL_TLS is not: the password would be open.")
    return Mail(
        EMAIL_HOST=required("KIMWERK_MAIL_HOST"),
        EMAIL_PORT=int(port),
        EMAIL_USE_TLS=transport == "starttls",
        EMAIL_USE_SSL=transport == "tls",
        EMAIL_HOST_USER=user,
        EMAIL_HOST_PASSWORD=required_or_from_file("KIMWERK_MAIL_PASSWORD") if user else "",
        EMAIL_TIMEOUT=MAIL_TIMEOUT_SECONDS,
        DEFAULT_FROM_EMAIL=required("KIMWERK_MAIL_FROM"),
    )
