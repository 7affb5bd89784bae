"""The synthetic caseload: everybody's cases in all states, written as the cast would, seen by nobody else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from kimwerk.access.walls import set_actor
from kimwerk.accounts.selectors import actor_by_email
from kimwerk.casework.models import Case
from kimwerk.casework.referral_states import ReferralState
from kimwerk.casework.selectors.assessments import assessments_of, lines_of
from kimwerk.casework.selectors.case_file import contacts_of, goals_of
from kimwerk.casework.types import CaseState
from kimwerk.desk.demo.caseload import the_caseload
from kimwerk.desk.demo.county import the_county
from kimwerk.desk.demo.earlier import plan_earlier
from tests.desk.conftest import TODAY

Ask = Callable[[str], list[tuple[object, ...]]]
CASELOAD = the_caseload()
EARLIER = plan_earlier(the_county(), 2022, TODAY)


def test_frieda_has_a_dozen_cases_in_all_states() -> None:
    states = Counter(
        "closed" if story.closing else "running" if story.decision else "clarification"
        for story in CASELOAD.cases
        if story.manager == "frieda"
    )
    assert sum(states.values()) == 12
    assert set(states) == {state.value for state in CaseState}


def test_everybody_in_the_file_has_a_case_and_is_written_in_their_own_script_or_in_latin() -> None:
    assert {story.person for story in CASELOAD.cases} == set(CASELOAD.people)
    assert sum(bool(client.original) for client in CASELOAD.people.values()) > len(CASELOAD.people) / 2


def test_contacts_are_entries_of_the_diary_outside_of_the_months_of_the_source(demo: Ask) -> None:
    contacts = sum(len(story.contacts) for story in (*CASELOAD.cases, *EARLIER.cases))
    assert demo(
        "select count(*), min(a.day) > '2022-04-21' from casework_casecontact c"
        " join activities_activity a on a.id = c.activity_id"
    ) == [(contacts, True)]


def test_the_source_s_young_father_found_an_internship(demo: Ask) -> None:
    frieda = actor_by_email("frieda@kimwerk.example")
    assert frieda
    set_actor(frieda.account_id)
    case = Case.objects.own_of(frieda).get(person__family_name="Beispielzada")
    steps = [step for goal in goals_of(case) for step in goal.steps]
    assert any("Praktikum" in step.text and not step.is_open for step in steps)
    assert any("Praktikum" in contact.note for contact in contacts_of(case))
    work = next(line for line in lines_of(assessments_of(case)) if line.label == "Arbeit")
    assert work.levels == (0, 2, 3)


def test_each_sees_only_what_is_theirs(demo: Ask) -> None:
    for name, count in (("frieda", 12), ("mehmet", 5), ("tomasz", 4), ("karin", 0), ("sam", 0), ("arno", 0)):
        actor = actor_by_email(f"{name}@kimwerk.example")
        assert actor
        set_actor(actor.account_id)
        assert Case.objects.visible_to(actor).count() == count, name


def test_the_caseload_refers_in_every_state_and_confers_and_signs(demo: Ask) -> None:
    states = dict(demo("select state, count(*) from casework_referral group by state"))
    assert set(states) == {state.value for state in ReferralState}
    assert demo("select count(*) from casework_referral where asking_id is null and channel <> 'slip'") == [(0,)]
    assert demo("select count(*) from casework_conference where state = 'planned'") == [(2,)]
    assert demo("select language, signed_on is not null from casework_agreement order by language") == [
        ("ar", False),
        ("fa", True),
        ("uk", True),
    ]
