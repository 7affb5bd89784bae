"""Reading of many files: slowed for whoever does it, and shown to the data protection officer."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.accounts.selectors import names_of
from kimwerk.audit.models import Event
from kimwerk.audit.selectors import own_reads
from kimwerk.audit.services import record_read
from kimwerk.audit.types import Kind
from kimwerk.persons.models import Person, ReadingReview
from kimwerk.persons.usual import DAYS_LOOKED_BACK, LEAST, limit_of

SECONDS_BETWEEN = 20
"""What lies between two files for whoever has opened far more than usual."""

DAYS_SHOWN = 14
TABLE = Person._meta.db_table


@dataclass(frozen=True, slots=True)
class UnusualDay:
    """A day on which an account opened far more files than it usually does."""

    account_id: int
    name: str
    day: date
    opened: int
    limit: int
    review: ReadingReview | None


def seconds_to_wait(actor: Actor) -> int:
    """How long the actor has to wait before opening another file; nearly always 0.

    Up to `LEAST` files a day this looks at today alone; beyond, at the four weeks before as well.
    """
    today = timezone.localdate()
    if actor.is_nobody or sum(each.subjects for each in own_reads(TABLE, today)) <= LEAST:
        return 0
    days = own_reads(TABLE, today - timedelta(days=DAYS_LOOKED_BACK))
    limit = limit_of(each.subjects for each in days if each.day < today)
    current = next((each for each in days if each.day == today), None)
    if current is None or current.subjects <= limit:
        return 0
    return max(0, SECONDS_BETWEEN - int((timezone.now() - current.latest).total_seconds()))


def unusual_days(actor: Actor, days: int = DAYS_SHOWN) -> tuple[UnusualDay, ...]:
    """The days of the last two weeks on which somebody opened far more files than usual, newest first.

    For whoever may read the log; the reading of it is recorded.
    """
    today = timezone.localdate()
    counts = _counts(actor, today - timedelta(days=days + DAYS_LOOKED_BACK))
    found = [
        (account_id, day, opened, limit)
        for account_id, by_day in counts.items()
        for day, opened in by_day.items()
        if day >= today - timedelta(days=days) and opened > LEAST
        if opened > (limit := limit_of(_before(by_day, day)))
    ]
    if found:
        record_read(actor=actor, subject_type="audit_event", amount=len(found))
    names = names_of(account_id for account_id, *_ in found)
    reviews = {(review.account_id, review.day): review for review in ReadingReview.objects.visible_to(actor)}
    listed = [UnusualDay(a, names.get(a, ""), d, opened, limit, reviews.get((a, d))) for a, d, opened, limit in found]
    return tuple(sorted(listed, key=lambda each: (each.day, each.opened), reverse=True))


def _before(by_day: dict[date, int], day: date) -> list[int]:
    return [opened for other, opened in by_day.items() if day - timedelta(days=DAYS_LOOKED_BACK) <= other < day]


def _counts(actor: Actor, since: date) -> dict[int, dict[date, int]]:
    midnight = timezone.make_aware(datetime.combine(since, time.min))
    rows = (
        Event.objects.visible_to(actor)
        .filter(kind=Kind.READ.value, subject_type=TABLE, at__gte=midnight, actor_id__isnull=False)
        .exclude(subject_id="")
        .values("actor_id", day=TruncDate("at"))
        .annotate(opened=Count("subject_id", distinct=True))
    )
    counts: dict[int, dict[date, int]] = defaultdict(dict)
    for row in rows:
        counts[row["actor_id"] or 0][row["day"]] = row["opened"]
    return counts
