"""Sums per person, site and day: activities, participants and minutes side by side, never added up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Sum

from kimwerk.access.actors import Actor
from kimwerk.activities.selectors.book import Book, book_for, name_of
from kimwerk.activities.selectors.entries import EntryTotals, entries
from kimwerk.activities.types import CategoryList, EntryFilter
from kimwerk.kernel.names import sort_key
from kimwerk.kernel.periods import ONE_DAY, Period

Key = int | None
GroupRow = tuple[Key, int, int, int, int | None, int]


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """The sums of one person, site or kind, with its share of all activities in the window (0 to 1).

    `key` is None for entries without the fact: they stay a row of their own.
    """

    key: Key
    label: str
    note: str
    totals: EntryTotals
    share: Decimal


@dataclass(frozen=True, slots=True)
class DaySum:
    """The sums of one day."""

    day: date
    totals: EntryTotals


def summary_by_person(actor: Actor, asked: EntryFilter) -> tuple[SummaryRow, ...]:
    """Sums for everybody who did something in the window, by name: a team is no ranking. One query and the book's."""
    book = book_for(actor)
    rows = _summary(actor, asked, "done_by_id", lambda key: (name_of(book.staff, key), ""))
    return tuple(sorted(rows, key=lambda row: sort_key(row.label)))


def summary_by_site(actor: Actor, asked: EntryFilter) -> tuple[SummaryRow, ...]:
    """Sums for every site, and one row for entries without a site."""
    book = book_for(actor)

    def named(key: Key) -> tuple[str, str]:
        site = book.sites.get(key) if key is not None else None
        return (site.label, name_of(book.municipalities, site.place_id)) if site else ("", "")

    return _summary(actor, asked, "site_id", named)


def summary_by_kind(actor: Actor, asked: EntryFilter) -> tuple[SummaryRow, ...]:
    """Sums for every kind of activity."""
    book = book_for(actor)
    return _summary(actor, asked, "kind_id", lambda key: (book.label(key), _group(book, key)))


def summary_by_day(actor: Actor, asked: EntryFilter) -> tuple[DaySum, ...]:
    """Sums for every day of the window, days without an entry included."""
    if asked.window is None:
        return ()
    found = entries(actor, asked).order_by().values("day")
    rows: list[tuple[date, int, int, int, int | None, int]] = list(
        found.annotate(
            number=Count("pk"),
            target=Sum("participants_target"),
            partner=Sum("participants_partner"),
            time=Sum("minutes"),
            timed=Count("minutes"),
        ).values_list("day", "number", "target", "partner", "time", "timed")
    )
    by_day = {row[0]: _totals(row[1:]) for row in rows}
    days = [asked.window.start + ONE_DAY * number for number in range(asked.window.days)]
    return tuple(DaySum(day, by_day.get(day, EntryTotals())) for day in days)


def week_of(day: date) -> Period:
    """The week from Monday to Sunday in which the day lies."""
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=7))


def _group(book: Book, key: Key) -> str:
    fact = book.categories.get(key) if key is not None else None
    return fact.group if fact and fact.category_list is CategoryList.KIND else ""


def _totals(sums: tuple[int, int, int, int | None, int]) -> EntryTotals:
    number, target, partner, time, timed = sums
    return EntryTotals(number, target, partner, time or 0, timed)


def _summary(
    actor: Actor, asked: EntryFilter, column: str, named: Callable[[Key], tuple[str, str]]
) -> tuple[SummaryRow, ...]:
    found = entries(actor, asked).order_by().values(column)
    rows: list[GroupRow] = list(
        found.annotate(
            number=Count("pk"),
            target=Sum("participants_target"),
            partner=Sum("participants_partner"),
            time=Sum("minutes"),
            timed=Count("minutes"),
        ).values_list(column, "number", "target", "partner", "time", "timed")
    )
    total = sum(row[1] for row in rows)
    return tuple(
        SummaryRow(row[0], *named(row[0]), _totals(row[1:]), Decimal(row[1]) / total)
        for row in sorted(rows, key=lambda row: -row[1])
    )
