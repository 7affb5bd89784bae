"""Lists that are paged by a key: the next page begins behind the last row that was shown, however long the list is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, Q, QuerySet

SIZE = 50
Thing = TypeVar("Thing", bound=Model)


@dataclass(frozen=True, slots=True)
class KeyPage(Generic[Thing]):
    """Some rows of a list; `last` is the number of the last one where more follow, else None."""

    rows: tuple[Thing, ...]
    last: int | None


def page_behind(
    found: QuerySet[Thing], order: Sequence[str], behind: int | None = None, size: int = SIZE
) -> KeyPage[Thing]:
    """The rows behind the one of that number; the first ones without it, or where it is not among those found.

    `order` names columns that are never empty, as `order_by` does; rows alike in all of them stand by their number.
    """
    order = (*order, "pk")
    known = found.filter(pk=behind).values_list(*(name.removeprefix("-") for name in order)).first() if behind else None
    if known:
        found = found.filter(_behind(order, known))
    rows = tuple(found.order_by(*order)[: size + 1])
    return KeyPage(rows[:size], rows[size - 1].pk if len(rows) > size else None)


def _behind(order: Sequence[str], known: Sequence[object]) -> Q:
    """Greater in the first column that differs; less where the order goes down."""
    condition, alike = Q(), Q()
    for name, value in zip(order, known, strict=True):
        column = name.removeprefix("-")
        beyond = f"{column}__lt" if name.startswith("-") else f"{column}__gt"
        condition |= alike & Q(**{beyond: value})
        alike &= Q(**{column: value})
    return condition
