"""What is counted of referrals and conferences."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.casework.models import Referral
from kimwerk.casework.referral_figures import FIGURES
from kimwerk.casework.referral_types import Answer, Outcome, ReferralChannel
from kimwerk.casework.services.answers import answer_referral
from kimwerk.casework.services.referrals import finish_referral
from kimwerk.kernel.figures import Counted, FigureQuery, QueryError
from kimwerk.kernel.periods import Period
from tests.casework.referring import JOBCENTER, Sent, agent, sent
from tests.cast import Cast, as_owner

Act = Callable[[Actor], Actor]
BY_KEY = {figure.key: figure for figure in FIGURES}


def count(actor: Actor, key: str, *by: str, **only: tuple[str, ...]) -> Counted:
    today = timezone.localdate()
    window = Period(today - timedelta(days=30), today + timedelta(days=1))
    return BY_KEY[key].compute(actor, FigureQuery(window, by=by, only=only))


@pytest.fixture
def two(cast: Cast, act_as: Act) -> tuple[Sent, Sent]:
    """One referral settled, one on a slip that still waits."""
    frieda = act_as(cast.actor("frieda"))
    done, waiting = sent(cast, frieda), sent(cast, frieda, channel=ReferralChannel.SLIP)
    finish_referral(actor=frieda, referral=done.referral, version=1, outcome=Outcome.SETTLED)
    return done, waiting


def test_referrals_are_counted_by_target_and_outcome(cast: Cast, act_as: Act, two: tuple[Sent, Sent]) -> None:
    kim = act_as(cast.actor("kim"))
    counted = count(kim, "case_referrals_by_target", "referral_target", "referral_outcome")
    assert counted.cells == {("behoerden", "settled"): 1, ("behoerden", "sent"): 1}
    assert counted.total == 2
    assert [each.label for each in counted.axes[1].members] == ["Das Anliegen ist erledigt", "wartet auf Antwort"]
    assert count(kim, "case_referrals", referral_outcome=("settled",)).total == 1


def test_months_add_up(cast: Cast, act_as: Act, two: tuple[Sent, Sent]) -> None:
    with as_owner():
        moved = timezone.now() - timedelta(hours=1)
        Referral.objects.filter(pk=two[0].referral.pk).update(sent_at=moved)
    counted = count(act_as(cast.actor("kim")), "case_referrals", "month")
    assert sum(value for value in counted.cells.values() if isinstance(value, int)) == counted.total == 2


def test_the_time_to_an_answer_is_a_mean_in_days(cast: Cast, act_as: Act) -> None:
    made = sent(cast, act_as(cast.actor("frieda")))
    with as_owner():
        Referral.objects.filter(pk=made.referral.pk).update(sent_at=timezone.now() - timedelta(days=3))
    jana = act_as(agent(cast))
    answer_referral(actor=jana, referral=made.referral, version=1, answer=Answer(is_accepted=True))
    counted = count(act_as(cast.actor("kim")), "case_referral_wait", "recipient")
    assert isinstance(counted.total, Decimal)
    assert round(counted.total) == 3
    assert list(counted.cells) == [(str(cast.organisations[JOBCENTER]),)]


@pytest.mark.parametrize("name", ["klara", "klaus", "tina", "arno", "mehmet"])
def test_who_may_not_count_counts_nothing(cast: Cast, act_as: Act, two: tuple[Sent, Sent], name: str) -> None:
    assert count(act_as(cast.actor(name)), "case_referrals").total == 0


def test_an_unknown_dimension_is_refused(cast: Cast, act_as: Act) -> None:
    with pytest.raises(QueryError):
        count(act_as(cast.actor("kim")), "case_conferences", "referral_target")


def test_no_conference_is_no_count(cast: Cast, act_as: Act) -> None:
    assert count(act_as(cast.actor("kim")), "case_conferences", "month").total == 0
