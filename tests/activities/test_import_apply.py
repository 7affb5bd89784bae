"""Entering and taking back: all or nothing, never twice, and afterwards as if it had never been."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from kimwerk.access.actors import Actor
from kimwerk.activities.models import Activity, DiarySettings, TallyRow
from kimwerk.activities.selectors.entries import facts_of
from kimwerk.activities.services.entries import correct_activity, remove_activity
from kimwerk.activities.services.tallies.applying import ConfirmationNeeded, apply_tally, confirm_changes
from kimwerk.activities.services.tallies.checking import check_tally
from kimwerk.activities.services.tallies.states import TallyNotReady
from kimwerk.activities.services.tallies.undoing import UndoNumbers, undo_numbers, undo_tally
from kimwerk.activities.states import TallyState, Verdict
from kimwerk.activities.types import Facts
from kimwerk.audit.models import Event
from tests.activities.diary import stands
from tests.activities.importing import (
    FIRST,
    SECOND,
    WRONG,
    applied,
    checked,
    counts,
    diary,
    forgotten,
    kept,
    problems,
    tallies_of,
    tally,
    verdicts,
)
from tests.cast import Cast, as_owner

Act = Callable[[Actor], Actor]
EXAMPLES = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
LINES = tallies_of(["Workshop", "Arbeitskreis"], ["Siegburg", "Troisdorf"])
SOME = tally("07.03.2022;Workshop;Siegburg;1;10", FIRST, SECOND)


def test_accepted_rows_stand_in_the_diary(cast: Cast, act_as: Act) -> None:
    brought = applied(act_as(cast.actor("frieda")), cast, tally(FIRST, WRONG))
    (entry,) = kept(cast)
    assert (entry.day, entry.participants_target, entry.minutes) == (date(2022, 3, 7), 12, 90)
    assert (entry.done_by_id, entry.entered_by_id) == (cast.accounts["frieda"], cast.accounts["frieda"])
    assert (entry.tally_import_id, entry.version, entry.changed_at) == (brought.pk, 1, None)
    assert brought.state == TallyState.APPLIED


@EXAMPLES
@given(lines=LINES)
def test_importing_the_same_twice_changes_nothing(cast: Cast, act_as: Act, lines: list[str]) -> None:
    frieda = act_as(cast.actor("frieda"))
    with forgotten():
        first = applied(frieda, cast, tally(FIRST, *lines))
        before = diary()
        act_as(frieda)
        again = applied(frieda, cast, tally(FIRST, *lines))
        assert again.counts["unchanged"] == first.counts["created"]
        assert again.counts["created"] == again.counts["changed"] == 0
        assert diary() == before


@EXAMPLES
@given(lines=LINES)
def test_taking_an_import_back_leaves_the_diary_as_it_was(cast: Cast, act_as: Act, lines: list[str]) -> None:
    frieda = act_as(cast.actor("frieda"))
    with forgotten():
        applied(frieda, cast, SOME)
        before = diary()
        act_as(frieda)
        brought = checked(frieda, cast, tally("07.03.2022;Workshop;Siegburg;2;20", *lines))
        confirm_changes(actor=frieda, tally_id=brought.pk)
        apply_tally(actor=frieda, tally_id=brought.pk)
        undo_tally(actor=frieda, tally_id=brought.pk)
        assert diary() == before


def test_a_corrected_file_changes_only_what_was_corrected(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    applied(frieda, cast, tally(FIRST, SECOND))
    again = applied(frieda, cast, tally(FIRST.replace(";90", ";95"), SECOND))
    assert counts(again) == {Verdict.CHANGED: 1, Verdict.UNCHANGED: 1, Verdict.SKIPPED: 1}
    first, second = kept(cast)
    assert (first.minutes, first.version, first.changed_by_id) == (95, 2, frieda.account_id)
    assert (second.minutes, second.version) == (60, 1)


def test_a_row_can_stand_for_several_like_activities(cast: Cast, act_as: Act) -> None:
    frieda, header = act_as(cast.actor("frieda")), "Datum;Art;Kommune;TN Zielgruppe;Minuten;Anzahl Maßnahmen"
    applied(frieda, cast, tally("07.03.2022;Workshop;Siegburg;7;100;3", header=header))
    assert [(each.participants_target, each.minutes) for each in kept(cast)] == [(3, 34), (2, 33), (2, 33)]
    before = diary()
    act_as(frieda)
    fewer = applied(frieda, cast, tally("07.03.2022;Workshop;Siegburg;7;100;2", header=header))
    assert [(each.participants_target, each.minutes) for each in kept(cast)] == [(4, 50), (3, 50)]
    undo_tally(actor=frieda, tally_id=fewer.pk)
    assert diary() == before
    act_as(frieda)
    applied(frieda, cast, tally("07.03.2022;Workshop;Siegburg;8;100;4", header=header))
    assert [each.participants_target for each in kept(cast)] == [2, 2, 2, 2]


def many(minutes: int) -> bytes:
    return tally(*(f"{day:02}.03.2022;Workshop;Siegburg;1;{minutes}" for day in range(1, 13)))


def test_an_import_that_changes_too_much_stops_and_asks(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    applied(frieda, cast, many(30))
    before = diary()
    act_as(frieda)
    brought = checked(frieda, cast, many(60))
    with pytest.raises(ConfirmationNeeded) as asked:
        apply_tally(actor=frieda, tally_id=brought.pk)
    assert (asked.value.share.changed, asked.value.share.known, asked.value.share.percent) == (12, 12, 100)
    assert diary() == before
    act_as(frieda)
    confirm_changes(actor=frieda, tally_id=brought.pk)
    assert apply_tally(actor=frieda, tally_id=brought.pk).state == TallyState.APPLIED
    assert {entry.minutes for entry in kept(cast)} == {60}


def test_the_organisation_says_how_much_is_too_much(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    with as_owner():
        DiarySettings.objects.create(organisation_id=cast.organisations["Rhein-Sieg-Kreis"], change_share=100)
    act_as(frieda)
    applied(frieda, cast, many(30))
    assert applied(frieda, cast, many(60)).counts["changed"] == 12


def test_confirming_is_forgotten_when_the_file_is_checked_anew(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    applied(frieda, cast, many(30))
    brought = checked(frieda, cast, many(60))
    confirm_changes(actor=frieda, tally_id=brought.pk)
    check_tally(actor=frieda, tally_id=brought.pk)
    with pytest.raises(ConfirmationNeeded):
        apply_tally(actor=frieda, tally_id=brought.pk)


def test_what_another_import_brought_meanwhile_is_seen(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    slow, quick = checked(frieda, cast, tally(FIRST, SECOND)), checked(frieda, cast, tally(FIRST))
    apply_tally(actor=frieda, tally_id=quick.pk)
    slow = apply_tally(actor=frieda, tally_id=slow.pk)
    assert counts(slow) == {Verdict.CREATED: 1, Verdict.UNCHANGED: 1, Verdict.SKIPPED: 1}
    assert len(kept(cast)) == 2


def test_an_entry_removed_by_hand_stays_removed(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    applied(frieda, cast, tally(FIRST))
    remove_activity(actor=frieda, activity=Activity.objects.get())
    again = checked(frieda, cast, tally(FIRST))
    assert verdicts(again) == ["skipped", "skipped"]
    assert problems(again, 2) == [("removed_in_diary", "")]


def test_a_correction_by_hand_survives_the_same_file_and_is_named_before_another_overwrites_it(
    cast: Cast, act_as: Act
) -> None:
    frieda = act_as(cast.actor("frieda"))
    applied(frieda, cast, tally(FIRST))
    entry = Activity.objects.get()
    correct_activity(actor=frieda, activity=entry, version=1, facts=_longer(entry))
    assert verdicts(checked(frieda, cast, tally(FIRST))) == ["skipped", "unchanged"]
    other = checked(frieda, cast, tally(FIRST.replace(";90", ";80")))
    assert problems(other, 2) == [("corrected_in_diary", "")]
    assert other.counts["by_hand"] == 1


def _longer(entry: Activity) -> Facts:
    return replace(facts_of(entry), minutes=120)


def test_undoing_keeps_and_counts_what_somebody_changed_since(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    brought = applied(frieda, cast, tally(FIRST, SECOND))
    entry = kept(cast)[0]
    correct_activity(actor=frieda, activity=entry, version=1, facts=_longer(entry))
    assert undo_numbers(brought) == UndoNumbers(removed=1, restored=0, kept=1)
    assert undo_tally(actor=frieda, tally_id=brought.pk) == UndoNumbers(removed=1, restored=0, kept=1)
    assert [each.minutes for each in kept(cast)] == [120]


def test_imports_on_top_of_each_other_come_off_one_by_one(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    empty = diary()
    act_as(frieda)
    first = applied(frieda, cast, tally(FIRST))
    after_first = diary()
    act_as(frieda)
    second = applied(frieda, cast, tally(FIRST.replace(";90", ";95"), SECOND))
    undo_tally(actor=frieda, tally_id=second.pk)
    assert diary() == after_first
    act_as(frieda)
    undo_tally(actor=frieda, tally_id=first.pk)
    assert diary() == empty


def test_what_was_taken_back_can_be_brought_in_again(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    brought = applied(frieda, cast, tally(FIRST))
    undo_tally(actor=frieda, tally_id=brought.pk)
    check_tally(actor=frieda, tally_id=brought.pk)
    assert apply_tally(actor=frieda, tally_id=brought.pk).counts["entries"] == 1
    assert len(kept(cast)) == 1


def test_the_coordination_takes_back_what_a_case_manager_brought(cast: Cast, act_as: Act) -> None:
    brought = applied(act_as(cast.actor("frieda")), cast, tally(FIRST))
    assert undo_tally(actor=act_as(cast.actor("karin")), tally_id=brought.pk).removed == 1


def test_nothing_is_applied_or_undone_twice(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    brought = applied(frieda, cast, tally(FIRST))
    with pytest.raises(TallyNotReady):
        apply_tally(actor=frieda, tally_id=brought.pk)
    undo_tally(actor=frieda, tally_id=brought.pk)
    with pytest.raises(TallyNotReady):
        undo_tally(actor=frieda, tally_id=brought.pk)


def test_entries_of_others_are_never_touched(cast: Cast, act_as: Act) -> None:
    stands(cast, "mehmet", count=3)
    stands(cast, "klaus", organisation_id=cast.organisations["Kreis Kleve"], count=2)
    before = diary()
    frieda = act_as(cast.actor("frieda"))
    brought = applied(frieda, cast, tally(FIRST, SECOND))
    assert diary()[: len(before)] == before
    act_as(frieda)
    undo_tally(actor=frieda, tally_id=brought.pk)
    assert diary() == before


def test_an_id_that_names_a_colleagues_entry_is_rejected(cast: Cast, act_as: Act) -> None:
    header = "ID;Datum;Art;Kommune;Mitarbeiter;Minuten"
    line = "2022-17;07.03.2022;Workshop;Siegburg;{};{}"
    applied(act_as(cast.actor("karin")), cast, tally(line.format("Mehmet Muster", 30), header=header))
    brought = checked(act_as(cast.actor("frieda")), cast, tally(line.format("Frieda Fallbeispiel", 45), header=header))
    assert problems(brought, 2) == [("not_yours", "staff")]


def test_the_log_keeps_each_step(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    brought = applied(frieda, cast, tally(FIRST, SECOND))
    undo_tally(actor=frieda, tally_id=brought.pk)
    doris = act_as(cast.actor("doris"))
    acts = Event.objects.visible_to(doris).filter(kind="act", action__startswith="tally.").order_by("id")
    assert [(event.action.removeprefix("tally."), event.amount) for event in acts] == [
        ("uploaded", 1),
        ("mapped", 1),
        ("checked", 3),
        ("applied", 2),
        ("undone", 2),
    ]
    assert TallyRow.objects.filter(tally_import=brought).count() == 0
