"""What somebody keeps for themselves: favourites of the quick line and saved views of the list."""

from __future__ import annotations

from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Max

from kimwerk.access.actors import Actor
from kimwerk.activities.models import Activity, Favourite, SavedView
from kimwerk.activities.selectors.book import book_for
from kimwerk.activities.selectors.entries import facts_of
from kimwerk.activities.selectors.lines import line_of

LONGEST_LABEL = 60
LONGEST_LINE = 200
LONGEST_QUERY = 1_000
MOST_FAVOURITES = 24
MOST_VIEWS = 40

Kept = TypeVar("Kept", Favourite, SavedView)


class LabelTaken(Exception):
    """The actor already keeps something under this name."""


class TooMany(Exception):
    """So many can be kept, and no more."""


class LabelMissing(Exception):
    """There is no name, or nothing to keep."""


@transaction.atomic
def add_favourite(*, actor: Actor, label: str, line: str) -> Favourite:
    """Keep a line of shorthand under a name; it comes last."""
    kept = Favourite.objects.visible_to(actor)
    if kept.count() >= MOST_FAVOURITES:
        raise TooMany
    last = kept.aggregate(last=Max("position"))["last"]
    favourite = Favourite(account_id=_account(actor), line=_text(line, LONGEST_LINE), position=(last or 0) + 1)
    return _named(favourite, label)


def add_favourite_of(*, actor: Actor, activity: Activity, label: str = "") -> Favourite:
    """Keep an entry as a favourite: the line that would enter it again, without its day."""
    book = book_for(actor)
    facts = facts_of(activity)
    return add_favourite(actor=actor, label=label or book.label(facts.kind_id), line=line_of(facts, book))


@transaction.atomic
def change_favourite(*, actor: Actor, favourite: Favourite, label: str, line: str) -> Favourite:
    """Give a favourite another name or line."""
    current = Favourite.objects.visible_to(actor).select_for_update().get(pk=favourite.pk)
    current.line = _text(line, LONGEST_LINE)
    return _named(current, label)


@transaction.atomic
def move_favourite(*, actor: Actor, favourite: Favourite, is_up: bool) -> None:
    """Let a favourite change places with its neighbour."""
    kept = list(Favourite.objects.visible_to(actor).select_for_update().order_by("position", "pk"))
    at = next((place for place, each in enumerate(kept) if each.pk == favourite.pk), None)
    if at is None:
        raise PermissionDenied
    other = at + (-1 if is_up else 1)
    if 0 <= other < len(kept):
        kept[at], kept[other] = kept[other], kept[at]
    for place, each in enumerate(kept):
        each.position = place
    Favourite.objects.bulk_update(kept, ["position"])


def remove_favourite(*, actor: Actor, favourite: Favourite) -> None:
    """Forget a favourite."""
    Favourite.objects.visible_to(actor).filter(pk=favourite.pk).delete()


@transaction.atomic
def save_view(*, actor: Actor, label: str, query: str) -> SavedView:
    """Keep a filtered and sorted list under a name. The same name again replaces what it stood for."""
    kept = SavedView.objects.visible_to(actor)
    view = kept.filter(label=label.strip()).first()
    if view is None and kept.count() >= MOST_VIEWS:
        raise TooMany
    view = view or SavedView(account_id=_account(actor))
    if len(query) > LONGEST_QUERY:
        raise TooMany
    view.query = query
    return _named(view, label)


@transaction.atomic
def rename_view(*, actor: Actor, view: SavedView, label: str) -> SavedView:
    """Give a saved view another name."""
    return _named(SavedView.objects.visible_to(actor).select_for_update().get(pk=view.pk), label)


def remove_view(*, actor: Actor, view: SavedView) -> None:
    """Forget a saved view."""
    SavedView.objects.visible_to(actor).filter(pk=view.pk).delete()


def _account(actor: Actor) -> int:
    if actor.account_id is None:
        raise PermissionDenied
    return actor.account_id


def _text(text: str, longest: int) -> str:
    tidy = " ".join(text.split())
    if not tidy:
        raise LabelMissing
    return tidy[:longest]


def _named(kept: Kept, label: str) -> Kept:
    kept.label = _text(label, LONGEST_LABEL)
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError as error:
        raise LabelTaken(kept.label) from error
    return kept
