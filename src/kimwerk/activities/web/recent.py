"""What somebody entered last: today, and the last day before it that has entries."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.activities.selectors.entries import EntryRow, EntryTotals, entries_of_days, last_day_before
from kimwerk.activities.web.pages import DayEntries, RecentEntries
from kimwerk.activities.web.wording import weekday


def recent_entries(actor: Actor) -> RecentEntries:
    """Today's entries, and those of the last day before today. Two queries."""
    today = timezone.localdate()
    before = last_day_before(actor, today)
    rows = entries_of_days(actor, before or today, today)
    found = {day: tuple(group) for day, group in groupby(rows, key=lambda row: row.day)}
    shown = [today, *([before] if before else [])]
    return RecentEntries(
        tuple(DayEntries(day, _title(day, today), found.get(day, ()), sums(found.get(day, ()))) for day in shown)
    )


def sums(rows: tuple[EntryRow, ...]) -> EntryTotals:
    """The sums of a few rows."""
    return EntryTotals(
        activities=len(rows),
        participants_target=sum(row.participants_target for row in rows),
        participants_partner=sum(row.participants_partner for row in rows),
        minutes=sum(row.minutes or 0 for row in rows),
        with_minutes=sum(row.minutes is not None for row in rows),
    )


def _title(day: date, today: date) -> str:
    if day == today:
        return _("Today")
    return _("Yesterday") if day == today - timedelta(days=1) else weekday(day)
