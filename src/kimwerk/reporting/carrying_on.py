"""How a paper says for whom it is, which edition it carries on, and what has changed since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kimwerk.kernel import german
from kimwerk.kernel.figures import Text, Unit, Value
from kimwerk.reporting.content import Change, Content, Cover, Earlier
from kimwerk.reporting.document import BulletList, CoverFact, HeaderCell, Paragraph, Row, Section, TableBlock
from kimwerk.reporting.types import ChangeKind, Competence
from kimwerk.reporting.wording import unit_label, window_label

COMPETENCES: Mapping[Competence, Text] = {
    Competence.ACKNOWLEDGEMENT: gettext_lazy("for acknowledgement"),
    Competence.DELIBERATION: gettext_lazy("for deliberation"),
    Competence.DECISION: gettext_lazy("for decision"),
}
_BREAKS: Mapping[ChangeKind, Text] = {
    ChangeKind.REDEFINED: gettext_lazy(
        "%(figure)s: what is counted is defined otherwise than in the earlier edition. The series breaks here."
    ),
    ChangeKind.MEMBER_NEW: gettext_lazy("%(figure)s: the earlier edition does not have “%(what)s”."),
    ChangeKind.MEMBER_GONE: gettext_lazy("%(figure)s: only the earlier edition has “%(what)s”."),
    ChangeKind.FIGURE_NEW: gettext_lazy("%(figure)s: the earlier edition does not have this figure."),
    ChangeKind.FIGURE_GONE: gettext_lazy("%(figure)s: only the earlier edition has this figure."),
}
ONE = Decimal(1)


def cover_facts(cover: Cover) -> tuple[CoverFact, ...]:
    """The lines of a council paper's head."""
    facts = (
        (_("Committee"), cover.committee),
        (_("Session on"), german.day(cover.session_on) if cover.session_on else ""),
        (_("Competence"), str(COMPETENCES[cover.competence]) if cover.competence else ""),
        (_("Attachments"), "; ".join(cover.attachments)),
    )
    return tuple(CoverFact(label, text) for label, text in facts if text)


def sections_on_changes(content: Content) -> Iterator[Section]:
    """The chapter on the edition that is carried on: comparison, corrected numbers, breaks in the series."""
    earlier = content.continues
    if earlier is None:
        return
    yield Section(_("What has changed since the earlier edition"), 1, (Paragraph(_lead(earlier)),))
    compared = [change for change in content.changes if change.kind is ChangeKind.COMPARED]
    if compared:
        notice = (Paragraph(_per_week_notice()),) if any(change.is_per_day for change in compared) else ()
        yield Section(_("Comparison"), 2, (*notice, _table(_("Comparison with the earlier edition"), compared)))
    corrected = [change for change in content.changes if change.kind is ChangeKind.CORRECTED]
    none = Paragraph(_("No number that the earlier edition tells for the same days has changed."))
    log = _table(_("Numbers that have changed for the same days"), corrected) if corrected else none
    yield Section(_("Change log"), 2, (log,))
    breaks = tuple(break_text(change) for change in content.changes if change.kind.is_break)
    if breaks:
        yield Section(_("Breaks in the series"), 2, (BulletList(breaks),))


def break_text(change: Change) -> str:
    """Why numbers before and after must not be set beside each other."""
    return str(_BREAKS[change.kind]) % {"figure": change.figure, "what": change.what}


def difference_label(change: Change) -> str:
    """By how much: for windows of different length per week, in per cent; else as a number."""
    if change.before is None or change.after is None:
        return "–"
    if not change.is_per_day:
        return _signed(Decimal(change.after) - Decimal(change.before), change.places)
    if not change.before or not change.before_days or not change.after_days:
        return "–"
    ratio = (Decimal(change.after) / change.after_days) / (Decimal(change.before) / change.before_days) - ONE
    return _("%(percent)s per week") % {"percent": ("+" if ratio > 0 else "") + german.percent(ratio, 1)}


def _lead(earlier: Earlier) -> str:
    return _(
        "This edition carries on “%(title)s”, edition %(number)d, released on %(day)s, which covers %(window)s."
    ) % {
        "title": earlier.title,
        "number": earlier.number,
        "day": german.day(earlier.released_on),
        "window": window_label(earlier.window),
    }


def _per_week_notice() -> str:
    return _(
        "The editions cover windows of different length. Numbers that grow with the window are therefore compared by"
        " what they come to in a week."
    )


def _table(caption: str, changes: Iterable[Change]) -> TableBlock:
    heads = (_("Figure"), _("Before"), _("Now"), _("Change"))
    return TableBlock(
        caption=caption,
        header=(tuple(HeaderCell(text) for text in heads),),
        rows=tuple(_row(change) for change in changes),
        numeric=(False, True, True, True),
    )


def _row(change: Change) -> Row:
    unit = unit_label(Unit(change.unit))
    heading = f"{change.figure}: {change.what}" if change.what else _("%(figure)s, in all (%(unit)s)") % {
        "figure": change.figure, "unit": unit,
    }  # fmt: skip
    cells = (_number(change.before, change.places), _number(change.after, change.places), difference_label(change))
    return Row(heading, cells, is_sum=not change.what)


def _number(value: Value, places: int) -> str:
    return "–" if value is None else german.number(value, places)


def _signed(value: Decimal, places: int) -> str:
    return ("+" if value > 0 else "") + german.number(value, places)
