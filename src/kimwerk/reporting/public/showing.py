"""Published tables laid out for readers: the same on the page, on fact sheets and in the graphic abstract."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from kimwerk.kernel import german
from kimwerk.reporting.document import HeaderCell, Row, TableBlock
from kimwerk.reporting.public.municipalities import SheetJson
from kimwerk.reporting.public.results import PublicDimension, PublicTableJson, value_of
from kimwerk.reporting.public.tables import ROOT, SLICES

HIDDEN = "•"
"""One sign for all hidden cells: nobody shall see which of them are small."""
ABSENT = "–"

Value = int | str | None


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the graphic abstract, from 0 to 100 wide."""

    label: str
    number: str
    width: int
    y: int


@dataclass(frozen=True, slots=True)
class KeyNumber:
    """A number that sums a publication up."""

    number: str
    label: str
    x: int


@dataclass(frozen=True, slots=True)
class Abstract:
    """The graphic abstract: key numbers and the longest bars of one table."""

    title: str
    window: str
    publisher: str
    numbers: tuple[KeyNumber, ...]
    bars_title: str
    bars: tuple[Bar, ...]
    height: int
    description: str


MOST_NUMBERS, MOST_BARS = 4, 6
TILE, BAR, TOP = 170, 34, 190
"""Measures of the abstract in its own units: 720 wide."""


def shown(value: Value) -> str:
    """A number in German; hidden ones as the sign for them."""
    return HIDDEN if value is None else german.number(Decimal(value))


def grid_of(table: PublicTableJson) -> TableBlock:
    """The table by rows and columns, the longer dimension down the page."""
    axes = table["dimensions"]
    cells = {tuple(cell["members"]): cell["value"] for cell in table["cells"]}
    if not axes:
        row = Row(table["title"], (shown(cells.get(())),))
        return TableBlock(
            table["title"], ((HeaderCell(_("Figure")), HeaderCell(table["unit"])),), (row,), (False, True)
        )
    if len(axes) == 1:
        return _list(table, axes[0], cells)
    is_turned = len(axes[1]["members"]) > len(axes[0]["members"])
    down, across = (axes[1], axes[0]) if is_turned else (axes[0], axes[1])
    return _cross(table, down, across, cells, is_turned=is_turned)


def abstract_of(title: str, window: str, publisher: str, tables: Sequence[PublicTableJson]) -> Abstract:
    """What the publication comes to at a glance."""
    numbers = _key_numbers(tables)
    main = _main(tables)
    bars = _bars(main) if main else ()
    told = [f"{each.number} {each.label}" for each in numbers] + [f"{bar.label}: {bar.number}" for bar in bars]
    return Abstract(
        title=title,
        window=window,
        publisher=publisher,
        numbers=numbers,
        bars_title=main["title"] if main else "",
        bars=bars,
        height=TOP + 50 + BAR * len(bars),
        description="; ".join(told),
    )


def comparison_of(sheets: Sequence[SheetJson]) -> tuple[TableBlock, ...]:
    """The municipalities beside each other by what is fair: related to their residents, by name and not by rank."""
    titles = dict.fromkeys(line["title"] for sheet in sheets for line in sheet["lines"])
    return tuple(_compared(title, sheets) for title in titles)


def _compared(title: str, sheets: Sequence[SheetJson]) -> TableBlock:
    heads = (_("Municipality"), _("Residents in all"), _("How many"), _("per 1,000 residents"))
    rows = []
    for sheet in sheets:
        line = next((line for line in sheet["lines"] if line["title"] == title), None)
        if line is not None:
            residents = ABSENT if sheet["residents"] is None else german.number(sheet["residents"])
            rows.append(Row(sheet["name"], (residents, shown(line["value"]), rate_text(line["rate"]))))
    return TableBlock(
        caption=_("%(title)s: the municipalities beside each other") % {"title": title},
        header=(tuple(HeaderCell(text) for text in heads),),
        rows=tuple(rows),
        numeric=(False, True, True, True),
    )


def rate_text(rate: str | None) -> str:
    """A rate in German; a dash where it cannot be told."""
    return ABSENT if rate is None else german.number(Decimal(rate), 1)


def _list(table: PublicTableJson, axis: PublicDimension, cells: dict[tuple[str, ...], Value]) -> TableBlock:
    rows = tuple(
        Row(member["label"], (shown(cells[(member["key"],)]),))
        for member in axis["members"]
        if member["key"] != ROOT and (member["key"],) in cells
    )
    whole = next((member for member in axis["members"] if member["key"] == ROOT), None)
    return TableBlock(
        caption=table["title"],
        header=((HeaderCell(axis["title"]), HeaderCell(table["unit"])),),
        rows=rows,
        numeric=(False, True),
        total=Row(whole["label"], (shown(cells[(ROOT,)]),)) if whole and (ROOT,) in cells else None,
    )


def _cross(
    table: PublicTableJson,
    down: PublicDimension,
    across: PublicDimension,
    cells: dict[tuple[str, ...], Value],
    *,
    is_turned: bool,
) -> TableBlock:
    def cell(row: str, column: str) -> str:
        key = (column, row) if is_turned else (row, column)
        return shown(cells[key]) if key in cells else ABSENT

    def line(member_key: str, label: str) -> Row:
        return Row(label, tuple(cell(member_key, column["key"]) for column in across["members"]))

    rows = tuple(line(member["key"], member["label"]) for member in down["members"] if member["key"] != ROOT)
    whole = next((member for member in down["members"] if member["key"] == ROOT), None)
    heads = (f"{down['title']} / {across['title']}", *(column["label"] for column in across["members"]))
    return TableBlock(
        caption=table["title"],
        header=(tuple(HeaderCell(text) for text in heads),),
        rows=rows,
        numeric=(False, *(True for _column in across["members"])),
        total=line(ROOT, whole["label"]) if whole else None,
    )


def _key_numbers(tables: Sequence[PublicTableJson]) -> tuple[KeyNumber, ...]:
    """The largest whole of each unit: other tables of the unit tell a part of it."""
    wholes: dict[str, Decimal] = {}
    for table in tables:
        whole = _whole(table)
        if whole is not None and table["is_protected"]:
            wholes[table["unit"]] = max(whole, wholes.get(table["unit"], whole))
    listed = list(wholes.items())[:MOST_NUMBERS]
    return tuple(KeyNumber(german.number(value), unit, 20 + place * TILE) for place, (unit, value) in enumerate(listed))


def _main(tables: Sequence[PublicTableJson]) -> PublicTableJson | None:
    """The first list that adds up to the largest whole of the first unit that is protected; else the first list.

    The largest of some months say nothing beside each other.
    """
    lists = [table for table in tables if len(table["dimensions"]) == 1 and not _is_over_time(table) and _rows(table)]
    unit = next((table["unit"] for table in lists if table["is_protected"]), "")
    return max(
        lists, key=lambda table: (table["is_protected"] and table["unit"] == unit, _whole(table) or 0), default=None
    )


def _is_over_time(table: PublicTableJson) -> bool:
    return any(axis["key"] in SLICES for axis in table["dimensions"])


def _whole(table: PublicTableJson) -> Decimal | None:
    return value_of(table, *(ROOT for _axis in table["dimensions"]))


def _rows(table: PublicTableJson) -> list[tuple[str, Decimal]]:
    labels = {member["key"]: member["label"] for axis in table["dimensions"] for member in axis["members"]}
    told = [(cell["members"][0], cell["value"]) for cell in table["cells"] if cell["members"][0] != ROOT]
    rows = [(labels[key], Decimal(value)) for key, value in told if value is not None and Decimal(value) > 0]
    return sorted(rows, key=lambda row: -row[1])[:MOST_BARS]


def _bars(table: PublicTableJson) -> tuple[Bar, ...]:
    rows = _rows(table)
    longest = max(value for _label, value in rows)
    return tuple(
        Bar(label, german.number(value), int(value * 100 / longest), TOP + 40 + BAR * place)
        for place, (label, value) in enumerate(rows)
    )
