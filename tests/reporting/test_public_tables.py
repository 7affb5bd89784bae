"""From an edition to public tables: what may be published, what is hidden, and what differencing finds."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kimwerk.access.actors import Actor
from kimwerk.kernel.figures import (
    ALL,
    Axis,
    Counted,
    Dimension,
    Figure,
    FigureQuery,
    FigureTable,
    Member,
    MemberKind,
    Unit,
)
from kimwerk.kernel.periods import Period
from kimwerk.reporting.catalogue import figure as catalogue_figure
from kimwerk.reporting.content import Content, FrozenFigure, FrozenSection
from kimwerk.reporting.disclosure.publication import ProtectedPublication, Published
from kimwerk.reporting.disclosure.publishing import protect_publication
from kimwerk.reporting.disclosure.rules import Policy
from kimwerk.reporting.freezing import frozen, thawed
from kimwerk.reporting.models import Publication
from kimwerk.reporting.public.balances import told_by_balance
from kimwerk.reporting.public.files import data_package, schema_of, table_csv, table_json
from kimwerk.reporting.public.kinship import identity_by, joined
from kimwerk.reporting.public.municipalities import Place, sheets_of
from kimwerk.reporting.public.paper import public_content
from kimwerk.reporting.public.results import PublicTableJson, public_table
from kimwerk.reporting.public.sheets import sheet_papers
from kimwerk.reporting.public.showing import abstract_of, comparison_of, grid_of
from kimwerk.reporting.public.tables import ROOT, Candidate, Unpublished, candidates_of
from kimwerk.reporting.quoting import cells_of
from kimwerk.reporting.types import FigureProblem
from tests.reporting.pdf_reading import read_text
from tests.reporting.reporters import ACTIVITIES, COUNTED_ON, SPRING, answered, content_with
from tests.reporting.verapdf import broken_rules

KIND = Dimension("kind", "Art")
PLACE = Dimension("municipality", "Kommune", MemberKind.PLACE)
MONTH = Dimension("month", "Monat", MemberKind.TIME)
TOPIC = Dimension("topic", "Thema", is_multiple=True)
HALF_YEAR = Period.of_days(date(2022, 1, 1), date(2022, 6, 30))
Cells = Mapping[tuple[str, ...], int]


def crossed(
    cells: Cells, *dimensions: Dimension, window: Period = HALF_YEAR, declared: Figure[Actor] = ACTIVITIES
) -> FrozenFigure:
    """An answer with these dimensions, their members in the order in which they occur."""
    axes = tuple(
        Axis(dimension, tuple(Member(key, key or "nicht erfasst") for key in dict.fromkeys(k[place] for k in cells)))
        for place, dimension in enumerate(dimensions)
    )
    total = sum(cells.values())
    query = FigureQuery(window, tuple(dimension.key for dimension in dimensions))
    table = FigureTable(declared, query, Counted(axes, dict(cells), total), COUNTED_ON)
    return FrozenFigure(declared.key, "Maßnahmen", window, COUNTED_ON, table)


def of(*figures: FrozenFigure) -> Content:
    return replace(content_with(), sections=(FrozenSection("Zahlen", 1, "", figures),))


def publish(
    *figures: FrozenFigure, earlier: tuple[Published, ...] = (), threshold: int = 3
) -> tuple[tuple[PublicTableJson, ...], ProtectedPublication]:
    """The tables as readers see them, and what the engine did."""
    candidates, _left_out = candidates_of(of(*figures), 1)
    tables = [table for candidate in candidates for table in candidate.tables]
    protected = protect_publication(tables, Policy(threshold), earlier, 5.0)
    left = list(protected.tables)
    shown = []
    for candidate in candidates:
        shown.append(public_table(candidate, left[: len(candidate.tables)], "insgesamt"))
        del left[: len(candidate.tables)]
    return tuple(shown), protected


SOME = st.integers(0, 12)
QUESTIONS: tuple[tuple[Dimension, ...], ...] = (
    (), (KIND,), (TOPIC,), (MONTH,), (KIND, PLACE), (TOPIC, KIND), (KIND, TOPIC), (KIND, MONTH), (KIND, PLACE, MONTH),
    (KIND, PLACE, TOPIC),
)  # fmt: skip
MEMBERS = {KIND: ("a", "b", ""), PLACE: ("x", "y"), MONTH: ("2022-01", "2022-02", "2022-03"), TOPIC: ("t", "u")}


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(QUESTIONS), st.data())
def test_the_paper_prints_what_the_table_prints_and_no_other_number(
    dimensions: tuple[Dimension, ...], data: st.DataObject
) -> None:
    """Lines, columns, sums of both and the whole, for every kind of question."""
    keys = list(product(*(MEMBERS[dimension] for dimension in dimensions)))
    figure = crossed({key: data.draw(SOME) for key in keys}, *dimensions)
    shown, _protected = publish(figure)
    (paper,) = public_content(of(figure), shown, {}).figures
    if not shown:
        assert paper.problem is FigureProblem.NOT_PUBLISHED
        return
    values = {None if value is None else Decimal(value) for value in printed(shown[0]).values()}
    assert set(cells_of(paper)) <= values | {Decimal(0)}
    for key, value in printed(shown[0]).items():
        if ROOT not in key:
            members = tuple("" if part == "?" else part for part in key)
            assert (paper.answer.counted.cells.get(members, 0) if key else paper.total) == value


def in_the_ledger(publication: ProtectedPublication) -> tuple[Published, ...]:
    """What is known of an earlier publication."""
    return tuple(Published(each.table, each.hidden, "Ausgabe 1") for each in publication.tables)


def printed(table: PublicTableJson) -> dict[tuple[str, ...], int | str | None]:
    return {tuple(cell["members"]): cell["value"] for cell in table["cells"]}


def test_small_numbers_and_what_tells_them_are_not_printed() -> None:
    (table,), protected = publish(crossed({("a",): 1, ("b",): 9, ("c",): 40}, KIND))
    values = printed(table)
    assert values[("a",)] is None
    assert table["suppressed"] == 2  # the small one, and one from which it could be worked out
    assert protected.audit.is_clean
    assert (values[(ROOT,)] is None) + (values[("b",)] is None) + (values[("c",)] is None) == 1


def test_two_tables_of_one_figure_protect_each_other() -> None:
    """A list by kind beside a cross table with the same kinds: the margins are the same cells."""
    cells = {("a", "x"): 2, ("a", "y"): 8, ("b", "x"): 7, ("b", "y"): 30}
    by_kind = {("a",): 10, ("b",): 37}
    (crossed_table, listed), _protected = publish(crossed(cells, KIND, PLACE), crossed(by_kind, KIND))
    one, other = printed(crossed_table), printed(listed)
    for kind in ("a", "b"):
        assert one[(kind, ROOT)] == other[(kind,)]
    assert one[("a", "x")] is None


def test_differencing_two_editions_fails() -> None:
    """The second edition covers one more month. What it would add to the first is 2: nobody can find that."""
    months = {("2022-01",): 20, ("2022-02",): 30, ("2022-03",): 25}
    first = Period.of_days(date(2022, 1, 1), date(2022, 3, 31))
    second = Period.of_days(date(2022, 1, 1), date(2022, 4, 30))
    _tables, before = publish(crossed({("a",): 60, ("b",): 15}, KIND, window=first))
    earlier = in_the_ledger(before)
    (table,), protected = publish(crossed({("a",): 62, ("b",): 24}, KIND, window=second), earlier=earlier)
    assert sum(months.values()) == 75
    values = printed(table)
    differences = {
        key: int(str(values[key])) - before.tables[0].printed[key]
        for key in values
        if values[key] is not None and key in before.tables[0].printed
    }
    assert 2 not in differences.values()
    assert values[("a",)] is None
    assert protected.differences > 0


@settings(max_examples=25, deadline=None)
@given(
    st.dictionaries(st.sampled_from("abcd"), st.integers(0, 12), min_size=2),
    st.dictionaries(st.sampled_from("abcd"), st.integers(0, 4), min_size=1),
)
def test_no_two_editions_tell_a_small_difference(first: dict[str, int], added: dict[str, int]) -> None:
    """Whatever was counted and whatever came in addition: subtracting printed numbers finds nothing small."""
    longer = Period.of_days(date(2022, 1, 1), date(2022, 9, 30))
    keys = sorted({*first, *added})
    before_cells = {(key,): first.get(key, 0) for key in keys}
    after_cells = {(key,): first.get(key, 0) + added.get(key, 0) for key in keys}
    if not any(before_cells.values()):
        return
    _tables, before = publish(crossed(before_cells, KIND))
    earlier = in_the_ledger(before)
    (table,), _after = publish(crossed(after_cells, KIND, window=longer), earlier=earlier)
    old, new = before.tables[0].printed, printed(table)
    for key, value in new.items():
        if value is not None and key in old:
            assert int(str(value)) - old[key] not in {1, 2}


CASES = catalogue_figure("cases_open")
SPRINGS = Period.of_days(date(2022, 4, 1), date(2022, 6, 30))
QUARTER = Period.of_days(date(2022, 1, 1), date(2022, 3, 31))


def test_stocks_of_two_dates_are_not_subtracted_as_if_their_difference_were_people() -> None:
    """One more open case in each place at the end of June: that is no count of 1, since others may have gone."""
    march = crossed({("a",): 20, ("b",): 8}, PLACE, window=QUARTER, declared=CASES)
    june = crossed({("a",): 21, ("b",): 9}, PLACE, window=HALF_YEAR, declared=CASES)
    _shown, first = publish(march)
    (table,), second = publish(june, earlier=in_the_ledger(first))
    assert table["suppressed"] == 0
    assert second.differences == 0
    assert table["window"] == {"from": "2022-06-30", "to": "2022-06-30"}


def test_stocks_of_one_reference_date_are_the_same_cells_whatever_the_window() -> None:
    _shown, first = publish(crossed({("a",): 2, ("b",): 8, ("c",): 9}, PLACE, window=HALF_YEAR, declared=CASES))
    again = crossed({("a",): 2, ("b",): 8, ("c",): 9}, PLACE, window=SPRINGS, declared=CASES)
    (table,), _second = publish(again, earlier=in_the_ledger(first))
    hidden = {key for key, value in printed(table).items() if value is None}
    assert hidden == {key for each in first.tables for key in each.hidden}


@pytest.mark.parametrize(("came", "is_left_out"), [(2, True), (20, False)])
def test_a_stock_that_tells_with_an_earlier_one_who_came_is_left_out(came: int, *, is_left_out: bool) -> None:
    opened, closed = (catalogue_figure(key) for key in ("cases_opened", "cases_closed"))
    _shown, first = publish(crossed({("a",): 20, ("b",): 30}, PLACE, window=QUARTER, declared=CASES))
    _shown, second = publish(
        crossed({("a",): 20 + came - 5, ("b",): 35}, PLACE, window=HALF_YEAR, declared=CASES),
        crossed({("a",): came, ("b",): 10, ("c",): 11}, PLACE, window=SPRINGS, declared=opened),
        crossed({("a",): 5, ("b",): 5}, PLACE, window=SPRINGS, declared=closed),
        earlier=in_the_ledger(first),
    )
    assert told_by_balance(second.tables, in_the_ledger(first), 1, lambda _stock, _day: False) == (
        {0} if is_left_out else set()
    )


@pytest.mark.parametrize(("began_with", "is_left_out"), [(0, True), (7, False)])
def test_where_nobody_was_before_the_first_stock_alone_tells_who_went(began_with: int, *, is_left_out: bool) -> None:
    """Of the first year everybody knows the cases open before: none. 20 came, 18 are there: 2 have gone."""
    opened, closed = (catalogue_figure(key) for key in ("cases_opened", "cases_closed"))
    _shown, first = publish(
        crossed({("a",): began_with + 18, ("b",): began_with + 30}, PLACE, declared=CASES),
        crossed({("a",): 20, ("b",): 40}, PLACE, declared=opened),
        crossed({("a",): 2, ("b",): 10}, PLACE, declared=closed),
    )
    asked: list[tuple[str, date]] = []

    def was_empty(stock: str, day: date) -> bool:
        asked.append((stock, day))
        return began_with == 0

    assert told_by_balance(first.tables, (), 1, was_empty) == ({0} if is_left_out else set())
    assert set(asked) == {("cases_open", date(2022, 1, 1))}


OTHERWISE = {("a",), ("d",)}


def hidden_otherwise(publication: ProtectedPublication) -> Published:
    """The one table of a publication as if it had hidden other cells than the engine would today."""
    (known,) = in_the_ledger(publication)
    assert ("d",) not in known.hidden
    return replace(known, hidden=frozenset(OTHERWISE))


@pytest.mark.parametrize(
    ("one", "other", "only"),
    [
        ("cases_closed", "goal_attainment", {}),
        ("cases_opened", "land_cases_opened", {}),
        ("cases_closed", "land_cases_closed", {}),
        ("activities", "land_activities_by_kind", {}),
        ("referrals", "land_referrals", {}),
        ("participants", "land_participants", {"sort": "target"}),
    ],
)
def test_figures_that_count_the_same_hide_the_same(one: str, other: str, only: Mapping[str, str]) -> None:
    cells = {("a",): 2, ("b",): 9, ("c",): 14, ("d",): 30}
    again = crossed(cells, PLACE, declared=catalogue_figure(other))
    query = replace(again.answer.query, only={key: (member,) for key, member in only.items()})
    first = crossed(cells, PLACE, declared=catalogue_figure(one))
    first = replace(first, table=replace(first.answer, query=query))
    _shown, before = publish(first)
    (table,), _protected = publish(again, earlier=(hidden_otherwise(before),))
    assert {key for key, value in printed(table).items() if value is None} == OTHERWISE


def test_what_was_published_under_another_name_stays_known() -> None:
    """Also what is in the ledger from before the two were taken for one."""
    attainment = catalogue_figure("goal_attainment")
    cells = {("a",): 2, ("b",): 9, ("c",): 14, ("d",): 30}
    _shown, before = publish(crossed(cells, PLACE, declared=attainment))
    old = hidden_otherwise(before)
    kept = replace(old, table=replace(old.table, figure=identity_by(attainment, 1)))
    closed = crossed(cells, PLACE, declared=catalogue_figure("cases_closed"))
    (table,), _protected = publish(closed, earlier=(replace(kept, table=joined(kept.table, 1)),))
    assert {key for key, value in printed(table).items() if value is None} == OTHERWISE


def test_topics_that_overlap_are_protected_one_by_one() -> None:
    figure = crossed({("wohnen",): 30, ("arbeit",): 2, ("schule",): 12}, TOPIC)
    table = publish(replace(figure, table=replace(figure.answer, counted=replace(figure.answer.counted, total=35))))[0][
        0
    ]
    assert printed(table) == {("wohnen",): 30, ("arbeit",): None, ("schule",): 12, (ROOT,): 35}


def test_what_tells_of_nobody_is_published_as_it_is() -> None:
    meetings: Figure[Actor] = replace(ACTIVITIES, key="meetings_held", unit=Unit.MEETINGS)
    (table,), _protected = publish(crossed({("Lenkungsgruppe",): 1, ("Beirat",): 2}, KIND, declared=meetings))
    assert printed(table) == {("Lenkungsgruppe",): 1, ("Beirat",): 2, (ROOT,): 3}
    assert not table["is_protected"]


@pytest.mark.parametrize(
    ("figure", "why"),
    [
        (crossed({("frieda",): 30}, Dimension("staff", "Person", MemberKind.PERSON)), Unpublished.STAFF),
        (crossed({("2022-W01",): 30}, Dimension("week", "Woche", MemberKind.TIME)), Unpublished.TOO_FINE),
        (
            crossed({("a",): 3}, KIND, declared=replace(ACTIVITIES, unit=Unit.DAYS, is_additive=False)),
            Unpublished.RATE,
        ),
        (crossed({("a",): 0}, KIND), Unpublished.NOT_COUNTED),
        (answered(total=0), Unpublished.NOT_COUNTED),
    ],
)
def test_what_is_not_published_is_named_with_the_reason(figure: FrozenFigure, why: Unpublished) -> None:
    candidates, left_out = candidates_of(of(figure), 1)
    assert candidates == ()
    assert [each.why for each in left_out] == [why]


def test_a_table_whose_parts_do_not_come_to_the_whole_is_left_out() -> None:
    """Nobody shall read a sum that nobody counted."""
    figure = crossed({("a",): 30, ("b",): 12}, KIND)
    counted = replace(figure.answer.counted, total=35)
    overlapping = replace(figure, table=replace(figure.answer, counted=counted))
    assert [each.why for each in candidates_of(of(overlapping), 1)[1]] == [Unpublished.NOT_ADDITIVE]


def test_a_question_that_stands_twice_is_published_once() -> None:
    figure = crossed({("a",): 30}, KIND)
    assert len(candidates_of(of(figure, figure), 1)[0]) == 1


def test_a_cut_month_is_its_days() -> None:
    figure = crossed({("2022-01",): 30, ("2022-04",): 20}, MONTH, window=SPRING)
    (candidate,), _left_out = candidates_of(of(figure), 1)
    assert candidate.tables[0].periods["2022-04"] == Period.of_days(date(2022, 4, 1), date(2022, 4, 21))


def test_hidden_cells_look_alike_in_every_file() -> None:
    (table,), _protected = publish(crossed({("a",): 1, ("b",): 9, ("c",): 40}, KIND))
    rows = list(csv.DictReader(io.StringIO(table_csv(table).decode())))
    hidden = [row for row in rows if row["status"] == "unterdrueckt"]
    assert len(hidden) == 2
    assert {row["wert"] for row in hidden} == {""}
    assert '"primary"' not in table_json(table).decode()
    assert [field["name"] for field in json.loads(table_json(table))["schema"]["fields"]] == ["kind", "wert", "status"]
    assert list(rows[0]) == [field["name"] for field in json.loads(json.dumps(schema_of(table)))["fields"]]


def test_texts_in_files_are_no_formulas() -> None:
    (table,), _protected = publish(crossed({("=1+1",): 30, ("b",): 9}, KIND))
    assert "\r\n=1+1" not in table_csv(table).decode()


def test_a_data_package_leads_to_every_table() -> None:
    tables, _protected = publish(crossed({("a",): 30}, KIND), crossed({("2022-01",): 20, ("2022-02",): 10}, MONTH))
    facts = {
        "name": "x", "title": "X", "publisher": "Kreis", "address": "https://x.example/s/x/",
        "published_on": "2022-05-05",
    }  # fmt: skip
    package = json.loads(data_package(facts, tables))  # type: ignore[arg-type]  # a dict with just these keys
    assert [each["path"] for each in package["resources"]] == [
        "https://x.example/s/x/tabelle-1.csv",
        "https://x.example/s/x/tabelle-2.csv",
    ]


def places() -> tuple[Place, ...]:
    return (Place("05382020", "Eitorf", 19000, "31.12.2021"), Place("05382060", "Siegburg", 41000, "31.12.2021"))


def test_a_municipality_is_related_to_its_residents() -> None:
    by_place = crossed({("05382020",): 38, ("05382060",): 41}, PLACE)
    tables, _protected = publish(by_place)
    eitorf, siegburg = sheets_of(tables, places())
    assert [(line["value"], line["rate"], line["county_rate"]) for line in eitorf["lines"]] == [(38, "2.0", "1.3")]
    assert siegburg["lines"][0]["rate"] == "1.0"
    (block,) = comparison_of((eitorf, siegburg))
    assert [cell.text for cell in block.header[0]][1:] == ["Einwohnerzahl", "Anzahl", "je 1.000 Einwohner"]
    assert [row.cells for row in block.rows] == [("19.000", "38", "2,0"), ("41.000", "41", "1,0")]


def test_a_fact_sheet_is_one_accessible_page(tmp_path: Path) -> None:
    cells = {("05382020", "Workshop"): 38, ("05382060", "Workshop"): 41}
    tables, _protected = publish(crossed({("05382020",): 38, ("05382060",): 41}, PLACE), crossed(cells, PLACE, KIND))
    about = Publication(
        title="Evaluation 2022", publisher="Musterkreis", window_start=SPRING.start, window_end=SPRING.end
    )
    paper = tmp_path / "blatt.pdf"
    first, second = sheet_papers(sheets_of(tables, places()), about, COUNTED_ON)
    assert first != second
    paper.write_bytes(first)
    with pikepdf.open(paper) as pdf:
        assert len(pdf.pages) == 1
        text = " ".join(read_text(pdf).split())
    assert "Eitorf" in text
    assert "19.000 Einwohnerinnen und Einwohner" in text
    assert broken_rules(paper, "PDFUA-1", "PDFA-3A") == {"PDFUA-1": [], "PDFA-3A": []}


def test_a_hidden_number_has_no_rate_either() -> None:
    tables, _protected = publish(crossed({("05382020",): 2, ("05382060",): 41}, PLACE))
    assert [line["rate"] for line in sheets_of(tables, places())[0]["lines"]] == [None]


def test_the_table_is_laid_out_with_its_margins() -> None:
    (table,), _protected = publish(crossed({("a", "x"): 10, ("a", "y"): 8, ("b", "x"): 7, ("b", "y"): 30}, KIND, PLACE))
    grid = grid_of(table)
    assert [row.cells for row in grid.rows] == [("10", "8", "18"), ("7", "30", "37")]
    assert grid.total
    assert grid.total.cells == ("17", "38", "55")


def test_the_abstract_names_the_whole_and_the_longest_bars() -> None:
    tables, _protected = publish(crossed({("a",): 10, ("b",): 30}, KIND))
    abstract = abstract_of("Evaluation", "2022", "Kreis", tables)
    assert [(each.number, each.label) for each in abstract.numbers] == [("40", "Maßnahmen")]
    assert [(bar.label, bar.width) for bar in abstract.bars] == [("b", 100), ("a", 33)]
    assert "b: 30" in abstract.description


def test_the_abstract_tells_the_whole_of_a_unit_and_no_part_of_it() -> None:
    part = crossed({("x",): 8, ("y",): 5}, PLACE, declared=replace(ACTIVITIES, counts="Nur Besuche."))
    meetings = crossed({("z",): 99}, KIND, declared=replace(ACTIVITIES, key="meetings_held", unit=Unit.MEETINGS))
    tables, _protected = publish(meetings, part, crossed({("a",): 10, ("b",): 30}, KIND))
    abstract = abstract_of("Evaluation", "2022", "Kreis", tables)
    assert [(each.number, each.label) for each in abstract.numbers] == [("40", "Maßnahmen")]
    assert [bar.label for bar in abstract.bars] == ["b", "a"]


def test_the_abstract_shows_no_months_out_of_their_order() -> None:
    months = crossed({("2022-01",): 90, ("2022-02",): 80}, Dimension("month", "Monat", MemberKind.TIME))
    tables, _protected = publish(months, crossed({("a",): 10, ("b",): 30}, KIND))
    assert [bar.label for bar in abstract_of("Evaluation", "2022", "Kreis", tables).bars] == ["b", "a"]


def amounts(telling: frozenset[tuple[str, ...]] | None, **given: Decimal) -> FrozenFigure:
    """Amounts by year, and which of them tell a single contribution."""
    euro: Figure[Actor] = replace(ACTIVITIES, unit=Unit.EURO, places=2)
    figure = crossed(
        dict.fromkeys([(key,) for key in given], 1), Dimension("year", "Jahr", MemberKind.TIME), declared=euro
    )
    cells = {(key,): value for key, value in given.items()}
    counted = replace(figure.answer.counted, cells=cells, total=sum(given.values(), Decimal(0)), telling=telling)
    return replace(figure, table=replace(figure.answer, counted=counted))


def test_money_keeps_its_cents() -> None:
    figure = amounts(frozenset(), y2022=Decimal("424856.23"))
    (table,), _protected = publish(figure)
    assert printed(table)[("y2022",)] == "424856.23"
    assert Candidate(figure, ()).is_protected is False


def test_an_amount_that_tells_a_single_post_is_not_printed_nor_is_the_total() -> None:
    figure = amounts(frozenset({("y2023",), (ALL,)}), y2022=Decimal(400), y2023=Decimal(70))
    (table,), _protected = publish(figure)
    assert printed(table) == {("y2022",): "400", ("y2023",): None, (ROOT,): None}
    assert table["suppressed"] == 2


@pytest.mark.parametrize("telling", [None, frozenset({("y2022",), (ALL,)})])
def test_amounts_of_which_nobody_asked_or_all_tell_are_left_out(telling: frozenset[tuple[str, ...]] | None) -> None:
    candidates, left_out = candidates_of(of(amounts(telling, y2022=Decimal(400))), 1)
    assert (candidates, [each.why for each in left_out]) == ((), [Unpublished.CONTRIBUTIONS])


def test_what_tells_is_known_of_an_edition_after_it_was_frozen() -> None:
    telling = frozenset({("y2023",), (ALL,)})
    content = of(amounts(telling, y2022=Decimal(400), y2023=Decimal(70)), amounts(None, y2022=Decimal(1)))
    kept, unasked = thawed(frozen(content)).figures
    assert kept.answer.counted.telling == telling
    assert unasked.answer.counted.telling is None
