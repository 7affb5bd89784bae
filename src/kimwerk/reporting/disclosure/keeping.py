"""Tables of a publication as JSON and back, true values and all: what the next publication is judged against."""

from __future__ import annotations

from datetime import date
from typing import NotRequired, TypedDict

from kimwerk.kernel.periods import Period
from kimwerk.reporting.disclosure.publication import ProtectedTable, PublicTable, Published
from kimwerk.reporting.disclosure.tables import Dimension


class DimensionJson(TypedDict):
    """A hierarchy: every sum with its parts."""

    name: str
    children: list[tuple[str, list[str]]]


class CountJson(TypedDict):
    """A leaf with its true count."""

    key: list[str]
    value: int


class KeptJson(TypedDict):
    """What a published table counted, what was not printed of it, and because of which other tables."""

    dimensions: list[DimensionJson]
    counts: list[CountJson]
    only: dict[str, str]
    partial: list[str]
    periods: dict[str, tuple[str, str]]
    hidden: list[list[str]]
    beside: NotRequired[list[str]]


def as_kept(protected: ProtectedTable) -> KeptJson:
    """A protected table as the ledger keeps it."""
    table = protected.table
    return {
        "dimensions": [
            {"name": dimension.name, "children": [(node, list(below)) for node, below in dimension.children.items()]}
            for dimension in table.dimensions
        ],
        "counts": [{"key": list(key), "value": value} for key, value in table.counts.items()],
        "only": dict(table.only),
        "partial": sorted(table.partial),
        "periods": {node: (period.start.isoformat(), period.end.isoformat()) for node, period in table.periods.items()},
        "hidden": sorted(list(key) for key in protected.hidden),
        "beside": list(protected.beside),
    }


def as_published(
    kept: KeptJson, *, name: str, figure: str, definition: str, window: Period, publication: str
) -> Published:
    """What the ledger keeps, as the engine asks for it."""
    table = PublicTable(
        name=name,
        figure=figure,
        window=window,
        dimensions=tuple(
            Dimension(each["name"], {node: tuple(below) for node, below in each["children"]})
            for each in kept["dimensions"]
        ),
        counts={tuple(count["key"]): count["value"] for count in kept["counts"]},
        definition=definition,
        only=kept["only"],
        partial=frozenset(kept["partial"]),
        periods={
            node: Period(date.fromisoformat(start), date.fromisoformat(end))
            for node, (start, end) in kept["periods"].items()
        },
    )
    return Published(table, frozenset(tuple(key) for key in kept["hidden"]), publication)
