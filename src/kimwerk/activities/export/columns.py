"""What stands in an exported file, in which order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kimwerk.activities.selectors.entries import EntryRow
from kimwerk.kernel.figures import Text

Value = str | int | date | None


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A column: its heading, its value for a workbook, and its expression over the row `q` for the database."""

    title: Text
    value: Callable[[EntryRow], Value]
    sql: str
    width: int = 14


def _list(values: tuple[str, ...]) -> str:
    return ", ".join(values)


def _day(column: str) -> str:
    return f"to_char(q.{column}, 'DD.MM.YYYY')"


COLUMNS = (
    ExportColumn(_("Day"), lambda row: row.day, _day("day"), 11),
    ExportColumn(_("Last day"), lambda row: row.last_day, _day("last_day"), 11),
    ExportColumn(_("Kind"), lambda row: row.kind, "kind.label", 30),
    ExportColumn(_("Referral target"), lambda row: row.referral_target, "referral.label", 28),
    ExportColumn(_("Channel"), lambda row: row.channel, "channel.label", 12),
    ExportColumn(_("Municipality"), lambda row: row.municipality, "municipality.label", 20),
    ExportColumn(_("Site"), lambda row: row.site, "site.label", 28),
    ExportColumn(_("Person"), lambda row: row.person, "person.label", 22),
    ExportColumn(_("Participants of the target group"), lambda row: row.participants_target, "q.participants_target"),
    ExportColumn(_("Participating partners"), lambda row: row.participants_partner, "q.participants_partner"),
    ExportColumn(_("Minutes"), lambda row: row.minutes, "q.minutes", 9),
    ExportColumn(_("Topics"), lambda row: _list(row.topics), "@topics", 28),
    ExportColumn(_("Target groups"), lambda row: _list(row.target_groups), "@target_groups", 28),
    ExportColumn(_("Legal circles"), lambda row: _list(row.legal_circles), "@legal_circles", 20),
    ExportColumn(_("Partners involved"), lambda row: _list(row.partners), "@partners", 28),
    ExportColumn(pgettext_lazy("diary", "Note"), lambda row: row.note, "@note", 40),
)
