"""Looking into a case that one does not work on: breaking the glass, and drawing a quality sample."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.audit.services import record
from kimwerk.casework.models import Case, Choice, Finding, Insight
from kimwerk.casework.policies import may_look_into, may_work_on
from kimwerk.casework.sealing import Texts
from kimwerk.casework.selectors.choices import settings_of
from kimwerk.casework.services.locking import account_of
from kimwerk.casework.services.refusals import refuse
from kimwerk.casework.types import CaseProblem, ChoiceList, InsightKind, Sealed, Verdict
from kimwerk.persons.services import entrust, release
from kimwerk.persons.types import CareReason

SAMPLE_DAYS = 14
MOST_SAMPLED = 20
LONGEST_REASON = 300
Findings = Mapping[int, tuple[Verdict, str]]
"""By the aspect: the verdict and a note."""


@transaction.atomic
def break_glass(*, actor: Actor, case: Case, reason: str) -> Insight:
    """Open a case for a few hours, for a reason that the case manager reads on their day and in the case."""
    if not may_look_into(actor, case):
        raise PermissionDenied
    if not reason.strip():
        refuse({"reason": CaseProblem.MISSING})
    if len(reason) > LONGEST_REASON:
        refuse({"reason": CaseProblem.TOO_LONG})
    until = timezone.now() + timedelta(hours=settings_of(case.organisation_id).glass_hours)
    insight = _look_into(actor, case, InsightKind.BREAK_GLASS, reason.strip(), until)
    record(actor=actor, action="case.glass_broken", subject=case)
    return insight


@transaction.atomic
def end_insight(*, actor: Actor, insight: Insight) -> Insight:
    """Close what one had opened before its time is over."""
    current = Insight.objects.select_for_update(of=("self",)).get(pk=insight.pk)
    if current.account_id != actor.account_id:
        raise PermissionDenied
    if current.ends_at > timezone.now():
        current.ends_at = timezone.now()
        current.save(update_fields=["ends_at"])
        _release(actor, current)
        record(actor=actor, action="case.insight_ended", subject=current)
    return current


@transaction.atomic
def acknowledge(*, actor: Actor, insight: Insight) -> Insight:
    """The case manager has read that somebody looked into the case."""
    current = Insight.objects.select_for_update(of=("self",)).get(pk=insight.pk)
    if not may_work_on(actor, current.case):
        raise PermissionDenied
    if current.seen_at is None:
        current.seen_at = timezone.now()
        current.save(update_fields=["seen_at"])
    return current


@transaction.atomic
def draw_sample(*, actor: Actor, organisation_id: int, number: int) -> list[Insight]:
    """Open some cases at random for a quality review (four eyes), never the same one twice in a year."""
    if organisation_id not in actor.scope(Permission.CASE_OVERSEE).touched_organisations:
        raise PermissionDenied
    if not 1 <= number <= MOST_SAMPLED:
        refuse({"number": CaseProblem.UNKNOWN})
    since = timezone.now() - timedelta(days=365)
    lately = Insight.objects.filter(kind=InsightKind.QUALITY_SAMPLE.value, begins_at__gte=since)
    drawn = (
        Case.objects.overseen_by(actor)
        .filter(organisation=organisation_id)
        .not_closed()
        .exclude(Q(responsible=actor.account_id) | Q(deputy=actor.account_id) | Q(pk__in=lately.values("case")))
        .order_by("?")[:number]
    )
    until = timezone.now() + timedelta(days=SAMPLE_DAYS)
    insights = [_look_into(actor, case, InsightKind.QUALITY_SAMPLE, "", until) for case in drawn]
    if insights:
        record(actor=actor, action="case.sampled", amount=len(insights))
    return insights


@transaction.atomic
def review(*, actor: Actor, insight: Insight, findings: Findings) -> Insight:
    """Write down what a quality sample found, for the case manager to read, and close the case again."""
    current = Insight.objects.select_for_update(of=("self",)).get(pk=insight.pk)
    is_own = current.account_id == actor.account_id and current.kind == InsightKind.QUALITY_SAMPLE.value
    if not is_own or current.ends_at <= timezone.now():
        raise PermissionDenied
    aspects = set(Choice.objects.of(ChoiceList.REVIEW_ASPECT).values_list("pk", flat=True))
    if not findings or not set(findings) <= aspects:
        refuse({"findings": CaseProblem.NOTHING_SAID})
    texts = Texts(current.case.person_id)
    Finding.objects.bulk_create(
        Finding(
            case_id=current.case_id,
            insight=current,
            aspect_id=aspect,
            verdict=verdict.value,
            note=texts.seal(note, Sealed.FINDING),
        )
        for aspect, (verdict, note) in findings.items()
    )
    record(actor=actor, action="case.reviewed", subject=current)
    return end_insight(actor=actor, insight=current)


def _look_into(actor: Actor, case: Case, kind: InsightKind, reason: str, until: datetime) -> Insight:
    me = account_of(actor)
    insight = Insight.objects.create(case=case, account_id=me, kind=kind.value, reason=reason, ends_at=until)
    entrust(
        actor=actor,
        person_id=case.person_id,
        account_id=me,
        reason=CareReason.BREAK_GLASS,
        case_key=f"{case.pk}/{insight.pk}",
        until=until,
    )
    return insight


def _release(actor: Actor, insight: Insight) -> None:
    release(
        actor=actor,
        person_id=insight.case.person_id,
        account_id=account_of(actor),
        reason=CareReason.BREAK_GLASS,
        case_key=f"{insight.case_id}/{insight.pk}",
    )
