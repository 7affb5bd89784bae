"""Needs that arise elsewhere: at the tables of an event, in surveys, and from referrals that nobody took on."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record_unnamed
from kimwerk.events.models import Event, GroupResult
from kimwerk.needs.models import Need
from kimwerk.needs.policies import may_bundle
from kimwerk.needs.selectors.arising import open_answers, open_results
from kimwerk.needs.services.needs import report_need
from kimwerk.needs.types import FailedReferral, NeedFacts, Origin
from kimwerk.surveys.models import Answer, Survey

LONGEST_TITLE = 200


@transaction.atomic
def take_over(*, actor: Actor, event: Event, result_ids: Collection[int]) -> list[Need]:
    """Make needs of what was named at an event; what became one already is left out."""
    if not may_bundle(actor, event.organisation_id):
        raise PermissionDenied
    chosen = [result for result in open_results(actor, event) if result.pk in result_ids]
    return [_need_of(actor, event, result) for result in chosen]


def _need_of(actor: Actor, event: Event, result: GroupResult) -> Need:
    facts = NeedFacts(
        result.title,
        Origin.EVENT,
        event.day,
        result.text,
        event.title,
        event.municipality_id,
        result.topic_id,
        result.target_group_id,
        result.legal_circle_id,
        result.pk,
    )
    return report_need(actor=actor, organisation_id=event.organisation_id, facts=facts)


@transaction.atomic
def take_answers(*, actor: Actor, survey: Survey, answer_ids: Collection[str]) -> list[Need]:
    """Make needs of what was answered in a survey; what became one already is left out. Raises NeedsRefused."""
    if not may_bundle(actor, survey.organisation_id):
        raise PermissionDenied
    chosen = [answer for answer in open_answers(actor, survey) if str(answer.pk) in answer_ids]
    return [_need_out_of(actor, survey, answer) for answer in chosen]


def _need_out_of(actor: Actor, survey: Survey, answer: Answer) -> Need:
    title = " ".join(answer.text.split())
    is_long = len(title) > LONGEST_TITLE
    facts = NeedFacts(
        title[: LONGEST_TITLE - 1] + "…" if is_long else title,
        Origin.SURVEY,
        answer.response.answered_on,
        answer.text if is_long else "",
        survey.title,
        answer.response.municipality_id,
        answer_id=answer.pk,
    )
    return report_need(actor=actor, organisation_id=survey.organisation_id, facts=facts)


@transaction.atomic
def count_failure(failed: FailedReferral, *, title: str) -> None:
    """Count a referral that nobody took on as a need; those of the same cause are one need.

    Whoever declines works elsewhere, and time passes without anybody: a function of the database writes it down.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select needs_count_failure(%s, %s, %s, %s, %s)",
            [failed.organisation_id, title[:200], failed.municipality_id, failed.cause, failed.failed_on],
        )
    record_unnamed(action="need.counted")
