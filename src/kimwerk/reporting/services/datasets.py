"""Loading a file for evaluation, declaring what it holds, and forgetting it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.audit.services import record
from kimwerk.kernel.figures import Unit
from kimwerk.kernel.sheets.reading import read_sheets
from kimwerk.kernel.sheets.refusals import MEBIBYTE, FileRefused, Limits, Refusal
from kimwerk.reporting.datasets import Column, Row, Schema, judged, proposed, text_of, too_many_values
from kimwerk.reporting.markup import clean
from kimwerk.reporting.models import DataSet
from kimwerk.reporting.selectors.datasets import columns_of, rows_of

LIMITS = Limits(size=10 * MEBIBYTE, rows=20_000, columns=60, cells=400_000, unpacked=64 * MEBIBYTE, text=10 * MEBIBYTE)
DAYS_KEPT = 7
MOST_KEPT = 10


class TooManyFiles(Exception):
    """The actor evaluates as many files as one may at once."""


class NotCategories(Exception):
    """These columns hold a value of their own in almost every row: they name somebody and count nobody."""

    def __init__(self, columns: tuple[str, ...]) -> None:
        super().__init__(", ".join(columns))
        self.columns = columns


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file as it was read: headings, rows, and how many rows were blank."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    blank_rows: int


def read_file(content: bytes, file_name: str) -> Loaded:
    """The first visible sheet; its first row that is not blank holds the headings. Raises FileRefused."""
    sheets = [sheet for sheet in read_sheets(content, file_name, LIMITS) if not sheet.is_hidden]
    if not sheets:
        raise FileRefused(Refusal.NO_DATA)
    filled, blank = [], 0
    for number, cells in enumerate(sheets[0].rows(), start=1):
        texts = tuple(text_of(cell) for cell in cells)
        if any(texts):
            filled.append(Row(number, texts))
        else:
            blank += bool(filled)
    if len(filled) < 2:
        raise FileRefused(Refusal.NO_DATA)
    titles = _titles(filled[0].cells)
    rows = tuple(filled[1:])
    columns = tuple(Column(title, proposed(title, [row.cells[at] for row in rows])) for at, title in enumerate(titles))
    return Loaded(columns, rows, blank)


def _titles(cells: tuple[str, ...]) -> list[str]:
    """The headings; a column without one, or with that of another, is named by its place."""
    titles: list[str] = []
    for at, title in enumerate(cells):
        named = title or f"#{at + 1}"
        titles.append(named if named not in titles else f"{named} (#{at + 1})")
    return titles


@transaction.atomic
def load_data_set(*, actor: Actor, content: bytes, file_name: str, title: str, unit: Unit) -> DataSet:
    """Load a file for a week. Raises FileRefused and TooManyFiles."""
    if actor.account_id is None or not actor.can(Permission.FIGURE_READ):
        raise PermissionDenied
    today = timezone.localdate()
    if DataSet.objects.visible_to(actor, today).count() >= MOST_KEPT:
        raise TooManyFiles
    loaded = read_file(content, file_name)
    data_set = DataSet.objects.create(
        account_id=actor.account_id,
        title=clean(title),
        unit=unit.value,
        columns=[{"title": column.title, "kind": column.kind.value} for column in loaded.columns],
        rows=[[row.number, *row.cells] for row in loaded.rows],
        blank_rows=loaded.blank_rows,
        reference_date=today,
        expires_on=today + timedelta(days=DAYS_KEPT),
    )
    record(actor=actor, action="data_set.loaded", subject=data_set)
    return data_set


@transaction.atomic
def declare_data_set(*, actor: Actor, data_set: DataSet, schema: Schema) -> int:
    """Declare what the columns hold; what is not used is forgotten at once. Returns how many values are unknown.

    Raises NotCategories.
    """
    current = DataSet.objects.visible_to(actor, timezone.localdate()).select_for_update().filter(pk=data_set.pk).first()
    if current is None or len(schema.columns) != len(columns_of(current)):
        raise PermissionDenied
    rows = rows_of(current)
    if wrong := too_many_values(schema, rows):
        raise NotCategories(wrong)
    used = [column.kind.is_used for column in schema.columns]
    current.columns = [{"title": column.title, "kind": column.kind.value} for column in schema.columns]
    current.rows = [
        [row.number, *(cell if is_used else "" for cell, is_used in zip(row.cells, used, strict=True))] for row in rows
    ]
    current.bands = list(schema.bands.bounds) if schema.bands else []
    current.merges = {title: dict(merged) for title, merged in schema.merges.items()}
    current.reference_date = schema.reference_date
    current.save()
    record(actor=actor, action="data_set.declared", subject=current)
    return sum(1 for _remark in judged(schema, rows))


@transaction.atomic
def remove_data_set(*, actor: Actor, data_set: DataSet) -> None:
    """Forget a file before its time is over."""
    current = DataSet.objects.visible_to(actor, timezone.localdate()).filter(pk=data_set.pk).first()
    if current is None:
        raise PermissionDenied
    record(actor=actor, action="data_set.removed", subject=current)
    current.delete()


def forget_data_sets() -> int:
    """Delete files whose time is over; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("select reporting_forget_data_sets()")
        row: tuple[int] | None = cursor.fetchone()
    return row[0] if row else 0


def last_day(today: date) -> date:
    """The last day on which a file that is loaded today can be evaluated."""
    return today + timedelta(days=DAYS_KEPT)
