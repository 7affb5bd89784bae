"""Sums per person, site and kind, and one's own week."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kimwerk.access.actors import Actor
from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.activities.counting.totals import totals_of
from kimwerk.activities.selectors.book import book_for
from kimwerk.activities.selectors.entries import EntryTotals, entries_of_days
from kimwerk.activities.selectors.settings import usual_settings
from kimwerk.activities.selectors.summaries import (
    SummaryRow,
    summary_by_kind,
    summary_by_person,
    summary_by_site,
    week_of,
)
from kimwerk.activities.types import EntryFilter
from kimwerk.activities.web.filters import FilterForm, spoken_window, tidy_query
from kimwerk.activities.web.pages import DayEntries, SummaryPage, WeekPage
from kimwerk.activities.web.recent import sums
from kimwerk.activities.web.wording import weekday
from kimwerk.kernel import german
from kimwerk.kernel.figures import Text
from kimwerk.kernel.periods import ONE_DAY
from kimwerk.ui.components import Cell, Column, Row, Table

Summary = Callable[[Actor, EntryFilter], tuple[SummaryRow, ...]]


@require_GET
@needs(Permission.ACTIVITY_LOG, Permission.ACTIVITY_READ)
def summaries(request: ActorRequest) -> HttpResponse:
    """Sums of a window, of the team for whoever reads its diary, else one's own."""
    query = tidy_query(request.GET)
    book = book_for(request.actor)
    form = FilterForm(query, actor=request.actor, book=book, settings=usual_settings(request.actor))
    asked = form.asked()
    page = SummaryPage(
        form=form,
        window=spoken_window(asked.window),
        totals=totals_of(request.actor, asked),
        tables=_tables(request.actor, asked, query.urlencode()),
        shows_team=asked.is_team,
    )
    return render(request, "activities/summaries.html", {"page": page})


@require_GET
@needs(Permission.ACTIVITY_LOG)
def week(request: ActorRequest) -> HttpResponse:
    """One's own entries of a week, day by day."""
    window = week_of(_day(request.GET.get("day", "")))
    rows = entries_of_days(request.actor, window.first_day, window.last_day)
    found = {day: tuple(group) for day, group in groupby(rows, key=lambda row: row.day)}
    days = [window.start + ONE_DAY * number for number in range(window.days)]
    year, number, _weekday = window.start.isocalendar()
    url = reverse("activities:week")
    page = WeekPage(
        title=_("Week %(number)s of %(year)s") % {"number": number, "year": year},
        window=spoken_window(window),
        days=tuple(DayEntries(day, weekday(day), found.get(day, ()), sums(found.get(day, ()))) for day in days),
        totals=sums(rows),
        previous_url=f"{url}?day={window.start - timedelta(days=7)}",
        next_url=f"{url}?day={window.end}" if window.end <= timezone.localdate() else "",
    )
    return render(request, "activities/week.html", {"page": page})


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text) if text else timezone.localdate()
    except ValueError:
        raise Http404 from None


def _tables(actor: Actor, asked: EntryFilter, query: str) -> tuple[Table, ...]:
    by_person = [(_("By person"), _("Person"), "person", summary_by_person)] if asked.is_team else []
    shown: list[tuple[Text, Text, str, Summary]] = [
        *by_person,
        (_("By site"), _("Site"), "site", summary_by_site),
        (_("By kind"), _("Kind"), "kind", summary_by_kind),
    ]
    return tuple(_table(caption, first, key, summary(actor, asked), query) for caption, first, key, summary in shown)


def _table(caption: Text, first: Text, key: str, rows: tuple[SummaryRow, ...], query: str) -> Table:
    titles = (_("Activities"), _("Share"), _("Target group"), _("Partners"), _("Minutes"))
    columns = (Column(first), *(Column(title, is_numeric=True) for title in titles))
    lines = tuple(Row((_name(row, key, query), *_numbers(row.totals, german.percent(row.share)))) for row in rows)
    return Table(caption, columns, lines, foot=_foot(rows), is_caption_hidden=True)


def _name(row: SummaryRow, key: str, query: str) -> Cell:
    if row.key is None:
        return Cell(_("not recorded"))
    start = f"{query}&" if query else ""
    return Cell(row.label, url=f"{reverse('activities:list')}?{start}{key}={row.key}", note=row.note)


def _numbers(sums_of: EntryTotals, share: str) -> tuple[Cell, ...]:
    return (
        Cell(german.number(sums_of.activities)),
        Cell(share),
        Cell(german.number(sums_of.participants_target)),
        Cell(german.number(sums_of.participants_partner)),
        Cell(german.number(sums_of.minutes)),
    )


def _foot(rows: tuple[SummaryRow, ...]) -> Row | None:
    if not rows:
        return None
    whole = EntryTotals(
        activities=sum(row.totals.activities for row in rows),
        participants_target=sum(row.totals.participants_target for row in rows),
        participants_partner=sum(row.totals.participants_partner for row in rows),
        minutes=sum(row.totals.minutes for row in rows),
    )
    return Row((Cell(_("Together")), *_numbers(whole, german.percent(Decimal(1)))))
