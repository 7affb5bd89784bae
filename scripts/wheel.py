"""./run wheel: the package for a server, in `dist/`, with front-end assets and catalogues built in."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
DIST = ROOT / "dist"


def main() -> int:
    """Build the wheel with the locked builder, and lay the lock of its packages beside it."""
    shutil.rmtree(DIST, ignore_errors=True)
    command = [str(ROOT / ".boot" / "bin" / "uv"), "build", "--quiet", "--wheel", "--out-dir", str(DIST)]
    locked = ["--build-constraints", str(ROOT / "requirements" / "build.txt"), "--require-hashes"]
    code = subprocess.run([*command, *locked, str(ROOT)]).returncode
    if code:
        return code
    shutil.copyfile(ROOT / "requirements" / "runtime.txt", DIST / "requirements.txt")
    for path in sorted(DIST.glob("[!.]*")):
        print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
