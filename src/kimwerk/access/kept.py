"""Questions whose SQL is written once for a process, and asked with other values from then on.

The framework writes the SQL of a question anew each time, which takes two thirds of what a small question costs in the
application server; a page of a case asks twenty. What is asked must not hang on the values: a condition that is only
put sometimes, or a list of conditions, belongs to an ordinary queryset. Rows come back as from any queryset.

What an actor may see hangs on the roles they hold: their SQL is written once for each set of roles, and what is looked
up by the clock is looked up by that of the database. Questions that do not wait for each other's answers can be sent at
once (`asked_together`).
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import update_wrapper
from typing import Any, Generic, NamedTuple, NoReturn, ParamSpec, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from kimwerk.access.actors import Actor

Given = ParamSpec("Given")
ModelT = TypeVar("ModelT", bound=Model)
RowT = TypeVar("RowT")
Kind = type | tuple[object, ...]
"""The kind of a value; of an actor the roles, because they decide what is asked."""

FIRST_STANDIN = 8_000_000_000_000_000
MOST = 200
"""So many forms of one question are remembered: more sets of roles than a county has."""

KINDS = (int, str, datetime, date, list)  # an instant is a day, too: it comes first


class CannotKeep(TypeError):
    """The question cannot be kept: a value is of a kind that is not known here, or is not sent to the database."""


@dataclass(frozen=True, slots=True)
class _Written:
    """A question as it was written, with the places of its parameters that stand for a value."""

    compiler: SQLCompiler
    sql: str
    parameters: tuple[Any, ...]
    places: tuple[tuple[int, int], ...]

    def bound(self, values: Sequence[object]) -> tuple[str, tuple[Any, ...]]:
        """The SQL, and its parameters for these values."""
        bound = list(self.parameters)
        for place, which in self.places:
            bound[place] = _like(bound[place], _sent(values[which]))
        return self.sql, tuple(bound)

    def compiler_for(self, values: Sequence[object]) -> SQLCompiler:
        """A compiler that has its SQL ready, with these values, for the connection of this thread."""
        bound = self.bound(values)
        compiler = copy.copy(self.compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]
        compiler.as_sql = lambda *_, **__: bound  # type: ignore[method-assign]  # already written
        return compiler


class _Asked:
    """Stands in a queryset for its query, and knows only how to be asked."""

    def __init__(self, compiler: SQLCompiler) -> None:
        self._compiler = compiler

    def get_compiler(self, *_: object, **__: object) -> SQLCompiler:
        return self._compiler

    def __getattr__(self, name: str) -> object:
        return getattr(self._compiler.query, name)


class Kept(Generic[Given, RowT]):
    """A question whose SQL is written at the first call; `kept` makes it."""

    def __init__(self, build: Callable[Given, QuerySet[Any, RowT]]) -> None:
        self._build = build
        self._written: dict[tuple[Kind, ...], tuple[QuerySet[Any, RowT], _Written] | None] = {}
        update_wrapper(self, build)

    def __call__(self, *values: Given.args, **named: Given.kwargs) -> list[RowT]:
        """The rows that the database has for these values."""
        known = self._as_written(values, named)
        if known is None:
            return []
        model, question = known
        compiler = question.compiler_for(values)
        told = (_told.get() or {}).pop(self.of(*values, **named), None)
        if told is not None:
            compiler.execute_sql = lambda *_, **__: [told]  # type: ignore[method-assign,assignment]  # asked already
        asked: QuerySet[Any, RowT] = QuerySet(model.model, query=_Asked(compiler))  # type: ignore[arg-type]  # asked only
        for name in ("_iterable_class", "_fields"):  # how rows become what is handed out
            setattr(asked, name, getattr(model, name))
        return list(asked)

    def of(self, *values: Given.args, **_named: Given.kwargs) -> Question:
        """The question with these values, to be asked together with others."""
        return Question(self, tuple(tuple(value) if isinstance(value, list) else value for value in values))

    def sql(self, values: Sequence[object]) -> tuple[str, tuple[Any, ...]] | None:
        """What is sent to the database for these values; None if nobody with these roles can find anything."""
        known = self._as_written(values, {})
        return known[1].bound(values) if known is not None else None

    def _as_written(
        self, values: Sequence[object], named: Mapping[str, object]
    ) -> tuple[QuerySet[Any, RowT], _Written] | None:
        kinds = tuple(map(_kind, values))
        try:
            return self._written[kinds]
        except KeyError:
            while len(self._written) >= MOST:
                self._written.pop(next(iter(self._written)), None)
            self._written[kinds] = found = _write(self._build, kinds, named)
            return found


class Question(NamedTuple):
    """A kept question with its values."""

    kept: Kept[..., Any]
    values: tuple[object, ...]


_told: ContextVar[dict[Question, list[tuple[object, ...]]] | None] = ContextVar("_told", default=None)


def kept(build: Callable[Given, QuerySet[ModelT, RowT]]) -> Kept[Given, RowT]:
    """Ask a queryset whose SQL is written at the first call.

    Values are positional: actors who are signed in, numbers, texts, days, instants and lists of numbers; an empty list
    finds nothing. What else the question says must never change: a day is handed in, not looked up inside. CannotKeep
    at the first call where a value does not reach the database as it was given, a day stands in it that was not handed
    in, something is asked to write it, or rows are fetched in two steps.
    """
    return Kept(build)


@contextmanager
def asked_together(*questions: Question) -> Iterator[None]:
    """Send these questions at once. Whoever asks one of them inside is handed its rows, once.

    Nothing may be changed in between. What a page asks one after another waits for the database as often.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    connection.ensure_connection()
    written = {each: each.kept.sql(_as_given(each.values)) for each in questions}
    with ExitStack() as cursors, connection.connection.pipeline():
        asked = {}
        for each, sql in written.items():
            if sql is not None:
                asked[each] = cursors.enter_context(connection.cursor())
                asked[each].execute(*sql)
        told = {each: cursor.fetchall() for each, cursor in asked.items()}
    before = _told.set(told)
    try:
        yield
    finally:
        _told.reset(before)


def _as_given(values: Sequence[object]) -> tuple[object, ...]:
    return tuple(list(value) if isinstance(value, tuple) else value for value in values)


def _write(
    build: Callable[..., QuerySet[ModelT, RowT]], kinds: Sequence[Kind], named: Mapping[str, object]
) -> tuple[QuerySet[ModelT, RowT], _Written] | None:
    """The question as it is asked for values of these kinds; None if nobody with these roles can find anything."""
    if named:
        raise CannotKeep("values are positional")
    standins = [_standin(kind, number) for number, kind in enumerate(kinds)]
    with connections[DEFAULT_DB_ALIAS].execute_wrapper(_refuse):
        queryset = build(*standins)
    if getattr(queryset, "_prefetch_related_lookups"):  # noqa: B009  # not declared
        raise CannotKeep("rows are fetched in one step")
    compiler = queryset.query.get_compiler(using=DEFAULT_DB_ALIAS)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return None
    places = tuple(
        (place, which)
        for place, parameter in enumerate(parameters)
        for which, standin in enumerate(standins)
        if type(parameter) is not bool and parameter == _sent(standin)
    )
    name = getattr(build, "__name__", build)
    sent = {which for which, kind in enumerate(kinds) if isinstance(kind, type)}
    if not sent <= {which for _, which in places}:
        raise CannotKeep(f"{name}: a value does not reach the database as it was given")
    if {place for place, each in enumerate(parameters) if isinstance(each, date)} - {place for place, _ in places}:
        raise CannotKeep(f"{name}: a day is handed in, not looked up inside")
    return queryset, _Written(compiler, sql, tuple(parameters), places)


def _refuse(*_: object) -> NoReturn:
    """What is asked while a question is written would be answered once for all who ask."""
    raise CannotKeep("nothing is asked while the question is written")


def _kind(value: object) -> Kind:
    """The kind by which a question is kept; CannotKeep for what is none of those named above."""
    if isinstance(value, Actor) and not value.is_nobody:
        return value.grants
    for kind in KINDS:
        if isinstance(value, kind) and not isinstance(value, bool):
            return kind
    raise CannotKeep(f"a {type(value).__name__} cannot be kept")


def _sent(value: object) -> object:
    """What of a value the database is sent: of an actor, the account."""
    return value.account_id if isinstance(value, Actor) else value


def _standin(kind: Kind, number: int) -> object:
    """A value of this kind that nothing else in a question equals."""
    if isinstance(kind, tuple):
        return Actor(FIRST_STANDIN + number, "", kind)  # type: ignore[arg-type]  # grants
    if kind is int:
        return FIRST_STANDIN + number
    if kind is str:
        return f"stands for value {number}"
    if kind is datetime:
        return datetime(1, 1, 2, tzinfo=timezone.utc) + timedelta(seconds=number)
    if kind is date:
        return date(1, 1, 1) + timedelta(days=number)
    first = FIRST_STANDIN + 1000 * (number + 1)
    return [first, first + 1]  # a list of one would be written otherwise


def _like(parameter: object, value: object) -> object:
    """The value as the driver was given the stand-in, so that the database gets the same type."""
    if isinstance(parameter, list) and isinstance(value, list):
        kind = type(parameter[0])
        return [kind(each) for each in value]
    return type(parameter)(value) if isinstance(parameter, int) else value  # type: ignore[call-overload]  # numbers
