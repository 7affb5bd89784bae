"""An appointment as iCalendar (RFC 5545), for the calendars of those who are invited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

LONGEST_LINE = 75
"""Octets of a line; longer ones are folded."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """What a calendar needs to know. A higher `sequence` replaces what was sent before."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    made_at: datetime
    title: str
    place: str = ""
    text: str = ""
    sequence: int = 0
    is_cancelled: bool = False


def as_icalendar(appointment: Appointment) -> bytes:
    """The appointment as a file. Equal appointments give equal bytes."""
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//kimwerk//DE",
        f"METHOD:{'CANCEL' if appointment.is_cancelled else 'PUBLISH'}",
        "BEGIN:VEVENT",
        f"UID:{appointment.uid}",
        f"DTSTAMP:{_moment(appointment.made_at)}",
        f"DTSTART:{_moment(appointment.starts_at)}",
        f"DTEND:{_moment(appointment.ends_at)}",
        f"SEQUENCE:{appointment.sequence}",
        f"STATUS:{'CANCELLED' if appointment.is_cancelled else 'CONFIRMED'}",
        f"SUMMARY:{_escaped(appointment.title)}",
        *([f"LOCATION:{_escaped(appointment.place)}"] if appointment.place else []),
        *([f"DESCRIPTION:{_escaped(appointment.text)}"] if appointment.text else []),
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    r"""A value without what would end it.

    >>> _escaped("Raum 1, Kreishaus; 2. OG\r\nSiegburg")
    'Raum 1\\, Kreishaus\\; 2. OG\\nSiegburg'
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    for sign in ("\\", ";", ","):
        plain = plain.replace(sign, f"\\{sign}")
    return plain.replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line of at most 75 octets, going on in lines that begin with a blank; no sign is cut in two."""
    parts, room = [""], LONGEST_LINE
    for sign in line:
        size = len(sign.encode())
        if size > room:
            parts.append("")
            room = LONGEST_LINE - 1
        parts[-1] += sign
        room -= size
    return "\r\n ".join(parts)
