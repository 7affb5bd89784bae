"""What differs between two editions: corrections, comparisons, and breaks that are never added up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kimwerk.kernel.figures import Dimension, MemberKind, Value, WindowKind
from kimwerk.kernel.periods import Period
from kimwerk.reporting.carrying_on import difference_label
from kimwerk.reporting.changes import changes_between
from kimwerk.reporting.content import Change, Content
from kimwerk.reporting.types import ChangeKind
from tests.reporting.reporters import ACTIVITIES, PARTICIPANTS, SPRING, answered, content_with

YEAR = Period.of_days(date(2023, 1, 1), date(2023, 12, 31))
YEARS = Period.of_days(date(2022, 1, 1), date(2023, 12, 31))
CELLS = st.dictionaries(st.sampled_from(["workshop", "arbeitskreis", "verweis", ""]), st.integers(0, 99), min_size=1)


def told(before: Content, after: Content) -> list[tuple[ChangeKind, str, Value, Value]]:
    return [(each.kind, each.what, each.before, each.after) for each in changes_between(before, after)]


def counted(cells: dict[str, int], window: Period = SPRING) -> Content:
    return content_with(answered(cells=dict(cells), total=sum(cells.values()), window=window), window=window)


@given(CELLS)
def test_equal_contents_have_no_changes(cells: dict[str, int]) -> None:
    assert changes_between(counted(cells), counted(cells)) == ()


@given(CELLS, CELLS)
def test_corrections_explain_the_difference_of_the_totals(before: dict[str, int], after: dict[str, int]) -> None:
    """What the log says of cells, with categories that came and went, adds up to what it says in all."""
    log = told(counted(before), counted(after))
    parts = sum(
        int(new or 0) - int(old or 0)
        for kind, what, old, new in log
        if what and kind in {ChangeKind.CORRECTED, ChangeKind.MEMBER_NEW, ChangeKind.MEMBER_GONE}
    )
    missing = (after.get("", 0) if "" not in before else 0) - (before.get("", 0) if "" not in after else 0)
    assert parts + missing == sum(after.values()) - sum(before.values())


def test_a_corrected_number_is_named_with_both_values() -> None:
    log = told(counted({"workshop": 3, "verweis": 4}), counted({"workshop": 3, "verweis": 6}))
    assert log == [(ChangeKind.CORRECTED, "", 7, 9), (ChangeKind.CORRECTED, "verweis", 4, 6)]


def test_other_windows_are_compared_and_not_corrected() -> None:
    log = told(counted({"workshop": 3}), counted({"workshop": 12}, YEAR))
    assert log == [(ChangeKind.COMPARED, "", 3, 12), (ChangeKind.COMPARED, "workshop", 3, 12)]


def test_a_figure_defined_otherwise_breaks_the_series() -> None:
    other = replace(ACTIVITIES, counts="Nur Maßnahmen mit Beteiligten.")
    before = content_with(answered(cells={"workshop": 3}, total=3))
    after = content_with(answered(other, cells={"workshop": 2}, total=2))
    assert [kind for kind, *_rest in told(before, after)] == [ChangeKind.REDEFINED]


def test_a_category_merged_in_between_is_a_break() -> None:
    log = told(counted({"workshop": 3, "schulung": 2}), counted({"veranstaltung": 5}))
    assert (ChangeKind.MEMBER_NEW, "veranstaltung", None, 5) in log
    assert (ChangeKind.MEMBER_GONE, "schulung", 2, None) in log
    assert not any(kind is ChangeKind.CORRECTED for kind, *_rest in log)


def test_figures_that_come_and_go_are_named() -> None:
    log = told(content_with(answered(total=7)), content_with(answered(PARTICIPANTS, total=5)))
    assert [kind for kind, *_rest in log] == [ChangeKind.FIGURE_NEW, ChangeKind.FIGURE_GONE]


def change(**facts: object) -> Change:
    base = Change(ChangeKind.COMPARED, "Maßnahmen", "activities", "", 100, 300, 0, True, 100, 100)
    return replace(base, **facts)  # type: ignore[arg-type]  # the fields of a change


def test_windows_of_one_length_are_subtracted_and_others_compared_per_week() -> None:
    assert difference_label(change()) == "+200"
    assert difference_label(change(after_days=600)) == "-50,0\u00a0% je Woche"
    assert difference_label(change(before=0, after_days=600)) == "–"
    assert difference_label(change(before=None)) == "–"
    assert difference_label(change(before=Decimal("2.5"), after=Decimal(3), places=1, is_additive=False)) == "+0,5"


def test_stocks_are_compared_as_they_stand_whatever_the_length_of_the_windows() -> None:
    stock = replace(ACTIVITIES, window_kind=WindowKind.REFERENCE_DATE)

    def standing(number: int, window: Period) -> Content:
        return content_with(answered(stock, cells={"workshop": number}, total=number, window=window), window=window)

    year = changes_between(standing(8, SPRING), standing(12, YEAR))
    assert [difference_label(change) for change in year] == ["+4", "+4"]
    same_day = Period.of_days(date(2022, 4, 1), SPRING.last_day)
    assert told(standing(8, SPRING), standing(9, same_day)) == [
        (ChangeKind.CORRECTED, "", 8, 9), (ChangeKind.CORRECTED, "workshop", 8, 9)
    ]  # fmt: skip


def test_a_corrected_month_is_told_by_how_much_and_not_per_week() -> None:
    """The windows differ in length; the month is the same one in both."""
    by_month = replace(ACTIVITIES, dimensions=(Dimension("month", "Monat", MemberKind.TIME),))
    before = content_with(answered(by_month, cells={"2022-01": 10, "2022-02": 7}, total=17))
    after = content_with(answered(by_month, cells={"2022-01": 11, "2022-02": 7}, total=99, window=YEARS), window=YEARS)
    (corrected,) = [each for each in changes_between(before, after) if each.kind is ChangeKind.CORRECTED]
    assert (corrected.what, difference_label(corrected)) == ("2022-01", "+1")
