"""What the pages of an import show: one value a template."""

from __future__ import annotations

from dataclasses import dataclass

from django.forms import BoundField

from kimwerk.arrivals.models import ListImport
from kimwerk.arrivals.web.importing.forms import MappingForm, UploadForm
from kimwerk.kernel.figures import Text
from kimwerk.ui.components import Badge, Crumb, Pagination, Progress, Tab


@dataclass(frozen=True, slots=True)
class UploadPage:
    """Choosing the file (`import_upload.html`)."""

    form: UploadForm
    crumbs: tuple[Crumb, ...]
    cancel_url: str


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """A worker is at it, or the file cannot be read (`import_waiting.html`, `_import_waiting.html`)."""

    brought: ListImport
    crumbs: tuple[Crumb, ...]
    label: Text
    progress: Progress | None
    delay: str
    is_silent: bool
    can_cancel: bool
    refusal: Text = ""


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """A column of the file beside what it is taken for."""

    header: str
    samples: tuple[str, ...]
    field: BoundField


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

    brought: ListImport
    crumbs: tuple[Crumb, ...]
    form: MappingForm
    columns: tuple[ColumnLine, ...]
    sheets: tuple[SheetChoice, ...]
    gaps: tuple[Text, ...]
    rows: int
    earlier: ListImport | None


@dataclass(frozen=True, slots=True)
class CellLine:
    """A cell of a row: what stands there, what is wrong, and whether one can mend it here."""

    name: str
    header: str
    label: str
    text: str
    problems: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row of the file with its verdict."""

    number: int
    badge: Badge
    cells: tuple[CellLine, ...]
    problems: tuple[str, ...]
    is_wrong: bool
    is_corrected: bool
    is_editable: bool
    url: str


@dataclass(frozen=True, slots=True)
class ResultPage:
    """Every row with its verdict (`import_result.html`), before and after it is on the list."""

    brought: ListImport
    crumbs: tuple[Crumb, ...]
    badge: Badge
    lead: str
    tabs: tuple[Tab, ...]
    heads: tuple[str, ...]
    rows: tuple[RowLine, ...]
    pagination: Pagination | None
    here: str
    has_rejected: bool
    can_apply: bool
    can_undo: bool
    can_check: bool
    can_change: bool
    is_cleared: bool
    warning: Text = ""
