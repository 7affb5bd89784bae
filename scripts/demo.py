"""./run demo: the whole program on this machine with a synthetic county."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

from scripts.demo_database import FOLDER, demo_environment
from scripts.serving import free_port, serving


def main() -> int:
    """Start everything, print where and as whom to sign in, and stop everything on Ctrl-C."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        with demo_environment() as environment:
            owner = environment | {"KIMWERK_CONNECT_AS": "owner"}
            kimwerk = [sys.executable, "-m", "kimwerk"]
            subprocess.run([*kimwerk, "migrate", "--verbosity", "0"], env=owner, check=True)
            subprocess.run([*kimwerk, "collectstatic", "--no-input", "--verbosity", "0"], env=environment, check=True)
            subprocess.run([*kimwerk, "load_demo"], env=owner, check=True)
            port = free_port(int(os.environ.get("PORT", "8000")))
            with serving(environment, port, log=FOLDER / "server.log") as address:
                subprocess.run([*kimwerk, "demo_links", address], env=environment, check=True)
                signal.pause()
    except KeyboardInterrupt:
        print("\nStopped.")
    except subprocess.CalledProcessError as error:
        return error.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
