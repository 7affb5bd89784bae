"""Whether every package that reaches an installation has a licence we may ship with (no GPL, no AGPL)."""

from __future__ import annotations

import re
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from scripts.check import ALLOWED

RUNTIME = Path(__file__).parent.parent / "requirements" / "runtime.txt"
READ_BY_US = {"qrcode": "BSD-3-Clause; its LICENSE also keeps the notice of the code it grew from"}


def licence_of(package: str) -> str:
    """What the package says of its licence, in the newest field that it fills."""
    fields = metadata(package)
    classifiers = [c for c in fields.get_all("Classifier", []) if c.startswith("License ::")]
    named = [*fields.get_all("License-Expression", []), "; ".join(classifiers), *fields.get_all("License", [])]
    return next((text.split("\n")[0] for text in named if text), "")


def main() -> int:
    """Name every package whose licence is not on the list."""
    faults = []
    for name in re.findall(r"^([a-zA-Z0-9_.-]+)==", RUNTIME.read_text(), re.MULTILINE):
        try:
            licence = READ_BY_US.get(name) or licence_of(name)
        except PackageNotFoundError:
            continue  # for another platform or Python
        is_copyleft = re.search(r"(?<!L)(?<!Lesser )(A?GPL|General Public)", licence) and "LGPL" not in licence
        if is_copyleft or not any(allowed in licence for allowed in ALLOWED):
            faults.append(f"{name}: {licence or 'no licence named'}")
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
