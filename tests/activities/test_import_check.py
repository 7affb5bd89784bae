"""Checking a tally: every row of the file gets exactly one verdict, with the reason where it needs one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kimwerk.access.actors import Actor
from kimwerk.activities.models import Activity, Category, TallyProfile, TallyRow
from kimwerk.activities.services.tallies.cancelling import cancel_tally, forget_uploads
from kimwerk.activities.services.tallies.checking import check_tally, give_up
from kimwerk.activities.services.tallies.planning import PlanRefused, choose_sheet, save_mapping
from kimwerk.activities.services.tallies.states import Superseded, TallyForgotten, begin_run, still_mine
from kimwerk.activities.states import TallyState, Verdict
from kimwerk.activities.tally import PlanGap, TallyField, plan_from_json
from kimwerk.activities.types import CategoryList
from kimwerk.activities.uploads.running import SILENT_AFTER
from tests.activities.importing import (
    FIRST,
    HEADER,
    SECOND,
    WRONG,
    checked,
    counts,
    forgotten,
    organisation_of,
    problems,
    tallies_of,
    tally,
    uploaded,
    verdicts,
)
from tests.activities.messy import ROWS, messy_workbook
from tests.cast import Cast, as_owner

Act = Callable[[Actor], Actor]
EXAMPLES = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
LINES = tallies_of(["Workshop", "Arbeitskreis"], ["Siegburg", "Troisdorf"])


def test_a_messy_workbook_is_read_row_by_row(cast: Cast, act_as: Act) -> None:
    brought = checked(act_as(cast.actor("frieda")), cast, messy_workbook())
    assert counts(brought) == {Verdict.CREATED: 4, Verdict.REJECTED: 3, Verdict.SKIPPED: ROWS - 7}
    assert [row.number for row in TallyRow.objects.filter(tally_import=brought).order_by("number")] == [
        *range(1, ROWS + 1)
    ]
    assert problems(brought, 8) == [("impossible_date", "day")]
    assert problems(brought, 9) == [("unknown", "municipality")]
    assert problems(brought, 10) == [("unknown", "kind"), ("negative", "participants_target")]
    assert problems(brought, 11) == [("total", "")]


def test_names_of_clients_are_not_even_staged(cast: Cast, act_as: Act) -> None:
    brought = checked(act_as(cast.actor("frieda")), cast, messy_workbook())
    stored = [str(row.cells) for row in TallyRow.objects.filter(tally_import=brought)]
    assert not any("Muster, Max" in cells or "Beispiel, Frieda" in cells for cells in stored)
    assert "Muster, Max" not in str(brought.sheets)


@EXAMPLES
@given(lines=LINES)
def test_every_row_of_a_file_gets_one_verdict(cast: Cast, act_as: Act, lines: list[str]) -> None:
    frieda = act_as(cast.actor("frieda"))
    with forgotten():
        brought = uploaded(frieda, cast, tally(*lines))
        if brought.state == TallyState.REFUSED:
            assert brought.refusal == "no_data"
            return
        save_mapping(actor=frieda, tally_id=brought.pk, plan=plan_from_json(brought.plan))
        brought = check_tally(actor=frieda, tally_id=brought.pk)
        height = brought.sheets[0]["rows"]
        assert len(verdicts(brought)) == sum(counts(brought).values()) == height == brought.rows_done
        for row in TallyRow.objects.filter(tally_import=brought):
            assert bool(row.problems) == (row.verdict in {Verdict.REJECTED, Verdict.SKIPPED})
            assert bool(row.source_key) == (row.verdict == Verdict.CREATED) == (row.draft is not None)
        assert not Activity.objects.exists()


def test_a_case_manager_brings_in_only_own_work(cast: Cast, act_as: Act) -> None:
    lines = ("07.03.2022;Workshop;Siegburg;Frieda Fallbeispiel", "07.03.2022;Workshop;Siegburg;Mehmet Muster")
    content = tally(*lines, header="Datum;Art;Kommune;Mitarbeiter")
    brought = checked(act_as(cast.actor("frieda")), cast, content)
    assert verdicts(brought) == ["skipped", "created", "rejected"]
    assert problems(brought, 3) == [("not_yours", "staff")]
    assert verdicts(checked(act_as(cast.actor("karin")), cast, content)) == ["skipped", "created", "created"]


def test_a_category_counts_in_its_time_only(cast: Cast, act_as: Act) -> None:
    with as_owner():
        Category.objects.create(
            category_list=CategoryList.KIND, code="altes-format", label="Altes Format", valid_until=date(2022, 3, 31)
        )
    content = tally("31.03.2022;Altes Format;Siegburg;1;1", "01.04.2022;Altes Format;Siegburg;1;1")
    brought = checked(act_as(cast.actor("frieda")), cast, content)
    assert verdicts(brought) == ["skipped", "created", "rejected"]
    assert problems(brought, 3) == [("not_valid_then", "kind")]


def test_days_with_the_month_first_are_read_when_somebody_says_so(cast: Cast, act_as: Act) -> None:
    frieda, content = act_as(cast.actor("frieda")), tally("3/7/2022;Workshop;Siegburg;1;1")
    assert TallyRow.objects.get(tally_import=checked(frieda, cast, content), number=2).draft["day"] == "2022-07-03"
    turned = checked(frieda, cast, content, is_month_first=True)
    assert TallyRow.objects.get(tally_import=turned, number=2).draft["day"] == "2022-03-07"


def test_what_no_column_says_holds_for_all_rows(cast: Cast, act_as: Act) -> None:
    content = tally("07.03.2022;Workshop", header="Datum;Art")
    frieda = act_as(cast.actor("frieda"))
    with pytest.raises(PlanRefused) as refused:
        checked(frieda, cast, content)
    assert refused.value.gaps == (PlanGap.NO_PLACE,)
    brought = checked(frieda, cast, content, municipality_id=cast.municipalities["Siegburg"])
    assert (
        TallyRow.objects.get(tally_import=brought, number=2).draft["municipality_id"] == cast.municipalities["Siegburg"]
    )


def test_a_known_table_is_mapped_as_the_last_time(cast: Cast, act_as: Act) -> None:
    frieda, content = act_as(cast.actor("frieda")), tally(FIRST)
    first = uploaded(frieda, cast, content)
    plan = plan_from_json(first.plan)
    mapping = plan.mapping.with_field(3, TallyField.PARTICIPANTS_PARTNER)
    save_mapping(actor=frieda, tally_id=first.pk, plan=type(plan)(mapping, staff_id=plan.staff_id))
    again = uploaded(frieda, cast, tally(SECOND))
    assert again.sheets[0]["is_known"]
    assert plan_from_json(again.plan).mapping.columns[3].field is TallyField.PARTICIPANTS_PARTNER
    assert TallyProfile.objects.filter(organisation=organisation_of(cast)).count() == 1


def test_another_sheet_can_be_chosen(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    brought = uploaded(frieda, cast, messy_workbook())
    assert [sheet["name"] for sheet in brought.sheets] == ["Berichtswesen", "Notizen"]
    assert choose_sheet(actor=frieda, tally_id=brought.pk, sheet=1).sheet == 1
    assert choose_sheet(actor=frieda, tally_id=brought.pk, sheet=7).sheet == 1


def test_a_check_that_is_cancelled_leaves_nothing(cast: Cast, act_as: Act, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kimwerk.activities.services.tallies.checking.BATCH", 2)
    frieda = act_as(cast.actor("frieda"))
    brought = checked(frieda, cast, tally(FIRST, SECOND, WRONG, FIRST, SECOND))
    seen = []

    def cancel(done: int, total: int) -> None:
        seen.append((done, total))
        cancel_tally(actor=frieda, tally_id=brought.pk)

    brought = check_tally(actor=frieda, tally_id=brought.pk, on_progress=cancel)
    assert seen == [(2, 6)]
    assert brought.state == TallyState.CANCELLED
    assert not TallyRow.objects.filter(tally_import=brought).exists()
    assert check_tally(actor=frieda, tally_id=brought.pk).state == TallyState.CHECKED


def test_whoever_comes_later_takes_over(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    brought = checked(frieda, cast, tally(FIRST))
    mine = begin_run(frieda, brought.pk, TallyState.CHECKING, {TallyState.CHECKED})
    begin_run(frieda, brought.pk, TallyState.CHECKING, {TallyState.CHECKING})
    with pytest.raises(Superseded):
        still_mine(mine)


def test_what_broke_off_can_be_checked_again(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    brought = begin_run(frieda, checked(frieda, cast, tally(FIRST)).pk, TallyState.CHECKING, {TallyState.CHECKED})
    give_up(actor=frieda, tally_id=brought.pk)
    brought.refresh_from_db()
    assert brought.state == TallyState.FAILED
    assert counts(check_tally(actor=frieda, tally_id=brought.pk)) == {Verdict.CREATED: 1, Verdict.SKIPPED: 1}


def test_a_silent_check_can_be_given_up_at_once(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    brought = begin_run(frieda, checked(frieda, cast, tally(FIRST)).pk, TallyState.CHECKING, {TallyState.CHECKED})
    brought.moved_at = timezone.now() - SILENT_AFTER - timedelta(seconds=1)
    brought.save()
    assert cancel_tally(actor=frieda, tally_id=brought.pk).state == TallyState.CANCELLED


@pytest.mark.parametrize("character", ["mehmet", "klara", "kim", "lena"])
def test_an_import_of_others_does_not_exist(character: str, cast: Cast, act_as: Act) -> None:
    brought = checked(act_as(cast.actor("frieda")), cast, tally(FIRST))
    other = act_as(cast.actor(character))
    with pytest.raises(PermissionDenied):
        check_tally(actor=other, tally_id=brought.pk)
    assert not TallyRow.objects.filter(tally_import=brought.pk).exists()


def test_the_coordination_sees_the_imports_of_its_team(cast: Cast, act_as: Act) -> None:
    brought = checked(act_as(cast.actor("frieda")), cast, tally(FIRST))
    assert check_tally(actor=act_as(cast.actor("karin")), tally_id=brought.pk).state == TallyState.CHECKED


@pytest.mark.parametrize("character", ["lena", "doris", "sam", "arno"])
def test_without_the_right_nothing_is_uploaded(character: str, cast: Cast, act_as: Act) -> None:
    with pytest.raises(PermissionDenied):
        uploaded(act_as(cast.actor(character)), cast, tally(FIRST))


def test_files_and_cells_are_forgotten_when_their_time_is_over(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    brought, young = checked(frieda, cast, tally(FIRST)), checked(frieda, cast, tally(SECOND))
    brought.moved_at = timezone.now() - timedelta(days=15)
    brought.save()
    assert forget_uploads() == 1
    act_as(frieda)
    brought.refresh_from_db()
    assert brought.cleared_at is not None
    assert (brought.sheets, brought.chunks.count()) == ([], 0)
    assert [(row.cells, row.draft) for row in brought.rows.all()] == [([], None)] * 2
    assert young.chunks.count() == 1
    with pytest.raises(TallyForgotten):
        check_tally(actor=frieda, tally_id=brought.pk)


@EXAMPLES
@given(order=st.permutations(HEADER.split(";")))
def test_columns_may_stand_in_any_order(cast: Cast, act_as: Act, order: list[str]) -> None:
    values = dict(zip(HEADER.split(";"), FIRST.split(";"), strict=True))
    content = tally(";".join(values[name] for name in order), header=";".join(order))
    with forgotten():
        brought = checked(act_as(cast.actor("frieda")), cast, content)
        assert verdicts(brought) == ["skipped", "created"]
        assert TallyRow.objects.get(tally_import=brought, number=2).draft["minutes"] == 90
