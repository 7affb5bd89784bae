"""./run test: all tests, in two processes; what needs a browser or Java says so when it is not there.

Chromium and a Java runtime are installed through apt when this runs as root; otherwise the tests
that need them are left out and named in one line. Under CI=true their absence is a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NEEDED = {
    "chromium": ("chromium", "the journeys in a real browser", "journey"),
    "java": ("default-jre-headless", "the verdict on PDF/UA and PDF/A", "java"),
}


def main() -> int:
    """Run pytest with what this machine has; options are pytest's."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "kimwerk.config.settings.test"
    missing = [program for program in NEEDED if not shutil.which(program)]
    if missing and os.geteuid() == 0:
        _install([NEEDED[program][0] for program in missing])
        missing = [program for program in NEEDED if not shutil.which(program)]
    left_out = []
    for program in missing:
        package, purpose, marker = NEEDED[program]
        print(f"Left out: {purpose}. They need: apt-get install {package}", file=sys.stderr)
        left_out.append(marker)
    if missing and os.environ.get("CI") == "true":
        return 1
    options = sys.argv[1:] or ["-n", "2", "--dist", "loadfile", "-q"]
    if left_out:
        options += ["-m", " and ".join(f"not {marker}" for marker in left_out)]
    return subprocess.run([sys.executable, "-m", "pytest", *options]).returncode


def _install(packages: list[str]) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=environment)
    subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], env=environment)


if __name__ == "__main__":
    sys.exit(main())
