"""Value axes."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kimwerk.reporting.charts.scale import nice_scale, tight_scale

values = st.lists(
    st.one_of(st.none(), st.integers(-(10**9), 10**9), st.decimals(-(10**6), 10**6, places=2)), max_size=12
)
places = st.integers(0, 3)


@given(values, places)
def test_the_axis_holds_zero_and_every_value(numbers: list[int | Decimal | None], decimals: int) -> None:
    for scale in (nice_scale(numbers, places=decimals), tight_scale(numbers)):
        assert scale.low <= 0 <= scale.high
        assert scale.low < scale.high
        assert all(-1e-9 <= scale.part(number) <= 1 + 1e-9 for number in numbers)


@given(values, places)
def test_ticks_are_few_even_and_no_finer_than_the_figure(numbers: list[int | Decimal | None], decimals: int) -> None:
    scale = nice_scale(numbers, places=decimals)
    steps = {after - before for before, after in zip(scale.ticks, scale.ticks[1:], strict=False)}
    assert len(steps) == 1
    (step,) = steps
    assert step >= Decimal(1).scaleb(-decimals)
    assert step.normalize().as_tuple().digits in {(1,), (2,), (5,)}
    assert 0 in scale.ticks
    assert 2 <= len(scale.ticks) <= 7


def test_the_usual_axis_reads_well() -> None:
    assert nice_scale([503, 120]).ticks == (0, 200, 400, 600)
    assert nice_scale([1]).ticks == (0, 1)
    assert nice_scale([Decimal("0.8")], places=1).ticks == tuple(
        Decimal(part) for part in ("0.0", "0.2", "0.4", "0.6", "0.8")
    )


def test_no_values_make_an_axis_all_the_same() -> None:
    assert nice_scale([]).ticks == (0, 1)
    assert nice_scale([None]).part(None) == 0
