"""Case conferences: nobody is told anything before consent covers everybody, and learning names nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone as clock

from kimwerk.access.actors import Actor
from kimwerk.activities.models import Activity
from kimwerk.casework.conference_types import (
    PURPOSE,
    Attendance,
    ClientPresence,
    ConferenceFacts,
    ConferenceField,
    ConferenceProblem,
    ConferenceState,
    Held,
    TaskFacts,
)
from kimwerk.casework.due_referrals import due_items
from kimwerk.casework.models import Case, CaseContact, Conference
from kimwerk.casework.selectors.conferences import conference_file, conferences
from kimwerk.casework.services.conferences import (
    ConferenceMoved,
    ConferenceRefused,
    NotCovered,
    add_task,
    cancel_conference,
    change_invitees,
    hold_conference,
    plan_conference,
    settle_task,
    share_content,
)
from kimwerk.consent.models import Disclosure
from kimwerk.consent.services import withdraw
from kimwerk.kernel.data_categories import DataCategory
from tests.casework.cases import running
from tests.casework.referring import JOBCENTER, consent_for
from tests.cast import Cast

Act = Callable[[Actor], Actor]
COLLEGE = "Kreis Kleve"


def facts(cast: Cast, case: Case | None, **changes: object) -> ConferenceFacts:
    """A conference with the Jobcenter and somebody from Kleve."""
    values: dict[str, object] = {
        "organisation_id": cast.organisations["Rhein-Sieg-Kreis"],
        "occasion": "Übergang in Ausbildung",
        "planned_at": datetime(2030, 1, 1, 9, tzinfo=timezone.utc),
        "question": "Wer trägt die Kosten der Anerkennung?",
        "case_id": case.pk if case else None,
        "invitees": (cast.organisations[JOBCENTER], cast.organisations[COLLEGE]),
        "categories": (DataCategory.IDENTITY,) if case else (),
    } | changes
    return ConferenceFacts(**values)  # type: ignore[arg-type]  # each test names the fields it changes


def held(cast: Cast, **changes: object) -> Held:
    values: dict[str, object] = {
        "on": clock.localdate(),
        "kind_id": cast.categories["arbeitskreis"],
        "agreement": "Das Jobcenter prüft die Übernahme.",
        "attended": frozenset({cast.organisations[JOBCENTER]}),
        "minutes": 60,
    } | changes
    return Held(**values)  # type: ignore[arg-type]  # each test names the fields it changes


def planned(cast: Cast, actor: Actor, **changes: object) -> Conference:
    return plan_conference(actor=actor, facts=facts(cast, running(cast, actor), **changes))


def cover(cast: Cast, conference: Conference, *names: str) -> None:
    assert conference.case
    for name in names:
        consent_for(cast, conference.case, name, purpose=PURPOSE)


def test_planning_tells_nobody_anything(cast: Cast, act_as: Act) -> None:
    conference = planned(cast, act_as(cast.actor("frieda")))
    assert conference.state == ConferenceState.PLANNED
    assert b"Anerkennung" not in bytes(conference.question)
    assert not Disclosure.objects.exists()


def test_one_invited_without_consent_keeps_everybody_in_the_dark(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    conference = planned(cast, frieda)
    cover(cast, conference, JOBCENTER)
    with pytest.raises(NotCovered) as missing:
        share_content(actor=frieda, conference=conference, version=1)
    assert missing.value.organisation_ids == (cast.organisations[COLLEGE],)
    assert not Disclosure.objects.exists()
    file = conference_file(frieda, conference.pk)
    assert file
    assert [each.name for each in file.not_covered] == [COLLEGE]


def test_with_everybody_covered_everybody_is_told(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    conference = planned(cast, frieda)
    cover(cast, conference, JOBCENTER, COLLEGE)
    shared = share_content(actor=frieda, conference=conference, version=1)
    assert shared.shared_by_id == frieda.account_id
    assert set(Disclosure.objects.values_list("recipient_id", flat=True)) == {
        cast.organisations[JOBCENTER],
        cast.organisations[COLLEGE],
    }
    file = conference_file(frieda, conference.pk)
    assert file
    assert file.not_told == ()


def test_taking_the_uncovered_off_the_list_mends_it(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    conference = planned(cast, frieda)
    cover(cast, conference, JOBCENTER)
    at = change_invitees(actor=frieda, conference=conference, version=1, invitees=(cast.organisations[JOBCENTER],))
    assert share_content(actor=frieda, conference=at, version=at.version).shared_at is not None


def test_whoever_was_told_stays_on_the_list(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    conference = planned(cast, frieda, invitees=(cast.organisations[JOBCENTER],))
    cover(cast, conference, JOBCENTER)
    at = share_content(actor=frieda, conference=conference, version=1)
    change_invitees(actor=frieda, conference=at, version=at.version, invitees=())
    assert conference.invitees.count() == 1


def test_a_consent_withdrawn_before_sharing_no_longer_covers(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    conference = planned(cast, frieda, invitees=(cast.organisations[JOBCENTER],))
    assert conference.case
    grant = consent_for(cast, conference.case, purpose=PURPOSE)
    withdraw(actor=frieda, grant=grant)
    with pytest.raises(NotCovered):
        share_content(actor=frieda, conference=conference, version=1)


def test_holding_it_makes_the_contact_and_its_diary_entry(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    conference = planned(cast, frieda)
    cover(cast, conference, JOBCENTER)
    before = Activity.objects.count()
    done = hold_conference(
        actor=frieda, conference=conference, version=1, held=held(cast, client=ClientPresence.PRESENT)
    )
    assert done.state == ConferenceState.HELD
    assert Activity.objects.count() == before + 1
    contact = CaseContact.objects.get(case=conference.case)
    assert (contact.activity.minutes, contact.activity.participants_target, contact.activity.participants_partner) == (
        60, 1, 1,
    )  # fmt: skip
    states = dict(conference.invitees.values_list("organisation_id", "attendance"))
    assert states == {
        cast.organisations[JOBCENTER]: Attendance.ATTENDED,
        cast.organisations[COLLEGE]: Attendance.ABSENT,
    }
    file = conference_file(frieda, conference.pk)
    assert file
    assert file.agreement == "Das Jobcenter prüft die Übernahme."


def test_nobody_takes_part_whom_no_consent_covers(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    conference = planned(cast, frieda)
    with pytest.raises(ConferenceRefused) as refused:
        hold_conference(actor=frieda, conference=conference, version=1, held=held(cast))
    assert refused.value.problems == {ConferenceField.ATTENDED: ConferenceProblem.NOT_COVERED}
    assert not CaseContact.objects.exists()


def test_a_conference_of_tomorrow_has_not_been_held(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    conference = planned(cast, frieda)
    cover(cast, conference, JOBCENTER)
    later = held(cast, on=clock.localdate() + timedelta(days=1))
    with pytest.raises(ConferenceRefused) as refused:
        hold_conference(actor=frieda, conference=conference, version=1, held=later)
    assert refused.value.problems == {ConferenceField.HELD_ON: ConferenceProblem.IN_THE_FUTURE}


def test_the_second_of_two_is_told(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    conference = planned(cast, frieda)
    cancel_conference(actor=frieda, conference=conference, version=1)
    with pytest.raises(ConferenceMoved):
        change_invitees(actor=frieda, conference=conference, version=1, invitees=())


@pytest.mark.parametrize(
    ("changes", "field", "problem"),
    [
        ({"occasion": ""}, ConferenceField.OCCASION, ConferenceProblem.MISSING),
        ({"occasion": "Fall Frau Beispiel"}, ConferenceField.OCCASION, ConferenceProblem.NAMES_SOMEBODY),
        ({"question": " "}, ConferenceField.QUESTION, ConferenceProblem.MISSING),
        ({"invitees": (0,)}, ConferenceField.INVITEES, ConferenceProblem.UNKNOWN),
    ],
)
def test_a_plan_that_cannot_be_is_refused_at_its_field(
    cast: Cast, act_as: Act, changes: dict[str, object], field: ConferenceField, problem: ConferenceProblem
) -> None:
    with pytest.raises(ConferenceRefused) as refused:
        planned(cast, act_as(cast.actor("frieda")), **changes)
    assert refused.value.problems == {field: problem}


@pytest.mark.parametrize(
    "question",
    ["Was hilft Frau Musterenko?", "geb. am 7.3.1990, wer ist zuständig?", "Rückruf 02241 123456?"],
)
def test_learning_names_nobody(cast: Cast, act_as: Act, question: str) -> None:
    frieda = act_as(cast.actor("frieda"))
    with pytest.raises(ConferenceRefused) as refused:
        plan_conference(actor=frieda, facts=facts(cast, None, question=question))
    assert refused.value.problems == {ConferenceField.QUESTION: ConferenceProblem.NAMES_SOMEBODY}


def test_learning_is_linked_to_nobody_and_shares_nothing(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    conference = plan_conference(actor=frieda, facts=facts(cast, None))
    assert conference.case_id is None
    with pytest.raises(PermissionDenied):
        share_content(actor=frieda, conference=conference, version=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Conference.objects.filter(pk=conference.pk).update(categories=["identity"])
    done = hold_conference(actor=frieda, conference=conference, version=1, held=held(cast))
    assert done.state == ConferenceState.HELD
    entry = Activity.objects.latest("pk")
    assert entry.partners == [cast.organisations[JOBCENTER]]
    with pytest.raises(ConferenceRefused):
        add_task(
            actor=frieda, conference=done, task=TaskFacts("Frau Muster anrufen", date(2030, 1, 1), frieda.account_id)
        )


def test_colleagues_read_learning_and_no_case_of_anybody_else(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    planned(cast, frieda)
    learning = plan_conference(actor=frieda, facts=facts(cast, None))
    for name, seen in (("mehmet", [learning.pk]), ("karin", [learning.pk]), ("klaus", []), ("tina", [])):
        assert [each.id for each in conferences(act_as(cast.actor(name)))] == seen, name


def test_a_task_has_one_owner_who_was_invited_and_is_settled_once(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    conference = planned(cast, frieda)
    task = TaskFacts("Bescheid prüfen", date(2030, 2, 1), organisation_id=cast.organisations[JOBCENTER])
    for wrong in (
        replace(task, is_for_client=True),
        replace(task, organisation_id=None),
        replace(task, organisation_id=cast.organisations["Stadt Troisdorf"]),
    ):
        with pytest.raises(ConferenceRefused):
            add_task(actor=frieda, conference=conference, task=wrong)
    added = add_task(actor=frieda, conference=conference, task=task)
    done = settle_task(actor=frieda, task=added)
    assert settle_task(actor=frieda, task=added).done_at == done.done_at
    with pytest.raises(PermissionDenied):
        settle_task(actor=act_as(cast.actor("klaus")), task=added)


def test_a_conference_to_come_stands_on_the_day_of_whoever_keeps_the_case(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    case, soon = running(cast, frieda), clock.now() + timedelta(days=3)
    planned = plan_conference(actor=frieda, facts=facts(cast, case, planned_at=soon, place="Kreishaus"))
    plan_conference(actor=frieda, facts=facts(cast, case))  # in some years
    plan_conference(actor=frieda, facts=facts(cast, None, planned_at=soon))  # about nobody's case
    told = [(item.title, item.due_on) for item in due_items(frieda)]
    assert told == [("Fallkonferenz: Übergang in Ausbildung", clock.localdate(soon))]
    cancel_conference(actor=frieda, conference=planned, version=planned.version)
    assert due_items(frieda) == ()
    assert due_items(act_as(cast.actor("mehmet"))) == ()
