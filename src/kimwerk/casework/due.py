"""What of casework waits for somebody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.access.kept import kept
from kimwerk.access.permissions import Permission
from kimwerk.casework import due_referrals
from kimwerk.casework.models import Case, Deadline, Insight, Step
from kimwerk.casework.models.case import CaseQuerySet
from kimwerk.casework.models.reach import own
from kimwerk.casework.sealing import texts_about_each
from kimwerk.casework.selectors.case_file import DeadlineView, StepView
from kimwerk.casework.selectors.choices import settings_of
from kimwerk.casework.selectors.drafts import drafts_of
from kimwerk.casework.types import CaseState, DeadlineKind, InsightKind, Sealed, StepState
from kimwerk.casework.words import DEADLINES
from kimwerk.kernel import german
from kimwerk.kernel.due import DueItem

MOST_SHOWN = 30
CLARIFIED_IN_DAYS = 14
"""A case whose clarification takes longer is shown."""


def due_items(actor: Actor) -> tuple[DueItem, ...]:
    """What waits in all of the actor's cases, by day, and of referrals, conferences and appointments."""
    return (*_of_cases(actor), *due_referrals.due_items(actor))


def _of_cases(actor: Actor) -> tuple[DueItem, ...]:
    """Names stand here, because nobody else sees the page."""
    if not actor.can(Permission.CASE_WORK):
        return ()
    organisations = sorted(actor.scope(Permission.CASE_WORK).touched_organisations)
    settings = settings_of(organisations[0])
    today = timezone.localdate()
    until = today + timedelta(days=settings.ahead_days)
    items = [
        *_looked_into(actor),
        *_steps(_steps_due(actor, until), today),
        *_deadlines(_deadlines_due(actor, until), today),
        *_reviews(_to_review(actor, until), today),
        *_quiet(_without_contact(actor, today - timedelta(days=settings.inactive_days))),
        *_unclarified(_begun_before(actor, today - timedelta(days=CLARIFIED_IN_DAYS))),
        *_drafts(actor),
    ]
    return tuple(sorted(items, key=lambda item: (not item.is_urgent, item.due_on or date.max))[:MOST_SHOWN])


def due_in(case: Case, steps: Iterable[StepView], deadlines: Iterable[DeadlineView]) -> tuple[DueItem, ...]:
    """What waits in one case with these steps and days, by day. One query."""
    if case.is_closed:
        return ()
    today, settings = timezone.localdate(), settings_of(case.organisation_id)
    until = today + timedelta(days=settings.ahead_days)
    is_reviewed = case.next_review_on is not None and case.next_review_on <= until
    is_quiet = (case.last_contact_on or case.opened_on) < today - timedelta(days=settings.inactive_days)
    items = [
        *(_step(case, step.text, step.due_on, today) for step in steps if step.is_open and _is_by(step.due_on, until)),
        *(_day(case, each.kind, each.due_on, today) for each in deadlines if not each.is_done and each.due_on <= until),
        *_reviews([case] if is_reviewed else [], today),
        *_quiet([case] if is_quiet else []),
        *_unclarified([case] if case.state == CaseState.CLARIFICATION.value else []),
    ]
    return tuple(sorted(items, key=lambda item: item.due_on or date.max))


@kept
def _unseen(actor: Actor) -> QuerySet[Insight]:
    unseen = Insight.objects.filter(own(actor, "case__"), seen_at__isnull=True)
    return unseen.select_related("case", "account").order_by("-pk")[:MOST_SHOWN]


@kept
def _steps_due(actor: Actor, until: date) -> QuerySet[Step]:
    due = Step.objects.filter(own(actor, "case__"), state=StepState.OPEN.value, due_on__lte=until)
    return due.select_related("case__person").order_by("due_on")[:MOST_SHOWN]


@kept
def _deadlines_due(actor: Actor, until: date) -> QuerySet[Deadline]:
    due = Deadline.objects.filter(own(actor, "case__"), done_at__isnull=True, due_on__lte=until)
    return due.select_related("case__person").order_by("due_on")[:MOST_SHOWN]


@kept
def _to_review(actor: Actor, until: date) -> QuerySet[Case]:
    return _open_cases(actor).filter(next_review_on__lte=until).order_by("next_review_on")[:MOST_SHOWN]


@kept
def _without_contact(actor: Actor, since: date) -> QuerySet[Case]:
    never = Q(last_contact_on__isnull=True, opened_on__lt=since)
    return _open_cases(actor).filter(Q(last_contact_on__lt=since) | never).order_by("last_contact_on")[:MOST_SHOWN]


@kept
def _begun_before(actor: Actor, day: date) -> QuerySet[Case]:
    begun = _open_cases(actor).filter(state=CaseState.CLARIFICATION.value, opened_on__lt=day)
    return begun.order_by("opened_on")[:MOST_SHOWN]


def _open_cases(actor: Actor) -> CaseQuerySet:
    return Case.objects.own_of(actor).not_closed().select_related("person")


def _looked_into(actor: Actor) -> Iterator[DueItem]:
    for insight in _unseen(actor):
        words = {"name": insight.account.display_name, "number": insight.case.number}
        is_sample = insight.kind == InsightKind.QUALITY_SAMPLE.value
        said = _("%(name)s draws case %(number)s as a sample") if is_sample else _("%(name)s looked into %(number)s")
        yield DueItem(
            title=said % words,
            detail=insight.reason,
            url=reverse("casework:history", args=[insight.case_id]),
            due_on=timezone.localdate(insight.begins_at),
            is_urgent=True,
        )


def _steps(steps: Sequence[Step], today: date) -> Iterator[DueItem]:
    """Steps of several cases, which are named."""
    texts = texts_about_each(step.case.person_id for step in steps)
    for step in steps:
        text = texts[step.case.person_id].open(step.text, Sealed.STEP)
        yield _step(step.case, text, step.due_on, today, is_named=True)


def _step(case: Case, text: str, due_on: date | None, today: date, *, is_named: bool = False) -> DueItem:
    url = reverse("casework:plan", args=[case.pk])
    return DueItem(text, _detail(case, due_on, today, is_named=is_named), url, due_on)


def _deadlines(deadlines: Iterable[Deadline], today: date) -> Iterator[DueItem]:
    """Days of several cases, which are named."""
    for deadline in deadlines:
        yield _day(deadline.case, DeadlineKind(deadline.kind), deadline.due_on, today, is_named=True)


def _day(case: Case, kind: DeadlineKind, due_on: date, today: date, *, is_named: bool = False) -> DueItem:
    url = reverse("casework:case", args=[case.pk])
    return DueItem(DEADLINES[kind], _detail(case, due_on, today, is_named=is_named), url, due_on)


def _is_by(day: date | None, until: date) -> bool:
    return day is not None and day <= until


def _reviews(cases: Iterable[Case], today: date) -> Iterator[DueItem]:
    for case in cases:
        detail = _detail(case, case.next_review_on, today, is_named=True)
        yield DueItem(
            _("Look at the plan together"), detail, reverse("casework:plan", args=[case.pk]), case.next_review_on
        )


def _quiet(cases: Iterable[Case]) -> Iterator[DueItem]:
    for case in cases:
        last = case.last_contact_on or case.opened_on
        detail = _("%(who)s, last contact on %(day)s") % {"who": _who(case), "day": german.day(last)}
        yield DueItem(_("Quiet for a long time"), detail, reverse("casework:case", args=[case.pk]))


def _unclarified(cases: Iterable[Case]) -> Iterator[DueItem]:
    for case in cases:
        detail = _("%(who)s, opened on %(day)s") % {"who": _who(case), "day": german.day(case.opened_on)}
        url = reverse("casework:clarification", args=[case.pk])
        yield DueItem(_("Finish the clarification"), detail, url)


def _drafts(actor: Actor) -> Iterator[DueItem]:
    for draft in drafts_of(actor):
        yield DueItem(_("Go on writing"), _("Draft in case %(number)s") % {"number": draft.case.number}, draft.url)


def _detail(case: Case, day: date | None, today: date, *, is_named: bool) -> str:
    words = {"who": _who(case), "day": german.day(day) if day else ""}
    is_late = day is not None and day < today
    if is_named:
        return (_("%(who)s, overdue since %(day)s") if is_late else _("%(who)s, by %(day)s")) % words
    return (_("overdue since %(day)s") if is_late else _("by %(day)s")) % words


def _who(case: Case) -> str:
    return f"{case.person.listed_name} ({case.number})"
