"""Which chart is drawn for which question."""

from __future__ import annotations

import pytest

from kimwerk.kernel.figures import MISSING, Axis, Counted, Dimension, Member, MemberKind, Unit
from kimwerk.reporting.charts import ChartKind, choose_chart, is_drawable
from kimwerk.reporting.charts.choose import LONG_SERIES, MOST_PARTS


def axis(count: int, kind: MemberKind = MemberKind.CATEGORY, *, is_multiple: bool = False) -> Axis:
    members = tuple(Member(f"m{index}", str(index)) for index in range(count))
    return Axis(Dimension("d", "d", kind, is_multiple), members)


def times(count: int) -> Axis:
    return axis(count, MemberKind.TIME)


@pytest.mark.parametrize(
    ("axes", "kind"),
    [
        ((axis(4),), ChartKind.BARS),
        ((axis(4, MemberKind.PLACE),), ChartKind.BARS),
        ((times(4),), ChartKind.COLUMNS),
        ((times(LONG_SERIES),), ChartKind.COLUMNS),
        ((times(LONG_SERIES + 1),), ChartKind.LINE),
        ((times(4), axis(4)), ChartKind.STACKED),
        ((axis(4), times(4)), ChartKind.STACKED),
        ((axis(MOST_PARTS + 1), times(4)), ChartKind.MULTIPLES),
        ((axis(4), times(LONG_SERIES + 1)), ChartKind.MULTIPLES),
        ((axis(4, is_multiple=True), times(4)), ChartKind.MULTIPLES),
        ((axis(4), axis(4)), ChartKind.MATRIX),
        ((times(4), times(4)), ChartKind.MATRIX),
    ],
)
def test_the_axes_decide(axes: tuple[Axis, ...], kind: ChartKind) -> None:
    assert choose_chart(Unit.ACTIVITIES, axes) is kind


def test_rates_are_never_stacked() -> None:
    assert choose_chart(Unit.ACTIVITIES_PER_FTE_AND_WEEK, (times(4), axis(4))) is ChartKind.MULTIPLES


def test_not_recorded_is_no_part_too_many() -> None:
    full = axis(MOST_PARTS)
    with_missing = Axis(full.dimension, (*full.members, Member(MISSING, "nicht erfasst")))
    assert choose_chart(Unit.ACTIVITIES, (times(4), with_missing)) is ChartKind.STACKED


@pytest.mark.parametrize("axes", [(), (axis(0),), (axis(0), times(4))])
def test_a_number_alone_gets_no_chart(axes: tuple[Axis, ...]) -> None:
    assert choose_chart(Unit.ACTIVITIES, axes) is None


def test_nothing_but_zeros_and_hidden_numbers_is_not_drawn() -> None:
    assert not is_drawable(Counted((axis(2),), {("m0",): 0, ("m1",): None}, 0))
    assert is_drawable(Counted((axis(2),), {("m0",): 0, ("m1",): 1}, 1))
