"""What staffing counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.kernel.figures import (
    Axis,
    Counted,
    Dimension,
    Figure,
    FigureQuery,
    Member,
    QueryError,
    QueryProblem,
    Unit,
    Value,
    WindowKind,
)
from kimwerk.kernel.fte import Fte
from kimwerk.staffing.reckoning import PostKind
from kimwerk.staffing.selectors.posts import PostLine, fte_of_window, staffing_on
from kimwerk.staffing.types import PostKindLabel

POST_KIND = Dimension("post_kind", _("Kind of post"))


def _fte(_actor: Actor, query: FigureQuery) -> Counted:
    """The average of the window; the database hands out sums of the actor's organisations and no row."""
    kinds = _asked(query)
    shares = {kind: _average(query, (kind,)) for kind in kinds}
    total = _average(query, kinds)
    if not query.by:
        return Counted((), {}, total)
    members = tuple(Member(kind.value, str(PostKindLabel(kind.value).label)) for kind, share in shares.items() if share)
    cells: dict[tuple[str, ...], Value] = {(member.key,): shares[PostKind(member.key)] for member in members}
    return Counted((Axis(POST_KIND, members),), cells, total)


def _asked(query: FigureQuery) -> tuple[PostKind, ...]:
    if len(query.by) > 1:
        raise QueryError(QueryProblem.TOO_MANY_DIMENSIONS)
    only = query.only.get(POST_KIND.key)
    if only is None:
        return tuple(PostKind)
    if unknown := set(only) - {kind.value for kind in PostKind}:
        raise QueryError(QueryProblem.UNKNOWN_MEMBER, min(unknown))
    return tuple(PostKind(key) for key in only)


def _average(query: FigureQuery, kinds: tuple[PostKind, ...]) -> Decimal:
    return fte_of_window(query.window, kinds=kinds, organisation_id=query.organisation) or Decimal(0)


@dataclass(frozen=True, slots=True)
class _OnTheLastDay:
    """Full-time equivalents of the plan of posts on the last day of the window: of those who may read it."""

    share: Callable[[PostLine], Fte]

    def __call__(self, actor: Actor, query: FigureQuery) -> Counted:
        kinds = _asked(query)
        if not actor.can(Permission.STAFF_READ):
            return Counted((Axis(POST_KIND, ()),) if query.by else (), {}, None)
        lines = staffing_on(actor, query.window.last_day, organisation_id=query.organisation).lines
        found = {
            kind: Fte.sum(self.share(line) for line in lines if line.post.kind == kind.value).posts for kind in kinds
        }
        total = sum(found.values(), Decimal(0))
        if not query.by:
            return Counted((), {}, total)
        kept = [kind for kind in kinds if found[kind]]
        members = tuple(Member(kind.value, str(PostKindLabel(kind.value).label)) for kind in kept)
        return Counted((Axis(POST_KIND, members),), {(kind.value,): found[kind] for kind in kept}, total)


PLANNED = _("All posts of the programme in the plan of posts, for those who may read it.")

FIGURES: tuple[Figure[Actor], ...] = (
    Figure(
        "fte_held",
        _("Full-time posts held"),
        Unit.FTE,
        _("Full-time equivalents of an average day of the window, by the plan of posts; absent people do not count."),
        _("All posts of the programme at the organisation."),
        (POST_KIND,),
        "staffing",
        _fte,
        places=2,
        is_additive=False,
        rows="staffing:overview",
        by=(POST_KIND.key,),
    ),
    Figure(
        "fte_planned",
        _("Full-time posts planned"),
        Unit.FTE,
        _("Full-time equivalents for which the plan of posts provides on the last day."),
        PLANNED,
        (POST_KIND,),
        "staffing",
        _OnTheLastDay(lambda line: line.post.fte),
        window_kind=WindowKind.REFERENCE_DATE,
        places=2,
        rows="staffing:overview",
        by=(POST_KIND.key,),
    ),
    Figure(
        "fte_vacant",
        _("Full-time posts vacant"),
        Unit.FTE,
        _("Full-time equivalents that nobody holds on the last day; whoever is away still holds the post."),
        PLANNED,
        (POST_KIND,),
        "staffing",
        _OnTheLastDay(lambda line: line.vacant),
        window_kind=WindowKind.REFERENCE_DATE,
        places=2,
        rows="staffing:overview",
        by=(POST_KIND.key,),
    ),
)
