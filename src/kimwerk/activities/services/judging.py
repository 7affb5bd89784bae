"""Whether what somebody says can be an entry, asked before the database is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.activities.guard import personal_trait
from kimwerk.activities.models import DiarySettings
from kimwerk.activities.models.activity import MOST_MINUTES, MOST_PARTICIPANTS
from kimwerk.activities.policies import may_log
from kimwerk.activities.selectors.book import Book
from kimwerk.activities.types import CategoryList, EntryField, EntryProblem, Facts

FIRST_DAY = date(2000, 1, 1)
LONGEST_NOTE = 200

Problem = tuple[EntryField, EntryProblem]


def judge(facts: Facts, *, actor: Actor, book: Book, settings: DiarySettings) -> dict[EntryField, EntryProblem]:
    """What is wrong with the facts, at most one problem a field; empty when the entry can be made."""
    problems: dict[EntryField, EntryProblem] = {}
    checks = (_days(facts), _amounts(facts), _categories(facts, book), _places(facts, book), _note(facts, settings))
    for check in checks:
        for place, problem in check:
            problems.setdefault(place, problem)
    if EntryField.MUNICIPALITY not in problems and not may_log(actor, facts):
        problems.setdefault(EntryField.DONE_BY, EntryProblem.NOT_YOURS)
    return problems


def _days(facts: Facts) -> Iterator[Problem]:
    if facts.day < FIRST_DAY:
        yield EntryField.DAY, EntryProblem.LONG_AGO
    if facts.day > timezone.localdate():
        yield EntryField.DAY, EntryProblem.IN_THE_FUTURE
    if facts.last_day is not None and facts.last_day <= facts.day:
        yield EntryField.LAST_DAY, EntryProblem.ENDS_BEFORE_IT_BEGINS
    elif facts.last_day is not None and facts.last_day > timezone.localdate():
        yield EntryField.LAST_DAY, EntryProblem.IN_THE_FUTURE


def _amounts(facts: Facts) -> Iterator[Problem]:
    amounts = (
        (EntryField.PARTICIPANTS_TARGET, facts.participants_target, MOST_PARTICIPANTS),
        (EntryField.PARTICIPANTS_PARTNER, facts.participants_partner, MOST_PARTICIPANTS),
        (EntryField.MINUTES, facts.minutes or 0, MOST_MINUTES),
    )
    for place, amount, most in amounts:
        if amount < 0:
            yield place, EntryProblem.NEGATIVE
        elif amount > most:
            yield place, EntryProblem.TOO_MANY


def _categories(facts: Facts, book: Book) -> Iterator[Problem]:
    chosen: tuple[tuple[EntryField, CategoryList, Iterable[int | None]], ...] = (
        (EntryField.KIND, CategoryList.KIND, (facts.kind_id,)),
        (EntryField.CHANNEL, CategoryList.CHANNEL, (facts.channel_id,)),
        (EntryField.REFERRAL_TARGET, CategoryList.REFERRAL_TARGET, (facts.referral_target_id,)),
        (EntryField.TOPICS, CategoryList.TOPIC, facts.topics),
        (EntryField.TARGET_GROUPS, CategoryList.TARGET_GROUP, facts.target_groups),
        (EntryField.LEGAL_CIRCLES, CategoryList.LEGAL_CIRCLE, facts.legal_circles),
    )
    for place, category_list, ids in chosen:
        for category_id in ids:
            if category_id is None:
                continue
            fact = book.categories.get(category_id)
            if fact is None or fact.category_list is not category_list:
                yield place, EntryProblem.UNKNOWN
            elif not fact.is_valid(facts.day):
                yield place, EntryProblem.NOT_VALID_THEN
    kind = book.categories.get(facts.kind_id)
    if facts.referral_target_id is not None and kind is not None and not kind.is_referral:
        yield EntryField.REFERRAL_TARGET, EntryProblem.NOT_A_REFERRAL


def _places(facts: Facts, book: Book) -> Iterator[Problem]:
    if facts.municipality_id is not None and facts.municipality_id not in book.municipalities:
        yield EntryField.MUNICIPALITY, EntryProblem.UNKNOWN
    if facts.site_id is not None:
        site = book.sites.get(facts.site_id)
        if site is None:
            yield EntryField.SITE, EntryProblem.UNKNOWN
        elif site.place_id != facts.municipality_id:
            yield EntryField.SITE, EntryProblem.SITE_ELSEWHERE
    if any(partner not in book.partners for partner in facts.partners):
        yield EntryField.PARTNERS, EntryProblem.UNKNOWN


def _note(facts: Facts, settings: DiarySettings) -> Iterator[Problem]:
    if facts.note and not settings.is_note_enabled:
        yield EntryField.NOTE, EntryProblem.NOTES_ARE_OFF
    elif len(facts.note) > LONGEST_NOTE:
        yield EntryField.NOTE, EntryProblem.TOO_LONG
    elif personal_trait(facts.note, timezone.localdate()) is not None:
        yield EntryField.NOTE, EntryProblem.NAMES_SOMEBODY
