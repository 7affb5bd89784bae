"""A case of Frieda's with everything that hangs on it, for the attacks."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from kimwerk.access.walls import set_actor
from kimwerk.casework.models import Choice
from kimwerk.casework.services import clarify, open_case
from kimwerk.casework.services.agreeing import make_agreement
from kimwerk.casework.services.assessing import assess
from kimwerk.casework.services.contacting import log_contact, write_note
from kimwerk.casework.services.drafting import keep_draft
from kimwerk.casework.services.insights import break_glass, draw_sample, review
from kimwerk.casework.services.planning import agree_goal, plan_step
from kimwerk.casework.services.reminding import set_deadline
from kimwerk.casework.services.rules import add_admission_rule
from kimwerk.casework.types import (
    CaseFacts,
    CaseKind,
    ChoiceList,
    ClarificationFacts,
    ContactFacts,
    DeadlineKind,
    Decision,
    GoalFacts,
    Occasion,
    RatingFacts,
    StepFacts,
    StepOwner,
    Verdict,
)
from tests.cast import Cast

DAY = date(2022, 3, 7)
OF_A_CASE = (
    *("casework:case", "casework:frame", "casework:clarification", "casework:history", "casework:draft"),
    *(
        "casework:close",
        "casework:end_shares",
        "casework:reopen",
        "casework:hand_over",
        "casework:deputise",
        "casework:end_deputy",
    ),
    *("casework:break_glass", "casework:situation", "casework:assess", "casework:plan", "casework:new_goal"),
    *("casework:agree", "casework:contacts", "casework:new_contact", "casework:new_note", "casework:new_deadline"),
    "casework:fill_template",
)
OF_A_PART = {
    "casework:end_insight": "insight",
    "casework:acknowledge": "insight",
    "casework:assessment": "assessment",
    "casework:goal": "goal",
    "casework:goal_state": "goal",
    "casework:new_step": "goal",
    "casework:step": "step",
    "casework:sign": "agreement",
    "casework:agreement_pdf": "agreement",
    "casework:contact": "contact",
    "casework:note": "note",
}
OF_COLLEAGUES = {*OF_A_CASE, *OF_A_PART, "casework:step_state", "casework:deadline_state", "casework:new"} | {
    "casework:review"
}


def build_case(cast: Cast, person: int) -> dict[str, int]:
    """The case and its parts by the names their doors use, behind "case_"."""
    frieda, karin = cast.actor("frieda"), cast.actor("karin")
    domain = Choice.objects.of(ChoiceList.LIFE_DOMAIN)[0].pk
    set_actor(karin.account_id)
    rule = add_admission_rule(
        actor=karin, organisation_id=cast.organisations["Rhein-Sieg-Kreis"], label="Regel", is_required=False
    )
    set_actor(frieda.account_id)
    frame = CaseFacts(
        CaseKind.CASE_MANAGEMENT,
        cast.municipalities["Siegburg"],
        Choice.objects.of(ChoiceList.ACCESS_PATH)[0].pk,
        DAY,
    )
    case = open_case(actor=frieda, person_id=person, facts=frame)
    clarify(actor=frieda, case=case, facts=ClarificationFacts(Decision.CASE_MANAGEMENT, "Frieda"))
    goal = agree_goal(actor=frieda, case=case, facts=GoalFacts("Frieda", "Frieda", DAY))
    step = plan_step(actor=frieda, goal=goal, facts=StepFacts("Frieda", StepOwner.CLIENT, timezone.localdate()))
    ratings = [RatingFacts(domain, 2, need="Frieda")]
    made = assess(actor=frieda, case=case, assessed_on=DAY, occasion=Occasion.BASELINE, ratings=ratings)
    entry = ContactFacts(DAY, cast.categories["erstgespraech"], None, 30, note="Frieda")
    parts = {
        "case": case,
        "goal": goal,
        "step": step,
        "assessment": made,
        "contact": log_contact(actor=frieda, case=case, facts=entry),
        "note": write_note(actor=frieda, case=case, text="Frieda"),
        "agreement": make_agreement(actor=frieda, case=case, language="en", agreed_on=DAY),
        "deadline": set_deadline(actor=frieda, case=case, kind=DeadlineKind.OTHER, due_on=timezone.localdate()),
        "rule": rule,
    }
    keep_draft(actor=frieda, case=case, form="note", url=f"/faelle/{case.pk}/notizen/neu/", content="note=Frieda")
    set_actor(karin.account_id)
    (drawn,) = draw_sample(actor=karin, organisation_id=case.organisation_id, number=1)
    aspect = Choice.objects.of(ChoiceList.REVIEW_ASPECT)[0].pk
    review(actor=karin, insight=drawn, findings={aspect: (Verdict.GOOD, "Frieda")})
    parts["insight"] = break_glass(actor=karin, case=case, reason="Frieda")
    return {f"case_{name}": part.pk for name, part in parts.items()}


def first_choice() -> int:
    """An entry of a list that all organisations share."""
    return Choice.objects.of(ChoiceList.LIFE_DOMAIN)[0].pk


def first_path() -> int:
    """An entry of a list that the Land asks for in its own words."""
    return Choice.objects.of(ChoiceList.ACCESS_PATH)[0].pk
