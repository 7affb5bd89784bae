"""Turns every `.po` catalogue into the `.mo` file that Django reads, where it has changed."""

from __future__ import annotations

import sys
from pathlib import Path

SOURCE = Path(__file__).parent.parent / "src" / "kimwerk"


def outdated() -> list[Path]:
    """Catalogues that are newer than what was built from them."""
    catalogues = SOURCE.glob("*/locale/*/LC_MESSAGES/django.po")
    return [po for po in catalogues if not _built(po).exists() or _built(po).stat().st_mtime < po.stat().st_mtime]


def build(po: Path) -> None:
    """Compile one catalogue. Fuzzy entries are left out, so that a guess never reaches a page."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with po.open("rb") as file:
        catalogue = read_po(file, locale=po.parts[-3], abort_invalid=True)
    with _built(po).open("wb") as file:
        write_mo(file, catalogue)


def _built(po: Path) -> Path:
    return po.with_suffix(".mo")


def main() -> int:
    """Build what is outdated."""
    for po in outdated():
        build(po)
    return 0


if __name__ == "__main__":
    sys.exit(main())
