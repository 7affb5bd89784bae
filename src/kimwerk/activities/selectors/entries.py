"""The list of entries: flat rows, their number and sums, and single entries, as far as the reader may see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import overload

from django.db.models import Count, F, Func, IntegerField, OrderBy, Q, QuerySet, Subquery, Sum, Value

from kimwerk.access.actors import Actor
from kimwerk.activities.models import Activity
from kimwerk.activities.models.activity import ActivityQuerySet
from kimwerk.activities.policies import may_read_team
from kimwerk.activities.selectors.book import Book, book_for, name_of
from kimwerk.activities.types import MISSING_ID, CategoryList, EntryColumn, EntryFilter, Facts
from kimwerk.audit.services import record_read
from kimwerk.kernel.names import sort_key


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry as a line of a list: plain values and the names behind the ids."""

    id: int
    day: date
    last_day: date | None
    kind: str
    channel: str
    municipality: str
    site: str
    person: str
    person_id: int
    topics: tuple[str, ...]
    target_groups: tuple[str, ...]
    legal_circles: tuple[str, ...]
    partners: tuple[str, ...]
    participants_target: int
    participants_partner: int
    minutes: int | None
    referral_target: str
    note: str
    version: int

    @property
    def key(self) -> str:
        """The id for addresses and attributes, which no template writes with a thousands separator."""
        return str(self.id)


@dataclass(frozen=True, slots=True)
class EntryTotals:
    """What a filter finds: three units that are never mixed. Minutes stand beside how many entries have any."""

    activities: int = 0
    participants_target: int = 0
    participants_partner: int = 0
    minutes: int = 0
    with_minutes: int = 0

    @property
    def participants(self) -> int:
        """Attendances of both sorts; a person counts each time."""
        return self.participants_target + self.participants_partner


ROW_COLUMNS = (
    "id",
    "day",
    "last_day",
    "kind_id",
    "channel_id",
    "municipality_id",
    "site_id",
    "done_by_id",
    "topics",
    "target_groups",
    "legal_circles",
    "partners",
    "participants_target",
    "participants_partner",
    "minutes",
    "referral_target_id",
    "note",
    "version",
)

RowValues = tuple[
    int,
    date,
    date | None,
    int,
    int | None,
    int | None,
    int | None,
    int,
    list[int],
    list[int],
    list[int],
    list[int],
    int,
    int,
    int | None,
    int | None,
    str,
    int,
]


def entries(actor: Actor, asked: EntryFilter) -> ActivityQuerySet:
    """The entries a filter asks for, unsorted, never more than the actor may read one by one."""
    found = Activity.objects.all()
    found = found.team_of(actor) if asked.is_team and may_read_team(actor) else found.own_of(actor)
    if asked.window:
        found = found.during(asked.window)
    for column, ids in (
        ("kind", asked.kinds),
        ("channel", asked.channels),
        ("municipality", asked.municipalities),
        ("site", asked.sites),
        ("done_by", asked.people),
        ("referral_target", asked.referral_targets),
    ):
        found = found.filter(_among(ids, f"{column}__in", f"{column}__isnull"))
    for column, ids in (
        ("topics", asked.topics),
        ("target_groups", asked.target_groups),
        ("legal_circles", asked.legal_circles),
    ):
        found = found.filter(_among(ids, f"{column}__overlap", f"{column}__len", is_none=0))
    if asked.has_minutes is not None:
        found = found.filter(minutes__isnull=not asked.has_minutes)
    return found.filter(note__icontains=asked.note) if asked.note else found


def _among(ids: frozenset[int], known: str, missing: str, *, is_none: bool | int = True) -> Q:
    """The condition for the chosen ids, with entries that have none where that was asked for."""
    wanted = sorted(ids - {MISSING_ID})
    condition = Q(**{known: wanted}) if wanted else Q()
    return condition | Q(**{missing: is_none}) if MISSING_ID in ids else condition


def totals(actor: Actor, asked: EntryFilter) -> EntryTotals:
    """Number and sums of what the filter finds. One query."""
    sums = entries(actor, asked).aggregate(
        activities=Count("pk"),
        target=Sum("participants_target"),
        partner=Sum("participants_partner"),
        time=Sum("minutes"),
        timed=Count("minutes"),
    )
    return EntryTotals(
        activities=sums["activities"],
        participants_target=sums["target"] or 0,
        participants_partner=sums["partner"] or 0,
        minutes=sums["time"] or 0,
        with_minutes=sums["timed"],
    )


def order_of(asked: EntryFilter, book: Book) -> tuple[OrderBy, ...]:
    """The order of a list; what is not recorded comes last, and the newest first among equals."""
    newest = (F("day").desc(), F("id").desc())
    if asked.sort is EntryColumn.DAY:
        return newest if asked.is_descending else (F("day").asc(), F("id").asc())
    key = _sort_expression(asked.sort, book)
    first = key.desc(nulls_last=True) if asked.is_descending else key.asc(nulls_last=True)
    return (first, *newest)


def _sort_expression(column: EntryColumn, book: Book) -> F | Func:
    if column is EntryColumn.KIND:
        kinds = sorted(book.of(CategoryList.KIND), key=lambda fact: sort_key(fact.label))
        in_order = Value([kind.id for kind in kinds])
        return Func(in_order, F("kind_id"), template="array_position(%(expressions)s)", output_field=IntegerField())
    return F(
        {
            EntryColumn.MUNICIPALITY: "municipality__sort_key",
            EntryColumn.SITE: "site__sort_key",
            EntryColumn.PERSON: "done_by__sort_key",
            EntryColumn.PARTICIPANTS_TARGET: "participants_target",
            EntryColumn.PARTICIPANTS_PARTNER: "participants_partner",
            EntryColumn.MINUTES: "minutes",
        }[column]
    )


class Entries(Sequence[EntryRow]):
    """A filtered list that is told its totals and fetches only the stretch that is shown, in one query.

    What was shown of colleagues is recorded as read.
    """

    def __init__(self, actor: Actor, asked: EntryFilter, book: Book, found: EntryTotals) -> None:
        self.actor, self.asked, self.book, self.totals = actor, asked, book, found

    def __len__(self) -> int:
        return self.totals.activities

    @overload
    def __getitem__(self, at: int) -> EntryRow: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[EntryRow, ...]: ...
    def __getitem__(self, at: int | slice) -> EntryRow | tuple[EntryRow, ...]:
        if isinstance(at, int):
            return self[at : at + 1][0]
        order = order_of(self.asked, self.book)
        shown = entries(self.actor, self.asked).order_by(*order)[at]
        if self.asked.sort is not EntryColumn.DAY:  # sort narrow rows, then fetch the few that are shown
            shown = Activity.objects.filter(pk__in=Subquery(shown.values("pk"))).order_by(*order)
        rows = rows_of(shown, self.book)
        note_read(self.actor, rows)
        return rows


def rows_of(found: QuerySet[Activity], book: Book) -> tuple[EntryRow, ...]:
    """Entries as flat rows with names out of the book. One query."""
    values: QuerySet[Activity, RowValues] = found.values_list(*ROW_COLUMNS)
    return tuple(row_of(each, book) for each in values)


def row_of(values: RowValues, book: Book) -> EntryRow:
    """One row with its names."""
    (
        pk, day, last_day, kind, channel, municipality, site, person, topics, groups, circles, partners,
        target, partner, minutes, referral, note, version,
    ) = values  # fmt: skip
    return EntryRow(
        id=pk,
        day=day,
        last_day=last_day,
        kind=book.label(kind),
        channel=book.label(channel),
        municipality=name_of(book.municipalities, municipality),
        site=name_of(book.sites, site),
        person=name_of(book.staff, person),
        person_id=person,
        topics=book.labels(topics),
        target_groups=book.labels(groups),
        legal_circles=book.labels(circles),
        partners=tuple(name_of(book.partners, partner_id) for partner_id in partners),
        participants_target=target,
        participants_partner=partner,
        minutes=minutes,
        referral_target=book.label(referral),
        note=note,
        version=version,
    )


def note_read(actor: Actor, rows: Sequence[EntryRow]) -> None:
    """Record that entries of colleagues were shown, if any were."""
    of_others = sum(row.person_id != actor.account_id for row in rows)
    if of_others:
        record_read(actor=actor, subject_type="activities_activity", amount=of_others)


def entries_of_days(actor: Actor, first: date, last: date) -> tuple[EntryRow, ...]:
    """One's own entries of some days, newest first, in the order they were entered."""
    own = Activity.objects.own_of(actor).filter(day__gte=first, day__lte=last)
    return rows_of(own.order_by("-day", "-id")[:200], book_for(actor))


def last_day_before(actor: Actor, day: date) -> date | None:
    """The last day before this one with an entry of one's own. One query."""
    own = Activity.objects.own_of(actor).filter(day__lt=day)
    return own.order_by("-day", "-id").values_list("day", flat=True).first()


def readable(actor: Actor, pk: int) -> Activity | None:
    """One entry, if the actor may read it; recorded as read where it is a colleague's."""
    found = Activity.objects.visible_to(actor).filter(Q(pk=pk)).first()
    if found and found.done_by_id != actor.account_id:
        record_read(actor=actor, subject_type="activities_activity", subject_id=str(pk))
    return found


def facts_of(activity: Activity) -> Facts:
    """An entry as the facts it was made of."""
    return Facts(
        organisation_id=activity.organisation_id,
        day=activity.day,
        kind_id=activity.kind_id,
        done_by_id=activity.done_by_id,
        last_day=activity.last_day,
        channel_id=activity.channel_id,
        municipality_id=activity.municipality_id,
        site_id=activity.site_id,
        topics=tuple(activity.topics),
        target_groups=tuple(activity.target_groups),
        legal_circles=tuple(activity.legal_circles),
        partners=tuple(activity.partners),
        participants_target=activity.participants_target,
        participants_partner=activity.participants_partner,
        minutes=activity.minutes,
        referral_target_id=activity.referral_target_id,
        note=activity.note,
    )
