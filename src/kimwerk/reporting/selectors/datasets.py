"""Files that the actor evaluates, as figures of the explorer."""

from __future__ import annotations

from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.kernel.age_bands import AgeBands
from kimwerk.kernel.figures import Figure, Unit
from kimwerk.reporting.datasets import Column, ColumnKind, Row, Schema, figure_of
from kimwerk.reporting.models import DataSet

PREFIX = "datei-"
"""Begins the key of a figure that is a file."""


def columns_of(data_set: DataSet) -> tuple[Column, ...]:
    """The columns as they are declared."""
    return tuple(Column(column["title"], ColumnKind(column["kind"])) for column in data_set.columns)


def rows_of(data_set: DataSet) -> tuple[Row, ...]:
    """The rows of the file, as far as they are used."""
    return tuple(Row(number, tuple(cells)) for number, *cells in data_set.rows)


def schema_of(data_set: DataSet) -> Schema:
    """What is declared of the file."""
    bands = AgeBands.from_bounds(data_set.bands) if data_set.bands else None
    return Schema(columns_of(data_set), data_set.reference_date, bands, data_set.merges)


def data_sets_of(actor: Actor) -> tuple[DataSet, ...]:
    """The actor's files, newest first, without their rows."""
    found = DataSet.objects.visible_to(actor, timezone.localdate()).defer("rows")
    return tuple(found.order_by("-loaded_at", "-pk"))


def key_of(data_set: DataSet) -> str:
    """The key under which the explorer knows the file."""
    return f"{PREFIX}{data_set.pk}"


def file_figure(actor: Actor, key: str) -> Figure[Actor] | None:
    """The figure of one of the actor's files; None if there is no such file any more."""
    number = key.removeprefix(PREFIX)
    if not key.startswith(PREFIX) or not number.isdecimal() or len(number) > 15:
        return None
    found = DataSet.objects.visible_to(actor, timezone.localdate()).filter(pk=int(number)).first()
    if found is None:
        return None
    return figure_of(key, found.title, Unit(found.unit), schema_of(found), rows_of(found))
