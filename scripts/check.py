"""./run check: everything that can be judged without running the program."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

PYTHON = sys.executable
BIN = Path(PYTHON).parent
ALLOWED = (
    "MIT", "BSD", "Apache", "ISC", "Python Software Foundation", "PSF-2.0", "LGPL", "MPL-2.0", "Mozilla Public",
    "EUPL", "Unlicense", "Public Domain", "HPND", "0BSD", "Zlib", "CNRI-Python",
)  # fmt: skip
CHECKS: dict[str, list[str]] = {
    "lint": [PYTHON, "-m", "ruff", "check", "--quiet", "."],
    "format": [PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."],
    "types": [PYTHON, "-m", "mypy"],
    "import contracts": [str(BIN / "lint-imports")],
    "templates": [str(BIN / "djlint"), "src", "--lint", "--quiet"],
    "catalogues": [PYTHON, "-m", "scripts.messages", "--check"],
    "dependencies": [str(BIN / "deptry"), "src"],
    "licences": [PYTHON, "-m", "scripts.licences"],
    "locks": [PYTHON, "-m", "scripts.locks"],
}


def main() -> int:
    """Run the checks that are asked for, or all; print what each says only where it fails."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "kimwerk.config.settings.test"
    os.environ.setdefault("DATABASE_URL", "postgresql:///not-used-by-checks")
    failed = []
    for name, command in CHECKS.items():
        if sys.argv[1:] and name not in sys.argv[1:]:
            continue
        begun = time.monotonic()
        done = subprocess.run(command, capture_output=True, text=True)
        print(f"{'ok    ' if not done.returncode else 'FAILED'} {name} ({time.monotonic() - begun:.1f} s)", flush=True)
        if done.returncode:
            failed.append(name)
            print((done.stdout + done.stderr).strip())
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
