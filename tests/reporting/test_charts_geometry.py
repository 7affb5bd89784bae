"""What every chart keeps, whatever numbers and names it is given."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kimwerk.kernel.figures import Axis, Counted, Member
from kimwerk.reporting.charts import NARROW, PAPER, WIDE, ChartKind, Drawing, draw
from kimwerk.reporting.charts.drawing import Anchor, Bar, Role
from kimwerk.reporting.charts.palette import HEAT, NOT_RECORDED, SLOTS
from kimwerk.reporting.charts.stacked import spread
from tests.reporting.figures_strategies import across, along, categories, times
from tests.reporting.samples import BY_KIND, BY_MONTH, BY_MONTH_AND_KIND, BY_PLACE_AND_KIND, KIND, MONTH, WORDING

relaxed = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
widths = st.sampled_from((NARROW, PAPER, WIDE))
charts = st.one_of(
    st.tuples(st.just(ChartKind.BARS), along(categories())),
    st.tuples(st.just(ChartKind.COLUMNS), along(times(31))),
    st.tuples(st.just(ChartKind.LINE), along(times())),
    st.tuples(st.just(ChartKind.STACKED), across(times(12), categories(most=12), may_miss=False)),
    st.tuples(st.just(ChartKind.MULTIPLES), across(categories(most=5), times(40))),
    st.tuples(st.just(ChartKind.MATRIX), across(categories("kind", 9), categories("target", 9))),
)
samples = pytest.mark.parametrize(
    ("kind", "counted"),
    [
        (ChartKind.BARS, BY_KIND),
        (ChartKind.COLUMNS, BY_MONTH),
        (ChartKind.LINE, BY_MONTH),
        (ChartKind.STACKED, BY_MONTH_AND_KIND),
        (ChartKind.MULTIPLES, BY_MONTH_AND_KIND),
        (ChartKind.MATRIX, BY_PLACE_AND_KIND),
    ],
)


@relaxed
@given(charts, widths)
def test_nothing_leaves_the_canvas(chart: tuple[ChartKind, Counted], width: float) -> None:
    drawing = draw(*chart, WORDING, width)
    for thing in (*drawing.bars, *drawing.swatches, *drawing.bands, *drawing.labels):
        box = thing.box
        assert box.left >= -0.5, thing
        assert box.top >= -0.5, thing
        assert box.right <= drawing.width + 0.5, thing
        assert box.bottom <= drawing.height + 0.5, thing
    for trace in (*drawing.traces, *drawing.rules):
        assert all(-0.5 <= x <= drawing.width + 0.5 and -0.5 <= y <= drawing.height for x, y in trace.points)


@relaxed
@given(charts, widths)
def test_no_text_lies_upon_another(chart: tuple[ChartKind, Counted], width: float) -> None:
    for one, other in combinations(draw(*chart, WORDING, width).labels, 2):
        assert not one.box.overlaps(other.box), (one, other)


@relaxed
@given(along(categories()), widths)
def test_bars_start_at_zero_and_are_as_long_as_their_values(counted: Counted, width: float) -> None:
    drawing = draw(ChartKind.BARS, counted, WORDING, width)
    assert len({bar.x for bar in drawing.bars}) == 1
    _assert_in_proportion(drawing, [bar.width for bar in drawing.bars])


@relaxed
@given(
    st.one_of(
        along(times(31)).map(lambda counted: (ChartKind.COLUMNS, counted)),
        across(times(12), categories(most=12), may_miss=False).map(lambda counted: (ChartKind.STACKED, counted)),
        across(categories(most=5), times(31)).map(lambda counted: (ChartKind.MULTIPLES, counted)),
    ),
    widths,
)
def test_columns_are_as_high_as_their_values(chart: tuple[ChartKind, Counted], width: float) -> None:
    drawing = draw(*chart, WORDING, width)
    _assert_in_proportion(drawing, [bar.height for bar in drawing.bars])


def _assert_in_proportion(drawing: Drawing, lengths: list[float]) -> None:
    values = [float(bar.value or 0) for bar in drawing.bars]
    largest = max(values)
    unit = lengths[values.index(largest)] / largest if largest else 0.0
    assert not largest or unit > 0
    for value, length in zip(values, lengths, strict=True):
        assert length == pytest.approx(value * unit, abs=1e-6)


@relaxed
@given(
    st.one_of(
        along(times(31)).map(lambda counted: (ChartKind.COLUMNS, counted)),
        across(categories(most=5), times(31)).map(lambda counted: (ChartKind.MULTIPLES, counted)),
    ),
    widths,
)
def test_columns_stand_on_the_zero_line(chart: tuple[ChartKind, Counted], width: float) -> None:
    drawing = draw(*chart, WORDING, width)
    zeros = {round(rule.points[0][1], 6) for rule in drawing.rules if rule.role is Role.ZERO}
    assert {round(bar.y + bar.height, 6) for bar in drawing.bars} <= zeros


@relaxed
@given(across(times(12), categories(most=12), may_miss=False), widths)
def test_the_parts_of_a_stack_stand_on_each_other_without_gap(counted: Counted, width: float) -> None:
    drawing = draw(ChartKind.STACKED, counted, WORDING, width)
    (zero,) = {rule.points[0][1] for rule in drawing.rules if rule.role is Role.ZERO}
    stacks: dict[float, list[Bar]] = {}
    for bar in drawing.bars:
        stacks.setdefault(bar.x, []).append(bar)
    for stack in stacks.values():
        assert stack[0].y + stack[0].height == pytest.approx(zero)
        for below, above in pairwise(stack):
            assert above.y + above.height == pytest.approx(below.y)


@relaxed
@given(charts, widths)
def test_each_number_is_drawn_once(chart: tuple[ChartKind, Counted], width: float) -> None:
    kind, counted = chart
    drawing = draw(kind, counted, WORDING, width)
    expected = 1
    for axis in counted.axes:
        expected *= len(axis.members)
    if kind is ChartKind.LINE or drawing.traces:
        return
    assert len(drawing.bars) == expected
    assert sum(bar.value or 0 for bar in drawing.bars) == sum(value or 0 for value in counted.cells.values())


@samples
@pytest.mark.parametrize("width", [NARROW, PAPER, WIDE])
def test_every_name_is_written_out_in_full(kind: ChartKind, counted: Counted, width: float) -> None:
    written = "".join(label.text for label in draw(kind, counted, WORDING, width).labels).replace("-", "")
    for axis in counted.axes:
        for member in axis.members:
            if kind not in (ChartKind.LINE, ChartKind.MULTIPLES) or member.is_incomplete:
                assert member.label.replace(" ", "").replace("-", "") in written.replace(" ", "")


def test_what_is_not_recorded_comes_last_in_grey_hatch() -> None:
    drawing = draw(ChartKind.BARS, BY_KIND, WORDING)
    assert KIND.members[0].label == "nicht erfasst"
    assert drawing.bars[-1].paint is NOT_RECORDED
    assert [bar.paint for bar in drawing.bars[:-1]] == list(SLOTS[:9])


def test_a_category_keeps_its_look_from_chart_to_chart() -> None:
    few = Counted((Axis(KIND.dimension, KIND.members[3:5]),), {("kind-2",): 4, ("kind-3",): 2}, 6)
    looks = {bar.tip.split(":")[0]: bar.paint for bar in draw(ChartKind.BARS, BY_KIND, WORDING).bars}
    for bar in draw(ChartKind.BARS, few, WORDING).bars:
        assert looks[bar.tip.split(":")[0]] is bar.paint


@samples
def test_only_incomplete_slices_are_hatched_and_all_are_named(kind: ChartKind, counted: Counted) -> None:
    drawing = draw(kind, counted, WORDING)
    has_time = counted in (BY_MONTH, BY_MONTH_AND_KIND)
    assert drawing.has_incomplete is has_time
    assert all("April" in bar.tip for bar in drawing.bars if bar.is_incomplete)
    assert ("bis 21.04." in {label.text for label in drawing.labels}) is has_time


def test_the_month_before_an_incomplete_one_keeps_its_name_where_only_the_note_is_wide() -> None:
    names = ("Jan", "Feb", "Mär", "Apr", "Mai", "Jun")
    *whole, last = (Member(name, name, index) for index, name in enumerate(names))
    axis = Axis(MONTH.dimension, (*whole, replace(MONTH.members[-1], key=last.key, label=last.label)))
    drawing = draw(ChartKind.COLUMNS, Counted((axis,), {(name,): 9 for name in names}, 54), WORDING, NARROW)
    assert set(names) <= {label.text for label in drawing.labels}


def test_shares_stand_beside_counts_where_they_make_sense() -> None:
    values = [label for label in draw(ChartKind.BARS, BY_KIND, WORDING).labels if label.role is Role.VALUE]
    assert (values[0].text, values[0].extra) == ("588", "49,7 %")


def test_a_value_below_zero_reaches_to_the_left_of_zero() -> None:
    axis = Axis(KIND.dimension, (Member("a", "Plus", 0), Member("b", "Minus", 1)))
    plus, minus = draw(ChartKind.BARS, Counted((axis,), {("a",): 30, ("b",): -10}, 20), WORDING).bars
    assert minus.x + minus.width == pytest.approx(plus.x)
    assert plus.width == pytest.approx(3 * minus.width)


def test_a_line_is_broken_where_a_value_cannot_be_told() -> None:
    months = tuple(Member(str(index), str(index)) for index in range(5))
    axis = Axis(BY_MONTH.axes[0].dimension, months)
    counted = Counted((axis,), {("0",): 4, ("1",): 5, ("2",): None, ("3",): 1, ("4",): 2}, None)
    first, second = draw(ChartKind.LINE, counted, WORDING).traces
    assert len(first.points) == len(second.points) == 2
    assert first.points[-1][0] < second.points[0][0]


def test_the_line_to_an_incomplete_slice_is_broken() -> None:
    solid, soft = draw(ChartKind.LINE, BY_MONTH, WORDING).traces
    assert not solid.is_incomplete
    assert soft.is_incomplete
    assert solid.points[-1] == soft.points[0]


def test_a_matrix_grows_darker_in_equal_steps_from_zero() -> None:
    axis = Axis(KIND.dimension, tuple(Member(str(value), str(value)) for value in (0, 1, 20, 21, 50, 99, 100)))
    other = Axis(BY_PLACE_AND_KIND.axes[0].dimension, (Member("only", "nur"),))
    counted = Counted((axis, other), {(member.key, "only"): int(member.key) for member in axis.members}, 291)
    depths = [HEAT.index(bar.paint) for bar in draw(ChartKind.MATRIX, counted, WORDING).bars]
    assert depths == [0, 1, 2, 2, 3, 5, 5]


def test_small_multiples_share_one_axis() -> None:
    drawing = draw(ChartKind.MULTIPLES, BY_MONTH_AND_KIND, WORDING)
    ticks = [label.text for label in drawing.labels if label.role is Role.AXIS and label.anchor is Anchor.END]
    assert len(set(ticks)) > 1
    assert Counter(ticks) == dict.fromkeys(ticks, len(KIND.members))


def test_many_small_multiples_stand_on_one_sheet_with_their_words() -> None:
    kinds = Axis(KIND.dimension, tuple(Member(f"k{number}", f"Art Nummer {number}") for number in range(14)))
    cells = {(month.key, kind.key): number for month in MONTH.members for number, kind in enumerate(kinds.members)}
    drawing = draw(ChartKind.MULTIPLES, Counted((MONTH, kinds), cells, 1), WORDING, PAPER)
    assert drawing.height < 1.15 * PAPER
    assert not [label for label in drawing.labels if label.role is Role.VALUE and label.text == WORDING.number(0)]


blocks = st.lists(st.tuples(st.floats(0, 300), st.floats(5, 40)), min_size=1, max_size=12)


@given(blocks)
def test_names_beside_a_stack_keep_their_order_and_do_not_touch(wishes: list[tuple[float, float]]) -> None:
    bottom = max(300.0, sum(height for _, height in wishes))
    tops = spread(wishes, 0, bottom)
    assert tops[0] >= -1e-6
    assert tops[-1] + wishes[-1][1] <= bottom + 1e-6
    for (top, (_, height)), below in zip(zip(tops, wishes, strict=True), tops[1:], strict=False):
        assert top + height <= below + 1e-6


def test_names_with_room_stand_where_they_wish() -> None:
    assert spread([(50, 20), (100, 20)], 0, 200) == [40, 90]
