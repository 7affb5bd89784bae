"""./run shell: a Python shell in the demo's environment, behind its walls."""

import subprocess
import sys

from scripts.demo_database import demo_environment

if __name__ == "__main__":
    with demo_environment() as environment:
        sys.exit(subprocess.run([sys.executable, "-m", "kimwerk", "shell", *sys.argv[1:]], env=environment).returncode)
