"""./run test: all tests, in two processes; what needs a browser or Java says so when it is not there.

Chromium and a Java runtime are installed through apt when this runs as root; otherwise the tests
that need them are left out and named in one line. Under CI=true their absence is a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Need:
    """A program that some tests need: the package it comes with, what for, and the marker of those tests."""

    programs: tuple[str, ...]
    package: str
    purpose: str
    marker: str

    def found(self) -> Iterator[str]:
        """Where the programs lie that would do, the best first."""
        return filter(None, map(shutil.which, self.programs))

    def is_best(self) -> bool:
        """Whether the first of the programs is there."""
        return shutil.which(self.programs[0]) is not None


# The same engine without windows, menus and extensions, which take a third of a journey's time
BROWSER = Need(
    ("chromium-headless-shell", "chromium"), "chromium-headless-shell", "the journeys in a real browser", "journey"
)
JAVA = Need(("java",), "default-jre-headless", "the verdict on PDF/UA and PDF/A", "java")
NEEDS = (BROWSER, JAVA)


def main() -> int:
    """Run pytest with what this machine has; options are pytest's."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "kimwerk.config.settings.test"
    wanted = [need.package for need in NEEDS if not need.is_best()]
    if wanted and os.geteuid() == 0:
        _install(wanted)
    left_out = []
    for need in NEEDS:
        if not any(need.found()):
            print(f"Left out: {need.purpose}. They need: apt-get install {need.package}", file=sys.stderr)
            left_out.append(need.marker)
    if left_out and os.environ.get("CI") == "true":
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
