"""How figures and reports speak: units, windows, shares, and the fixed words of both papers.

The one place for figure pages, the report's page and the report's papers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from kimwerk.kernel import german
from kimwerk.kernel.figures import Member, Text, Unit, Value
from kimwerk.kernel.periods import Period, PeriodError
from kimwerk.reporting.charts import Wording
from kimwerk.reporting.charts.choose import RATES
from kimwerk.reporting.document import Labels
from kimwerk.reporting.types import BuildState, ChartChoice

CANNOT_BE_TOLD = "–"
SHARE_PLACES = 1

UNITS: Mapping[Unit, Text] = {
    Unit.ACTIVITIES: gettext_lazy("activities"),
    Unit.PARTICIPANTS: gettext_lazy("participants"),
    Unit.MINUTES: gettext_lazy("minutes"),
    Unit.FTE: gettext_lazy("full-time equivalents"),
    Unit.ACTIVITIES_PER_FTE_AND_WEEK: gettext_lazy("activities per full-time equivalent and week"),
    Unit.CASES: gettext_lazy("cases"),
    Unit.PERSONS: gettext_lazy("persons"),
    Unit.HOUSEHOLDS: gettext_lazy("households"),
    Unit.CONTACTS: gettext_lazy("contacts"),
    Unit.EURO: gettext_lazy("euro"),
}

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

SOURCES: Mapping[str, Text] = {"activities": gettext_lazy("activity diary (kimwerk)")}

MONTHS: tuple[Text, ...] = (
    pgettext_lazy("month", "January"), pgettext_lazy("month", "February"), pgettext_lazy("month", "March"),
    pgettext_lazy("month", "April"), pgettext_lazy("month", "May"), pgettext_lazy("month", "June"),
    pgettext_lazy("month", "July"), pgettext_lazy("month", "August"), pgettext_lazy("month", "September"),
    pgettext_lazy("month", "October"), pgettext_lazy("month", "November"), pgettext_lazy("month", "December"),
)  # fmt: skip


def unit_label(unit: Unit) -> str:
    """The unit in words, plural: "Maßnahmen"."""
    return str(UNITS[unit]) if unit in UNITS else unit.value


def source_label(room: str) -> str:
    """Where the numbers of a room come from."""
    return str(SOURCES.get(room, room))


def parameter_label(key: str) -> str:
    """What a parameter of a figure is called."""
    return str(PARAMETERS.get(key, key))


def window_label(window: Period) -> str:
    """A window with both its days: "01.01.2022 bis 21.04.2022"."""
    if window.days == 1:
        return german.day(window.first_day)
    return _("%(first)s to %(last)s") % {
        "first": german.day(window.first_day),
        "last": german.day(window.last_day),
    }


def window_in_words(window: Period) -> str:
    """A window as a subtitle, by months: "Januar bis April 2022"."""
    first, last = window.first_day, window.last_day
    if first.year != last.year:
        names = (f"{MONTHS[first.month - 1]} {first.year}", f"{MONTHS[last.month - 1]} {last.year}")
        return _("%(first)s to %(last)s") % {"first": names[0], "last": names[1]}
    if first.month == last.month:
        return f"{MONTHS[first.month - 1]} {first.year}"
    span = {"first": str(MONTHS[first.month - 1]), "last": str(MONTHS[last.month - 1])}
    return f"{_('%(first)s to %(last)s') % span} {first.year}"


def number_writer(places: int) -> Callable[[Value], str]:
    """Writes values of a figure with so many decimals; a dash for what cannot be told."""

    def write(value: Value) -> str:
        return CANNOT_BE_TOLD if value is None else german.number(value, places)

    return write


def share_label(part: Value, whole: Value) -> str:
    """A part of a whole with one decimal ("12,5 %"); a dash where there is no whole."""
    if part is None or not whole:
        return CANNOT_BE_TOLD
    return german.percent(Decimal(part) / Decimal(whole), SHARE_PLACES)


def counted_label(unit: Unit, value: Value, places: int = 0) -> str:
    """A number with its unit: "1.233 Maßnahmen"."""
    written = number_writer(places)(value)
    if unit is Unit.ACTIVITIES and isinstance(value, int):
        return ngettext("%(number)s activity", "%(number)s activities", value) % {"number": written}
    if unit is Unit.PARTICIPANTS and isinstance(value, int):
        return ngettext("%(number)s participant", "%(number)s participants", value) % {"number": written}
    return f"{written} {unit_label(unit)}"


def incomplete_label(member: Member) -> str:
    """Which days of a slice of time are covered, in two or three words: "bis 21.04."."""
    if member.covered is None:
        return ""
    first, last = member.covered.first_day, member.covered.last_day
    whole = slice_of(member.key)
    if whole and whole.start == member.covered.start:
        return _("until %(day)s") % {"day": f"{last:%d.%m.}"}
    if whole and whole.end == member.covered.end:
        return _("from %(day)s") % {"day": f"{first:%d.%m.}"}
    return f"{first:%d.%m.}–{last:%d.%m.}"  # noqa: RUF001 - days are joined by a dash of this length


def chart_wording(unit: Unit, places: int, *, is_additive: bool) -> Wording:
    """How a chart of this figure writes."""
    return Wording(
        number=number_writer(places),
        incomplete=incomplete_label,
        values=unit_label(unit),
        share=share_label if is_additive and unit not in RATES else None,
        places=places,
    )


def labels() -> Labels:
    """The fixed words around the content of a report."""
    return Labels(
        contents=_("Contents"),
        page=_("Page"),
        of=pgettext("page 3 of 12", "of"),
        figure=_("Figure"),
        definition=_("What is counted"),
        population=_("Among what"),
        unit=_("Unit"),
        window=_("Window"),
        source=_("Source"),
        notice=_("Note"),
        warning=_("Attention"),
        data=_("Numbers"),
        organisation=_("Published by"),
        state=_("State"),
        released=_("Released on"),
        content_hash=_("Content hash"),
        draft_notice=_("This is a draft. Numbers and texts may still change."),
        draft_mark=_("Draft"),
    )


_SLICES: tuple[tuple[re.Pattern[str], Callable[..., Period]], ...] = (
    (re.compile(r"([0-9]{4})-([0-9]{2})"), Period.month),
    (re.compile(r"([0-9]{4})-W([0-9]{2})"), Period.iso_week),
    (re.compile(r"([0-9]{4})-Q([1-4])"), Period.quarter),
    (re.compile(r"([0-9]{4})"), Period.year),
)


def slice_of(key: str) -> Period | None:
    """The whole calendar unit of a member of a dimension of time (kernel.periods.Slice), or None."""
    for pattern, unit in _SLICES:
        if found := pattern.fullmatch(key):
            try:
                return unit(*(int(part) for part in found.groups()))
            except PeriodError:
                return None
    return None
