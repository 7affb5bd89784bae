"""Counting contacts: from months that are counted ahead, and from the contacts themselves where these do not hold.

One statement reads both, so that an answer is never of two moments. Contacts that may be counted only one by
one, because they are one's own cases at an organisation one may not count, come from the contacts, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate, groupby
from typing import NamedTuple

import numpy as np
from django.db import connection
from django.db.models import Count
from psycopg.pq import Format

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.casework.models import CaseContact
from kimwerk.casework.models.counted import counted_homes
from kimwerk.casework.types import CaseKind
from kimwerk.kernel.columns import Block, Column, Numbers, Tally, unpacked
from kimwerk.kernel.periods import Period

KIND, MUNICIPALITY, ACCESS = "case_kind", "municipality", "access_path"
DAY, NUMBER, IN_WINDOW = "day", "number", "in_window"
DAY_ZERO = date(2000, 1, 1)
KINDS = tuple(kind.value for kind in CaseKind)
CONTACTS_AT_ONCE = 250_000

Values = dict[str, list[int] | list[date] | int | date | str | bool | None]

STATEMENT = f"""
with fresh as materialized (
  select c.organisation_id, c.month from casework_countedcontacts c
  where c.organisation_id = any(%(organisations)s::bigint[]) and c.month = any(%(months)s::date[]) and c.kind = ''
    and not exists (
      select from casework_stalecontacts s where s.organisation_id = c.organisation_id and s.month = c.month)
), gaps as materialized (
  select organisation_id, min(first) as first, max(after) as after from (
    select o.id as organisation_id, m.first, m.after,
      m.place - row_number() over (partition by o.id order by m.place) as stretch
    from unnest(%(organisations)s::bigint[]) o(id)
    cross join unnest(%(months)s::date[], %(firsts)s::date[], %(afters)s::date[])
      with ordinality m(month, first, after, place)
    where not exists (select from fresh f where f.organisation_id = o.id and f.month = m.month)) missing
  group by organisation_id, stretch
)
select c.kind, c.month - date '{DAY_ZERO}', 0, 0, c.contacts, c.days, c.municipalities, c.access_paths
from fresh f join casework_countedcontacts c
  on c.organisation_id = f.organisation_id and c.month = f.month and c.contacts > 0
union all
select f.kind, a.day - date '{DAY_ZERO}', f.municipality_id, f.access_path_id, count(*)::int, null, null, null
from gaps g
cross join lateral (
  select x.id, x.day from activities_activity x where x.organisation_id = g.organisation_id
    and x.day >= g.first and x.day < g.after and x.removed_at is null offset 0) a
join casework_casecontact k on k.activity_id = a.id
join casework_case f on f.id = k.case_id
group by 1, 2, 3, 4
union all
select o.kind, o.day - date '{DAY_ZERO}', o.municipality_id, o.access_path_id, o.number::int, null, null, null
from (%(alone)s) o(kind, day, municipality_id, access_path_id, number)
"""
NOBODY = f"select '', date '{DAY_ZERO}', 0, 0, 0 where false"


@dataclass(frozen=True, slots=True)
class Question:
    """Contacts of a window along parts of the frame and slices of time, narrowed to members by their ids.

    Of kinds these are places in `KINDS`. `slices` gives for each slice of time asked for the place of every day of
    the window in it.
    """

    window: Period
    by: tuple[str, ...] = ()
    only: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    slices: Mapping[str, Sequence[int]] = field(default_factory=dict)
    organisation: int | None = None


class _Row(NamedTuple):
    """Contacts of one kind: `number` of one day, or with `days` and what belongs to it of a month counted ahead."""

    kind: str
    day: int
    municipality: int
    access_path: int
    number: int
    days: bytes | None
    municipalities: bytes | None
    access_paths: bytes | None


def count_contacts(actor: Actor, question: Question) -> Tally:
    """The contacts that the actor may count. One statement."""
    tally = Tally(question.by, (NUMBER,), {**question.only, IN_WINDOW: (1,)})
    rows = _rows(actor, question)
    for months in _at_once([row for row in rows if row.days is not None]):
        tally.add(_block(question, _of_months(months)))
    tally.add(_block(question, _of_days([row for row in rows if row.days is None])))
    return tally


def _rows(actor: Actor, question: Question) -> list[_Row]:
    homes = counted_homes(actor)
    if question.organisation is not None:
        homes &= {question.organisation}
    slices = list(question.window.months())
    values: Values = {
        "organisations": sorted(homes),
        "months": [part.period.start for part in slices],
        "firsts": [part.covered.start for part in slices],
        "afters": [part.covered.end for part in slices],
    }
    alone, alone_values = _alone(actor, question, homes)
    with connection.cursor() as cursor:
        cursor.cursor.format = Format.BINARY  # bytes as they are, not as text
        cursor.execute(STATEMENT.replace("%(alone)s", alone), values | alone_values)
        return [_Row(*row) for row in cursor.fetchall()]


def _alone(actor: Actor, question: Question, counted: frozenset[int]) -> tuple[str, Values]:
    """Contacts that may be counted beside those of whole organisations, as SQL with its values."""
    scopes = (actor.scope(Permission.CASE_COUNT), actor.scope(Permission.CASE_WORK))
    homes = frozenset[int]().union(*(scope.touched_organisations for scope in scopes)) - counted
    if question.organisation is not None:
        homes &= {question.organisation}
    if not homes:
        return NOBODY, {}
    found = CaseContact.objects.countable_by(actor).filter(
        organisation__in=sorted(homes),
        activity__day__gte=question.window.start,
        activity__day__lt=question.window.end,
    )
    columns = ("case__kind", "activity__day", "case__municipality", "case__access_path")
    text, values = found.order_by().values_list(*columns).annotate(number=Count("pk")).query.sql_with_params()
    named: Values = {f"alone{place}": value for place, value in enumerate(values)}
    return text % tuple(f"%({name})s" for name in named), named


def _at_once(rows: list[_Row]) -> Iterator[list[_Row]]:
    """Months, so many as are counted at once."""
    before = [0, *accumulate(row.number for row in rows)]
    for _turn, group in groupby(range(len(rows)), lambda place: before[place] // CONTACTS_AT_ONCE):
        yield [rows[place] for place in group]


def _of_months(rows: list[_Row]) -> dict[str, Numbers]:
    counts = [row.number for row in rows]

    def numbers(pieces: Iterable[bytes | None]) -> Numbers:
        return unpacked([piece or b"" for piece in pieces], counts)

    return {
        KIND: np.repeat([KINDS.index(row.kind) for row in rows], counts),
        MUNICIPALITY: numbers(row.municipalities for row in rows),
        ACCESS: numbers(row.access_paths for row in rows),
        DAY: np.repeat([row.day for row in rows], counts) + numbers(row.days for row in rows) - 1,
        NUMBER: np.ones(sum(counts), np.int64),
    }


def _of_days(rows: list[_Row]) -> dict[str, Numbers]:
    return {
        KIND: np.array([KINDS.index(row.kind) for row in rows], np.int64),
        MUNICIPALITY: np.array([row.municipality for row in rows], np.int64),
        ACCESS: np.array([row.access_path for row in rows], np.int64),
        DAY: np.array([row.day for row in rows], np.int64),
        NUMBER: np.array([row.number for row in rows], np.int64),
    }


def _block(question: Question, held: dict[str, Numbers]) -> Block:
    """The contacts with their slices of time."""
    days = held[DAY] - (question.window.start - DAY_ZERO).days
    held[IN_WINDOW] = ((days >= 0) & (days < question.window.days)).astype(np.int64)
    for key, places in question.slices.items():
        held[key] = np.array(places, np.int64)[np.clip(days, 0, question.window.days - 1)]
    return Block(len(days), {name: Column(numbers) for name, numbers in held.items()})
