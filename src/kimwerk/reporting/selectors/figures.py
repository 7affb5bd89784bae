"""Reading figures: an answer with its question, its definition and its hash."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from hashlib import sha256
from itertools import chain

from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.activities.figures import dimensions_for
from kimwerk.directory.models import Organisation
from kimwerk.kernel.figures import (
    Counted,
    Dimension,
    Figure,
    FigureQuery,
    FigureTable,
    QueryError,
    QueryProblem,
    Value,
)
from kimwerk.kernel.hashing import Canonical, canonical_json
from kimwerk.kernel.periods import Period
from kimwerk.reporting.catalogue import figure
from kimwerk.reporting.sizing import MOST_SHOWN, answered
from kimwerk.staffing.reckoning import PostKind
from kimwerk.staffing.selectors.posts import fte_of_window

USUAL_FTE = Decimal(6)
"""Full-time equivalents where no posts are kept: what the first evaluation counted with."""

COUNSELLING = (PostKind.CASE_MANAGEMENT,)
"""The posts to which activities are related."""


def figure_table(
    actor: Actor,
    key: str,
    window: Period,
    by: tuple[str, ...] | None = None,
    only: Mapping[str, tuple[str, ...]] | None = None,
    organisation: int | None = None,
    parameters: Mapping[str, Decimal] | None = None,
    most: int = MOST_SHOWN,
) -> FigureTable[Actor]:
    """Count a figure for an actor. Without `by` in its usual breakdown; `()` asks for the total alone.

    The actor must be named to the database. UnknownFigure or QueryError if it cannot be answered, also with a table of
    more than `most` numbers.
    """
    declared = figure(key)
    query = question_of(actor, declared, window, declared.by if by is None else by, only, organisation, parameters)
    return FigureTable(declared, query, answered(actor, declared, query, most), timezone.localdate())


def question_of(
    actor: Actor,
    declared: Figure[Actor],
    window: Period,
    by: tuple[str, ...],
    only: Mapping[str, tuple[str, ...]] | None = None,
    organisation: int | None = None,
    parameters: Mapping[str, Decimal] | None = None,
) -> FigureQuery:
    """The question with the usual parameters. QueryError if the figure has no such dimension for this actor."""
    given = parameters or {}
    query = FigureQuery(
        window=window,
        by=by,
        only={dimension: keys for dimension, keys in (only or {}).items() if keys},
        organisation=organisation,
        parameters={
            name: given[name] if name in given else usual_fte(window, organisation) for name in declared.parameters
        },
    )
    known = {dimension.key for dimension in dimensions_of(actor, declared)}
    for dimension in (*query.by, *query.only):
        if dimension not in known:
            raise QueryError(QueryProblem.UNKNOWN_DIMENSION, dimension)
    return query


def usual_fte(window: Period, organisation: int | None) -> Decimal:
    """The posts of case management held on average in the window, from the plan of posts; else what is usual.

    The actor must be named to the database.
    """
    return fte_of_window(window, kinds=COUNSELLING, organisation_id=organisation) or USUAL_FTE


def dimensions_of(actor: Actor, declared: Figure[Actor]) -> tuple[Dimension, ...]:
    """Along what this actor may break the figure down."""
    return dimensions_for(actor, declared)


def organisations_of(actor: Actor) -> tuple[tuple[int, str], ...]:
    """The organisations whose figures the actor may read, by name."""
    mine = actor.scope(Permission.FIGURE_READ).touched_organisations
    return tuple(Organisation.objects.filter(pk__in=mine).order_by("sort_key").values_list("pk", "name"))


def figure_data(table: FigureTable[Actor]) -> dict[str, Canonical]:
    """The answer as data: what a machine reads, what a hash covers. Numbers with decimals are exact texts."""
    cells: list[Canonical] = [{"members": list(k), "value": v} for k, v in sorted(table.counted.cells.items())]
    return _without_cells(table) | {"cells": cells, "hash": table_hash(table)}


def table_hash(table: FigureTable[Actor]) -> str:
    """SHA-256 over definition, question and numbers: equal hashes mean the same figure.

    It is the hash of `figure_data` without its own; cells, of which there may be hundreds of thousands, are written
    down in one go.
    """
    others = canonical_json(_without_cells(table))
    return sha256(b'{"cells":[' + _cells_json(table.counted) + b"]," + others[1:]).hexdigest()


def _without_cells(table: FigureTable[Actor]) -> dict[str, Canonical]:
    query, counted = table.query, table.counted
    return {
        "key": table.figure.key,
        "title": str(table.figure.title),
        "definition": {"counts": str(table.figure.counts), "population": str(table.figure.population)},
        "unit": table.figure.unit,
        "window": {"from": query.window.first_day, "to": query.window.last_day},
        "dimensions": [_axis(table, position) for position in range(len(counted.axes))],
        "only": {key: list(keys) for key, keys in query.only.items()},
        "organisation": query.organisation,
        "parameters": dict(query.parameters),
        "total": counted.total,
    }


def _cells_json(counted: Counted) -> bytes:
    """The cells as canonical JSON writes them, without their brackets."""
    names = {member: canonical_json(member).decode() for member in set(chain.from_iterable(counted.cells))}
    return ",".join(
        f'{{"members":[{",".join(map(names.__getitem__, key))}],"value":{_number_json(value)}}}'
        for key, value in sorted(counted.cells.items())
    ).encode()


def _number_json(value: Value) -> str:
    return str(value) if type(value) is int else canonical_json(value).decode()


def _axis(table: FigureTable[Actor], position: int) -> Canonical:
    axis = table.counted.axes[position]
    members: list[Canonical] = []
    for member in axis.members:
        shown: dict[str, Canonical] = {"key": member.key, "label": member.label}
        if member.covered:
            shown["covered"] = {"from": member.covered.first_day, "to": member.covered.last_day}
        members.append(shown)
    return {
        "key": axis.dimension.key,
        "title": str(axis.dimension.title),
        "is_multiple": axis.dimension.is_multiple,
        "members": members,
    }
