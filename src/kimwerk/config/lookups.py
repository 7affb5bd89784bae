"""Questions to the database that stay the same, so that their plans are kept.

The framework writes `id in ($1, $2, $3)`, a question for each length of the list, and each is planned anew until a
connection has met it often enough; behind the walls planning takes longer than answering. As one array the question
is the same for every list, and its plan is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models import Field
from django.db.models.expressions import ColPairs
from django.db.models.fields.related import ForeignObject
from django.db.models.fields.related_lookups import RelatedIn
from django.db.models.lookups import In
from django.db.models.sql.compiler import SQLCompiler

Question = tuple[str, Sequence[Any]]
KEPT_QUESTIONS = 400
"""How many prepared questions a connection keeps; a page asks ten to thirty."""

NUMBERS = {"bigint", "integer", "smallint"}


class _AsArray:
    """What both look-ups do on PostgreSQL; a list of one stays `in ($1)`, which an index answers in order."""

    def as_postgresql(self: Any, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Question:
        question: Question = self.as_array(compiler, connection) or self.as_sql(compiler, connection)
        return question

    def as_array(self: Any, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Question | None:
        if isinstance(self.lhs, ColPairs) or not self.rhs_is_direct_value():
            return None
        kind = self.lhs.output_field.rel_db_type(connection)
        if kind not in NUMBERS:
            return None
        placeholders, values = self.process_rhs(compiler, connection)
        if len(values) < 2 or placeholders != f"({', '.join(['%s'] * len(values))})":
            return None
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} = any(%s::{kind}[])", [*parameters, list(values)]


class InArray(_AsArray, In):
    """`field__in` of numbers."""


class RelatedInArray(_AsArray, RelatedIn):
    """`relation__in` of keys that are numbers."""


def keep_questions(connection: BaseDatabaseWrapper, **_: object) -> None:
    """Let a new connection remember what a day's work asks."""
    connection.connection.prepared_max = KEPT_QUESTIONS


def register() -> None:
    """Let every model ask this way."""
    connection_created.connect(keep_questions)
    Field.register_lookup(InArray)
    ForeignObject.register_lookup(RelatedInArray)
