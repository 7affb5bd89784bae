"""Imports as pages show them: the list, one import, its rows with what was read at each cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from kimwerk.access.actors import Actor
from kimwerk.activities.models import Activity, TallyImport, TallyRow
from kimwerk.activities.selectors.book import Book, name_of
from kimwerk.activities.states import TallyState, Verdict
from kimwerk.activities.tally import TallyField, TallyPlan
from kimwerk.kernel import german
from kimwerk.kernel.sheets import cell_text, cells_from_json

_F = TallyField


def imports_of(actor: Actor) -> QuerySet[TallyImport]:
    """One's own imports, and the team's for those who may correct it, newest first; without what was found inside."""
    found = TallyImport.objects.visible_to(actor).select_related("uploaded_by", "organisation")
    return found.defer("sheets", "plan").order_by("-uploaded_at", "-pk")


def earlier_of_same_file(actor: Actor, tally: TallyImport) -> TallyImport | None:
    """The last import of the very same file that is in the diary."""
    same = TallyImport.objects.visible_to(actor).filter(
        organisation=tally.organisation_id, file_hash=tally.file_hash, state=TallyState.APPLIED.value
    )
    return same.exclude(pk=tally.pk).order_by("-applied_at").first()


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A cell as it stands in the file, what it was read as where that differs, and what is wrong with it."""

    column: int
    header: str
    field: TallyField
    text: str
    reading: str = ""
    findings: tuple[Mapping[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row of the file with its verdict. `findings` are about the row as a whole."""

    number: int
    verdict: Verdict
    cells: tuple[ReadCell, ...]
    findings: tuple[Mapping[str, object], ...]
    is_corrected: bool
    activity_id: int | None


def rows_of_import(tally: TallyImport, verdict: Verdict | None) -> QuerySet[TallyRow]:
    """The rows of an import in the order of the file, of one verdict or all."""
    rows = TallyRow.objects.filter(tally_import=tally).order_by("number")
    return rows.filter(verdict=verdict.value) if verdict else rows


def read_rows(tally: TallyImport, rows: Sequence[TallyRow], plan: TallyPlan, book: Book) -> tuple[ReadRow, ...]:
    """Rows with what was read at each mapped cell. One query, for entries that are in the diary."""
    entries = _entries_of(tally, rows)
    return tuple(_read_row(row, plan, book, entries.get(row.source_key)) for row in rows)


def _entries_of(tally: TallyImport, rows: Sequence[TallyRow]) -> dict[str, int]:
    keys = [row.source_key for row in rows if row.source_key]
    found = Activity.objects.filter(organisation=tally.organisation_id, source_key__in=keys).kept()
    return dict(found.exclude(source_key="").values_list("source_key", "pk"))


def _read_row(row: TallyRow, plan: TallyPlan, book: Book, activity_id: int | None) -> ReadRow:
    columns = plan.mapping.columns
    texts = list(row.corrections) or [cell_text(cell) for cell in cells_from_json(row.cells)]
    readings = readings_of(row.draft or {}, book)
    findings: Sequence[Mapping[str, object]] = row.problems
    cells = tuple(
        ReadCell(
            column=at,
            header=column.header,
            field=column.field,
            text=texts[at] if at < len(texts) else "",
            reading=_differing(readings.get(column.field, ""), texts[at] if at < len(texts) else ""),
            findings=tuple(each for each in findings if each.get("field") == column.field.value),
        )
        for at, column in enumerate(columns)
        if column.field is not _F.IGNORE
    )
    placed = {cell.field.value for cell in cells}
    general = tuple(each for each in findings if each.get("field") not in placed)
    return ReadRow(row.number, Verdict(row.verdict), cells, general, bool(row.corrections), activity_id)


def _differing(reading: str, text: str) -> str:
    return reading if reading.casefold() != text.strip().casefold() else ""


def readings_of(draft: Mapping[str, object], book: Book) -> dict[TallyField, str]:
    """A stored draft in words, by field; empty where there is no draft."""
    if not draft:
        return {}

    def number(name: str) -> int | None:
        value = draft.get(name)
        return value if isinstance(value, int) else None

    def names(name: str) -> str:
        ids = draft.get(name)
        return ", ".join(book.label(each) for each in ids) if isinstance(ids, list) else ""

    def amount(name: str) -> str:
        value = number(name)
        return german.number(value) if value is not None else ""

    partners = draft.get("partners")
    return {
        _F.DAY: _day(draft.get("day")),
        _F.DAY_TO: _day(draft.get("last_day")),
        _F.KIND: book.label(number("kind_id")),
        _F.CHANNEL: book.label(number("channel_id")),
        _F.MUNICIPALITY: name_of(book.municipalities, number("municipality_id")),
        _F.SITE: name_of(book.sites, number("site_id")),
        _F.STAFF: name_of(book.staff, number("done_by_id")),
        _F.TOPICS: names("topics"),
        _F.TARGET_GROUPS: names("target_groups"),
        _F.LEGAL_CIRCLES: names("legal_circles"),
        _F.PARTNERS: ", ".join(name_of(book.partners, each) for each in partners) if isinstance(partners, list) else "",
        _F.PARTICIPANTS_TARGET: amount("participants_target"),
        _F.PARTICIPANTS_PARTNER: amount("participants_partner"),
        _F.MINUTES: amount("minutes"),
        _F.REFERRAL_TARGET: book.label(number("referral_target_id")),
        _F.COUNT: amount("count"),
    }


def _day(stored: object) -> str:
    return german.day(german.parse_day(stored)) if isinstance(stored, str) and stored else ""
