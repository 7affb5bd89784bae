"""Keeping posts and the lines of funding they are on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.audit.services import record
from kimwerk.directory.models import Municipality
from kimwerk.kernel.periods import ONE_DAY
from kimwerk.staffing.models import FundingLine, Post
from kimwerk.staffing.reckoning import PostKind
from kimwerk.staffing.types import PostProblem, Workplace


class PostRefused(Exception):
    """A post cannot be like this; `problem` says why."""

    def __init__(self, problem: PostProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


_BY_CONSTRAINT = {
    "post_name_is_unique": PostProblem.NAME_TAKEN,
    "funding_line_name_is_unique": PostProblem.NAME_TAKEN,
    "post_lies_within_its_funding_line": PostProblem.OUTSIDE_FUNDING_LINE,
    "occupancy_is_at_most_the_post": PostProblem.OCCUPIED_BEYOND,
    "occupancy_lies_within_the_post": PostProblem.OCCUPIED_BEYOND,
}


@dataclass(frozen=True, slots=True)
class PostFacts:
    """What is known of a post; `last_day` None while it has no end."""

    name: str
    kind: PostKind
    workplace: Workplace
    share: Decimal
    first_day: date
    last_day: date | None = None
    municipality: Municipality | None = None
    funding_line: FundingLine | None = None


@transaction.atomic
def add_post(*, actor: Actor, organisation_id: int, facts: PostFacts) -> Post:
    """Take a post into the plan."""
    if not actor.can_at(Permission.STAFF_MANAGE, organisation_id):
        raise PermissionDenied
    post = Post(organisation_id=organisation_id)
    _take_over(post, facts)
    record(actor=actor, action="post.added", subject=post)
    return post


@transaction.atomic
def change_post(*, actor: Actor, post: Post, facts: PostFacts) -> Post:
    """Correct a post. Whoever holds more of it, or longer, than it would be stands in the way."""
    post = Post.objects.kept_by(actor).select_for_update(of=("self",)).get(pk=post.pk)
    _take_over(post, facts)
    record(actor=actor, action="post.changed", subject=post)
    return post


@transaction.atomic
def add_funding_line(
    *, actor: Actor, organisation_id: int, name: str, first_day: date, last_day: date | None
) -> FundingLine:
    """Take in what pays for posts."""
    if not actor.can_at(Permission.STAFF_MANAGE, organisation_id):
        raise PermissionDenied
    line = FundingLine(organisation_id=organisation_id, name=name, valid=days_from(first_day, last_day))
    with refused_as_problems():
        line.save()
    record(actor=actor, action="funding_line.added", subject=line)
    return line


def days_from(first_day: date, last_day: date | None) -> DateRange:
    """The days from the first to the last, both included; PostRefused if there are none."""
    if last_day is not None and last_day < first_day:
        raise PostRefused(PostProblem.ENDS_BEFORE)
    return DateRange(first_day, last_day + ONE_DAY if last_day else None)


@contextmanager
def refused_as_problems() -> Iterator[None]:
    """Turn the database's refusal into PostRefused."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
        if constraint not in _BY_CONSTRAINT:
            raise
        raise PostRefused(_BY_CONSTRAINT[constraint]) from error


def _take_over(post: Post, facts: PostFacts) -> None:
    post.name, post.kind, post.workplace = facts.name, facts.kind.value, facts.workplace.value
    post.share, post.municipality, post.funding_line = facts.share, facts.municipality, facts.funding_line
    post.valid = days_from(facts.first_day, facts.last_day)
    with refused_as_problems():
        post.save()
