"""What staffing counts."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from kimwerk.access.actors import Actor
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
)
from kimwerk.staffing.reckoning import PostKind
from kimwerk.staffing.selectors.posts import fte_of_window
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
)
