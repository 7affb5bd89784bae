"""Logging, correcting, removing and repeating entries of the diary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.activities.models import Activity
from kimwerk.activities.policies import may_change
from kimwerk.activities.selectors.book import book_for
from kimwerk.activities.selectors.entries import facts_of
from kimwerk.activities.selectors.settings import settings_of
from kimwerk.activities.services.judging import judge
from kimwerk.activities.services.refusals import (
    ActivityChangedMeanwhile,
    EntriesRefused,
    EntryRefused,
    Problems,
    refusal_of,
)
from kimwerk.activities.types import EntryField, Facts
from kimwerk.audit.services import record

FACT_COLUMNS = tuple(Facts.__dataclass_fields__)
"""The columns of an entry that hold facts, as against who entered it when."""

MOST_AT_ONCE = 500
"""Entries that a grid may save in one go; more is an import."""


@transaction.atomic
def log_activity(*, actor: Actor, facts: Facts) -> Activity:
    """Put one activity into the diary. Raises EntryRefused with what is wrong where."""
    _refuse(judge(facts, actor=actor, book=book_for(actor), settings=settings_of(facts.organisation_id)))
    with _spoken_refusals():
        activity = Activity.objects.create(**_columns(facts), entered_by_id=_account(actor))
    record(actor=actor, action="activity.logged", subject=activity)
    return activity


@transaction.atomic
def log_many(*, actor: Actor, entries: Sequence[Facts]) -> list[Activity]:
    """Put several activities into the diary, all or none. Raises EntriesRefused by their place in the list."""
    book, settings, problems = book_for(actor), {}, {}
    for place, facts in enumerate(entries[:MOST_AT_ONCE]):
        if facts.organisation_id not in settings:
            settings[facts.organisation_id] = settings_of(facts.organisation_id)
        found = judge(facts, actor=actor, book=book, settings=settings[facts.organisation_id])
        if found:
            problems[place] = found
    if problems or len(entries) > MOST_AT_ONCE:
        raise EntriesRefused(problems)
    by = _account(actor)
    with _spoken_refusals():
        logged = Activity.objects.bulk_create(Activity(**_columns(facts), entered_by_id=by) for facts in entries)
    if logged:
        record(actor=actor, action="activity.logged", amount=len(logged))
    return logged


@transaction.atomic
def correct_activity(*, actor: Actor, activity: Activity, version: int, facts: Facts) -> Activity:
    """Change an entry that was read at `version`. Raises ActivityChangedMeanwhile if it has moved on since."""
    current = _locked(actor, activity)
    before = facts_of(current)
    differences = changed_fields(before, facts)
    if current.version != version and differences:
        raise ActivityChangedMeanwhile(current, differences)
    if not differences:
        return current
    settings = settings_of(facts.organisation_id)
    settings.is_note_enabled = settings.is_note_enabled or facts.note == before.note
    problems = judge(facts, actor=actor, book=book_for(actor), settings=settings)
    _refuse(
        {place: problem for place, problem in problems.items() if place in differences or place is EntryField.DONE_BY}
    )
    for column, value in _columns(facts).items():
        setattr(current, column, value)
    current.changed_at, current.changed_by_id = timezone.now(), _account(actor)
    current.version += 1
    with _spoken_refusals():
        current.save(update_fields=[*_columns(facts), "changed_at", "changed_by", "version"])
    record(actor=actor, action="activity.corrected", subject=current)
    return current


@transaction.atomic
def remove_activity(*, actor: Actor, activity: Activity) -> Activity:
    """Take an entry out of the diary and all counts. It can be brought back with restore_activity."""
    return _set_removed(actor, activity, is_removed=True)


@transaction.atomic
def restore_activity(*, actor: Actor, activity: Activity) -> Activity:
    """Bring a removed entry back, as it was."""
    return _set_removed(actor, activity, is_removed=False)


@transaction.atomic
def repeat_entries(*, actor: Actor, activities: Iterable[Activity], day: date) -> list[Activity]:
    """Enter the same activities again for another day, as done by the actor and without their notes."""
    repeated = [
        replace(facts_of(each), day=day, last_day=None, done_by_id=_account(actor), note="") for each in activities
    ]
    return log_many(actor=actor, entries=repeated)


@transaction.atomic
def repeat_day(*, actor: Actor, source: date, day: date) -> list[Activity]:
    """Enter one's own activities of the day `source` again for `day`."""
    own = Activity.objects.own_of(actor).filter(day=source, last_day__isnull=True).order_by("pk")
    return repeat_entries(actor=actor, activities=own[:MOST_AT_ONCE], day=day)


def changed_fields(before: Facts, after: Facts) -> tuple[EntryField, ...]:
    """The fields in which two versions differ; lists count as equal in any order."""
    return tuple(
        EntryField(column.removesuffix("_id"))
        for column in FACT_COLUMNS
        if _comparable(getattr(before, column)) != _comparable(getattr(after, column))
    )


def _comparable(value: object) -> object:
    return frozenset(value) if isinstance(value, tuple) else value


def _columns(facts: Facts) -> dict[str, object]:
    values: dict[str, object] = {column: getattr(facts, column) for column in FACT_COLUMNS}
    return {column: list(value) if isinstance(value, tuple) else value for column, value in values.items()}


def _set_removed(actor: Actor, activity: Activity, *, is_removed: bool) -> Activity:
    current = _locked(actor, activity)
    if (current.removed_at is not None) == is_removed:
        return current
    current.removed_at = timezone.now() if is_removed else None
    current.removed_by_id = _account(actor) if is_removed else None
    current.version += 1
    current.save(update_fields=["removed_at", "removed_by", "version"])
    record(actor=actor, action="activity.removed" if is_removed else "activity.restored", subject=current)
    return current


def _locked(actor: Actor, activity: Activity) -> Activity:
    """The entry as it stands now, held until the transaction ends."""
    current = Activity.objects.select_for_update(of=("self",)).filter(pk=activity.pk).first()
    if current is None or not may_change(actor, current):
        raise PermissionDenied
    return current


def _account(actor: Actor) -> int:
    if actor.account_id is None:
        raise PermissionDenied
    return actor.account_id


def _refuse(problems: Problems) -> None:
    if problems:
        raise EntryRefused(problems)


@contextmanager
def _spoken_refusals() -> Iterator[None]:
    """The database's own refusals as problems at fields; the surrounding transaction stays usable."""
    try:
        with transaction.atomic():
            yield
    except (IntegrityError, DataError) as error:
        refusal = refusal_of(error)
        if refusal is None:
            raise
        raise refusal from error
