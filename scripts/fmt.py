"""./run fmt: format code and sort imports."""

import subprocess
import sys

if __name__ == "__main__":
    code = subprocess.run([sys.executable, "-m", "ruff", "check", "--fix", "--quiet", "."]).returncode
    sys.exit(subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", "."]).returncode or code)
