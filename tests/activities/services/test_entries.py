"""Logging, correcting, removing and repeating: what goes in, what is refused, and what the log keeps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from kimwerk.access.actors import NOBODY, Actor
from kimwerk.access.walls import set_actor
from kimwerk.activities.models import Activity, DiarySettings
from kimwerk.activities.selectors.entries import facts_of
from kimwerk.activities.services.entries import (
    correct_activity,
    log_activity,
    log_many,
    remove_activity,
    repeat_day,
    restore_activity,
)
from kimwerk.activities.services.refusals import (
    ActivityChangedMeanwhile,
    EntriesRefused,
    EntryRefused,
    refusal_of,
)
from kimwerk.activities.types import EntryField, EntryProblem
from kimwerk.audit.models import Event
from tests.activities.diary import DAY, stands, usual
from tests.cast import Cast, as_owner

Act = Callable[[Actor], Actor]


def acts(cast: Cast) -> list[tuple[str, int]]:
    """What the data protection officer reads of the errands."""
    set_actor(cast.accounts["doris"])
    found = Event.objects.visible_to(cast.actor("doris")).filter(kind="act").order_by("id")
    return [(event.action, event.amount) for event in found]


def test_a_logged_activity_is_in_the_diary_and_in_the_log(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    logged = log_activity(actor=frieda, facts=usual(cast, topics=(cast.categories["wohnen"],)))
    assert facts_of(Activity.objects.get(pk=logged.pk)) == usual(cast, topics=(cast.categories["wohnen"],))
    assert logged.entered_by_id == frieda.account_id
    assert acts(cast) == [("activity.logged", 1)]


@pytest.mark.parametrize(
    ("changes", "place", "problem"),
    [
        ({"day": date(1999, 12, 31)}, EntryField.DAY, EntryProblem.LONG_AGO),
        ({"day": timezone.localdate() + timedelta(days=1)}, EntryField.DAY, EntryProblem.IN_THE_FUTURE),
        ({"last_day": DAY}, EntryField.LAST_DAY, EntryProblem.ENDS_BEFORE_IT_BEGINS),
        ({"last_day": date(2999, 1, 1)}, EntryField.LAST_DAY, EntryProblem.IN_THE_FUTURE),
        ({"minutes": -1}, EntryField.MINUTES, EntryProblem.NEGATIVE),
        ({"minutes": 60_001}, EntryField.MINUTES, EntryProblem.TOO_MANY),
        ({"participants_target": -1}, EntryField.PARTICIPANTS_TARGET, EntryProblem.NEGATIVE),
        ({"participants_partner": 5_001}, EntryField.PARTICIPANTS_PARTNER, EntryProblem.TOO_MANY),
        ({"kind_id": 0}, EntryField.KIND, EntryProblem.UNKNOWN),
        ({"municipality_id": 0, "site_id": None}, EntryField.MUNICIPALITY, EntryProblem.UNKNOWN),
        ({"partners": (0,)}, EntryField.PARTNERS, EntryProblem.UNKNOWN),
        ({"site_id": 0}, EntryField.SITE, EntryProblem.UNKNOWN),
        ({"note": "Rückruf vereinbart"}, EntryField.NOTE, EntryProblem.NOTES_ARE_OFF),
    ],
)
def test_an_impossible_fact_is_refused_at_its_field(
    changes: dict[str, object], place: EntryField, problem: EntryProblem, cast: Cast, act_as: Act
) -> None:
    frieda = act_as(cast.actor("frieda"))
    with pytest.raises(EntryRefused) as refused:
        log_activity(actor=frieda, facts=usual(cast, **changes))
    assert refused.value.problems[place] is problem
    assert not Activity.objects.exists()


def test_every_problem_is_told_at_once(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    with pytest.raises(EntryRefused) as refused:
        log_activity(actor=frieda, facts=usual(cast, minutes=-1, kind_id=0))
    assert set(refused.value.problems) == {EntryField.MINUTES, EntryField.KIND}


def test_a_target_needs_a_referral_consultation(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    target = cast.categories["mbe"]
    with pytest.raises(EntryRefused) as refused:
        log_activity(actor=frieda, facts=usual(cast, referral_target_id=target))
    assert refused.value.problems == {EntryField.REFERRAL_TARGET: EntryProblem.NOT_A_REFERRAL}
    referral = usual(cast, kind_id=cast.categories["verweisberatung"], referral_target_id=target)
    assert log_activity(actor=frieda, facts=referral).referral_target_id == target


def test_a_category_of_another_list_is_unknown(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    with pytest.raises(EntryRefused) as refused:
        log_activity(actor=frieda, facts=usual(cast, topics=(cast.categories["ukraine"],)))
    assert refused.value.problems == {EntryField.TOPICS: EntryProblem.UNKNOWN}


def test_a_site_stands_in_its_municipality(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    with pytest.raises(EntryRefused) as refused:
        log_activity(actor=frieda, facts=usual(cast, municipality_id=cast.municipalities["Troisdorf"]))
    assert refused.value.problems == {EntryField.SITE: EntryProblem.SITE_ELSEWHERE}


@pytest.mark.parametrize("character", ["lena", "fiona", "arno", "tina", "stefan", "doris", "sam", "klaus", "tomasz"])
def test_who_keeps_no_diary_there_cannot_enter_anything(character: str, cast: Cast, act_as: Act) -> None:
    actor = act_as(cast.actor(character))
    with pytest.raises(EntryRefused) as refused:
        log_activity(actor=actor, facts=usual(cast, done_by_id=cast.accounts[character]))
    assert EntryField.DONE_BY in refused.value.problems


def test_a_colleague_cannot_enter_for_frieda_but_the_coordination_can(cast: Cast, act_as: Act) -> None:
    with pytest.raises(EntryRefused):
        log_activity(actor=act_as(cast.actor("mehmet")), facts=usual(cast))
    logged = log_activity(actor=act_as(cast.actor("karin")), facts=usual(cast))
    assert (logged.done_by_id, logged.entered_by_id) == (cast.accounts["frieda"], cast.accounts["karin"])


def test_nobody_logs_nothing(cast: Cast) -> None:
    with pytest.raises(EntryRefused):
        log_activity(actor=NOBODY, facts=usual(cast))


@pytest.mark.parametrize("note", ["muster@beispiel.example", "02241 130000", "geb. 3.4.1990", "Frau Beispiel kam"])
def test_a_note_that_names_somebody_is_refused_even_where_notes_are_allowed(note: str, cast: Cast, act_as: Act) -> None:
    with as_owner():
        DiarySettings.objects.create(organisation_id=cast.organisations["Rhein-Sieg-Kreis"], is_note_enabled=True)
    frieda = act_as(cast.actor("frieda"))
    with pytest.raises(EntryRefused) as refused:
        log_activity(actor=frieda, facts=usual(cast, note=note))
    assert refused.value.problems == {EntryField.NOTE: EntryProblem.NAMES_SOMEBODY}
    assert log_activity(actor=frieda, facts=usual(cast, note="Raum war belegt")).note == "Raum war belegt"


def test_many_are_logged_together_or_not_at_all(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    with pytest.raises(EntriesRefused) as refused:
        log_many(actor=frieda, entries=[usual(cast), usual(cast, minutes=-5)])
    assert refused.value.problems == {1: {EntryField.MINUTES: EntryProblem.NEGATIVE}}
    assert not Activity.objects.exists()
    assert len(log_many(actor=frieda, entries=[usual(cast), usual(cast, minutes=None)])) == 2
    assert acts(cast) == [("activity.logged", 2)]


def test_nothing_to_log_is_no_event(cast: Cast, act_as: Act) -> None:
    assert log_many(actor=act_as(cast.actor("frieda")), entries=[]) == []
    assert acts(cast) == []


def test_a_correction_changes_the_facts_and_counts_the_version(cast: Cast, act_as: Act) -> None:
    [entry] = stands(cast)
    frieda = act_as(cast.actor("frieda"))
    corrected = correct_activity(actor=frieda, activity=entry, version=1, facts=usual(cast, minutes=45))
    assert (corrected.minutes, corrected.version, corrected.changed_by_id) == (45, 2, frieda.account_id)
    assert acts(cast) == [("activity.corrected", 1)]


def test_a_correction_that_changes_nothing_is_none(cast: Cast, act_as: Act) -> None:
    [entry] = stands(cast, topics=(cast.categories["wohnen"], cast.categories["arbeit"]))
    frieda = act_as(cast.actor("frieda"))
    same = usual(cast, topics=(cast.categories["arbeit"], cast.categories["wohnen"]))
    assert correct_activity(actor=frieda, activity=entry, version=1, facts=same).version == 1
    assert acts(cast) == []


def test_the_second_of_two_editors_is_told_what_differs(cast: Cast, act_as: Act) -> None:
    [entry] = stands(cast)
    karin = act_as(cast.actor("karin"))
    correct_activity(actor=karin, activity=entry, version=1, facts=usual(cast, minutes=45))
    frieda = act_as(cast.actor("frieda"))
    with pytest.raises(ActivityChangedMeanwhile) as told:
        correct_activity(actor=frieda, activity=entry, version=1, facts=usual(cast, minutes=60, channel_id=None))
    assert told.value.differences == (EntryField.CHANNEL, EntryField.MINUTES)
    assert told.value.current.minutes == 45
    assert Activity.objects.get(pk=entry.pk).minutes == 45


def test_what_was_right_when_entered_does_not_hinder_a_correction(cast: Cast, act_as: Act) -> None:
    [entry] = stands(cast, note="von früher")
    frieda = act_as(cast.actor("frieda"))
    facts = usual(cast, note="von früher", minutes=10)
    assert correct_activity(actor=frieda, activity=entry, version=1, facts=facts).minutes == 10


@pytest.mark.parametrize("character", ["mehmet", "kim", "lena", "klara", "klaus"])
def test_an_entry_of_frieda_is_not_theirs_to_change(character: str, cast: Cast, act_as: Act) -> None:
    [entry] = stands(cast)
    actor = act_as(cast.actor(character))
    with pytest.raises(PermissionDenied):
        correct_activity(actor=actor, activity=entry, version=1, facts=usual(cast, minutes=1))
    with pytest.raises(PermissionDenied):
        remove_activity(actor=actor, activity=entry)


def test_a_removed_entry_is_gone_from_every_read_and_can_be_brought_back(cast: Cast, act_as: Act) -> None:
    [entry] = stands(cast)
    frieda = act_as(cast.actor("frieda"))
    remove_activity(actor=frieda, activity=entry)
    assert not Activity.objects.visible_to(frieda).exists()
    assert not Activity.objects.countable_by(frieda).exists()
    assert Activity.objects.removed_within_reach(frieda).get() == entry
    restore_activity(actor=frieda, activity=entry)
    assert Activity.objects.visible_to(frieda).get().version == 3
    assert acts(cast) == [("activity.removed", 1), ("activity.restored", 1)]


def test_removing_twice_is_removing_once(cast: Cast, act_as: Act) -> None:
    [entry] = stands(cast)
    frieda = act_as(cast.actor("frieda"))
    remove_activity(actor=frieda, activity=entry)
    remove_activity(actor=frieda, activity=entry)
    assert acts(cast) == [("activity.removed", 1)]


def test_yesterday_is_repeated_without_its_notes_and_without_colleagues(cast: Cast, act_as: Act) -> None:
    stands(cast, count=2, note="von früher")
    stands(cast, "mehmet")
    frieda = act_as(cast.actor("frieda"))
    repeated = repeat_day(actor=frieda, source=DAY, day=DAY + timedelta(days=1))
    assert [(each.day, each.note, each.done_by_id) for each in repeated] == [
        (DAY + timedelta(days=1), "", frieda.account_id)
    ] * 2


def test_a_refusal_of_the_database_is_told_at_the_field(cast: Cast, act_as: Act) -> None:
    act_as(cast.actor("frieda"))
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Activity.objects.create(
            organisation_id=cast.organisations["Rhein-Sieg-Kreis"],
            day=DAY,
            last_day=DAY,
            kind_id=cast.categories["workshop"],
            done_by_id=cast.accounts["frieda"],
            entered_by_id=cast.accounts["frieda"],
        )
    refusal = refusal_of(refused.value)
    assert refusal
    assert refusal.problems == {EntryField.LAST_DAY: EntryProblem.ENDS_BEFORE_IT_BEGINS}
