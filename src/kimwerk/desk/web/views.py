"""The home page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kimwerk.access.actors import Actor
from kimwerk.access.doors import ActorRequest, for_signed_in
from kimwerk.access.permissions import Permission
from kimwerk.activities import due as diary_due
from kimwerk.activities.policies import may_read_team
from kimwerk.activities.selectors.summaries import SummaryRow, summary_by_person, week_of
from kimwerk.activities.types import EntryFilter
from kimwerk.arrivals import due as arrivals_due
from kimwerk.casework import due as casework_due
from kimwerk.consent import due as consent_due
from kimwerk.desk.selectors import SHORTEST, found_by
from kimwerk.desk.web.pages import SearchPage, TodayPage
from kimwerk.events import due as events_due
from kimwerk.finance import due as money_due
from kimwerk.kernel import german
from kimwerk.kernel.periods import Period
from kimwerk.network import due as network_due
from kimwerk.persons import due as persons_due
from kimwerk.reporting import due as reports_due
from kimwerk.staffing import due as posts_due
from kimwerk.steering import due as steering_due
from kimwerk.surveys import due as surveys_due
from kimwerk.ui.components import Cell, Column, Row, Table

ROOMS_WITH_DUE = (
    casework_due,
    consent_due,
    arrivals_due,
    steering_due,
    events_due,
    surveys_due,
    persons_due,
    posts_due,
    money_due,
    network_due,
    diary_due,
    reports_due,
)
"""Where something may wait for somebody, in the order in which "My day" shows it."""


@require_GET
@for_signed_in
def today(request: ActorRequest) -> HttpResponse:
    """What is due today, and the quick entry on top."""
    actor, day = request.actor, timezone.localdate()
    week = week_of(day)
    page = TodayPage(
        day=date_format(day, "l, j. F Y"),
        keeps_diary=actor.can(Permission.ACTIVITY_LOG),
        due=tuple(item for room in ROOMS_WITH_DUE for item in room.due_items(actor)),
        team=_team(actor, week) if may_read_team(actor) else None,
        team_window=f"{german.day(week.first_day)} – {german.day(week.last_day)}",
    )
    return render(request, "desk/today.html", {"page": page})


@require_GET
@for_signed_in
def search(request: ActorRequest) -> HttpResponse:
    """What the words find in all rooms, for as long as somebody types."""
    words = request.GET.get("q", "").strip()
    page = SearchPage(words, found_by(request.actor, words), is_asked=len(words) >= SHORTEST)
    return render(request, "desk/search.html", {"page": page})


def _team(actor: Actor, week: Period) -> Table:
    """How much everybody entered this week: counts only, no row is read."""
    rows = summary_by_person(actor, EntryFilter(window=week, is_team=True))
    columns = (
        Column(_("Person")),
        Column(_("Activities"), is_numeric=True),
        Column(_("Target group"), is_numeric=True),
        Column(_("Minutes"), is_numeric=True),
    )
    url = f"{reverse('activities:list')}?window=week&person="
    return Table(_("The team’s week"), columns, tuple(_row(row, url) for row in rows), is_caption_hidden=True)


def _row(row: SummaryRow, url: str) -> Row:
    return Row(
        (
            Cell(row.label, url=f"{url}{row.key}"),
            Cell(german.number(row.totals.activities)),
            Cell(german.number(row.totals.participants_target)),
            Cell(german.number(row.totals.minutes)),
        )
    )
