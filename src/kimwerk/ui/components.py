"""What the components of a page are made of: plain values that pages fill and templates show.

Each value belongs to the component template that its docstring names; the gallery shows them all.
Texts are anything that reads as text, so that texts of the catalogue stay lazy until shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from kimwerk.kernel.figures import Text


class Tone(StrEnum):
    """What a message or badge means. The tone always comes with a word or an icon, never alone."""

    NEUTRAL = "neutral"
    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    DANGER = "danger"

    @property
    def icon(self) -> str:
        """The icon that goes with the tone; none for the neutral one."""
        return "" if self is Tone.NEUTRAL else self.value


class Direction(StrEnum):
    """How a column is sorted at present; the values are those of `aria-sort`."""

    NONE = "none"
    ASCENDING = "ascending"
    DESCENDING = "descending"


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of a navigation (`navigation.html`, `side_navigation.html`)."""

    title: Text
    url: str
    icon: str = ""
    is_current: bool = False
    children: tuple[NavItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way to this page (`breadcrumb.html`); the page itself is not among them."""

    title: Text
    url: str


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One entry of a menu (`menu.html`): a link, or, with `is_post`, a button that sends a form."""

    title: Text
    url: str
    icon: str = ""
    is_post: bool = False
    signs_out: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """The one thing a page is for (`page_header.html`, `empty_state.html`): a link that looks like a button."""

    label: Text
    url: str
    icon: str = ""
    is_new_entry: bool = False


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab (`tabs.html`): a link to a page of its own."""

    title: Text
    url: str
    is_current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Badge:
    """A short state (`badge.html`)."""

    label: Text
    tone: Tone = Tone.NEUTRAL


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table (`table.html`). With a `key` its heading sorts, see `listing.with_sorting`."""

    title: Text
    key: str = ""
    is_numeric: bool = False
    is_title_hidden: bool = False
    sort_url: str = ""
    direction: Direction = Direction.NONE


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; with `url` a link, with `note` a second, quieter line.

    `original` is the same name in its own script, read in `original_direction` ("ltr", "rtl").
    """

    text: Text = ""
    url: str = ""
    note: Text = ""
    badge: Badge | None = None
    original: Text = ""
    original_direction: str = "auto"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table. The first cell names it; `key` is where the back button returns to."""

    cells: tuple[Cell, ...]
    key: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of facts (`table.html`); on a phone each row becomes a card in the same order."""

    caption: Text
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    foot: Row | None = None
    is_caption_hidden: bool = False


@dataclass(frozen=True, slots=True)
class PageLink:
    """One number of a pagination; a gap has no address."""

    number: int
    url: str = ""
    is_current: bool = False

    @property
    def is_gap(self) -> bool:
        """Whether numbers are left out here."""
        return not self.url


@dataclass(frozen=True, slots=True)
class Pagination:
    """Where in a long list one is (`pagination.html`): entries `first` to `last` of `count`, or of at least so many."""

    first: int
    last: int
    count: int
    links: tuple[PageLink, ...] = ()
    previous_url: str = ""
    next_url: str = ""
    first_url: str = ""
    last_url: str = ""
    is_at_least: bool = False


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter (`filter_bar.html`) and the address of the list without it."""

    label: Text
    value: Text
    remove_url: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A term and what holds for it (`description_list.html`). An empty text shows as "not recorded"."""

    term: Text
    text: Text = ""
    url: str = ""
    note: Text = ""
    badge: Badge | None = None
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """A number with what it counts (`tiles.html`). The text is ready for reading: "1.233", "87 %"."""

    number: Text
    label: Text
    definition: Text = ""
    url: str = ""
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long piece of work is (`progress.html`); `seconds_left` is None while unknown."""

    done: int
    total: int
    seconds_left: int | None = None
    key: str = "progress"
    cancel_url: str = ""
    poll_url: str = ""

    @property
    def percent(self) -> int:
        """The share done, 0 to 100, rounded down: 100 means finished."""
        return min(self.done * 100 // self.total, 100) if self.total else 0

    @property
    def is_finished(self) -> bool:
        """Whether nothing is left."""
        return self.done >= self.total

    @property
    def minutes_left(self) -> int | None:
        """Whole minutes left, rounded up; None while unknown."""
        return None if self.seconds_left is None else -(-self.seconds_left // 60)


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened (`timeline.html`)."""

    at: datetime | date
    title: Text
    text: Text = ""
    by: Text = ""
    url: str = ""
    icon: str = ""

    @property
    def has_time(self) -> bool:
        """Whether the hour is known, not just the day."""
        return isinstance(self.at, datetime)


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with all it needs to be understood (`chart_frame.html`). `svg` must be safe markup."""

    title: Text
    svg: Text
    table: Table
    definition: Text
    window: Text
    source: Text
    key: str
    is_table_open: bool = False


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What is about to happen, for a page that asks once more (`confirm.html`)."""

    question: Text
    label: Text
    cancel_url: str
    consequences: tuple[Text, ...] = ()
    is_dangerous: bool = False


class PieceKind(StrEnum):
    """How a piece of a typed line was understood."""

    UNDERSTOOD = "understood"
    UNSURE = "unsure"
    UNKNOWN = "unknown"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a typed line (`pieces.html`) and what it was taken for."""

    text: str
    kind: PieceKind = PieceKind.PLAIN
    meaning: Text = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """What has just happened (`notice.html`), with the way back where there is one."""

    text: Text
    tone: Tone = Tone.SUCCESS
    undo_url: str = ""
    saved_draft: str = ""


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A key and what it does (`keyboard_help.html`)."""

    keys: str
    meaning: Text


Number = int | Decimal
"""What the filters `number` and `percent` take."""


@dataclass(frozen=True, slots=True)
class Shell:
    """What stands around every page: who is signed in, navigation, menus, search, footer (`base.html`)."""

    account_key: str = ""
    account_name: str = ""
    navigation: tuple[NavItem, ...] = ()
    user_menu: tuple[MenuItem, ...] = ()
    footer: tuple[NavItem, ...] = ()
    shortcuts: tuple[Shortcut, ...] = ()
    search_url: str = ""
    signin_path: str = ""
    version: str = ""
    is_demo: bool = False
