"""What somebody usually enters: values of the last time, favourites, and the most frequent entries of late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.activities.models import Activity, Favourite, SavedView
from kimwerk.activities.policies import diary_homes
from kimwerk.activities.selectors.book import Book, name_of
from kimwerk.activities.selectors.lines import line_of
from kimwerk.activities.types import Facts

WEEKS_LOOKED_BACK = 6
MOST_USUAL = 4
FEWEST_TIMES = 2


@dataclass(frozen=True, slots=True)
class LastUsed:
    """Where and how the actor worked last; what a new entry assumes until told otherwise."""

    organisation_id: int = 0
    municipality_id: int | None = None
    site_id: int | None = None
    channel_id: int | None = None


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A line ready to be taken over: one's own favourite, or, with `times`, one that was frequent of late."""

    label: str
    line: str
    favourite_id: int | None = None
    times: int = 0


def last_used(actor: Actor) -> LastUsed:
    """The places of the actor's latest entry. One query."""
    homes = diary_homes(actor)
    usual = homes[0] if homes else 0
    latest = (
        Activity.objects.own_of(actor)
        .filter(organisation__in=homes)
        .order_by("-day", "-id")
        .values_list("organisation_id", "municipality_id", "site_id", "channel_id")
        .first()
    )
    return LastUsed(*latest) if latest else LastUsed(usual)


def favourites(actor: Actor) -> tuple[Shortcut, ...]:
    """The actor's favourites in their order. One query."""
    kept = Favourite.objects.visible_to(actor).order_by("position", "pk").values_list("label", "line", "pk")
    return tuple(Shortcut(label, line, pk) for label, line, pk in kept)


def saved_views(actor: Actor) -> tuple[SavedView, ...]:
    """The actor's saved views by name."""
    return tuple(SavedView.objects.visible_to(actor).order_by("label"))


_USUAL = """
select kind_id, channel_id, municipality_id, site_id, referral_target_id, target_groups,
       mode() within group (order by participants_target), mode() within group (order by minutes), count(*)
from activities_activity
where done_by_id = %s and day >= %s and removed_at is null and last_day is null
group by 1, 2, 3, 4, 5, 6 having count(*) >= %s
order by count(*) desc, max(day) desc, kind_id limit %s
"""


def usual_entries(actor: Actor, book: Book, *, known: tuple[Shortcut, ...] = ()) -> tuple[Shortcut, ...]:
    """The most frequent combinations of the last weeks that are not favourites already. One query."""
    if actor.account_id is None:
        return ()
    since = timezone.localdate() - timedelta(weeks=WEEKS_LOOKED_BACK)
    with connection.cursor() as cursor:
        cursor.execute(_USUAL, [actor.account_id, since, FEWEST_TIMES, MOST_USUAL + len(known)])
        rows: list[tuple[int, int | None, int | None, int | None, int | None, list[int], int, int | None, int]]
        rows = cursor.fetchall()
    known_lines = {shortcut.line for shortcut in known}
    found = [_shortcut(row, actor.account_id, book) for row in rows]
    return tuple(each for each in found if each.line and each.line not in known_lines)[:MOST_USUAL]


def _shortcut(
    row: tuple[int, int | None, int | None, int | None, int | None, list[int], int, int | None, int],
    account_id: int,
    book: Book,
) -> Shortcut:
    kind, channel, municipality, site, referral, groups, target, minutes, times = row
    if book.vocabulary.kinds.get(kind) is None:
        return Shortcut("", "")
    facts = Facts(
        organisation_id=0,
        day=date.min,
        kind_id=kind,
        done_by_id=account_id,
        channel_id=channel,
        municipality_id=municipality,
        site_id=site,
        referral_target_id=referral,
        target_groups=tuple(groups),
        participants_target=target,
        minutes=minutes,
    )
    return Shortcut(_label(facts, book), line_of(facts, book), times=times)


def _label(facts: Facts, book: Book) -> str:
    """The usual entry in a few words: kind or target, place, numbers."""
    place = name_of(book.sites, facts.site_id) or name_of(book.municipalities, facts.municipality_id)
    what = book.label(facts.kind_id)
    if facts.referral_target_id is not None:
        what = f"{what} → {book.label(facts.referral_target_id)}"
    time = _("%(minutes)s min") % {"minutes": facts.minutes} if facts.minutes else ""
    return ", ".join(part for part in (what, place, time) if part)
