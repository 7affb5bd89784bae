"""The diary's book of words: everything an entry can refer to, kept per process and checked for freshness."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from django.db import connection
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.accounts.models import Account
from kimwerk.activities.days import DAYS_AGO, MONTHS, WEEKDAYS
from kimwerk.activities.models import Category
from kimwerk.activities.types import CategoryList
from kimwerk.activities.vocabulary import Term, Terms, Vocabulary, municipality_words, person_words
from kimwerk.directory.models import Municipality, Organisation, Site
from kimwerk.kernel.names import sort_key, text_key

MOST_BOOKS = 64
"""So many combinations of organisations are kept in memory; a process that meets more forgets the oldest."""


@dataclass(frozen=True, slots=True)
class CategoryFact:
    """A category as pages and checks need it."""

    id: int
    category_list: CategoryList
    code: str
    label: str
    words: tuple[str, ...]
    group: str
    colour: int | None
    is_referral: bool
    valid_from: date | None
    valid_until: date | None

    def is_valid(self, on: date) -> bool:
        """Whether entries of that day may use it."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_until is None or on <= self.valid_until
        )


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a name and the key it sorts by. `place_id` is a site's municipality."""

    id: int
    label: str
    sort_key: str
    place_id: int | None = None
    is_near: bool = True
    is_open: bool = True
    words: tuple[str, ...] = ()


Names = Mapping[int, Named]


@dataclass(frozen=True)
class Book:
    """All names for one set of organisations, ended and far ones included; `vocabulary` is what holds today."""

    categories: Mapping[int, CategoryFact] = field(default_factory=dict)
    municipalities: Names = field(default_factory=dict)
    sites: Names = field(default_factory=dict)
    partners: Names = field(default_factory=dict)
    staff: Names = field(default_factory=dict)
    today: date = date.min
    kept: dict[str, str] = field(default_factory=dict, compare=False)
    """What pages made of this book and may show again for as long as it holds, by a key of theirs."""

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words for the quick line, the grid and the tally, with short codes for the towns nearby."""
        towns = [town for town in self.municipalities.values() if town.is_near]
        kinds = self._terms(CategoryList.KIND)
        spoken = Vocabulary(
            kinds=Terms(kinds),
            channels=Terms(self._terms(CategoryList.CHANNEL)),
            topics=Terms(self._terms(CategoryList.TOPIC)),
            target_groups=Terms(self._terms(CategoryList.TARGET_GROUP)),
            legal_circles=Terms(self._terms(CategoryList.LEGAL_CIRCLE)),
            referral_targets=Terms(self._terms(CategoryList.REFERRAL_TARGET)),
            sites=Terms(Term(s.id, s.label, (), s.place_id) for s in self.sites.values() if s.is_open and s.is_near),
            staff=Terms(Term(s.id, s.label, s.words) for s in self.staff.values() if s.is_open),
            partners=Terms(Term(p.id, p.label, p.words) for p in self.partners.values() if p.is_open),
            referral_kinds=frozenset(k.id for k in kinds if self.categories[k.id].is_referral),
        )
        codes = short_codes([town.label for town in towns], _taken(spoken))
        municipalities = Terms(Term(t.id, t.label, (*t.words, *codes.get(t.label, ()))) for t in towns)
        return replace(spoken, municipalities=municipalities)

    def of(self, category_list: CategoryList, *, on: date | None = None) -> tuple[CategoryFact, ...]:
        """The entries of a list in their order; with `on` only those valid then."""
        return tuple(
            fact
            for fact in self.categories.values()
            if fact.category_list is category_list and (on is None or fact.is_valid(on))
        )

    def label(self, category_id: int | None) -> str:
        """The label of a category; empty for None and for ids nobody knows."""
        fact = self.categories.get(category_id) if category_id is not None else None
        return fact.label if fact else ""

    def labels(self, category_ids: Iterable[int]) -> tuple[str, ...]:
        """The labels of several categories."""
        return tuple(self.label(category_id) for category_id in category_ids)

    def _terms(self, category_list: CategoryList) -> tuple[Term, ...]:
        return tuple(Term(f.id, f.label, f.words) for f in self.of(category_list, on=self.today))


def name_of(names: Names, key: int | None) -> str:
    """The name behind an id; empty for None and for ids nobody knows."""
    found = names.get(key) if key is not None else None
    return found.label if found else ""


_RESERVED = frozenset({*WEEKDAYS, *MONTHS, *DAYS_AGO, "am", "an", "im", "in", "zu", "tn", "kp", "je", "vo"})


def _taken(vocabulary: Vocabulary) -> frozenset[str]:
    lists = (
        vocabulary.kinds,
        vocabulary.channels,
        vocabulary.topics,
        vocabulary.target_groups,
        vocabulary.legal_circles,
        vocabulary.referral_targets,
        vocabulary.sites,
        vocabulary.partners,
    )
    return frozenset(text_key(word) for terms in lists for word, _ in terms.words()) | _RESERVED


def short_codes(names: Iterable[str], taken: frozenset[str]) -> dict[str, tuple[str]]:
    """Two letters for every town whose beginning no other town shares and no other word uses: "si" for Siegburg."""
    beginnings = {name: text_key(name)[:2] for name in names}
    counted = Counter(beginnings.values())
    return {
        name: (code,)
        for name, code in beginnings.items()
        if counted[code] == 1 and code not in taken and code.isalpha() and len(code) == 2
    }


_books: dict[frozenset[int], tuple[tuple[object, ...], Book]] = {}


def vocabulary_for(actor: Actor) -> Vocabulary:
    """The words of the actor's places, for whatever reads what people write. One small query when warm."""
    return book_for(actor).vocabulary


def book_for(actor: Actor) -> Book:
    """The book of the actor's organisations. One small query finds out whether the one in memory still holds."""
    return book_of({grant.organisation_id for grant in actor.grants})


def book_of(organisations: Iterable[int]) -> Book:
    """The book of these organisations, in which names of their districts count as near."""
    key = frozenset(organisations)
    state = _state(sorted(key))
    known = _books.get(key)
    if known and known[0] == state:
        return known[1]
    book = _write_book(sorted(key))
    while len(_books) >= MOST_BOOKS:
        _books.pop(next(iter(_books)), None)
    _books[key] = (state, book)
    return book


_STATE = """
select current_database(),
  (select (count(*), sum(xmin::text::bigint))::text from activities_category),
  (select (count(*), sum(xmin::text::bigint))::text from directory_municipality),
  (select (count(*), sum(xmin::text::bigint))::text from directory_site),
  (select (count(*), sum(xmin::text::bigint))::text from directory_organisation),
  (select (count(*), sum(m.xmin::text::bigint))::text from accounts_membership m where organisation_id = any(%s))
"""


def _state(organisations: list[int]) -> tuple[object, ...]:
    """Changes with every row that is added, changed or taken out, because each writes its transaction's number."""
    with connection.cursor() as cursor:
        cursor.execute(_STATE, [organisations])
        row: tuple[object, ...] | None = cursor.fetchone()
    return (timezone.localdate(), *(row or ()))


def _write_book(organisations: list[int]) -> Book:
    today = timezone.localdate()
    homes = Organisation.objects.filter(pk__in=organisations, district__isnull=False)
    districts: set[int | None] = set(homes.values_list("district_id", flat=True))
    municipalities = _municipalities(districts)
    return Book(
        categories=_categories(),
        municipalities=municipalities,
        sites=_sites(municipalities, today),
        partners=_partners(organisations, districts, today),
        staff=_staff(organisations, today),
        today=today,
    )


def _categories() -> dict[int, CategoryFact]:
    rows = Category.objects.order_by("category_list", "position", "label")
    return {
        row.pk: CategoryFact(
            id=row.pk,
            category_list=CategoryList(row.category_list),
            code=row.code,
            label=row.label,
            words=tuple(row.words),
            group=row.group,
            colour=row.colour,
            is_referral=row.is_referral,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
        )
        for row in rows
    }


def _municipalities(districts: set[int | None]) -> dict[int, Named]:
    rows = Municipality.objects.order_by("sort_key").values_list(
        "id", "name", "official_name", "sort_key", "district_id"
    )
    return {
        pk: Named(pk, name, key, is_near=district in districts or not districts, words=municipality_words(official))
        for pk, name, official, key, district in rows
    }


def _sites(municipalities: Names, today: date) -> dict[int, Named]:
    rows = Site.objects.order_by("sort_key").values_list("id", "name", "sort_key", "municipality_id", "closed_on")
    return {
        pk: Named(pk, name, key, place, municipalities[place].is_near, closed is None or closed > today)
        for pk, name, key, place, closed in rows
    }


def _partners(organisations: list[int], districts: set[int | None], today: date) -> dict[int, Named]:
    rows = Organisation.objects.order_by("sort_key").values_list("id", "name", "sort_key", "district_id", "closed_on")
    return {
        pk: Named(
            pk,
            name,
            key,
            is_near=district in districts or district is None,
            is_open=(closed is None or closed > today)
            and pk not in organisations
            and (district in districts or district is None),
        )
        for pk, name, key, district, closed in rows
    }


def _staff(organisations: list[int], today: date) -> dict[int, Named]:
    """Everybody who has ever held a role here; those of today can be named in an entry."""
    rows = (
        Account.objects.filter(memberships__organisation__in=organisations)
        .order_by("sort_key", "pk", "memberships__valid")
        .values_list("id", "given_name", "family_name", "sort_key", "short_sign", "memberships__valid")
    )
    staff: dict[int, Named] = {}
    for pk, given, family, key, sign, valid in rows:
        is_open = (staff[pk].is_open if pk in staff else False) or today in valid
        words = (*([sign] if sign else []), *person_words(given, family))
        staff[pk] = Named(
            pk, f"{given} {family}".strip(), key or sort_key(f"{family} {given}"), is_open=is_open, words=words
        )
    return staff
