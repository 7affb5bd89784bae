"""The walls around referrals, conferences and checklists, asked in SQL as the web role."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timezone

import pytest
from django.db import ProgrammingError, connection, transaction

from kimwerk.access.actors import Actor
from kimwerk.access.roles import ROLES, Role
from kimwerk.casework.services.checklists import begin_checklist
from kimwerk.casework.services.links import make_link
from tests.casework.referring import JOBCENTER, Sent, agent, sent, sent_by_link
from tests.cast import Cast

Act = Callable[[Actor], Actor]
OF_THE_CASE = (
    "casework_referralorigin",
    "casework_conference",
    "casework_conferenceinvitee",
    "casework_conferencetask",
    "casework_checklist",
    "casework_checklistitem",
    "casework_referrallink",
)
CONTENT = (
    "casework_case", "casework_note", "casework_assessment", "casework_goal", "casework_step", "casework_casecontact",
    "persons_person", "persons_personname", "persons_care", "vault_personkey", "activities_activity",
)  # fmt: skip


def rows(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")
        found: tuple[int] | None = cursor.fetchone()
        return found[0] if found else 0


def everything(cast: Cast, act_as: Act) -> Sent:
    """A case with a referral, a link, a checklist and a conference."""
    from kimwerk.casework.conference_types import ConferenceFacts, TaskFacts
    from kimwerk.casework.services.conferences import add_task, plan_conference

    made = sent_by_link(cast, act_as(cast.actor("frieda")))
    make_link(actor=made.sender, referral=made.referral)
    begin_checklist(actor=made.sender, case=made.case, list_key="einbuergerung")
    facts = ConferenceFacts(
        organisation_id=made.case.organisation_id,
        occasion="Übergang in Arbeit",
        planned_at=datetime(2030, 1, 1, 9, tzinfo=timezone.utc),
        question="Wer hilft beim Antrag?",
        case_id=made.case.pk,
        invitees=(cast.organisations[JOBCENTER],),
    )
    conference = plan_conference(actor=made.sender, facts=facts)
    task = TaskFacts(text="Termin machen", due_on=date(2030, 2, 1), account_id=made.sender.account_id)
    add_task(actor=made.sender, conference=conference, task=task)
    return made


def test_the_cases_own_manager_reads_all_of_it(cast: Cast, act_as: Act) -> None:
    everything(cast, act_as)
    assert all(rows(table) for table in OF_THE_CASE)


@pytest.mark.parametrize(
    "name", ["mehmet", "tomasz", "klaus", "klara", "arno", "tina", "sam", "doris", "stefan", "lena"]
)
def test_nobody_else_reads_what_belongs_to_the_case(cast: Cast, act_as: Act, name: str) -> None:
    everything(cast, act_as)
    act_as(cast.actor(name))
    counted = {"casework_conference"} if name == "lena" else set()
    assert {table for table in OF_THE_CASE if rows(table)} == counted


@pytest.mark.parametrize("role", [Role.PARTNER_OFFICE, Role.PARTNER_AGENCY])
def test_an_authority_has_no_path_to_casework_persons_or_the_diary(cast: Cast, act_as: Act, role: Role) -> None:
    """The authority that is asked and invited: not a row of the case, the person, or the diary."""
    everything(cast, act_as)
    act_as(agent(cast, role=role))
    assert {table for table in (*OF_THE_CASE, *CONTENT) if rows(table)} == set()
    assert rows("casework_referral") == (1 if role is Role.PARTNER_AGENCY else 0)


def test_no_role_of_an_authority_has_a_right_to_cases() -> None:
    for role in (Role.PARTNER_OFFICE, Role.PARTNER_AGENCY):
        assert not [right for right in ROLES[role].rights if right.startswith(("case.", "person.", "activity."))]


def test_before_accepting_the_recipient_reads_nothing_that_tells_who_it_is(cast: Cast, act_as: Act) -> None:
    made = sent(cast, act_as(cast.actor("frieda")))
    assert made.case.person
    known = (made.case.person.family_name, made.case.person.given_names, made.case.number)
    act_as(agent(cast))
    with connection.cursor() as cursor:
        cursor.execute("select to_jsonb(r)::text from casework_referral r")
        (text,) = cursor.fetchone() or ("",)
    assert text
    assert not [each for each in known if each in text]
    assert '"case_id"' not in text
    assert '"person_id"' not in text


def test_a_slip_of_paper_is_in_no_queue(cast: Cast, act_as: Act) -> None:
    from kimwerk.casework.referral_types import ReferralChannel

    sent(cast, act_as(cast.actor("frieda")), channel=ReferralChannel.SLIP)
    act_as(agent(cast))
    assert rows("casework_referral") == 0


@pytest.mark.parametrize("verb", ["insert", "delete"])
def test_a_recipient_neither_makes_nor_removes_referrals(cast: Cast, act_as: Act, verb: str) -> None:
    sent(cast, act_as(cast.actor("frieda")))
    jana = act_as(agent(cast))
    columns = "organisation_id, recipient_id, target_id, need, language, age_band, channel, state, sent_at, sent_by_id,"
    with connection.cursor() as cursor:
        if verb == "delete":
            cursor.execute("delete from casework_referral")
            assert cursor.rowcount == 0
            return
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            cursor.execute(
                f"insert into casework_referral ({columns} answer_due_on, decline_reason, note, outcome, version)"
                " select organisation_id, recipient_id, target_id, need, language, age_band, 'slip', 'sent', now(),"
                " %s, answer_due_on, '', '', '', 1 from casework_referral",
                [jana.account_id],
            )


def test_who_counts_reads_rows_but_not_what_was_needed(cast: Cast, act_as: Act) -> None:
    made = sent(cast, act_as(cast.actor("frieda")))
    act_as(cast.actor("kim"))
    with connection.cursor() as cursor:
        cursor.execute("select need from casework_referral")
        (need,) = cursor.fetchone() or ("",)
    assert need == made.referral.need
    assert "SGB" not in need
    assert rows("casework_referralorigin") == 0


def test_the_function_that_stops_refuses_to_stop_what_is_not_withdrawn(cast: Cast, act_as: Act) -> None:
    from kimwerk.casework.services.stopping import stop_referrals

    made = sent(cast, act_as(cast.actor("frieda")))
    act_as(cast.actor("klaus"))
    assert stop_referrals([made.grant.pk]) == 0
