"""Values in which reports are written, built and released."""

from __future__ import annotations

from enum import StrEnum


class ReportTemplate(StrEnum):
    """The papers that can be begun with headings and figures in place."""

    EVALUATION = "evaluation"
    LAND_STATISTICS = "land_statistics"


class ChartChoice(StrEnum):
    """How a placed figure is drawn: as suits it best, as its author wants it, or not at all."""

    AUTOMATIC = "automatic"
    NONE = "none"
    BARS = "bars"
    COLUMNS = "columns"
    LINE = "line"
    STACKED = "stacked"
    MULTIPLES = "multiples"
    MATRIX = "matrix"


class Competence(StrEnum):
    """What a committee is to do with a paper (Zuständigkeit)."""

    ACKNOWLEDGEMENT = "acknowledgement"
    DELIBERATION = "deliberation"
    DECISION = "decision"


class ChangeKind(StrEnum):
    """What differs between two editions."""

    CORRECTED = "corrected"  # the same question over the same days has another answer
    COMPARED = "compared"  # the same question over other days
    REDEFINED = "redefined"  # what is counted is defined otherwise: a break in the series
    MEMBER_NEW = "member_new"  # a category that the earlier edition does not have
    MEMBER_GONE = "member_gone"
    FIGURE_NEW = "figure_new"
    FIGURE_GONE = "figure_gone"

    @property
    def is_break(self) -> bool:
        """Whether numbers before and after must not be set beside each other."""
        return self not in {ChangeKind.CORRECTED, ChangeKind.COMPARED}


class BuildState(StrEnum):
    """From the order of a report's files to the files."""

    ORDERED = "ordered"  # nobody is at it yet
    COUNTING = "counting"
    DRAWING = "drawing"
    TYPESETTING = "typesetting"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"

    @property
    def is_under_way(self) -> bool:
        """Whether files are still to be expected."""
        return self in STEPS


STEPS = (BuildState.ORDERED, BuildState.COUNTING, BuildState.DRAWING, BuildState.TYPESETTING)
"""The states a build goes through until it is done, in their order."""


class Direction(StrEnum):
    """Where something is moved within its list."""

    UP = "up"
    DOWN = "down"


class FigureProblem(StrEnum):
    """Why a placed figure has no numbers."""

    UNKNOWN_FIGURE = "unknown_figure"  # the catalogue has none such any more
    UNKNOWN_DIMENSION = "unknown_dimension"  # or not for whoever counts
    TOO_MANY_DIMENSIONS = "too_many_dimensions"
    UNKNOWN_MEMBER = "unknown_member"
    WINDOW_TOO_LONG = "window_too_long"
    PARAMETER_MISSING = "parameter_missing"
    TABLE_TOO_LARGE = "table_too_large"
    NOT_PUBLISHED = "not_published"  # in the public paper; the subject says why


class RemarkKind(StrEnum):
    """What somebody should know before the report is read by others."""

    NOT_COUNTED = "not_counted"  # a figure has no numbers; such a report cannot be released
    WINDOWS_DIFFER = "windows_differ"  # figures side by side count over different windows
    OTHER_WINDOW = "other_window"  # a figure counts over another window than its report
    NOT_OVER = "not_over"  # the window, another than the report's, had not ended when it was counted
    MUCH_MISSING = "much_missing"  # a large share is not recorded
    NOTHING_COUNTED = "nothing_counted"
    TEXT_MISSING = "text_missing"  # a section has neither text nor figure nor parts
    NO_DEFINITION = "no_definition"  # nobody could say what a figure counts; such a report cannot be released
    PARAMETER_MISSING = "parameter_missing"  # a parameter of the evaluation is left out, or has nothing in it
    TEXT_DIFFERS = "text_differs"  # a number in a text that no figure of that unit tells
    SHARE_DIFFERS = "share_differs"  # a share in a text that no table of its section tells
    TABLE_DISAGREES = "table_disagrees"  # sums or shares of a table do not agree

    @property
    def forbids_release(self) -> bool:
        """Whether a report with this remark must not be released."""
        return self in {RemarkKind.NOT_COUNTED, RemarkKind.NO_DEFINITION}

    @property
    def needs_reason(self) -> bool:
        """Whether a report with this remark is released only by somebody who says why."""
        return self in {
            RemarkKind.WINDOWS_DIFFER,
            RemarkKind.PARAMETER_MISSING,
            RemarkKind.TEXT_DIFFERS,
            RemarkKind.SHARE_DIFFERS,
            RemarkKind.TABLE_DISAGREES,
        }


class DownloadKind(StrEnum):
    """The files of a report."""

    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    TABLES = "xlsx"
    FIGURES = "json"


class PublicationState(StrEnum):
    """From the order to publish an edition's tables to the public page, and off it again."""

    ORDERED = "ordered"
    PROTECTING = "protecting"
    PUBLIC = "public"
    REFUSED = "refused"  # what is public already tells something small
    FAILED = "failed"
    WITHDRAWN = "withdrawn"

    @property
    def is_under_way(self) -> bool:
        """Whether tables are still to be expected."""
        return self in {PublicationState.ORDERED, PublicationState.PROTECTING}


THRESHOLDS = (3, 5)
"""Counts below are small: three, or five where the office is stricter."""


class Rhythm(StrEnum):
    """How often a report is begun by itself."""

    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"

    @property
    def months(self) -> int:
        """How many months each report covers."""
        return {Rhythm.QUARTERLY: 3, Rhythm.HALF_YEARLY: 6, Rhythm.YEARLY: 12}[self]
