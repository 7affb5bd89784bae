"""How many rows there are, as the database keeps count of them: no list is walked for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Sum
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.arrivals.models import ListCount, Occasion, Registration
from kimwerk.arrivals.types import AWAITING_CHECK, Finding, RegistrationState, RowFilter

COUNTED_ONE_BY_ONE = 1_000
"""Rows held back are told from those that are due by their moment; so many of either are counted for it at most."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many rows there are, and how many wait for whom."""

    all: int
    awaiting: int
    checked: int
    released: int


@dataclass(frozen=True, slots=True)
class Ready:
    """Rows about which nothing is open: to be checked, to be released, and checked but held back for some days."""

    to_check: int
    to_release: int
    held_back: int


def numbers_of(actor: Actor, occasion: Occasion) -> Mapping[int, Numbers]:
    """The numbers of an occasion by municipality."""
    counted: Counter[tuple[int, str]] = Counter()
    kept = ListCount.objects.visible_to(actor).filter(occasion=occasion).order_by()
    for place, state, rows in kept.values_list("municipality", "state").annotate(Sum("rows")):
        counted[place, state] = rows
    waiting = [state.value for state in AWAITING_CHECK]
    found = {
        place: Numbers(
            all=sum(counted[place, state.value] for state in RegistrationState),
            awaiting=sum(counted[place, state] for state in waiting),
            checked=counted[place, RegistrationState.CHECKED.value],
            released=counted[place, RegistrationState.RELEASED.value],
        )
        for place in {place for place, _ in counted}
    }
    return {place: numbers for place, numbers in found.items() if numbers.all}


def ready_of(actor: Actor, occasion: Occasion) -> Ready:
    """How many rows of an occasion the actor could move on."""
    kept = ListCount.objects.checked_by(actor).filter(occasion=occasion)
    checked = kept.filter(state=RegistrationState.CHECKED.value).total()
    held_back = _held_back(actor, occasion, checked) if checked else 0
    return Ready(kept.awaiting_check().filter(findings=[]).total(), checked - held_back, held_back)


def _held_back(actor: Actor, occasion: Occasion, checked: int) -> int:
    """How many of the checked rows were checked too lately; the fewer ones are counted, whichever they are."""
    found = Registration.objects.checked_by(actor).counting().filter(occasion=occasion)
    found = found.filter(state=RegistrationState.CHECKED.value)
    due = timezone.now() - timedelta(days=occasion.hold_back_days)
    lately, before = found.filter(checked_at__gt=due), found.filter(checked_at__lte=due)
    if (few := len(lately.values_list("pk")[: COUNTED_ONE_BY_ONE + 1])) <= COUNTED_ONE_BY_ONE:
        return few
    few = len(before.values_list("pk")[: COUNTED_ONE_BY_ONE + 1])
    return checked - few if few <= COUNTED_ONE_BY_ONE else lately.count()


def queues_of(actor: Actor, occasion: Occasion) -> Mapping[Finding, int]:
    """How many rows wait with which finding."""
    waiting = ListCount.objects.visible_to(actor).awaiting_check().filter(occasion=occasion).exclude(findings=[])
    counted: Counter[Finding] = Counter()
    for findings, rows in waiting.order_by().values_list("findings").annotate(Sum("rows")):
        counted.update({Finding(each): rows for each in findings})
    return {finding: counted[finding] for finding in Finding if counted[finding]}


def count_of(actor: Actor, occasion: Occasion, wanted: RowFilter) -> int:
    """How many rows of an occasion match; a name is not asked."""
    kept = ListCount.objects.visible_to(actor).filter(occasion=occasion)
    if wanted.municipality_id:
        kept = kept.filter(municipality=wanted.municipality_id)
    if wanted.state:
        kept = kept.filter(state=wanted.state.value)
    return (kept.with_finding(wanted.finding) if wanted.finding else kept).total()


def awaiting_by_occasion(actor: Actor) -> Mapping[int, int]:
    """How many rows the actor has to check, by occasion."""
    kept = ListCount.objects.checked_by(actor).awaiting_check().order_by().values_list("occasion")
    return {occasion: rows for occasion, rows in kept.annotate(Sum("rows")) if rows}
