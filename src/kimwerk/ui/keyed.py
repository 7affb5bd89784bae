"""Pages of a list that is too long to count its way to a place: each page begins where the one before ended.

The address names the row beside the page, not what the row says. How many rows there are is known to whoever keeps
count; at which place a page stands is carried along from page to page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from django.db.models import F, Model, OrderBy, Q, QuerySet
from django.http import QueryDict

from kimwerk.ui.components import Pagination
from kimwerk.ui.listing import AFTER, AT, BEFORE, PAGE, Listed, url_with

ModelT = TypeVar("ModelT", bound=Model)
END = "end"


@dataclass(frozen=True, slots=True)
class Key:
    """A column of the order. What is unknown comes last, as an index has it; the last key tells all rows apart."""

    field: str
    is_descending: bool = False

    @property
    def order(self) -> OrderBy:
        """As a queryset is told."""
        return F(self.field).desc() if self.is_descending else F(self.field).asc()

    def turned(self) -> Key:
        """The other way round."""
        return replace(self, is_descending=not self.is_descending)

    def same(self, value: object) -> Q:
        """Rows that say the same here."""
        return Q(**{f"{self.field}__isnull": True} if value is None else {self.field: value})

    def past(self, value: object, *, is_nullable: bool) -> Q | None:
        """Rows that come after this value; None where nothing does."""
        if self.is_descending:
            return Q(**{f"{self.field}__isnull": False} if value is None else {f"{self.field}__lt": value})
        if value is None:
            return None
        later = Q(**{f"{self.field}__gt": value})
        return later | Q(**{f"{self.field}__isnull": True}) if is_nullable else later


@dataclass(frozen=True, slots=True)
class Known:
    """How many rows there are, or at least how many."""

    count: int
    is_at_least: bool = False


def keyed(
    found: QuerySet[ModelT], keys: Sequence[Key], query: QueryDict, *, known: Known, among: QuerySet[ModelT],
    size: int = 50,
) -> Listed[ModelT]:  # fmt: skip
    """One page of `found` in the order of the keys. `among` has the rows a page may be beside, found or not."""
    back = [key.turned() for key in keys]
    before, mark = query.get(BEFORE, ""), _mark(among, query.get(AFTER) or query.get(BEFORE) or "")
    at = _number(query.get(AT, ""))
    if before == END:
        return _last_page(found, back, query, known, size)
    if mark is None:
        return _page(query, _first(found, keys, size + 1), known, at=1, has_previous=False, size=size)
    if before and not query.get(AFTER):
        rows = _beyond(found, back, mark, size + 1)[::-1]
        if len(rows) <= size:  # the beginning is reached: a whole first page
            return _page(query, _first(found, keys, size + 1), known, at=1, has_previous=False, size=size)
        return _page(query, rows[1:], known, at=max(at - size, 1), has_next=True, size=size)
    if not (rows := _beyond(found, keys, mark, size + 1)):  # what came after is gone meanwhile
        return _last_page(found, back, query, known, size)
    return _page(query, rows, known, at=max(at, 1), size=size)


def _last_page(
    found: QuerySet[ModelT], back: Sequence[Key], query: QueryDict, known: Known, size: int
) -> Listed[ModelT]:
    rows = _first(found, back, size + 1)[::-1]
    has_previous = len(rows) > size
    return _page(query, rows[-size:], known, at=0, has_previous=has_previous, has_next=False, size=size)


def _page(
    query: QueryDict, rows: list[ModelT], known: Known, *, at: int, has_previous: bool = True,
    has_next: bool | None = None, size: int,
) -> Listed[ModelT]:  # fmt: skip
    """The first `size` of the rows; one more says that there is a next page. Without a place it is the last page."""
    shown = rows[:size]
    goes_on = len(rows) > size if has_next is None else has_next
    first = at or max(known.count - len(shown) + 1, 1)
    last = first + len(shown) - 1
    way: dict[str, str | None] = {PAGE: None, AFTER: None, BEFORE: None, AT: None}
    back = url_with(query, **way | {BEFORE: str(shown[0].pk), AT: str(first)}) if shown and has_previous else ""
    on = url_with(query, **way | {AFTER: str(shown[-1].pk), AT: str(last + 1)}) if shown and goes_on else ""
    return Listed(
        tuple(shown),
        Pagination(
            first=first,
            last=last,
            count=max(known.count, last) if shown else 0,
            previous_url=back,
            next_url=on,
            first_url=url_with(query, **way) if back else "",
            last_url=url_with(query, **way | {BEFORE: END}) if on and not known.is_at_least else "",
            is_at_least=known.is_at_least,
        ),
    )


def _first(found: QuerySet[ModelT], keys: Sequence[Key], most: int) -> list[ModelT]:
    return list(found.order_by(*(key.order for key in keys))[:most])


def _beyond(found: QuerySet[ModelT], keys: Sequence[Key], mark: ModelT, most: int) -> list[ModelT]:
    """The rows after the mark, in order: first those that agree with it in most keys, each by a walk of an index."""
    rows: list[ModelT] = []
    for part in _parts(found, keys, mark):
        rows += _first(part, keys, most - len(rows))
        if len(rows) == most:
            break
    return rows


def _parts(found: QuerySet[ModelT], keys: Sequence[Key], mark: ModelT) -> Iterator[QuerySet[ModelT]]:
    for depth in range(len(keys) - 1, -1, -1):
        key = keys[depth]
        is_nullable = bool(getattr(found.model._meta.get_field(key.field), "null", False))
        past = key.past(getattr(mark, key.field), is_nullable=is_nullable)
        if past is not None:
            same = (each.same(getattr(mark, each.field)) for each in keys[:depth])
            yield found.filter(*same, past)


def _mark(among: QuerySet[ModelT], told: str) -> ModelT | None:
    number = _number(told)
    return among.filter(pk=number).first() if number else None


def _number(told: str) -> int:
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 19 else 0
