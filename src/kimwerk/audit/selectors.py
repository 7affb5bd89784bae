"""Reading the log, and checking it from end to end."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from django.db import connection, transaction
from django.utils.timezone import get_current_timezone_name, make_aware

from kimwerk.access.actors import Actor
from kimwerk.audit.models import Event, Seal
from kimwerk.audit.types import Flaw, FlawReason, Kind, Verdict

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
EventRow = tuple[int, datetime, int | None, str, str, str, str, list[str], int, str, bytes]
SealRow = tuple[int, int, int, bytes]


def verify_log(expected_head: str = "") -> Verdict:
    """Check every entry against its digest and every batch against its seal.

    Computes digests here, apart from the database's own function. `expected_head` is the hash of
    a seal as somebody wrote it down elsewhere, when it was the last; without it, a log that was
    rewritten together with all its seals cannot be told from a sound one. Needs the owner role.
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
        if expected_head and expected_head not in {sealed.hex() for *_, sealed in self.seals}:
            last = self.seals[-1][1] if self.seals else 0
            self.flaws.append(Flaw(last, last, FlawReason.HEAD_DIFFERS))
        return Verdict(self.events, len(self.seals), self.unsealed, self.head.hex(), tuple(self.flaws))


@dataclass(frozen=True, slots=True)
class LogQuestion:
    """What of the log is wanted: days (both included), kind, table, account; None or "" for all."""

    since: date | None = None
    until: date | None = None
    kind: Kind | None = None
    subject_type: str = ""
    actor_id: int | None = None


@dataclass(frozen=True, slots=True)
class LogSlice:
    """Some entries, newest first; `older_than` asks for the next slice, None at the log's beginning."""

    events: tuple[Event, ...]
    older_than: int | None


@dataclass(frozen=True, slots=True)
class SealState:
    """How far the log is sealed: the last seal, and how many entries wait (counted up to `MOST_WAITING`)."""

    last: Seal | None
    waiting: int


MOST_WAITING = 10_000


def read_log(actor: Actor, question: LogQuestion, *, before: int | None = None, size: int = 50) -> LogSlice:
    """A slice of the log for whoever may read it, at a cost that does not grow with the log.

    Pages take `services.hand_out_log`, which records the reading.
    """
    found = Event.objects.visible_to(actor)
    if question.kind is not None:
        found = found.filter(kind=question.kind.value)
    if question.subject_type:
        found = found.filter(subject_type=question.subject_type)
    if question.actor_id is not None:
        found = found.filter(actor_id=question.actor_id)
    if question.since is not None:
        found = found.filter(at__gte=_midnight(question.since))
    if question.until is not None:
        found = found.filter(at__lt=_midnight(question.until + timedelta(days=1)))
    if before is not None:
        found = found.filter(id__lt=before)
    events = list(found.order_by("-id")[: size + 1])
    shown = tuple(events[:size])
    return LogSlice(shown, shown[-1].id if len(events) > size else None)


def seal_state(actor: Actor) -> SealState:
    """How far the log is sealed, for whoever may read it."""
    last = Seal.objects.order_by("-id").first()
    waiting = Event.objects.visible_to(actor).filter(id__gt=last.last_event if last else 0)
    return SealState(last, waiting[:MOST_WAITING].count())


@dataclass(frozen=True, slots=True)
class DayOfReading:
    """How many different things of one sort somebody read on a day, and when the last time."""

    day: date
    subjects: int
    latest: datetime


def own_reads(subject_type: str, since: date) -> tuple[DayOfReading, ...]:
    """What the actor of the transaction read since that day, day by day. Nobody learns it of others."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select day, subjects, latest from audit.own_reads(%s, %s, %s) order by day",
            [subject_type, _midnight(since), get_current_timezone_name()],
        )
        return tuple(DayOfReading(*row) for row in cursor.fetchall())


def _midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time.min))
