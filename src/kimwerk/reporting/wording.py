"""How figures are written: units, windows, numbers, shares and notes, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kimwerk.access.actors import Actor
from kimwerk.kernel import german
from kimwerk.kernel.figures import Figure, FigureTable, Member, MemberKind, Text, Unit, Value, WindowKind
from kimwerk.kernel.periods import Period
from kimwerk.reporting.charts import Wording
from kimwerk.reporting.windows import counted_days

UNITS: Mapping[Unit, Text] = {
    Unit.ACTIVITIES: gettext_lazy("activities"),
    Unit.PARTICIPANTS: gettext_lazy("participants"),
    Unit.MINUTES: gettext_lazy("minutes"),
    Unit.FTE: gettext_lazy("FTE"),
    Unit.EURO: gettext_lazy("euros"),
    Unit.ACTIVITIES_PER_FTE_AND_WEEK: gettext_lazy("activities per full-time post and week"),
    Unit.PARTICIPANTS_PER_ACTIVITY: gettext_lazy("participants per activity"),
    Unit.CASES: gettext_lazy("cases"),
    Unit.PERSONS: gettext_lazy("persons"),
    Unit.CONTACTS: gettext_lazy("contacts"),
    Unit.REFERRALS: gettext_lazy("referrals"),
    Unit.CONFERENCES: gettext_lazy("case conferences"),
    Unit.MEETINGS: gettext_lazy("meetings"),
    Unit.RESOLUTIONS: gettext_lazy("resolutions"),
    Unit.MEASURES: gettext_lazy("measures"),
    Unit.AGREEMENTS: gettext_lazy("agreements"),
    Unit.NEEDS: gettext_lazy("needs"),
    Unit.GAPS: gettext_lazy("gaps of the system"),
    Unit.ADDRESSEES: gettext_lazy("addressees"),
    Unit.ANSWERS: gettext_lazy("answers"),
    Unit.KINDERGARTENS: gettext_lazy("kindergartens"),
    Unit.ENQUIRIES: gettext_lazy("enquiries"),
    Unit.DAYS: gettext_lazy("days"),
    Unit.PUBLICATIONS: gettext_lazy("publications"),
    Unit.REACHED: gettext_lazy("reached"),
    Unit.HOUSEHOLDS: gettext_lazy("households"),
    Unit.EVENTS: gettext_lazy("events"),
    Unit.PER_THOUSAND_INHABITANTS: gettext_lazy("per 1,000 inhabitants"),
    Unit.PER_THOUSAND_FOREIGN_NATIONALS: gettext_lazy("per 1,000 foreign nationals"),
}
SHARE_PLACES = 1
SOURCES: Mapping[str, Text] = {
    "activities": gettext_lazy("Activity diary"),
    "casework": gettext_lazy("Case files"),
    "arrivals": gettext_lazy("Registration lists"),
    "events": gettext_lazy("Events"),
    "steering": gettext_lazy("Committees"),
    "needs": gettext_lazy("Register of needs"),
    "staffing": gettext_lazy("Plan of posts"),
    "finance": gettext_lazy("Cost plan"),
    "surveys": gettext_lazy("Surveys"),
    "early_language": gettext_lazy("Language programme of the kindergartens"),
    "network": gettext_lazy("Contacts and publications"),
    "data_set": gettext_lazy("File that you loaded"),
}
"""From which room a figure comes, as its source is named beneath it."""

TOO_LARGE = gettext_lazy(
    "The table would have %(numbers)s numbers, sums included; %(most)s at most can be shown. Choose a shorter window, "
    "longer slices of time or fewer dimensions, or narrow it by a filter."
)


def too_large_text(numbers: str, most: int) -> str:
    """How much too large a table would be, and what makes it smaller."""
    return str(TOO_LARGE) % {"numbers": german.number(int(numbers)), "most": german.number(most)}


def unit_label(unit: Unit) -> str:
    """The unit in words, as it stands behind a number."""
    return str(UNITS.get(unit, unit.value))


def source_of(figure: Figure[Actor]) -> str:
    """Where the figure comes from."""
    return str(SOURCES.get(figure.room, figure.room))


def window_label(window: Period) -> str:
    """The days of a window, first and last included."""
    first, last = german.day(window.first_day), german.day(window.last_day)
    return first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}


def days_label(figure: Figure[Actor], window: Period) -> str:
    """The days over which a figure counts; of a stock the reference date alone."""
    days = counted_days(figure, window)
    if figure.window_kind is WindowKind.WINDOW:
        return window_label(days)
    return _("reference date %(day)s") % {"day": german.day(days.last_day)}


def definition_of(figure: Figure[Actor]) -> str:
    """What is counted, and among what."""
    return f"{figure.counts} {figure.population}"


def value_label(figure: Figure[Actor], value: Value) -> str:
    """A value as it is printed; a dash where it cannot be told."""
    return "–" if value is None else german.number(value, figure.places)


def share_label(part: Value, whole: Value) -> str:
    """A part of a whole in per cent; a dash where there is nothing to share."""
    if part is None or not whole:
        return "–"
    return german.percent(Decimal(part) / Decimal(whole), SHARE_PLACES)


def incomplete_label(member: Member) -> str:
    """Which days of a slice of time are covered, in two or three words. Empty if it is covered whole."""
    covered = member.covered
    if covered is None:
        return ""
    return f"{covered.first_day:%d.%m.}–{covered.last_day:%d.%m.}"


def notes_of(table: FigureTable[Actor]) -> tuple[str, ...]:
    """What must be known to read the numbers: the denominator, several namings, incomplete slices, parameters."""
    notes = [note for note in (_denominator(table), _multiple(table), _incomplete(table)) if note]
    for name, value in table.query.parameters.items():
        notes.append(_("Counted with %(value)s %(name)s.") % {"value": german.number(value), "name": _PARAMETERS[name]})
    return tuple(notes)


_PARAMETERS: Mapping[str, Text] = {"fte": gettext_lazy("full-time equivalents")}


def enumerated(names: Iterable[str]) -> str:
    """Names as one lists them in a sentence: with commas, and "and" before the last."""
    listed = list(names)
    return _(" and ").join(filter(None, (", ".join(listed[:-1]), *listed[-1:])))


def chart_wording(figure: Figure[Actor]) -> Wording:
    """How a chart of this figure writes."""
    return Wording(
        number=lambda value: value_label(figure, value),
        incomplete=incomplete_label,
        values=unit_label(figure.unit),
        share=share_label if figure.is_additive else None,
        places=figure.places,
    )


def chart_description(table: FigureTable[Actor]) -> str:
    """What the chart shows, for those who do not see it: breakdown, window, total, largest and smallest part."""
    figure, counted = table.figure, table.counted
    by = enumerated(str(axis.dimension.title) for axis in counted.axes)
    text = _("%(title)s by %(by)s, %(window)s; %(total)s in all.") % {
        "title": figure.title, "by": by, "window": days_label(figure, table.query.window),
        "total": f"{value_label(figure, counted.total)} {unit_label(figure.unit)}",
    }  # fmt: skip
    known = {key: value for key, value in counted.cells.items() if value is not None}
    if not known:
        return text
    largest = max(known, key=lambda key: known[key])
    labels = [{member.key: member.label for member in axis.members} for axis in counted.axes]
    name = ", ".join(labels[position][key] for position, key in enumerate(largest))
    facts = {"name": name, "value": value_label(figure, known[largest])}
    most = _("The largest value: %(name)s with %(value)s.") % facts
    return f"{text} {most}"


def _denominator(table: FigureTable[Actor]) -> str:
    if not table.figure.is_additive or len(table.counted.axes) != 1 or not table.counted.total:
        return ""
    whole = f"{value_label(table.figure, table.counted.total)} {unit_label(table.figure.unit)}"
    return _("Shares are of all %(whole)s.") % {"whole": whole}


def _multiple(table: FigureTable[Actor]) -> str:
    titles = [str(axis.dimension.title) for axis in table.counted.axes if axis.dimension.is_multiple]
    if not titles:
        return ""
    return _("%(dimension)s: several may apply to one activity, so the rows may add up to more than the total.") % {
        "dimension": ", ".join(titles)
    }


def _incomplete(table: FigureTable[Actor]) -> str:
    cut = [
        f"{member.label} ({incomplete_label(member)})"
        for axis in table.counted.axes
        if axis.dimension.kind is MemberKind.TIME
        for member in axis.members
        if member.is_incomplete
    ]
    return _("Not complete in this window: %(slices)s.") % {"slices": ", ".join(cut)} if cut else ""
