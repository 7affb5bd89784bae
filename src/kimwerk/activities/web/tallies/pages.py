"""What the pages of an import show: one value a template."""

from __future__ import annotations

from dataclasses import dataclass

from django.forms import BoundField

from kimwerk.activities.models import TallyImport
from kimwerk.activities.states import Verdict
from kimwerk.activities.web.tallies.forms import MappingForm, UploadForm
from kimwerk.kernel.figures import Text
from kimwerk.ui.components import Action, Badge, Confirmation, Pagination, Progress, Tab, Table


@dataclass(frozen=True, slots=True)
class ListPage:
    """One's imports, newest first (`imports.html`)."""

    action: Action
    table: Table | None
    pagination: Pagination | None


@dataclass(frozen=True, slots=True)
class UploadPage:
    """Choosing the file (`import_upload.html`)."""

    form: UploadForm
    limit_mib: int


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """A worker is at it (`import_waiting.html`, `_import_waiting.html`). Without `progress` nothing can be counted."""

    tally: TallyImport
    label: Text
    progress: Progress | None
    poll_url: str
    delay: str
    is_silent: bool
    can_cancel: bool


@dataclass(frozen=True, slots=True)
class RefusedPage:
    """The file cannot be read (`import_refused.html`)."""

    tally: TallyImport
    reason: str
    action: Action


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """A column of the file beside what it is taken for."""

    header: str
    letter: str
    samples: tuple[str, ...]
    field: BoundField
    hint: Text = ""
    badge: Badge | None = None


@dataclass(frozen=True, slots=True)
class PreviewCell:
    """A fact of one of the first rows."""

    head: Text
    text: str


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One of the first rows, as it would be read."""

    badge: Badge
    cells: tuple[PreviewCell, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """A sheet of the workbook."""

    number: int
    name: str
    rows: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class MappingPage:
    """What the columns mean (`import_mapping.html`)."""

    tally: TallyImport
    form: MappingForm
    columns: tuple[ColumnLine, ...]
    sheets: tuple[SheetChoice, ...]
    defaults: tuple[BoundField, ...]
    options: tuple[BoundField, ...]
    gaps: tuple[Text, ...]
    preview_heads: tuple[Text, ...]
    preview: tuple[PreviewRow, ...]
    is_known: bool
    is_continuing: bool
    earlier: TallyImport | None
    rows: int


@dataclass(frozen=True, slots=True)
class CellLine:
    """A cell of a row: as it stood there, what it was read as, what is wrong, and whether one can mend it here."""

    name: str
    header: str
    text: str
    reading: str
    problems: tuple[str, ...]
    list_id: str
    label: str
    suggestions: tuple[str, ...] = ()

    @property
    def is_editable(self) -> bool:
        """Whether the cell can be mended here."""
        return bool(self.name)


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row of the file with its verdict."""

    number: int
    badge: Badge
    verdict: Verdict
    cells: tuple[CellLine, ...]
    problems: tuple[str, ...]
    entry_url: str
    is_corrected: bool
    is_editable: bool
    is_repeatable: bool


@dataclass(frozen=True, slots=True)
class WordList:
    """The words a cell may hold, for the browser to offer."""

    key: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResultPage:
    """Every row with its verdict (`import_result.html`), before and after it is in the diary."""

    tally: TallyImport
    badge: Badge
    lead: str
    tabs: tuple[Tab, ...]
    heads: tuple[str, ...]
    rows: tuple[RowLine, ...]
    pagination: Pagination | None
    words: tuple[WordList, ...]
    verdict: str
    here: str
    rejected: int
    can_apply: bool
    can_undo: bool
    can_check: bool
    can_cancel: bool
    is_cleared: bool
    warning: str = ""
    warning_text: str = ""


@dataclass(frozen=True, slots=True)
class ConfirmPage:
    """Asks once more (`import_confirm.html`)."""

    tally: TallyImport
    title: Text
    confirmation: Confirmation
