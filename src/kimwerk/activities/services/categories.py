"""Keeping the lists: categories begin, are renamed, end and are followed by others; none is ever deleted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Max

from kimwerk.access.actors import Actor
from kimwerk.activities.models import Category, CategoryMapping
from kimwerk.activities.models.mapping import code_of
from kimwerk.activities.policies import may_manage_categories
from kimwerk.activities.services.mappings import give_way
from kimwerk.activities.types import CategoryList
from kimwerk.audit.services import record

COLOURS = 12
"""Slots a chart tells apart."""


class CodeTaken(Exception):
    """The list has this entry already."""


class EndsBeforeItBegins(Exception):
    """The last day lies before the first one."""


class NotASuccessor(Exception):
    """A category cannot be followed by itself or by one of another list."""


@dataclass(frozen=True, slots=True)
class CategoryDraft:
    """What is said of a category."""

    label: str
    words: tuple[str, ...] = ()
    group: str = ""
    is_referral: bool = False
    colour: int | None = None
    valid_from: date | None = None
    valid_until: date | None = None


@transaction.atomic
def create_category(*, actor: Actor, category_list: CategoryList, draft: CategoryDraft, code: str = "") -> Category:
    """Begin a category at the end of its list. Its code comes from its label and never changes."""
    _ask(actor)
    last = Category.objects.of(category_list).aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    category = Category(
        category_list=category_list.value,
        code=code or code_of(draft.label),
        position=position,
        valid_from=draft.valid_from,
    )
    _fill(category, draft, colour=position % COLOURS)
    _save(category)
    record(actor=actor, action="category.created", subject=category)
    return category


@transaction.atomic
def change_category(*, actor: Actor, category: Category, draft: CategoryDraft) -> Category:
    """Change label, words, group and colour. What the category means stays; for another meaning begin another."""
    current = _locked(actor, category)
    current.valid_from = draft.valid_from
    current.valid_until = draft.valid_until
    _fill(current, draft, colour=current.colour)
    _save(current)
    record(actor=actor, action="category.changed", subject=current)
    return current


@transaction.atomic
def end_category(*, actor: Actor, category: Category, on: date, successor: Category | None = None) -> Category:
    """Let a category hold for the last time on a day, and name the one that follows it."""
    current = _locked(actor, category)
    if successor and (successor.pk == current.pk or successor.category_list != current.category_list):
        raise NotASuccessor
    current.valid_until, current.successor = on, successor
    _save(current)
    record(actor=actor, action="category.ended", subject=current)
    return current


@transaction.atomic
def map_category(*, actor: Actor, category: Category, mappings: Mapping[str, str], since: date | None = None) -> None:
    """Say what the category is called in other schemes: scheme to label; an empty label takes the mapping off.

    `since` is the first day on which it is called so, and keeps what held before; None corrects the latest mapping,
    for all of its days.
    """
    current = _locked(actor, category)
    for scheme, label in mappings.items():
        latest = CategoryMapping.objects.filter(category=current, scheme=scheme).order_by("-valid").first()
        if (latest.label if latest and latest.is_current else "") != label:
            _map(current, latest, scheme, label, since)
    record(actor=actor, action="category.mapped", subject=current, amount=len(mappings))


def _map(category: Category, latest: CategoryMapping | None, scheme: str, label: str, since: date | None) -> None:
    begins = give_way(latest, since)
    if label:
        CategoryMapping.objects.create(
            category=category, scheme=scheme, label=label, code=code_of(label), valid=DateRange(begins, None)
        )


def tidy_words(words: Iterable[str]) -> tuple[str, ...]:
    """Words without blanks around and without doubles, at most 60 characters each."""
    return tuple(dict.fromkeys(" ".join(word.split())[:60] for word in words if word.strip()))


def _ask(actor: Actor) -> None:
    if not may_manage_categories(actor):
        raise PermissionDenied


def _locked(actor: Actor, category: Category) -> Category:
    _ask(actor)
    return Category.objects.select_for_update(of=("self",)).get(pk=category.pk)


def _fill(category: Category, draft: CategoryDraft, *, colour: int | None) -> None:
    category.label = draft.label
    category.words = list(tidy_words(draft.words))
    category.group = draft.group
    category.is_referral = draft.is_referral and category.category_list == CategoryList.KIND.value
    category.colour = colour if draft.colour is None else draft.colour


def _save(category: Category) -> None:
    try:
        with transaction.atomic():
            category.save()
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
        if name == "category_code_is_unique_in_list":
            raise CodeTaken from error
        if name == "category_ends_after_it_begins":
            raise EndsBeforeItBegins from error
        raise
