"""What the columns of a tally mean: fields, the mapping of columns to them, and its file form."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from kimwerk.kernel.names import text_key


class TallyField(StrEnum):
    """What a column holds. COUNT is the number of like activities a row stands for."""

    DAY = "day"
    DAY_TO = "day_to"
    KIND = "kind"
    CHANNEL = "channel"
    MUNICIPALITY = "municipality"
    SITE = "site"
    STAFF = "staff"
    TOPICS = "topics"
    TARGET_GROUPS = "target_groups"
    LEGAL_CIRCLES = "legal_circles"
    PARTNERS = "partners"
    PARTICIPANTS = "participants"
    PARTICIPANTS_TARGET = "participants_target"
    PARTICIPANTS_PARTNER = "participants_partner"
    MINUTES = "minutes"
    HOURS = "hours"
    REFERRAL_TARGET = "referral_target"
    NOTE = "note"
    EXTERNAL_ID = "external_id"
    COUNT = "count"
    IGNORE = "ignore"


REPEATABLE = frozenset(
    {
        TallyField.TOPICS,
        TallyField.TARGET_GROUPS,
        TallyField.LEGAL_CIRCLES,
        TallyField.PARTNERS,
        TallyField.IGNORE,
    }
)
"""Fields several columns may be mapped to; of the others there is one column each."""


class Certainty(StrEnum):
    """Where the proposal for a column comes from."""

    HEADER = "header"  # its header says so
    CONTENT = "content"  # its values look like it
    GUESS = "guess"  # the header can mean this or something else: worth a look
    CHOSEN = "chosen"  # a user said so
    PERSONAL = "personal"  # left out, because it looks like personal data of clients
    WITHHELD = "withheld"  # left out, because free text is only taken when somebody asks for it
    NONE = "none"  # nothing known


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A column with its header and what it is taken for."""

    header: str
    field: TallyField = TallyField.IGNORE
    certainty: Certainty = Certainty.NONE


class MappingError(ValueError):
    """A mapping that cannot be used; `problem` is a word, `column` the number of the column from 0, or -1."""

    def __init__(self, problem: str, column: int = -1) -> None:
        super().__init__(problem)
        self.problem = problem
        self.column = column


@dataclass(frozen=True, slots=True)
class Mapping:
    """What each column of a tally means, from the first column to the last."""

    columns: tuple[MappedColumn, ...]

    def columns_of(self, field: TallyField) -> tuple[int, ...]:
        """The numbers, from 0, of the columns that hold a field."""
        return tuple(at for at, column in enumerate(self.columns) if column.field is field)

    def column_of(self, field: TallyField) -> int | None:
        """The number of the first column that holds a field."""
        return next(iter(self.columns_of(field)), None)

    def repeated(self) -> tuple[TallyField, ...]:
        """Fields that more than one column is mapped to, though only one may be."""
        return tuple(field for field in TallyField if field not in REPEATABLE and len(self.columns_of(field)) > 1)

    def with_field(self, column: int, field: TallyField) -> Mapping:
        """The mapping with another meaning for one column, as chosen by a user."""
        changed = replace(self.columns[column], field=field, certainty=Certainty.CHOSEN)
        return Mapping((*self.columns[:column], changed, *self.columns[column + 1 :]))

    def fitted_to(self, headers: Sequence[str]) -> Mapping:
        """The mapping for a file whose columns may stand in another order; unknown headers are ignored."""
        known: dict[str, list[MappedColumn]] = {}
        for column in self.columns:
            known.setdefault(text_key(column.header), []).append(column)
        fitted = []
        for header in headers:
            left = known.get(text_key(header), [])
            column = left.pop(0) if left else MappedColumn(header)
            fitted.append(replace(column, header=header))
        return Mapping(tuple(fitted))

    def to_json(self) -> str:
        """The mapping as a file: {"columns": [{"header": "Datum", "field": "day"}, ...]}."""
        columns = [{"header": column.header, "field": column.field.value} for column in self.columns]
        return json.dumps({"columns": columns}, ensure_ascii=False, indent=1)

    @staticmethod
    def from_json(text: str) -> Mapping:
        """A mapping from its file. Raises MappingError: no_json, no_columns, no_header, unknown_field."""
        try:
            content: object = json.loads(text)
        except (json.JSONDecodeError, RecursionError) as error:
            raise MappingError("no_json") from error
        columns = content.get("columns") if isinstance(content, dict) else None
        if not isinstance(columns, list):
            raise MappingError("no_columns")
        return Mapping(tuple(_column_from_json(at, column) for at, column in enumerate(columns)))


def _column_from_json(at: int, column: object) -> MappedColumn:
    if not isinstance(column, dict) or not isinstance(column.get("header"), str):
        raise MappingError("no_header", at)
    try:
        field = TallyField(str(column.get("field")))
    except ValueError as error:
        raise MappingError("unknown_field", at) from error
    return MappedColumn(column["header"], field, Certainty.CHOSEN)


def header_fingerprint(headers: Sequence[str]) -> str:
    """A sha256 by which a tally of the same shape is known again; folded, without empty columns behind."""
    keys = [text_key(header) for header in headers]
    while keys and not keys[-1]:
        keys.pop()
    return hashlib.sha256(json.dumps(keys).encode()).hexdigest()
