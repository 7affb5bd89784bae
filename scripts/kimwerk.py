"""./run kimwerk …: the command line, on the demo's database unless DATABASE_URL names another."""

import subprocess
import sys

from scripts.demo_database import demo_environment

if __name__ == "__main__":
    with demo_environment() as environment:
        sys.exit(subprocess.run([sys.executable, "-m", "kimwerk", *sys.argv[1:]], env=environment).returncode)
