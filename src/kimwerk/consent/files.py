"""Files that prove a declaration: how large, of what kind, and whether they carry a virus.

The kind is told by the first bytes, never by a name. Without a virus scanner only the signature of the EICAR test
file is recognised; with the setting CLAMD_SOCKET every file goes through clamd, and what it could not check is refused.
"""

from __future__ import annotations

import socket
from typing import Final

from django.conf import settings

from kimwerk.consent.types import ConsentProblem, FileKind

LARGEST_MIB: Final = 10
_BEGINNINGS: Final = {
    FileKind.PDF: b"%PDF-",
    FileKind.PNG: b"\x89PNG\r\n\x1a\n",
    FileKind.JPEG: b"\xff\xd8\xff",
}
_EICAR: Final = (b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$", b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE")
_CHUNK: Final = 64 * 1024
_PATIENCE: Final = 30


def kind_of(content: bytes) -> FileKind | None:
    """The kind by its first bytes; None for every other one."""
    return next((kind for kind, beginning in _BEGINNINGS.items() if content.startswith(beginning)), None)


def problem_of_file(content: bytes) -> ConsentProblem | None:
    """What is wrong with an uploaded file, if anything."""
    if len(content) > LARGEST_MIB * 1024 * 1024:
        return ConsentProblem.FILE_TOO_LARGE
    if is_test_virus(content):  # before its kind, so that whoever tests the protection sees it work
        return ConsentProblem.FILE_INFECTED
    if kind_of(content) is None:
        return ConsentProblem.FILE_OF_ANOTHER_KIND
    return _scanned(content) if settings.CLAMD_SOCKET else None


def is_test_virus(content: bytes) -> bool:
    """Whether the file carries the signature by which protection against viruses is tested."""
    return all(part in content for part in _EICAR)


def _scanned(content: bytes) -> ConsentProblem | None:
    """What clamd says; no answer is no permission."""
    try:
        answer = _ask(content)
    except OSError:
        return ConsentProblem.FILE_UNCHECKED
    if answer.endswith(b"FOUND"):
        return ConsentProblem.FILE_INFECTED
    return None if answer.endswith(b"OK") else ConsentProblem.FILE_UNCHECKED


def _ask(content: bytes) -> bytes:
    """clamd's INSTREAM: pieces with their length before them, then a length of nothing (clamd(8))."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as clamd:
        clamd.settimeout(_PATIENCE)
        clamd.connect(settings.CLAMD_SOCKET)
        clamd.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), _CHUNK):
            piece = content[start : start + _CHUNK]
            clamd.sendall(len(piece).to_bytes(4, "big") + piece)
        clamd.sendall(b"\0\0\0\0")
        answer = b""
        while piece := clamd.recv(4096):
            answer += piece
    return answer.rstrip(b"\0\n")
