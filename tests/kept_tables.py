"""The tables as the migrations make them, kept beside the packages: making them anew takes longer than most tests.

A dump is found by a hash of everything that decides about the tables, so a changed migration makes its own. A fresh
clone has no dump; there, and in every continuous build, the migrations themselves run.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from scripts.cluster import find_binaries
from tests.cluster_plugin import the_server

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / ".venv" / "tables"
KEPT_AT_MOST = 30
DECIDING = (
    "src/kimwerk/*/migrations/*",
    "src/kimwerk/config/migrating.py",
    "src/kimwerk/access/*.py",
    "src/kimwerk/*/walls.py",
    "src/kimwerk/*/triggers.py",
    "src/kimwerk/*/data/**/*",
    "src/kimwerk/config/database/*",
    "src/kimwerk/config/settings/*.py",
    "requirements/*",
)


def dump() -> Path:
    """Where the dump of the present tables lies, or would lie."""
    known = hashlib.sha256(_server_version())
    for file in sorted(_deciding_files()):
        known.update(str(file.relative_to(ROOT)).encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return FOLDER / f"{known.hexdigest()[:32]}.dump"


def fill(database: str, file: Path) -> None:
    """Fill an empty database from the dump."""
    file.touch()  # the ones used last stay
    _run("pg_restore", "--exit-on-error", "--dbname", the_server().dsn(database), str(file))


def keep(database: str, file: Path) -> None:
    """Keep the tables of a database for the next time, and forget the oldest.

    `file` is what `dump()` said before the tables were made; whoever changed a migration meanwhile gets no dump.
    """
    if file != dump():
        return
    FOLDER.mkdir(exist_ok=True)
    unfinished = file.with_suffix(f".{os.getpid()}")
    _run("pg_dump", "--format=custom", "--file", str(unfinished), the_server().dsn(database))
    unfinished.replace(file)
    for old in sorted(FOLDER.glob("*.dump"), key=lambda each: each.stat().st_mtime)[:-KEPT_AT_MOST]:
        old.unlink(missing_ok=True)


def _deciding_files() -> Iterator[Path]:
    for pattern in DECIDING:
        yield from (file for file in ROOT.glob(pattern) if file.is_file() and file.suffix != ".pyc")


def _server_version() -> bytes:
    return subprocess.run([find_binaries() / "postgres", "--version"], capture_output=True, check=True).stdout


def _run(program: str, *arguments: str) -> None:
    done = subprocess.run([find_binaries() / program, *arguments], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
