"""A referral of Frieda's and one to her county, a conference and a checklist, for the attacks."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from django.utils import timezone as clock

from kimwerk.access.walls import set_actor
from kimwerk.casework.checklist_types import ChecklistState, Standing
from kimwerk.casework.conference_types import ConferenceFacts, TaskFacts
from kimwerk.casework.models import Case, Referral
from kimwerk.casework.referral_states import ReferralState
from kimwerk.casework.referral_texts import seal_need
from kimwerk.casework.referral_types import ReferralChannel
from kimwerk.casework.services.checklists import begin_checklist, set_standing
from kimwerk.casework.services.conferences import add_task, plan_conference
from kimwerk.casework.services.links import make_link
from kimwerk.casework.services.referrals import send_referral
from tests.casework.referring import JOBCENTER, consent_for, referral_facts
from tests.cast import Cast, as_owner

OF_THINGS = {
    **dict.fromkeys(
        (
            *("casework:referral", "casework:referral_recall", "casework:referral_give_up"),
            *("casework:referral_arrival", "casework:referral_result", "casework:referral_release"),
            *("casework:referral_link", "casework:referral_slip"),
        ),
        "referral",
    ),
    **dict.fromkeys(
        ("casework:referral_new", "casework:conference_new", "casework:checklist_new", "casework:linking"), "case_case"
    ),
    **dict.fromkeys(
        (
            *("casework:conference", "casework:conference_invite", "casework:conference_share"),
            *("casework:conference_held", "casework:conference_cancel", "casework:conference_task"),
        ),
        "conference",
    ),
    "casework:conference_settle": "conference_task",
    **dict.fromkeys(("casework:checklist", "casework:checklist_standing", "casework:checklist_hand_over"), "checklist"),
    **dict.fromkeys(
        (
            *("casework:received", "casework:received_answer", "casework:received_arrived"),
            *("casework:received_content", "casework:received_result"),
        ),
        "incoming",
    ),
}
"""The doors to one thing, and the name of the thing."""

OF_LINKS = ("casework:link", "casework:link_answer", "casework:link_result")
OF_COLLEAGUES = {name for name, key in OF_THINGS.items() if key != "incoming"}


def build_referrals(cast: Cast, case_id: int) -> dict[str, int]:
    """Frieda's referral, conference with a task, and checklist; and a referral from Troisdorf to her county."""
    frieda = cast.actor("frieda")
    set_actor(frieda.account_id)
    case = Case.objects.get(pk=case_id)
    consent_for(cast, case)
    facts = ConferenceFacts(
        organisation_id=case.organisation_id,
        occasion="Übergang in Arbeit",
        planned_at=datetime(2030, 1, 1, 9, tzinfo=timezone.utc),
        question="Frieda",
        case_id=case.pk,
        invitees=(cast.organisations[JOBCENTER],),
    )
    conference = plan_conference(actor=frieda, facts=facts)
    task = TaskFacts("Frieda", date(2030, 2, 1), account_id=frieda.account_id)
    checklist = begin_checklist(actor=frieda, case=case, list_key="einbuergerung")
    standing = Standing(ChecklistState.PREPARING, authority_id=cast.organisations[JOBCENTER])
    set_standing(actor=frieda, checklist=checklist, version=1, standing=standing)
    referral = send_referral(actor=frieda, case=case, facts=referral_facts(cast))
    make_link(actor=frieda, referral=referral)
    return {
        "referral": referral.pk,
        "conference": conference.pk,
        "conference_task": add_task(actor=frieda, conference=conference, task=task).pk,
        "checklist": checklist.pk,
        "incoming": _incoming(cast).pk,
    }


def _incoming(cast: Cast) -> Referral:
    with as_owner():
        return Referral.objects.create(
            organisation_id=cast.organisations["Stadt Troisdorf"],
            recipient_id=cast.organisations["Rhein-Sieg-Kreis"],
            target_id=cast.categories["behoerden"],
            need=seal_need("Frieda"),
            channel=ReferralChannel.QUEUE.value,
            state=ReferralState.SENT.value,
            sent_at=clock.now(),
            sent_by_id=cast.accounts["tomasz"],
            answer_due_on=clock.localdate() + timedelta(days=14),
        )
