"""What is left of cases when their person is erased: the frame, and nothing that was said."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.test import Client
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.casework import privacy
from kimwerk.casework.models import Case, Referral
from kimwerk.casework.referral_texts import open_need
from kimwerk.casework.referral_types import Outcome
from kimwerk.casework.services import close_case
from kimwerk.casework.services.answers import answer_referral
from kimwerk.casework.services.closing import end_shares
from kimwerk.casework.services.planning import agree_goal, move_goal, plan_step, settle_step
from kimwerk.casework.services.referrals import finish_referral
from kimwerk.casework.types import GoalFacts, GoalState, StepFacts, StepOwner, StepState
from kimwerk.kernel.personal import Erasure
from kimwerk.persons.services import erase_person
from kimwerk.persons.types import ErasureReason
from tests.casework.referring import NEED, Sent, agent, sent
from tests.casework.test_closing import ending
from tests.casework.test_referrals import ACCEPTED
from tests.cast import Cast, as_owner

Act = Callable[[Actor], Actor]


def finished(cast: Cast, act_as: Act) -> Sent:
    """A closed case with a goal, a step and a referral that came to an end."""
    made = sent(cast, act_as(cast.actor("frieda")))
    frieda, case, today = made.sender, made.case, timezone.localdate()
    goal = agree_goal(actor=frieda, case=case, facts=GoalFacts("Arbeit", "Vertrag", today))
    step = plan_step(actor=frieda, goal=goal, facts=StepFacts("Mappe", StepOwner.CLIENT, today))
    answered = answer_referral(actor=act_as(agent(cast)), referral=made.referral, version=1, answer=ACCEPTED)
    act_as(frieda)
    finish_referral(actor=frieda, referral=answered, version=answered.version, outcome=Outcome.SETTLED)
    settle_step(actor=frieda, step=step, state=StepState.DROPPED)
    move_goal(actor=frieda, goal=goal, state=GoalState.REACHED)
    end_shares(actor=frieda, case=case)
    close_case(actor=frieda, case=case, facts=ending())
    return made


def to_be_deleted() -> list[type[models.Model]]:
    """The models whose rows go with the person, as the room declares them."""
    return [
        apps.get_model("casework", name)
        for name, fields in privacy.FIELDS.items()
        if fields["id"].erasure is Erasure.DELETE_ROW
    ]


def test_all_content_goes_and_the_frame_counts_on(cast: Cast, act_as: Act) -> None:
    made = finished(cast, act_as)
    with as_owner():
        assert sum(model.objects.count() for model in to_be_deleted()) > 5
    assert made.case.person_id
    erase_person(actor=made.sender, person_id=made.case.person_id, reason=ErasureReason.ASKED)
    with as_owner():
        assert {model.__name__: model.objects.count() for model in to_be_deleted() if model.objects.exists()} == {}
        assert Case.objects.get(pk=made.case.pk).goal_attainment == "reached"
        left = Referral.objects.get(pk=made.referral.pk)
        assert (left.outcome, left.need, left.note) == (Outcome.SETTLED.value, "", "")
        connection.check_constraints()


def test_no_page_leads_to_the_case_or_its_referral_any_more(
    cast: Cast, act_as: Act, sign_in: Callable[[str], Client]
) -> None:
    made = finished(cast, act_as)
    pages = (f"/faelle/{made.case.pk}/", f"/faelle/verweise/{made.referral.pk}/")
    assert made.case.person_id
    browser = sign_in("frieda")
    assert [browser.get(page).status_code for page in pages] == [200, 200]
    act_as(made.sender)
    erase_person(actor=made.sender, person_id=made.case.person_id, reason=ErasureReason.ASKED)
    assert [browser.get(page).status_code for page in pages] == [404, 404]


def test_the_database_forgets_for_nobody_but_whoever_keeps_the_file_and_no_open_case(cast: Cast, act_as: Act) -> None:
    made = sent(cast, act_as(cast.actor("frieda")))

    def forget(actor: Actor) -> None:
        act_as(actor)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select casework_forget(%s)", [made.case.person_id])

    for character in ("mehmet", "karin", "lena", "doris"):
        with pytest.raises(DatabaseError, match="does not keep this file"):
            forget(cast.actor(character))
    with pytest.raises(DatabaseError, match="an open case is not erased"):
        forget(made.sender)
    assert open_need(Referral.objects.get(pk=made.referral.pk).need) == NEED
