"""Lists whose newest entries come first, however long: paged by key, counted only as far as somebody would page."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import QueryDict

from kimwerk.ui.keyed import Key, Known, keyed
from kimwerk.ui.listing import Listed

ModelT = TypeVar("ModelT", bound=Model)
COUNTED = 1_000
"""Behind walls, counting more than this takes longer than reading a page."""


def newest_first(found: QuerySet[ModelT], query: QueryDict, *, by: str, size: int = 50) -> Listed[ModelT]:
    """One page of a list, the greatest `by` first. What the list joins is joined for the rows of the page alone."""
    bare = found.select_related(None).prefetch_related(None).order_by()
    count = bare[: COUNTED + 1].count()
    known = Known(min(count, COUNTED), is_at_least=count > COUNTED)
    order = (Key(by, is_descending=True), Key("id", is_descending=True))
    page = keyed(bare, order, query, known=known, among=bare, size=size)
    rows = found.filter(pk__in=[each.pk for each in page.items]).order_by(f"-{by}", "-pk")
    return Listed(tuple(rows), page.pagination)
