"""How the situation was assessed, and how it changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kimwerk.casework.models import Assessment, Case, Rating
from kimwerk.casework.sealing import Texts
from kimwerk.casework.selectors.choices import choices_of
from kimwerk.casework.types import ChoiceList, Occasion, RatingFacts, Sealed, Urgency


@dataclass(frozen=True, slots=True)
class AssessmentView:
    """One assessment with everything that was said, by life domain."""

    id: int
    assessed_on: date
    occasion: Occasion
    by: str
    changed_by: str
    version: int
    ratings: Mapping[int, RatingFacts]


@dataclass(frozen=True, slots=True)
class DomainLine:
    """One life domain over time: the levels in the order of the assessments, None where not talked about."""

    domain_id: int
    label: str
    levels: tuple[int | None, ...]

    @property
    def change(self) -> int | None:
        """How much better (or worse) the last level is than the first; None where there are not two."""
        known = [level for level in self.levels if level is not None]
        return known[-1] - known[0] if len(known) > 1 else None


def assessments_of(case: Case) -> tuple[AssessmentView, ...]:
    """All assessments, the first one first. Two queries."""
    texts = Texts(case.person_id)
    ratings: dict[int, dict[int, RatingFacts]] = {}
    for rating in Rating.objects.filter(case=case):
        ratings.setdefault(rating.assessment_id, {})[rating.domain_id] = facts_of(rating, texts)
    made = Assessment.objects.filter(case=case).select_related("assessed_by", "changed_by").order_by("assessed_on")
    return tuple(
        AssessmentView(
            id=each.pk,
            assessed_on=each.assessed_on,
            occasion=Occasion(each.occasion),
            by=each.assessed_by.display_name,
            changed_by=each.changed_by.display_name,
            version=each.version,
            ratings=ratings.get(each.pk, {}),
        )
        for each in made
    )


def facts_of(rating: Rating, texts: Texts) -> RatingFacts:
    """A rating as the facts it was made of."""
    return RatingFacts(
        domain_id=rating.domain_id,
        level=rating.level,
        urgency=Urgency(rating.urgency),
        resource=texts.open(rating.resource, Sealed.RATING),
        need=texts.open(rating.need, Sealed.RATING),
        own_view=texts.open(rating.own_view, Sealed.RATING),
    )


def lines_of(assessments: tuple[AssessmentView, ...]) -> tuple[DomainLine, ...]:
    """Every life domain that was talked about, over all assessments, in the order of the list."""
    lines = (
        DomainLine(
            domain.pk,
            domain.label,
            tuple(each.ratings[domain.pk].level if domain.pk in each.ratings else None for each in assessments),
        )
        for domain in choices_of(ChoiceList.LIFE_DOMAIN)
    )
    return tuple(line for line in lines if any(level is not None for level in line.levels))
