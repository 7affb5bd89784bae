"""Office papers are archives of XML files: written so that equal texts give equal bytes, and read with care.

A paper that comes from outside is not believed: of its archive one part is unpacked, up to a limit, and no more.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from xml.sax.saxutils import escape

from kimwerk.documents.types import DocumentsProblem, DocumentsRefused

LARGEST_PAPER = 10 * 1024 * 1024
"""Bytes of a paper that is read; a template with a letterhead has a tenth of that."""

MOST_PARTS = 2_000
LARGEST_PART = 20 * 1024 * 1024
"""Bytes of the text part, unpacked: some ten thousand pages."""

_FIXED_DATE = (1980, 1, 1, 0, 0, 0)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError)


def in_xml(text: str) -> str:
    """Text as it may stand in XML, also within quotes: what no XML may hold is left out."""
    return escape(_FORBIDDEN.sub("", text), {'"': "&quot;"})


def packed(parts: Mapping[str, str], *, kind: str = "") -> bytes:
    """An archive of these parts. `kind` is put first and unpacked, as OpenDocument wants its media type."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        if kind:
            archive.writestr(zipfile.ZipInfo("mimetype", _FIXED_DATE), kind, zipfile.ZIP_STORED)
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _FIXED_DATE), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def part_of(content: bytes, *names: str) -> tuple[str, bytes]:
    """The first of these parts that a paper has, with its name. Raises DocumentsRefused where nothing can be read."""
    if len(content) > LARGEST_PAPER:
        raise DocumentsRefused(DocumentsProblem.PAPER_TOO_LARGE)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if len(archive.infolist()) > MOST_PARTS:
                raise DocumentsRefused(DocumentsProblem.PAPER_TOO_LARGE)
            name = next((each for each in names if each in archive.namelist()), "")
            with archive.open(name) as part:
                found = part.read(LARGEST_PART + 1)
    except _DAMAGE as error:
        raise DocumentsRefused(DocumentsProblem.NO_PAPER) from error
    if len(found) > LARGEST_PART:
        raise DocumentsRefused(DocumentsProblem.PAPER_TOO_LARGE)
    return name, found
