"""How a delivered row is shown: the columns of the contract, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from kimwerk.arrivals.columns import in_order
from kimwerk.arrivals.models import DeliveredRow
from kimwerk.arrivals.types import FAMILY, Change
from kimwerk.arrivals.types import RegistrationField as F
from kimwerk.arrivals.web.wording import CHANGES, COLUMNS
from kimwerk.directory.models import Municipality
from kimwerk.kernel import german
from kimwerk.kernel.figures import Text
from kimwerk.persons.reference import nationalities
from kimwerk.persons.types import Sex
from kimwerk.persons.wording import SEXES
from kimwerk.ui.components import Badge, Cell, Column, Row, Table

NAMED_BY = (F.FAMILY_NAME.value, F.GIVEN_NAMES.value)
"""Both stand in the first cell; a family is told by its number of rows, not by its key."""


def rows_table(
    found: Sequence[DeliveredRow], columns: Iterable[str], marks: Mapping[int, Change] | None = None
) -> Table:
    """Rows as the office has them. `marks` says which of them came how with the last fetch."""
    shown = [column for column in in_order(tuple(columns)) if column not in {*NAMED_BY, FAMILY}]
    places = dict(Municipality.objects.filter(ags__in=_places(found)).values_list("ags", "name"))
    heads = (
        Column(_("Name")), *(Column(COLUMNS[column]) for column in shown), Column(_("Last fetch"))
    )  # fmt: skip
    lines = tuple(
        Row(
            (
                Cell(name_of(each), note=_("row %(number)s") % {"number": each.registration_id}),
                *(Cell(told(column, (each.content or {}).get(column), places)) for column in shown),
                Cell(badge=_mark(each, marks)),
            ),
            key=f"row-{each.registration_id}",
        )
        for each in found
    )
    return Table(_("Rows"), heads, lines, is_caption_hidden=True)


def name_of(row: DeliveredRow) -> str:
    """Family name first, as it stands in a register."""
    content = row.content or {}
    return ", ".join(str(content[key]) for key in NAMED_BY if content.get(key)) or _("taken back")


def told(column: str, value: object, places: Mapping[str, str]) -> Text:
    """What a column says, for people."""
    if column == F.MUNICIPALITY:
        return places.get(str(value), str(value or ""))
    if column == F.SEX:
        return SEXES[Sex(str(value))] if value else ""
    if column == F.NATIONALITY:
        return nationalities()[str(value)].label if value in nationalities() else ""
    if column in {F.BIRTH_DATE, F.ARRIVED_ON}:
        return german.day(date.fromisoformat(str(value))) if value else ""
    if isinstance(value, bool):
        return _("yes") if value else ""
    return str(value or "")


def _places(found: Sequence[DeliveredRow]) -> set[str]:
    return {str((each.content or {}).get(F.MUNICIPALITY.value, "")) for each in found}


def _mark(row: DeliveredRow, marks: Mapping[int, Change] | None) -> Badge | None:
    change = Change(row.change) if marks is None else marks.get(row.registration_id)
    return CHANGES[change] if change else None
