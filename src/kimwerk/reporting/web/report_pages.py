"""What the pages of reports show: one value a template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.forms import Form
from django.utils.safestring import SafeString

from kimwerk.kernel.figures import Text
from kimwerk.reporting.document import BulletList, Paragraph, TableBlock
from kimwerk.reporting.models import Edition, Publication, Report, ReportBuild, ReportSection
from kimwerk.ui.components import Badge, Confirmation, Crumb, Fact, MenuItem, Progress, Table


@dataclass(frozen=True, slots=True)
class ReportsPage:
    """Reports in the making, and released editions (`reports.html`)."""

    drafts: Table | None
    editions: Table | None
    may_begin: bool


@dataclass(frozen=True, slots=True)
class FormPage:
    """A form on a page of its own (`form.html`). `draft` is the key under which the browser keeps what is typed."""

    title: Text
    form: Form
    crumbs: tuple[Crumb, ...]
    label: Text
    cancel_url: str
    lead: Text = ""
    draft: str = ""


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A figure within the report (`_figure.html`). `problem` is told where there are no numbers."""

    anchor: str
    number: int
    title: str
    problem: str = ""
    svg: SafeString | None = None
    table: TableBlock | None = None
    definition: str = ""
    population: str = ""
    unit: str = ""
    window: str = ""
    source: str = ""
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    edit_url: str = ""
    menu: tuple[MenuItem, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section of the report (`_section.html`), with what may be done to it."""

    id: int
    anchor: str
    number: str
    heading: str
    level: int
    blocks: tuple[Paragraph | BulletList, ...]
    figures: tuple[ShownFigure, ...]
    hint: Text = ""
    warnings: tuple[str, ...] = ()
    edit_url: str = ""
    figure_url: str = ""
    menu: tuple[MenuItem, ...] = ()
    has_focus: bool = False
    author: str = ""
    talk_url: str = ""
    comments: int = 0

    @property
    def tag(self) -> str:
        """The element of its heading; the page's title stands above."""
        return f"h{self.level + 1}"


@dataclass(frozen=True, slots=True)
class RemarkLine:
    """A remark in the list on top, with the way to its place. `is_weighed` needs a reason at the release."""

    place: str
    anchor: str
    text: str
    is_grave: bool
    is_weighed: bool = False


@dataclass(frozen=True, slots=True)
class ReportState:
    """How far the report's files are (`_state.html`)."""

    report: Report
    build: ReportBuild | None = None
    progress: Progress | None = None
    progress_label: Text = ""
    is_current: bool = False
    may_write: bool = False
    may_release: bool = False
    failure: Text = ""
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class ReportPage:
    """The report as an editable document (`report.html`)."""

    report: Report
    facts: tuple[Fact, ...]
    sections: tuple[ShownSection, ...]
    remarks: tuple[RemarkLine, ...]
    state: ReportState
    editions: Table | None
    crumbs: tuple[Crumb, ...]
    badge: Badge
    may_write: bool


@dataclass(frozen=True, slots=True)
class SectionPage:
    """Writing a section, in place or on a page of its own (`section.html`, `_section_form.html`).

    `current` is what somebody else has written meanwhile.
    """

    report: Report
    form: Form
    crumbs: tuple[Crumb, ...]
    draft: str
    url: str
    cancel_url: str
    hint: Text = ""
    section: ReportSection | None = None
    current: ReportSection | None = None
    current_blocks: tuple[Paragraph | BulletList, ...] = ()
    is_in_place: bool = False

    @property
    def anchor(self) -> str:
        """The element that the form takes the place of."""
        return f"section-{self.section.pk}" if self.section else "section-new"


@dataclass(frozen=True, slots=True)
class FigureChoices:
    """Figures of the catalogue that count the same, with their titles and addresses."""

    counts: str
    unit: str
    figures: tuple[tuple[Text, str], ...]


@dataclass(frozen=True, slots=True)
class ChooseFigurePage:
    """Which figure to place (`choose_figure.html`)."""

    section: ReportSection
    choices: tuple[FigureChoices, ...]
    crumbs: tuple[Crumb, ...]


@dataclass(frozen=True, slots=True)
class FigurePage:
    """How a figure is to be shown, and how it looks then (`figure.html`)."""

    title: Text
    definition: str
    form: Form
    crumbs: tuple[Crumb, ...]
    label: Text
    cancel_url: str
    preview_url: str
    preview: ShownFigure | None


@dataclass(frozen=True, slots=True)
class ReleasePage:
    """Asking once more before an edition is released (`release.html`).

    `wrote_last` says that somebody else has to do it.
    """

    report: Report
    confirmation: Confirmation | None
    form: Form
    remarks: tuple[RemarkLine, ...]
    crumbs: tuple[Crumb, ...]
    report_url: str
    wrote_last: bool = False


@dataclass(frozen=True, slots=True)
class ShownComment:
    """A comment on a section; `settle_url` where it is still open."""

    text: str
    by: str
    at: datetime
    settled_by: str = ""
    settle_url: str = ""


@dataclass(frozen=True, slots=True)
class TalkPage:
    """Who answers for a section, and what is said about it (`talk.html`). `author_form` is for those who write."""

    section: ReportSection
    crumbs: tuple[Crumb, ...]
    blocks: tuple[Paragraph | BulletList, ...]
    author: str
    comments: tuple[ShownComment, ...]
    form: Form
    author_form: Form | None


@dataclass(frozen=True, slots=True)
class EditionPage:
    """A released edition (`edition.html`). `is_editable` says that its text document and workbook are there."""

    edition: Edition
    facts: tuple[Fact, ...]
    crumbs: tuple[Crumb, ...]
    headings: tuple[tuple[str, str], ...]
    is_sound: bool
    is_editable: bool
    next_url: str = ""
    publications: Table | None = None
    publish_url: str = ""


@dataclass(frozen=True, slots=True)
class PublicationStatePage:
    """A publication as its office sees it (`publication.html`)."""

    publication: Publication
    facts: tuple[Fact, ...]
    crumbs: tuple[Crumb, ...]
    is_under_way: bool
    is_refused: bool
    public_url: str
    withdraw_url: str
    edition_url: str


@dataclass(frozen=True, slots=True)
class ScheduleLine:
    """A schedule that runs."""

    title: str
    rhythm: Text
    template: Text
    author: str
    organisation: str
    end_url: str


@dataclass(frozen=True, slots=True)
class SchedulesPage:
    """Which reports are begun by themselves (`schedules.html`)."""

    schedules: tuple[ScheduleLine, ...]
    crumbs: tuple[Crumb, ...]
