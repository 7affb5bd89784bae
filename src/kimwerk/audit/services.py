"""Writing to the log and sealing it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import OperationalError, connection, models, transaction

from kimwerk.access.actors import Actor
from kimwerk.audit.selectors import LogQuestion, LogSlice, read_log
from kimwerk.audit.types import Kind


class AnonymousAct(Exception):
    """Something was to be recorded that nobody did."""


def record(*, actor: Actor, action: str, subject: models.Model | None = None, amount: int = 1) -> None:
    """Record that the actor did something, in the transaction in which it is done."""
    _note(actor, Kind.ACT, action, subject=_named(subject), amount=amount)


def record_read(*, actor: Actor, subject_type: str, subject_id: str = "", amount: int = 1) -> None:
    """Record that personal data of `amount` records were handed out to the actor."""
    _note(actor, Kind.READ, "read", subject=(subject_type, subject_id), amount=amount)


def record_reads(*, actor: Actor, subjects: Sequence[tuple[str, str]]) -> None:
    """Record that each of these, by type and id, was handed out to the actor. One question for all."""
    if actor.is_nobody:
        raise AnonymousAct("read")
    types, ids = zip(*subjects, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "select audit.note(%s, 'read', subject_type, subject_id, '{}', 1)"
            " from unnest(%s::text[], %s::text[]) as given(subject_type, subject_id)",
            [Kind.READ.value, list(types), list(ids)],
        )


def record_unnamed(*, action: str, subject: models.Model | None = None, kind: Kind = Kind.ACT) -> None:
    """Record what nobody signed in does: a failed sign-in, the program's own periodic work, the operator's."""
    _write(kind, action, _named(subject), 1)


def record_refusal(*, actor: Actor, door: str) -> None:
    """Record that the actor was turned away at a door (a route's name, never a value)."""
    _note(actor, Kind.REFUSED, "refused", subject=("door", door), amount=1)


def record_maintenance(*, action: str, subject_type: str, amount: int) -> None:
    """Record what the owner role did behind the walls to `amount` records, where no account acts."""
    _write(Kind.ACT, action, (subject_type, ""), amount)


def hand_out_log(*, actor: Actor, question: LogQuestion, before: int | None = None, size: int = 50) -> LogSlice:
    """A slice of the log for a page, and an entry that it was read."""
    found = read_log(actor, question, before=before, size=size)
    if found.events:
        record_read(actor=actor, subject_type="audit_event", amount=len(found.events))
    return found


def _named(subject: models.Model | None) -> tuple[str, str]:
    return (subject._meta.db_table, str(subject.pk)) if subject is not None else ("", "")


def _note(actor: Actor, kind: Kind, action: str, *, subject: tuple[str, str], amount: int) -> None:
    if actor.is_nobody:
        raise AnonymousAct(action)
    _write(kind, action, subject, amount)


def _write(kind: Kind, action: str, subject: tuple[str, str], amount: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select audit.note(%s, %s, %s, %s, '{}', %s)", [kind.value, action, *subject, amount])


def seal_log() -> int | None:
    """Seal what is new; returns how many entries, or None if writers were too busy to wait for."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select audit.seal_now()")
            row: tuple[int] | None = cursor.fetchone()
            return row[0] if row else 0
    except OperationalError:
        return None
