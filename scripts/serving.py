"""The real application server and one worker, as child processes that end together."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

START_LIMIT_SECONDS = 40


class DidNotStart(RuntimeError):
    """The server does not answer; the message says where to read why."""


def gunicorn(address: str, *options: str) -> list[str]:
    """The command line of the application server, as in production.

    A process takes on as many connections as it has threads, and gives them back after each answer: whoever comes when
    all are at work waits for the first one that is free in either process, not for a busy one.
    """
    return [
        sys.executable, "-m", "gunicorn", "kimwerk.config.wsgi:application", "--bind", address,
        "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--worker-connections", "4",
        "--keep-alive", "0", "--preload", "--timeout", "120",
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
    with ExitStack() as stack:
        out = stack.enter_context(log.open("wb")) if log else None
        server = stack.enter_context(_child(gunicorn(address), environment, out))
        try:
            _wait_until_answering(f"http://{address}/anmeldung/", server)
        except DidNotStart as error:
            raise DidNotStart(f"{error}\n{log.read_text()[-3000:] if log else ''}") from error
        stack.enter_context(_child(worker(), environment, out))  # only now: nobody waits for it to start
        yield f"http://{address}"


@contextmanager
def _child(
    command: list[str], environment: Mapping[str, str], out: BinaryIO | None
) -> Iterator[subprocess.Popen[bytes]]:
    """A process that a Ctrl-C in the terminal does not reach by itself, and that does not outlive us."""
    child = subprocess.Popen(
        command,
        env=dict(environment),
        stdout=out,
        stderr=out,
        start_new_session=True,
        preexec_fn=_end_with_parent,  # noqa: PLW1509  # one system call, nothing that could lock
    )
    try:
        yield child
    finally:
        child.terminate()
        try:
            child.wait(timeout=15)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _end_with_parent() -> None:
    """Ask the kernel to end this process when the one that started it is gone."""
    ctypes.CDLL(None, use_errno=True).prctl(1, signal.SIGTERM)


def _wait_until_answering(url: str, server: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + START_LIMIT_SECONDS
    while time.monotonic() < limit:
        if server.poll() is not None:
            raise DidNotStart("The application server did not start:")
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310  # our own loopback address
            return
        except urllib.error.HTTPError as error:
            error.close()
            return
        except OSError:
            time.sleep(0.1)
    raise DidNotStart("The application server does not answer:")
