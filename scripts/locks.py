"""Whether the locks name no address and hold a hash for every package."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def main() -> int:
    """Name every lock that records where something came from, or leaves a hash out."""
    faults = []
    for lock in [*sorted((ROOT / "requirements").glob("*.txt")), ROOT / "package-lock.json"]:
        text = lock.read_text(encoding="utf-8")
        if re.search(r'"resolved"|https?://(?!.*(funding|sponsor|opencollective))', text) and lock.suffix == ".json":
            faults += [f"{lock.name}: {line.strip()}" for line in text.splitlines() if '"resolved"' in line]
        if lock.suffix == ".txt":
            if "://" in text:
                faults.append(f"{lock.name}: names an address")
            for package, rest in re.findall(r"^([a-z0-9_.-]+==\S+)((?:[^\n]*\\\n)*[^\n]*)", text, re.MULTILINE):
                if "--hash=sha256:" not in rest:
                    faults.append(f"{lock.name}: no hash for {package}")
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
