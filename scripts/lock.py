"""./run lock: renew the hashed locks from pyproject.toml."""

import subprocess
import sys
from pathlib import Path

if __name__ == "__main__":
    script = Path(__file__).parent.parent / "requirements" / "export.sh"
    sys.exit(subprocess.run([str(script), *sys.argv[1:]]).returncode)
