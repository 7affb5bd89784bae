"""Sending letters, each address by a mail of its own: invitations, papers of committees, links of surveys."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from smtplib import SMTPException

from django.core.mail import EmailMessage, get_connection

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes with a mail."""

    name: str
    content: bytes
    kind: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to one address."""

    address: str
    subject: str
    text: str
    enclosures: tuple[Enclosure, ...] = ()


def send_letters(letters: Sequence[Letter]) -> tuple[str, ...]:
    """Send the letters over one connection; returns the addresses that none could be sent to."""
    failed = []
    connection = get_connection()
    try:
        connection.open()
    except (SMTPException, OSError):
        log.exception("the mail server cannot be reached")
        return tuple(letter.address for letter in letters)
    with connection:
        for letter in letters:
            mail = EmailMessage(letter.subject, letter.text, None, [letter.address], connection=connection)
            for enclosure in letter.enclosures:
                mail.attach(enclosure.name, enclosure.content, enclosure.kind)
            try:
                mail.send()
            except (SMTPException, OSError):
                log.exception("a letter could not be sent")
                failed.append(letter.address)
    return tuple(failed)
