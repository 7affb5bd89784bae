"""The real application server and one worker, as child processes that end together."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

START_LIMIT_SECONDS = 40


def gunicorn(address: str, *options: str) -> list[str]:
    """The command line of the application server, as in production."""
    return [
        sys.executable, "-m", "gunicorn", "kimwerk.config.wsgi:application", "--bind", address,
        "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--preload", "--timeout", "120",
        "--max-requests", "20000", "--max-requests-jitter", "2000", "--no-control-socket", *options,
    ]  # fmt: skip


def worker() -> list[str]:
    """The command line of the worker."""
    return [sys.executable, "-m", "kimwerk", "procrastinate", "worker", "--concurrency", "2"]


def free_port(wanted: int = 0) -> int:
    """The wanted port of the loopback address if it is free, else any."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError:
            probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(environment: Mapping[str, str], port: int, *, log: Path | None = None) -> Iterator[str]:
    """Run server and worker while the context lasts; gives the address once pages are answered."""
    address = f"127.0.0.1:{port}"
    out = log.open("ab") if log else None
    children = [
        subprocess.Popen(command, env=dict(environment), stdout=out, stderr=out, start_new_session=True)
        for command in (gunicorn(address), worker())
    ]
    try:
        _wait_until_answering(f"http://{address}/anmeldung/", children[0])
        yield f"http://{address}"
    finally:
        for child in children:
            child.send_signal(signal.SIGTERM)
        for child in children:
            try:
                child.wait(timeout=15)
            except subprocess.TimeoutExpired:
                child.kill()
        if out:
            out.close()


def _wait_until_answering(url: str, server: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + START_LIMIT_SECONDS
    while time.monotonic() < limit:
        if server.poll() is not None:
            raise RuntimeError("The application server did not start; its message stands above or in the log.")
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310  # our own loopback address
            return
        except urllib.error.HTTPError as error:
            error.close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("The application server does not answer.")
