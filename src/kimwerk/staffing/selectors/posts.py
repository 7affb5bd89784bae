"""Posts with who holds them: on a day, over a window, and what is vacant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Prefetch

from kimwerk.access.actors import Actor
from kimwerk.kernel.fte import Fte
from kimwerk.kernel.periods import Period
from kimwerk.staffing.models import Employee, Leave, Occupancy, Post, Substitution
from kimwerk.staffing.reckoning import PostKind, Stint, shown_fte, without

FOREVER = date(9999, 12, 31)
_NUMBERS = re.compile(r"([0-9]+)")


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post on a day: who holds it then, how much of it is held, and until when."""

    post: Post
    holders: tuple[Occupancy, ...]
    held: Fte
    vacant: Fte

    @property
    def contract_ends_on(self) -> date | None:
        """The first day on which a contract of somebody on it ends."""
        return min((holder.contract_ends_on for holder in self.holders if holder.contract_ends_on), default=None)

    @property
    def substitutes(self) -> tuple[Employee, ...]:
        """Who stands in for its holders on that day."""
        return tuple(each.substitute for holder in self.holders for each in holder.employee.substitutions.all())


@dataclass(frozen=True, slots=True)
class Staffing:
    """All posts of the actor's organisations on a day."""

    day: date
    lines: tuple[PostLine, ...]

    @property
    def posts(self) -> Fte:
        """What the plan provides for."""
        return Fte.sum(line.post.fte for line in self.lines)

    @property
    def held(self) -> Fte:
        """What is occupied by people who are not away."""
        return Fte.sum(line.held for line in self.lines)

    @property
    def vacant(self) -> Fte:
        """What nobody holds. Somebody who is away still holds the post."""
        return Fte.sum(line.vacant for line in self.lines)

    @property
    def people(self) -> int:
        """How many people hold something."""
        return len({holder.employee_id for line in self.lines for holder in line.holders})

    def by_kind(self) -> dict[PostKind, Fte]:
        """Full-time equivalents by kind of post, in the order of the kinds."""
        found = {kind: Fte(0) for kind in PostKind}
        for line in self.lines:
            found[PostKind(line.post.kind)] += line.held
        return {kind: share for kind, share in found.items() if share}


def staffing_on(actor: Actor, day: date, *, organisation_id: int | None = None) -> Staffing:
    """The posts that exist on a day, with their holders and who stands in for them; four queries."""
    posts = Post.objects.visible_to(actor).existing(day).select_related("municipality", "funding_line", "organisation")
    if organisation_id is not None:
        posts = posts.filter(organisation=organisation_id)
    holding = Occupancy.objects.visible_to(actor).running(day).select_related("employee")
    standing_in = Substitution.objects.filter(days__contains=day).select_related("substitute")
    holding = holding.prefetch_related(
        Prefetch("employee__leaves", Leave.objects.filter(days__contains=day)),
        Prefetch("employee__substitutions", standing_in),
    )
    lines = []
    for post in posts.prefetch_related(Prefetch("occupancies", holding)).order_by("kind"):
        holders = tuple(post.occupancies.all())
        present = Fte.sum(holder.fte for holder in holders if not holder.employee.leaves.all())
        taken = Fte.sum(holder.fte for holder in holders)
        lines.append(PostLine(post, holders, present, Fte(max(post.share - taken.posts, Decimal(0)))))
    return Staffing(day, tuple(sorted(lines, key=lambda line: (line.post.kind, in_order(line.post.name)))))


def in_order(name: str) -> list[tuple[int, str]]:
    """A key that sorts names as people count: post 2 before post 10."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in _NUMBERS.split(name)]


def stint_of(occupancy: Occupancy) -> Stint:
    """The occupancy as a share over days; one without an end runs on."""
    return Stint(occupancy.fte, period_of(occupancy.days))


def period_of(days: DateRange) -> Period:
    """Days of the database as a period."""
    if days.lower is None:
        raise ValueError("a stretch of days without a first day")
    return Period(days.lower, days.upper or FOREVER)


def present_stints(occupancies: Iterable[Occupancy]) -> list[Stint]:
    """Shares over the days on which people are there: without their leave."""
    stints = []
    for occupancy in occupancies:
        away = [period_of(leave.days) for leave in occupancy.employee.leaves.all()]
        stints += [Stint(occupancy.fte, days) for days in without([period_of(occupancy.days)], away)]
    return stints


def fte_of_window(window: Period, *, kinds: Sequence[PostKind], organisation_id: int | None = None) -> Decimal | None:
    """The average full-time equivalents of the window at organisations whose figures the actor may read.

    The actor must be named to the database, which hands out the sum and no row. Two decimals, rounded half
    up; None where no post is kept.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select sum(fte_days) from staffing_fte_days(%s, %s) where %s::bigint is null or organisation = %s",
            [[kind.value for kind in kinds], DateRange(window.start, window.end), organisation_id, organisation_id],
        )
        row: tuple[Decimal | None] | None = cursor.fetchone()
    if row is None or not row[0]:
        return None
    return shown_fte(Fraction(row[0]) / window.days)
