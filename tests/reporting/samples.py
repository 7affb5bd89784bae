"""Figures shaped like those of a first evaluation: four months, the last until the 21st, ten kinds."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from kimwerk.kernel.figures import MISSING, Axis, Counted, Dimension, Member, MemberKind, Value
from kimwerk.kernel.periods import Period
from kimwerk.reporting.charts import ChartKind, Wording
from kimwerk.reporting.charts.render import render_for_report
from kimwerk.reporting.document import (
    BulletList,
    FigureBlock,
    HeaderCell,
    Labels,
    Paragraph,
    ReportDocument,
    Row,
    Section,
    TableBlock,
)

KINDS = (
    "Erfassung und Beratung ukrainischer Geflüchteter",
    "Austausch und Erstgespräche",
    "Verweisberatung",
    "Gespräche in den Kommunen",
    "Arbeitskreis",
    "Workshop",
    "Informationsveranstaltung",
    "Gespräche mit Migrantenselbstorganisationen",
    "Projektgruppe",
)
COUNTS = (
    (0, 0, 310, 278),
    (42, 51, 58, 40),
    (28, 36, 61, 52),
    (19, 22, 25, 14),
    (12, 14, 15, 9),
    (6, 9, 11, 5),
    (4, 7, 9, 4),
    (5, 6, 8, 3),
    (3, 3, 4, 2),
    (1, 2, 2, 3),
)
UNTIL_THE_21ST = Period(date(2022, 4, 1), date(2022, 4, 22))

KIND = Axis(
    Dimension("kind", "Art"),
    (
        Member(MISSING, "nicht erfasst"),
        *(Member(f"kind-{slot}", label, slot) for slot, label in enumerate(KINDS)),
    ),
)
MONTH = Axis(
    Dimension("month", "Monat", MemberKind.TIME),
    (
        Member("2022-01", "Januar 2022"),
        Member("2022-02", "Februar 2022"),
        Member("2022-03", "März 2022"),
        Member("2022-04", "April 2022", covered=UNTIL_THE_21ST),
    ),
)
PLACE = Axis(
    Dimension("place", "Kommune", MemberKind.PLACE),
    tuple(Member(name, name) for name in ("Alfter", "Neunkirchen-Seelscheid", "Sankt Augustin", "Windeck")),
)
_KEYS = (*(f"kind-{slot}" for slot in range(len(KINDS))), MISSING)
_CELLS = {
    (month.key, key): counts[position]
    for key, counts in zip(_KEYS, COUNTS, strict=True)
    for position, month in enumerate(MONTH.members)
}
TOTAL = sum(_CELLS.values())

BY_KIND = Counted((KIND,), {(key,): sum(counts) for key, counts in zip(_KEYS, COUNTS, strict=True)}, TOTAL)
BY_MONTH = Counted(
    (MONTH,),
    {(month.key,): sum(counts[position] for counts in COUNTS) for position, month in enumerate(MONTH.members)},
    TOTAL,
)
BY_MONTH_AND_KIND = Counted((MONTH, KIND), _CELLS, TOTAL)
BY_PLACE_AND_KIND = Counted(
    (PLACE, KIND),
    {
        (place.key, kind.key): 17 * row + 3 * column
        for row, place in enumerate(PLACE.members)
        for column, kind in enumerate(KIND.members)
    },
    TOTAL,
)


def number(value: Value) -> str:
    """A number in German, a dash for what cannot be told."""
    return "–" if value is None else f"{value:,}".translate(str.maketrans(",.", ".,"))


def share(part: Value, whole: Value) -> str:
    """A share with one decimal."""
    return f"{Decimal(part or 0) * 100 / Decimal(whole or 1):.1f} %".replace(".", ",")


WORDING = Wording(number, lambda _: "bis 21.04.", "Maßnahmen", share)

LABELS = Labels(
    contents="Inhalt",
    page="Seite",
    of="von",
    figure="Abbildung",
    definition="Gezählt wird",
    population="Unter",
    unit="Einheit",
    window="Zeitraum",
    source="Quelle",
    notice="Hinweis",
    warning="Achtung",
    data="Daten",
    organisation="Herausgeber",
    state="Stand",
    released="Freigegeben am",
    content_hash="Prüfsumme",
    draft_notice="Dies ist ein Entwurf. Die Zahlen können sich noch ändern.",
    draft_mark="Entwurf",
)


def table_by_kind() -> TableBlock:
    """Counts and shares by kind."""
    rows = tuple(
        Row(label, (number(sum(counts)), share(sum(counts), TOTAL)))
        for label, counts in zip((*KINDS, "nicht erfasst"), COUNTS, strict=True)
    )
    header = ((HeaderCell("Art"), HeaderCell("Anzahl"), HeaderCell("Anteil")),)
    total = Row("Insgesamt", (number(TOTAL), "100,0 %"))
    return TableBlock("Maßnahmen nach Art", header, rows, (False, True, True), total)


def table_by_month() -> TableBlock:
    """Counts by kind and month, under a heading that spans the months."""
    header = (
        (HeaderCell("Art", rows=2), HeaderCell("Monat", columns=4)),
        tuple(HeaderCell(month.label) for month in MONTH.members),
    )
    rows = tuple(
        Row(label, tuple(number(value) for value in counts))
        for label, counts in zip((*KINDS, "nicht erfasst"), COUNTS, strict=True)
    )
    return TableBlock("Maßnahmen nach Art und Monat", header, rows, (False, True, True, True, True))


def figure(kind: ChartKind | None, counted: Counted, table: TableBlock, prefix: str = "figure") -> FigureBlock:
    """A figure with or without a chart."""
    title, alt = f"{table.caption}, Fassung {prefix}", f"Diagramm: {table.caption}"
    paper, narrow = (
        render_for_report(kind, counted, WORDING, prefix=prefix, title=title, description=alt) if kind else (None, None)
    )
    return FigureBlock(
        title=title,
        definition="Jede Maßnahme einmal, gleich wie viele beteiligt waren.",
        population="Alle Maßnahmen im Tagebuch.",
        unit_label="Maßnahmen",
        window_label="01.01.2022 bis 21.04.2022",
        source_label="Tätigkeitstagebuch",
        table=table,
        chart_svg=paper,
        chart_alt=alt if kind else "",
        chart_svg_narrow=narrow,
        notes=("Der April ist nur bis zum 21.04.2022 erfasst.",),
        warning="Die nächste Abbildung hat einen anderen Zeitraum.",
    )


def report(sections: tuple[Section, ...] | None = None, *, is_draft: bool = True) -> ReportDocument:
    """A short report with one figure of each sort, or with the sections that are given."""
    return ReportDocument(
        title="Evaluationsbericht Kommunales Integrationsmanagement",
        subtitle="Januar bis April 2022",
        short_title="Evaluationsbericht 2022",
        organisation="Musterkreis (synthetische Daten)",
        window_label="01.01.2022 bis 21.04.2022",
        state_label="Entwurf" if is_draft else "Freigegebene Ausgabe 1",
        is_draft=is_draft,
        made_at=datetime(2022, 5, 5, 12, tzinfo=UTC),
        labels=LABELS,
        sections=sections or _sections(),
        released_label="" if is_draft else "05.05.2022",
        content_hash="" if is_draft else "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    )


def _sections() -> tuple[Section, ...]:
    bullets = BulletList(("Kontaktgespräche", "Verweisberatung an Dritte"))
    return (
        Section("Einleitung", 1, (Paragraph("Der Kreis beriet 2022 an 15 Standorten."), bullets)),
        Section("Zahlen", 1),
        Section("Nach Art", 2, (figure(ChartKind.BARS, BY_KIND, table_by_kind(), "kinds"),)),
        Section("Verlauf", 2, (figure(ChartKind.STACKED, BY_MONTH_AND_KIND, table_by_month(), "course"),)),
        Section("Ohne Diagramm", 1, (figure(None, BY_KIND, table_by_kind(), "plain"), table_by_month())),
    )
