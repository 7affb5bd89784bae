"""./run demo: the whole program on this machine with a synthetic county."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping

from scripts.cluster import NoPostgres
from scripts.demo_database import FOLDER, demo_environment
from scripts.serving import DidNotStart, free_port, serving

TALLY = FOLDER / "beispiel-strichliste.xlsx"
KIMWERK = [sys.executable, "-m", "kimwerk"]


def main() -> int:
    """Start everything, print where and as whom to sign in, and stop everything on Ctrl-C."""
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, _stop_once)
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        with demo_environment() as environment:
            _run(environment, "prepare")
            if not TALLY.exists():
                _run(environment, "demo_tally", "--out", str(TALLY))
            _serve(environment)
    except KeyboardInterrupt:
        print("\nStopped.")
    except (NoPostgres, DidNotStart) as error:
        print(error, file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as error:
        return error.returncode
    return 0


def _run(environment: Mapping[str, str], *arguments: str) -> None:
    subprocess.run([*KIMWERK, *arguments], env=environment, check=True, start_new_session=True)


def _stop_once(*_: object) -> None:
    """Begin to stop; who presses Ctrl-C again while things are being put away is not heard."""
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, signal.SIG_IGN)
    raise KeyboardInterrupt


def _serve(environment: Mapping[str, str]) -> None:
    """Make the links while the server starts, and show them once it answers."""
    port = free_port(int(os.environ.get("PORT", "8000")))
    links = subprocess.Popen(
        [
            *KIMWERK,
            "demo_links",
            f"http://localhost:{port}",
        ],  # the one name under which browsers make passkeys without TLS
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    with serving(environment, port, log=FOLDER / f"server-{port}.log"):
        shown, _ = links.communicate()
        if links.returncode:
            raise subprocess.CalledProcessError(links.returncode, "demo_links")
        print(shown, flush=True)
        signal.pause()


if __name__ == "__main__":
    sys.exit(main())
