"""./run messages: bring each room's catalogue up to date with its code and templates.

Texts are found in Python through Babel and in templates through Django's own reading of them, so
no gettext tools are needed. `--check` changes nothing and fails where a text has no German, or where
two rooms say one text differently.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).parent.parent / "src" / "kimwerk"
KEYWORDS = {
    "_": None,
    "_g": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
    "_N": (1, 2),
}
Found = tuple[str, int, str | tuple[str, ...], str | None]


def texts_of(room: Path) -> Iterator[Found]:
    """Every text of a room: where, which line, the text (or its singular and plural), its context."""
    for path in sorted(room.rglob("*.py")):
        if "migrations" not in path.parts:
            yield from _extract(path, path.read_bytes())
    for path in sorted(p for kind in ("*.html", "*.svg", "*.txt") for p in room.rglob(kind)):
        if "templates" in path.parts:
            yield from _extract(path, _as_python(path))


def _as_python(path: Path) -> bytes:
    from django.utils.translation.template import templatize

    lines = templatize(path.read_text(encoding="utf-8"), origin=str(path)).splitlines()
    return "\n".join(line.lstrip() for line in lines).encode()  # a template's indentation is none in Python


def _extract(path: Path, source: bytes) -> Iterable[Found]:
    name = path.relative_to(SOURCE).as_posix()
    options = {"encoding": "utf-8"}
    for line, message, _, context in extract("python", io.BytesIO(source), KEYWORDS, options=options):
        yield name, line, message, context


def updated(room: Path) -> Catalog:
    """The room's catalogue with today's texts: German kept, gone texts dropped, new ones empty."""
    path = catalogue_path(room)
    old = read_po(path.open("rb"), locale="de") if path.exists() else Catalog(locale="de")
    new = Catalog(locale="de", project="kimwerk", charset="utf-8", fuzzy=False)
    for name, _, message, context in texts_of(room):
        known = old.get(message[0] if isinstance(message, tuple) else message, context)
        new.add(message, known.string if known else None, locations=[(name, 0)], context=context)
    return new


def catalogue_path(room: Path) -> Path:
    """Where a room's German stands."""
    return room / "locale" / "de" / "LC_MESSAGES" / "django.po"


def missing(catalogue: Catalog) -> list[str]:
    """Texts without German."""
    return [
        str(m.id)
        for m in catalogue
        if m.id and not (all(m.string) if isinstance(m.string, (tuple, list)) else m.string)
    ]


def contradictions(catalogues: Mapping[str, Catalog]) -> Iterator[str]:
    """Texts that rooms share but say differently: the first room would win everywhere, so they need a context."""
    said: dict[tuple[str | None, str], tuple[str, object]] = {}
    for room, catalogue in catalogues.items():
        for message in catalogue:
            if not message.id:
                continue
            key = (message.context, str(message.id))
            other, german = said.setdefault(key, (room, message.string))
            if german != message.string:
                yield f"{room} and {other} say {message.id!r} differently; give it a context, or the same German"


def rooms() -> list[Path]:
    """The folders of all rooms."""
    return sorted(path.parent for path in SOURCE.glob("*/__init__.py"))


def main() -> int:
    """Update or check every room's catalogue; names each text that still needs German."""
    is_check = "--check" in sys.argv[1:]
    faults = 0
    catalogues = {}
    for room in rooms():
        catalogue = updated(room)
        if not len(catalogue):
            continue
        catalogues[room.name] = catalogue
        path = catalogue_path(room)
        out = io.BytesIO()
        write_po(out, catalogue, width=110, omit_header=False, sort_output=True, include_lineno=False)
        text = b"\n".join(
            line
            for line in out.getvalue().split(b"\n")
            if not line.startswith((b'"POT-Creation', b'"PO-Revision', b'"Generated-By'))
        )
        if not is_check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text)
        elif not path.exists() or {m.id for m in catalogue} != {m.id for m in read_po(path.open("rb"), locale="de")}:
            print(f"{room.name}: the catalogue is not up to date; ./run messages mends it")
            faults += 1
        for text_id in missing(catalogue):
            print(f"{room.name}: no German for {text_id!r}")
            faults += 1
    for contradiction in contradictions(catalogues):
        print(contradiction)
        faults += 1
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
