"""Correcting rejected rows, on screen and by uploading them again, ends where correcting the file would."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from kimwerk.access.actors import Actor
from kimwerk.activities.models import TallyRow
from kimwerk.activities.services.tallies.applying import apply_tally
from kimwerk.activities.services.tallies.correcting import RowIsFine, correct_row
from kimwerk.activities.services.tallies.staging import draft_from_json, draft_to_json
from kimwerk.activities.states import Verdict
from kimwerk.activities.tally import Draft, content_digest, natural_key
from tests.activities.importing import FIRST, WRONG, applied, checked, counts, kept, problems, tally, verdicts
from tests.cast import Cast

Act = Callable[[Actor], Actor]
TOWN = 2
"""The column of the municipality, from 0."""


def test_a_corrected_row_is_judged_at_once(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    brought = checked(frieda, cast, tally(FIRST, WRONG))
    (row,) = correct_row(actor=frieda, tally_id=brought.pk, number=3, cells={TOWN: " Siegburg "})
    assert (row.verdict, row.problems) == (Verdict.CREATED, [])
    brought.refresh_from_db()
    assert counts(brought) == {Verdict.CREATED: 2, Verdict.SKIPPED: 1}
    apply_tally(actor=frieda, tally_id=brought.pk)
    assert len(kept(cast)) == 2


def test_a_correction_that_is_wrong_too_says_so(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    brought = checked(frieda, cast, tally(WRONG))
    (row,) = correct_row(actor=frieda, tally_id=brought.pk, number=2, cells={TOWN: "Utopia", 99: "beyond"})
    assert row.verdict == Verdict.REJECTED
    assert problems(brought, 2) == [("unknown", "municipality")]
    (row,) = correct_row(actor=frieda, tally_id=brought.pk, number=2, cells={TOWN: "Siegburg"})
    (row,) = correct_row(actor=frieda, tally_id=brought.pk, number=2, cells={TOWN: ""})
    assert (row.verdict, row.draft, row.source_key) == (Verdict.REJECTED, None, "")


def test_rows_that_are_fine_are_left_alone(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    brought = checked(frieda, cast, tally(FIRST))
    with pytest.raises(RowIsFine):
        correct_row(actor=frieda, tally_id=brought.pk, number=2, cells={TOWN: "Troisdorf"})


def test_one_correction_holds_wherever_the_cell_says_the_same(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    lines = [f"{day:02}.03.2022;Workshop;Sigburg;1;30" for day in range(1, 13)]
    brought = checked(frieda, cast, tally(*lines, WRONG))
    done = correct_row(actor=frieda, tally_id=brought.pk, number=2, cells={TOWN: "Siegburg"}, is_everywhere=True)
    assert len(done) == 12
    assert verdicts(brought) == ["skipped", *["created"] * 12, "rejected"]


@pytest.mark.parametrize("is_everywhere", [True, False])
def test_correcting_on_screen_and_in_the_file_come_to_the_same(is_everywhere: bool, cast: Cast, act_as: Act) -> None:
    """Also where rows are alike in all that identifies them, and only their place in the file tells them apart."""
    frieda = act_as(cast.actor("frieda"))
    wrong = [f"07.03.2022;Workshop;Sigburg;{number};30" for number in range(1, 4)]
    lines = [wrong[0], FIRST, wrong[1], wrong[2]]
    brought = checked(frieda, cast, tally(*lines))
    for number in (2, 4, 5):
        if not is_everywhere or number == 2:
            correct_row(
                actor=frieda, tally_id=brought.pk, number=number, cells={TOWN: "Siegburg"}, is_everywhere=is_everywhere
            )
    apply_tally(actor=frieda, tally_id=brought.pk)
    again = checked(frieda, cast, tally(*(line.replace("Sigburg", "Siegburg") for line in lines)))
    assert counts(again) == {Verdict.UNCHANGED: 4, Verdict.SKIPPED: 1}


def test_rejected_rows_uploaded_again_are_entered_beside_their_likes(cast: Cast, act_as: Act) -> None:
    """The corrected row is like one that is in the diary already; taken for it, it would overwrite it."""
    frieda = act_as(cast.actor("frieda"))
    first = applied(frieda, cast, tally(FIRST, FIRST.replace("Siegburg", "Sigburg").replace(";90", ";45")))
    header = "Datum;Art;Kommune;TN Zielgruppe;Minuten;kimwerk: Grund;kimwerk: Zeile"
    downloaded = tally(f"07.03.2022;Workshop;Siegburg;12;45;Kommune: …;{first.pk}-3".replace("…", "?"), header=header)
    again = applied(frieda, cast, downloaded)
    assert counts(again) == {Verdict.CREATED: 1, Verdict.SKIPPED: 1}
    assert sorted(entry.minutes or 0 for entry in kept(cast)) == [45, 90]
    assert counts(applied(frieda, cast, downloaded)) == {Verdict.UNCHANGED: 1, Verdict.SKIPPED: 1}


def test_an_id_given_twice_stays_rejected(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    lines = ("17;07.03.2022;Workshop;Siegburg", "17;08.03.2022;Workshop;Siegburg")
    brought = checked(frieda, cast, tally(*lines, header="ID;Datum;Art;Kommune"))
    assert problems(brought, 3) == [("repeated_id", "external_id")]
    correct_row(actor=frieda, tally_id=brought.pk, number=3, cells={3: "Troisdorf"})
    assert problems(brought, 3) == [("repeated_id", "external_id")]
    correct_row(actor=frieda, tally_id=brought.pk, number=3, cells={0: "18"})
    assert verdicts(brought) == ["skipped", "created", "created"]


def test_a_stored_draft_is_the_draft(cast: Cast, act_as: Act) -> None:
    brought = checked(act_as(cast.actor("frieda")), cast, tally(FIRST))
    row = TallyRow.objects.get(tally_import=brought, number=2)
    draft: Draft = draft_from_json(row.draft)
    assert (natural_key(draft), content_digest(draft)) == (row.source_key, row.source_digest)
    assert draft_from_json(json.loads(draft_to_json(draft))) == draft
