"""Lists whose state lives in the address: sorting, filters and pages are links that keep the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.forms import BaseForm, BoundField
from django.forms.fields import BooleanField, ChoiceField, DateField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kimwerk.kernel import german
from kimwerk.kernel.figures import Text
from kimwerk.ui.components import Chip, Column, Direction, PageLink, Pagination

SORT = "sort"
PAGE = "page"
AFTER, BEFORE, AT = "after", "before", "at"
"""Beside which row a page of a long list stands, and at which place (`keyed.py`)."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Listed(Generic[Item]):
    """One page of a list and where in the list it stands."""

    items: tuple[Item, ...]
    pagination: Pagination


def url_with(query: QueryDict, **changes: str | int | Sequence[str] | None) -> str:
    """The query part of an address with some parameters changed; None takes a parameter out."""
    changed = query.copy()
    for name, value in changes.items():
        if value is None:
            changed.pop(name, None)
        elif isinstance(value, (str, int)):
            changed[name] = str(value)
        else:
            changed.setlist(name, list(value))
    return "?" + changed.urlencode()


def with_sorting(columns: Iterable[Column], query: QueryDict, *, default: str = "") -> tuple[Column, ...]:
    """Give sortable columns their links. A second click turns the order; sorting begins at page one."""
    chosen = query.get(SORT, default)
    return tuple(_sortable(column, query, chosen) if column.key else column for column in columns)


def sort_key(query: QueryDict, columns: Iterable[Column], *, default: str) -> str:
    """The chosen order ("name" or "-name") if a column offers it, else the default."""
    chosen = query.get(SORT, default)
    return chosen if chosen.removeprefix("-") in {column.key for column in columns if column.key} else default


ModelT = TypeVar("ModelT", bound=Model)


def paged(found: QuerySet[ModelT, Item] | Sequence[Item], query: QueryDict, *, size: int = 50) -> Listed[Item]:
    """Cut a list into pages of `size`; a page number that does not exist gives the nearest one."""
    page = Paginator(found, size).get_page(query.get(PAGE))
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    links = tuple(
        PageLink(number, url_with(query, page=number), number == page.number)
        if isinstance(number, int)
        else PageLink(0)
        for number in numbers
    )
    return Listed(
        items=tuple(page.object_list),
        pagination=Pagination(
            first=page.start_index(),
            last=page.end_index(),
            count=page.paginator.count,
            links=links if page.paginator.num_pages > 1 else (),
            previous_url=url_with(query, page=page.previous_page_number()) if page.has_previous() else "",
            next_url=url_with(query, page=page.next_page_number()) if page.has_next() else "",
        ),
    )


def chips_of(form: BaseForm, query: QueryDict) -> tuple[Chip, ...]:
    """The active filters of a GET form as chips, each with the address of the list without it."""
    return tuple(chip for field in form for chip in _chips(field, query))


def _chips(field: BoundField, query: QueryDict) -> Iterator[Chip]:
    values = [value for value in query.getlist(field.html_name) if value]
    for value in values:
        others = [other for other in values if other != value]
        url = url_with(query, **{field.html_name: others or None, PAGE: None, AFTER: None, BEFORE: None, AT: None})
        yield Chip(field.label, _spoken(field, value), url)


def _spoken(field: BoundField, value: str) -> Text:
    if isinstance(field.field, ChoiceField):
        return _choice(field, value)
    if isinstance(field.field, DateField):
        try:
            return german.day(german.parse_day(value))
        except german.DayError:
            return value
    return _("yes") if isinstance(field.field, BooleanField) else value


def _choice(field: BoundField, value: str) -> Text:
    return next((option.choice_label for option in field.subwidgets if str(option.data["value"]) == value), value)


def _sortable(column: Column, query: QueryDict, chosen: str) -> Column:
    if chosen == column.key:
        direction, following = Direction.ASCENDING, "-" + column.key
    elif chosen == "-" + column.key:
        direction, following = Direction.DESCENDING, column.key
    else:
        direction, following = Direction.NONE, column.key
    return replace(column, direction=direction, sort_url=url_with(query, sort=following, page=None))
