"""The search across rooms: what the words find, as far as the reader may see it, room by room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.casework.selectors.cases import my_cases, rows_of
from kimwerk.casework.types import CaseFilter
from kimwerk.directory.selectors import organisations_matching
from kimwerk.kernel.figures import Text
from kimwerk.kernel.names import sort_key
from kimwerk.persons.selectors import search_persons
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.shell import pages_open_to

SHORTEST = 2
"""Letters from which on something is looked for."""

MOST_OF_A_SORT = 8


@dataclass(frozen=True, slots=True)
class SearchHit:
    """Something that was found, and the way there."""

    title: Text
    url: str
    note: Text = ""


@dataclass(frozen=True, slots=True)
class SearchGroup:
    """What was found of one sort; `all_url` leads to the whole list where there is more."""

    title: Text
    hits: tuple[SearchHit, ...]
    all_url: str = ""


def found_by(actor: Actor, words: str) -> tuple[SearchGroup, ...]:
    """What the words find, the sorts without a hit left out. Too short a word finds nothing."""
    wanted = words.strip()
    if len(wanted) < SHORTEST:
        return ()
    return tuple(group for group in _groups(actor, wanted) if group.hits)


def _groups(actor: Actor, words: str) -> Iterator[SearchGroup]:
    yield _pages(actor, words)
    yield _cases(actor, words)
    yield _persons(actor, words)
    yield _organisations(actor, words)


def _pages(actor: Actor, words: str) -> SearchGroup:
    key = sort_key(words)
    found = (page for page in pages_open_to(actor) if key in sort_key(str(page.title)))
    return SearchGroup(_("Pages"), tuple(SearchHit(page.title, page.url) for page in found)[:MOST_OF_A_SORT])


def _cases(actor: Actor, words: str) -> SearchGroup:
    """The actor's own cases, by the name of the person or by their number."""
    found = my_cases(actor, CaseFilter(text=words)) if actor.can(Permission.CASE_WORK) else ()
    rows = rows_of(actor, found[: MOST_OF_A_SORT + 1])
    hits = tuple(SearchHit(row.person, address_of_record("casework:case", row.id), row.number) for row in rows)
    all_url = f"{reverse('casework:list')}?{urlencode({'q': words, 'state': 'all'})}"
    return SearchGroup(_("Cases"), hits[:MOST_OF_A_SORT], all_url if len(hits) > MOST_OF_A_SORT else "")


def _persons(actor: Actor, words: str) -> SearchGroup:
    """People in the reader's care, by any spelling of their name."""
    found = search_persons(actor, words, limit=MOST_OF_A_SORT + 1)
    hits = tuple(
        SearchHit(
            hit.name,
            address_of_record("persons:person", hit.id),
            ", ".join(part for part in (hit.original_name, hit.birth, hit.municipality) if part),
        )
        for hit in found[:MOST_OF_A_SORT]
    )
    all_url = f"{reverse('persons:list')}?{urlencode({'q': words})}" if len(found) > MOST_OF_A_SORT else ""
    return SearchGroup(_("People"), hits, all_url)


def _organisations(actor: Actor, words: str) -> SearchGroup:
    found = list(organisations_matching(actor, words=words).order_by("sort_key", "pk")[: MOST_OF_A_SORT + 1])
    hits = tuple(
        SearchHit(
            organisation.name,
            address_of_record("directory:organisation", organisation.pk),
            organisation.municipality.name if organisation.municipality else organisation.get_kind_display(),
        )
        for organisation in found[:MOST_OF_A_SORT]
    )
    all_url = f"{reverse('directory:organisations')}?{urlencode({'q': words})}" if len(found) > MOST_OF_A_SORT else ""
    return SearchGroup(_("Organisations"), hits, all_url)
