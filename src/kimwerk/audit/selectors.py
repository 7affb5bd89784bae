"""Reading the log, and checking it from end to end."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

from django.db import connection, transaction

from kimwerk.audit.types import Flaw, FlawReason, Verdict

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
EventRow = tuple[int, datetime, int | None, str, str, str, str, list[str], int, str, bytes]
SealRow = tuple[int, int, int, bytes]


def verify_log(expected_head: str = "") -> Verdict:
    """Check every entry against its digest and every batch against its seal.

    Computes digests here, apart from the database's own function. `expected_head` is the last
    hash as somebody wrote it down elsewhere; without it, a log that was rewritten together with
    all its seals cannot be told from a sound one. Needs the owner role.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local role kimwerk_audit")
        cursor.execute("select first_event, last_event, events, hash from audit.seal order by id")
        seals: list[SealRow] = [(a, b, n, bytes(h)) for a, b, n, h in cursor.fetchall()]
        check = _Check(seals)
        for row in _events():
            check.event(row)
        cursor.execute("reset role")
    return check.verdict(expected_head)


def _events() -> Iterator[EventRow]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            "select id, at, actor_id, kind, action, subject_type, subject_id, columns, amount, request_id, digest"
            " from audit.event order by id"
        )
        yield from cursor


def digest_of(row: EventRow) -> bytes:
    """The digest an entry must have; the same as the database's `audit.digest_of`."""
    number, at, actor, *rest = row[:-1]
    values = [number, (at - EPOCH) // timedelta(microseconds=1), actor, *rest]
    text = json.dumps(values, ensure_ascii=False, separators=(", ", ": "))
    return hashlib.sha256(text.encode()).digest()


class _Check:
    """Walks the entries beside the seals."""

    def __init__(self, seals: list[SealRow]) -> None:
        self.seals = seals
        self.position = 0
        self.flaws: list[Flaw] = []
        self.events = self.unsealed = 0
        self.head = b""
        self._begin_batch()

    def _begin_batch(self) -> None:
        self.batch = hashlib.sha256()
        self.batch_events = 0
        self.batch_is_changed = False

    def event(self, row: EventRow) -> None:
        self.events += 1
        while self.position < len(self.seals) and row[0] > self.seals[self.position][1]:
            self._end_batch()
        digest = bytes(row[-1])
        if digest != digest_of(row):
            self.flaws.append(Flaw(row[0], row[0], FlawReason.CHANGED))
            self.batch_is_changed = True
        if self.position == len(self.seals):
            self.unsealed += 1
        self.batch.update(digest)
        self.batch_events += 1

    def _end_batch(self) -> None:
        first, last, events, sealed = self.seals[self.position]
        computed = hashlib.sha256(self.head + f"{last}:{events}:".encode() + self.batch.digest()).digest()
        if self.batch_events < events:
            self.flaws.append(Flaw(first, last, FlawReason.MISSING))
        elif self.batch_events > events:
            self.flaws.append(Flaw(first, last, FlawReason.ADDED))
        elif computed != sealed and not self.batch_is_changed:
            self.flaws.append(Flaw(first, last, FlawReason.REWRITTEN))
        if self.position and first != self.seals[self.position - 1][1] + 1:
            self.flaws.append(Flaw(first, last, FlawReason.CHAIN_BROKEN))
        self.head = sealed
        self.position += 1
        self._begin_batch()

    def verdict(self, expected_head: str) -> Verdict:
        while self.position < len(self.seals):
            self._end_batch()
        if expected_head and expected_head != self.head.hex():
            last = self.seals[-1][1] if self.seals else 0
            self.flaws.append(Flaw(last, last, FlawReason.HEAD_DIFFERS))
        return Verdict(self.events, len(self.seals), self.unsealed, self.head.hex(), tuple(self.flaws))
