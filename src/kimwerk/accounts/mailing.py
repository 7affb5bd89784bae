"""Sending letters, each address by a mail of its own: invitations, papers of committees, links of surveys."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

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


class MailProblem(StrEnum):
    """Why a letter could not be sent."""

    REFUSED = "refused"  # the server takes nothing for this address: trying again does not help
    UNREACHABLE = "unreachable"  # the server is away, or cannot take it just now


def send_letters(letters: Sequence[Letter]) -> tuple[str, ...]:
    """Send the letters over one connection; returns the addresses that none could be sent to."""
    results = zip(letters, results_of(letters), strict=True)
    return tuple(letter.address for letter, problem in results if problem)


def results_of(letters: Sequence[Letter]) -> Iterator[MailProblem | None]:
    """Send the letters one after the other over one connection, and say of each what went wrong, if anything."""
    if not letters:
        return
    connection = get_connection()
    try:
        connection.open()
    except (SMTPException, OSError):
        log.exception("the mail server cannot be reached")
        yield from (MailProblem.UNREACHABLE for _letter in letters)
        return
    with connection:
        for letter in letters:
            mail = EmailMessage(letter.subject, letter.text, None, [letter.address], connection=connection)
            for enclosure in letter.enclosures:
                mail.attach(enclosure.name, enclosure.content, enclosure.kind)
            try:
                mail.send()
            except (SMTPException, OSError) as error:
                log.exception("a letter could not be sent")
                yield _problem(error)
            else:
                yield None


def _problem(error: SMTPException | OSError) -> MailProblem:
    """What a server refuses for good has a code from 500 on (RFC 5321, 4.2.1)."""
    codes = [error.smtp_code] if isinstance(error, SMTPResponseException) else []
    if isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _text in error.recipients.values()]
    return MailProblem.REFUSED if codes and all(code >= 500 for code in codes) else MailProblem.UNREACHABLE
