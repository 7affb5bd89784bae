"""The plan by which a tally is read: what it lacks, and that it is stored as it is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kimwerk.activities.tally import Certainty, MappedColumn, Mapping, PlanGap, TallyField, TallyPlan, plan_from_json

COLUMNS = st.builds(
    MappedColumn, st.sampled_from(["", "Datum", "Übertrag"]), st.sampled_from(TallyField), st.sampled_from(Certainty)
)
IDS = st.none() | st.integers(1, 10**6)
PLANS = st.builds(
    TallyPlan,
    mapping=st.builds(Mapping, st.lists(COLUMNS, max_size=4).map(tuple)),
    kind_id=IDS,
    channel_id=IDS,
    municipality_id=IDS,
    site_id=IDS,
    staff_id=IDS,
    year=st.none() | st.integers(2000, 2100),
    is_month_first=st.booleans(),
    partner_kinds=st.frozensets(st.integers(1, 50)),
)


def plan(*fields: TallyField, **defaults: int) -> TallyPlan:
    return TallyPlan(Mapping(tuple(MappedColumn(field.value, field) for field in fields)), **defaults)


@given(given_plan=PLANS)
def test_a_stored_plan_comes_back(given_plan: TallyPlan) -> None:
    assert plan_from_json(given_plan.to_json()) == given_plan


def test_what_is_no_longer_understood_is_left_out() -> None:
    stored = {"columns": [{"header": "A", "field": "weather"}, "?"], "defaults": 7, "partner_kinds": ["x"], "year": "?"}
    assert plan_from_json(stored) == TallyPlan(Mapping((MappedColumn("A"), MappedColumn(""))))


def test_day_kind_place_and_person_are_needed() -> None:
    assert list(plan().gaps()) == [PlanGap.NO_DAY, PlanGap.NO_KIND, PlanGap.NO_PLACE, PlanGap.NO_STAFF]
    fields = (TallyField.DAY, TallyField.KIND, TallyField.SITE, TallyField.STAFF)
    assert list(plan(*fields).gaps()) == []
    assert list(plan(TallyField.DAY, kind_id=1, municipality_id=2, staff_id=3).gaps()) == []


def test_two_columns_of_one_meaning_are_a_gap() -> None:
    assert PlanGap.REPEATED_FIELD in plan(TallyField.DAY, TallyField.DAY).gaps()


def test_a_plan_follows_its_columns_to_other_places() -> None:
    fitted = plan(TallyField.DAY, TallyField.KIND, staff_id=5).fitted_to(["kind", "new", "day"])
    assert [column.field for column in fitted.mapping.columns] == [TallyField.KIND, TallyField.IGNORE, TallyField.DAY]
    assert fitted.staff_id == 5
