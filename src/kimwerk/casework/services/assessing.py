"""Assessing the situation in the domains of life, and correcting an assessment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.casework.models import Assessment, Case, Choice, Rating
from kimwerk.casework.models.assessment import BEST
from kimwerk.casework.sealing import Texts
from kimwerk.casework.services.locking import account_of, locked_to_write
from kimwerk.casework.services.refusals import ChangedMeanwhile, refuse
from kimwerk.casework.types import CaseProblem, ChoiceList, Occasion, Problems, RatingFacts, Sealed

LONGEST_TEXT = 4_000


@transaction.atomic
def assess(
    *, actor: Actor, case: Case, assessed_on: date, occasion: Occasion, ratings: Sequence[RatingFacts]
) -> Assessment:
    """Write down how things stand on a day. One a day: a second one on that day corrects the first."""
    current = locked_to_write(actor, case)
    problems = judge(current, assessed_on, ratings)
    if Assessment.objects.filter(case=current, assessed_on=assessed_on).exists():
        problems["assessed_on"] = CaseProblem.THE_SAME
    refuse(problems)
    me = account_of(actor)
    assessment = Assessment.objects.create(
        case=current, occasion=occasion.value, assessed_on=assessed_on, assessed_by_id=me, changed_by_id=me
    )
    _write_ratings(assessment, current, ratings)
    record(actor=actor, action="assessment.made", subject=assessment)
    return assessment


@transaction.atomic
def correct_assessment(
    *, actor: Actor, assessment: Assessment, version: int, ratings: Sequence[RatingFacts]
) -> Assessment:
    """Correct an assessment that was read at `version`. ChangedMeanwhile if somebody wrote to it since."""
    case = locked_to_write(actor, assessment.case)
    current = Assessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
    if current.version != version:
        raise ChangedMeanwhile(current.version)
    refuse(judge(case, current.assessed_on, ratings))
    Rating.objects.filter(assessment=current).delete()
    _write_ratings(current, case, ratings)
    current.version += 1
    current.changed_by_id = account_of(actor)
    current.save(update_fields=["version", "changed_by", "changed_at"])
    record(actor=actor, action="assessment.corrected", subject=current)
    return current


def judge(case: Case, assessed_on: date, ratings: Sequence[RatingFacts]) -> Problems:
    """What is wrong with an assessment, by the day or by the domain."""
    problems: Problems = {}
    if assessed_on > timezone.localdate():
        problems["assessed_on"] = CaseProblem.IN_THE_FUTURE
    elif assessed_on < case.opened_on:
        problems["assessed_on"] = CaseProblem.BEFORE_OPENING
    known = set(Choice.objects.of(ChoiceList.LIFE_DOMAIN).values_list("pk", flat=True))
    for rating in ratings:
        if rating.domain_id not in known or not (rating.level is None or 0 <= rating.level <= BEST):
            problems[f"level_{rating.domain_id}"] = CaseProblem.UNKNOWN
        elif max(map(len, (rating.resource, rating.need, rating.own_view))) > LONGEST_TEXT:
            problems[f"level_{rating.domain_id}"] = CaseProblem.TOO_LONG
    if not problems and all(rating.is_empty for rating in ratings):
        problems["assessed_on"] = CaseProblem.NOTHING_SAID
    return problems


def _write_ratings(assessment: Assessment, case: Case, ratings: Sequence[RatingFacts]) -> None:
    texts = Texts(case.person_id)
    Rating.objects.bulk_create(
        Rating(
            case=case,
            assessment=assessment,
            domain_id=each.domain_id,
            level=each.level,
            urgency=each.urgency.value,
            resource=texts.seal(each.resource, Sealed.RATING),
            need=texts.seal(each.need, Sealed.RATING),
            own_view=texts.seal(each.own_view, Sealed.RATING),
        )
        for each in ratings
        if not each.is_empty
    )
