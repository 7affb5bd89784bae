"""The smallest components as markup: what a list shows a thousand times is written here and not by templates.

The templates `icon.html`, `badge.html`, `cell.html` and `table.html` lead here, so each markup stands
once. As templates within templates they took two thirds of the time of a list.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.utils.safestring import SafeString

from kimwerk.kernel.figures import Text
from kimwerk.ui.components import Badge, Cell, Column, Row

_SPECIAL = re.compile("[&<>\"']").search
"""What has to be escaped. Most texts hold nothing of it, and looking takes a third of replacing."""

UNDETERMINED = "und"
"""The language of a name in its own script, which nobody has asked for (BCP 47)."""


def icon(name: str, size: str = "") -> SafeString:
    """An icon, hidden from screen readers."""
    sized = f" kern-icon--{escaped(size)}" if size else ""
    return _markup(f'<span class="kern-icon kern-icon--{escaped(name)}{sized}" aria-hidden="true"></span>')


def badge(shown: Badge) -> SafeString:
    """A short state: a word, with the icon of its tone."""
    sign = icon(shown.tone.icon, "small") if shown.tone.icon else ""
    return _markup(f'<span class="ui-badge ui-badge--{shown.tone}">{sign}{escaped(shown.label)}</span>')


def cell(shown: Cell) -> SafeString:
    """What stands in a cell: a text or link, a badge, and quieter lines for the original script and a note."""
    text = escaped(shown.text)
    link = f'<a href="{escaped(shown.url)}">{text}</a>' if shown.url else text
    state = badge(shown.badge) if shown.badge else ""
    original = _original(shown) if shown.original else ""
    note = f'<span class="ui-note">{escaped(shown.note)}</span>' if shown.note else ""
    return _markup(f"{link}{state}{original}{note}")


def _original(shown: Cell) -> str:
    said = attributes({"class": "ui-note", "lang": UNDETERMINED, "dir": shown.original_direction})
    return f"<span{said}><bdi>{escaped(shown.original)}</bdi></span>"


def rows(columns: Sequence[Column], shown: Sequence[Row]) -> SafeString:
    """The rows of a table. Each cell carries the title of its column, for the card that a row is on a phone."""
    if not shown:
        return SafeString()
    named, *others = columns
    head = f'<th scope="row" class="kern-table__header{_numeric(named, "header")}" {_label(named)}>'
    ends = [f'{_numeric(column, "cell")}" {_label(column)}>' for column in others]
    return _markup("".join(piece for row in shown for piece in _row(row, head, ends)))


def foot(columns: Sequence[Column], shown: Row) -> SafeString:
    """The line with the sums of a table."""
    return rows(columns, (shown,))


def options(groups: Iterable[tuple[Text | None, Iterable[Mapping[str, object]], int]]) -> SafeString:
    """The choices of a select, as Django's widget groups them."""
    return _markup("".join(piece for group, choices, _ in groups for piece in _group(group, choices)))


def attributes(given: Mapping[str, object]) -> SafeString:
    """The attributes of a form's control, as Django's widgets write them."""
    return _markup("".join(map(_attribute, given.items())))


def _attribute(given: tuple[str, object]) -> str:
    name, value = given
    if value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escaped(str(value))}"'


def _group(name: Text | None, choices: Iterable[Mapping[str, object]]) -> Iterator[str]:
    if name:
        yield f'<optgroup label="{escaped(name)}">'
    for choice in choices:
        chosen = " selected" if choice["selected"] else ""
        yield f'<option value="{escaped(str(choice["value"]))}"{chosen}>{escaped(choice["label"])}</option>'
    if name:
        yield "</optgroup>"


def _row(row: Row, head: str, ends: Sequence[str]) -> Iterator[str]:
    """One row; `head` opens its first cell, `ends` end the opening of each further one."""
    named, *others = row.cells
    yield f'<tr class="kern-table__row" id="{escaped(row.key)}">' if row.key else '<tr class="kern-table__row">'
    yield f"{head}{cell(named)}</th>"
    for end, shown in zip(ends, others, strict=True):
        content = cell(shown)
        yield f'<td class="kern-table__cell{"" if content else " ui-table__none"}{end}{content}</td>'
    yield "</tr>\n"


def _numeric(column: Column, kind: str) -> str:
    return f" kern-table__{kind}--numeric" if column.is_numeric else ""


def _label(column: Column) -> str:
    return f'data-label="{escaped(column.title)}"'


def escaped(text: Text) -> str:
    """A text as markup: escaped, unless it is markup already. As Django does it, at a tenth of the time."""
    shown = str(text)
    return shown if isinstance(shown, SafeString) or not _SPECIAL(shown) else html.escape(shown)


def _markup(pieces: str) -> SafeString:
    """Every caller above escapes what it puts in.

    `mark_safe` would look for lazy texts in each of five hundred pieces of a page.
    """
    return SafeString(pieces)
