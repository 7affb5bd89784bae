"""What is still open when a case is to be closed, beside its referrals."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.casework.models import Case, Goal, Step
from kimwerk.casework.models.conference import ConferenceTask
from kimwerk.casework.models.referral import Referral, ReferralOrigin
from kimwerk.casework.types import GoalState, OpenPart, PartKind, StepState
from kimwerk.consent.models import Disclosure
from kimwerk.consent.models.disclosure import DisclosureQuerySet

OPEN_GOALS = [state.value for state in GoalState if state.is_open]


def open_goals(_actor: Actor, case: Case) -> Iterator[OpenPart]:
    """Goals of which nobody has said yet how they ended."""
    amount = Goal.objects.filter(case=case, state__in=OPEN_GOALS).count()
    yield OpenPart(PartKind.GOAL, amount, reverse("casework:plan", args=[case.pk]))


def open_steps(_actor: Actor, case: Case) -> Iterator[OpenPart]:
    """Steps that are neither done nor dropped."""
    amount = Step.objects.filter(case=case, state=StepState.OPEN.value).count()
    yield OpenPart(PartKind.STEP, amount, reverse("casework:plan", args=[case.pk]))


def open_referrals(_actor: Actor, case: Case) -> Iterator[OpenPart]:
    """Referrals of which something is still to be expected."""
    amount = ReferralOrigin.objects.filter(case=case, referral__in=Referral.objects.open()).count()
    yield OpenPart(PartKind.REFERRAL, amount, reverse("casework:linking", args=[case.pk]))


def open_tasks(_actor: Actor, case: Case) -> Iterator[OpenPart]:
    """What somebody took on in a case conference and has not done."""
    amount = ConferenceTask.objects.filter(conference__case=case, done_at__isnull=True).count()
    yield OpenPart(PartKind.CONFERENCE_TASK, amount, reverse("casework:linking", args=[case.pk]))


def open_shares(actor: Actor, case: Case) -> Iterator[OpenPart]:
    """What recipients may still read."""
    yield OpenPart(PartKind.SHARE, running_shares(actor, case).count(), reverse("casework:end_shares", args=[case.pk]))


def running_shares(actor: Actor, case: Case) -> DisclosureQuerySet:
    """What was disclosed about the case's person under a consent and may still be read.

    None of it is the case's alone as long as another one of the person is open. What an open referral told
    ends with that.
    """
    shared = Disclosure.objects.visible_to(actor).shared(timezone.localdate())
    if _has_sibling(case):
        return shared.none()
    going_on = Referral.objects.open().filter(origin__case=case)
    asked = going_on.exclude(asking=None).values("asking")
    answered = going_on.exclude(disclosure=None).values("disclosure")
    ours = shared.filter(person=case.person_id, organisation=case.organisation_id, grant__isnull=False)
    return ours.exclude(pk__in=asked).exclude(pk__in=answered)


def _has_sibling(case: Case) -> bool:
    """Whether the person has another open case here, also one that a colleague keeps."""
    with connection.cursor() as cursor:
        cursor.execute("select casework_has_sibling(%s)", [case.pk])
        row: tuple[bool] | None = cursor.fetchone()
    return bool(row and row[0])
