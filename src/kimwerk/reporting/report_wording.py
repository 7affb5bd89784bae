"""How reports speak beyond their figures: months, states, charts, and the fixed words of both papers."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from kimwerk.kernel.figures import Text
from kimwerk.kernel.periods import Period
from kimwerk.reporting.document import Labels
from kimwerk.reporting.types import BuildState, ChartChoice
from kimwerk.reporting.wording import SOURCES

CHARTS: Mapping[ChartChoice, Text] = {
    ChartChoice.AUTOMATIC: gettext_lazy("as suits the figure"),
    ChartChoice.NONE: gettext_lazy("no chart, the table only"),
    ChartChoice.BARS: gettext_lazy("bars"),
    ChartChoice.COLUMNS: gettext_lazy("columns over time"),
    ChartChoice.LINE: gettext_lazy("line over time"),
    ChartChoice.STACKED: gettext_lazy("stacked columns"),
    ChartChoice.MULTIPLES: gettext_lazy("one small chart for each part"),
    ChartChoice.MATRIX: gettext_lazy("shaded table"),
}

BUILD_STATES: Mapping[BuildState, Text] = {
    BuildState.ORDERED: gettext_lazy("The report waits for its turn."),
    BuildState.COUNTING: gettext_lazy("The figures are being counted."),
    BuildState.DRAWING: gettext_lazy("The charts are being drawn."),
    BuildState.TYPESETTING: gettext_lazy("The PDF is being set."),
    BuildState.DONE: gettext_lazy("The report is ready."),
    BuildState.CANCELLED: gettext_lazy("Making the report was cancelled."),
    BuildState.FAILED: gettext_lazy("The report could not be made."),
}

PARAMETERS: Mapping[str, Text] = {"fte": gettext_lazy("Full-time equivalents (FTE)")}


def source_label(room: str) -> str:
    """Where the numbers of a room come from, for papers that are read without the program."""
    return _("%(source)s (kimwerk)") % {"source": SOURCES.get(room, room)}


def parameter_label(key: str) -> str:
    """What a parameter of a figure is called."""
    return str(PARAMETERS.get(key, key))


def window_in_words(window: Period) -> str:
    """A window by its months: "January to April 2022"."""
    first, last = window.first_day, window.last_day
    start, end = str(MONTHS[first.month]), str(MONTHS[last.month])
    if first.year != last.year:
        start = f"{start} {first.year}"
    elif first.month == last.month:
        return f"{end} {last.year}"
    return _("%(first)s to %(last)s") % {"first": start, "last": f"{end} {last.year}"}


def labels() -> Labels:
    """The fixed words around the content of a report."""
    return Labels(
        contents=_("Contents"),
        page=_("Page"),
        of=pgettext("page 3 of 12", "of"),
        figure=pgettext("before the number of a figure", "Figure"),
        definition=_("What is counted"),
        population=_("Among what"),
        unit=_("Unit"),
        window=_("Window"),
        source=_("Source"),
        notice=_("Notice"),
        warning=_("Attention"),
        data=_("Numbers"),
        organisation=_("Published by"),
        state=_("State"),
        released=_("Released on"),
        content_hash=_("Content hash"),
        draft_notice=_("This is a draft. Numbers and texts may still change."),
        draft_mark=_("Draft"),
    )


def still_growing() -> str:
    """What is to be known of a window that was not over."""
    return _("The window was not over when this was counted. The numbers may still grow.")
