"""What is to be looked at in a whole list: the rules family by family, and doubles among themselves and with others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice, repeat

import numpy as np
from django.db import connection

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.arrivals.importing.families import groups
from kimwerk.arrivals.importing.judging import Draft
from kimwerk.arrivals.matching import compared
from kimwerk.arrivals.models import Occasion, Registration
from kimwerk.arrivals.rules import findings_of
from kimwerk.arrivals.selectors.duplicates import COMPARED
from kimwerk.arrivals.types import Finding
from kimwerk.directory.models import Municipality
from kimwerk.persons.identity import compared_person
from kimwerk.persons.matching.candidates import candidate_pairs
from kimwerk.persons.matching.keys import largest_block
from kimwerk.persons.matching.register import Ints, Register
from kimwerk.persons.matching.registration import Registration as Compared
from kimwerk.persons.models import CommonKey, Person
from kimwerk.persons.selectors.facts import facts_of
from kimwerk.persons.selectors.likeness import likely_pairs, register_size, shares_of
from kimwerk.persons.types import Subject

Noted = tuple[int, int, tuple[Finding, ...]]
Known = Mapping[int, tuple[Compared, str]]
"""Rows or files by their numbers: what is compared of them, and the key of the file's row that each was."""

NO_KEY = "-"
AT_ONCE = 5_000
"""Rows that are read at once: a statement takes no more than some ten thousand numbers."""


@dataclass(frozen=True, slots=True)
class FineRow:
    """A row that says something about somebody, with all that it is compared by, worked out once."""

    number: int
    draft: Draft
    key: str
    who: Compared
    lookup: Ints
    of_list: Ints


def notice(actor: Actor, occasion: Occasion, fine: Sequence[FineRow]) -> Iterator[Noted]:
    """The number of every row, the first row of its family, and what is to be looked at."""
    family_of = dict(groups((row.number, row.draft) for row in fine))
    members: dict[int, list[Draft]] = defaultdict(list)
    for row in fine:
        members[family_of[row.number]].append(row.draft)
    double = doubles_among(actor, fine, family_of)
    names = dict(Municipality.objects.filter(district=occasion.organisation.district).values_list("pk", "name"))
    for row in fine:
        found = findings_of(
            row.draft.member,
            row.draft.shared,
            family=[each.member for each in members[family_of[row.number]]],
            place=names[row.draft.shared.municipality_id],
            begins_on=occasion.begins_on,
        )
        yield row.number, family_of[row.number], (Finding.DUPLICATE, *found) if row.number in double else found


def doubles_among(actor: Actor, fine: Sequence[FineRow], family_of: Mapping[int, int]) -> set[int]:
    """The numbers of rows that may be of somebody who stands in the file twice, on the lists, or is in care here."""
    if not fine:
        return set()
    people = [row.who for row in fine]
    families = np.array([family_of[row.number] for row in fine], np.int64)
    register = Register.of(people, shares_of(people), (row.lookup for row in fine))
    pairs = candidate_pairs(register)
    pairs = pairs[:, families[pairs[0]] != families[pairs[1]]]
    likely = likely_pairs(register, pairs)
    found = {fine[at].number for at in (*pairs[0][likely].tolist(), *pairs[1][likely].tolist())}
    limit = largest_block(register_size())
    common = frozenset(CommonKey.objects.filter(bearers__gt=limit).values_list("key", flat=True))
    for part in _in_parts(fine):
        found |= _known(part, _near(Subject.REGISTRATION, part, common), partial(_rows, actor))
        if actor.can(Permission.PERSON_KEEP):
            found |= _known(part, _near(Subject.PERSON, part, common), partial(_persons, actor))
    return found


Near = list[tuple[int, int]]
"""Positions in a part of the file with the numbers of rows or files that share a number with them."""


def _in_parts(fine: Sequence[FineRow]) -> Iterator[Sequence[FineRow]]:
    """Some thousand rows at once, so that those near them fit into memory however many there are."""
    for start in range(0, len(fine), AT_ONCE):
        yield fine[start : start + AT_ONCE]


def _known(part: Sequence[FineRow], near: Near, look: Callable[[set[int]], Known]) -> set[int]:
    """The numbers of rows that may be one of those near them; nobody is a double of their own row."""
    known = look({pk for _, pk in near})
    near = [(at, pk) for at, pk in near if pk in known and known[pk][1] != part[at].key]
    if not near:
        return set()
    people = [row.who for row in part]
    place_of = {pk: len(people) + at for at, pk in enumerate(known)}
    everybody = [*people, *(who for who, _key in known.values())]
    pairs: Ints = np.array([[at for at, _ in near], [place_of[pk] for _, pk in near]], np.int64)
    likely = likely_pairs(Register.of(everybody, shares_of(everybody), repeat(())), pairs)
    return {part[at].number for at in pairs[0][likely].tolist()}


def _rows(actor: Actor, near: set[int]) -> Known:
    """The rows of one's places among those near, with the key under which each was brought in."""
    return {
        row.pk: (compared(row, row.municipality_id), row.source_key)
        for numbers in in_portions(near)
        for row in Registration.objects.visible_to(actor).counting().filter(pk__in=numbers).only(*COMPARED)
    }


def _persons(actor: Actor, near: set[int]) -> Known:
    """The files in one's care among those near."""
    return {
        person.pk: (compared_person(facts_of(person)), NO_KEY)
        for numbers in in_portions(near)
        for person in Person.objects.visible_to(actor)
        .filter(pk__in=numbers)
        .prefetch_related("names", "nationalities", "languages")
    }


def in_portions(numbers: set[int]) -> Iterator[tuple[int, ...]]:
    """The numbers, some thousand at once."""
    left = iter(numbers)
    while portion := tuple(islice(left, AT_ONCE)):
        yield portion


def _near(subject: Subject, part: Sequence[FineRow], common: Collection[int]) -> Near:
    """Who shares a number with a row, as the database finds them; numbers that many share are left out."""
    asked = [(at, number) for at, row in enumerate(part) for number in row.of_list.tolist() if number not in common]
    with connection.cursor() as cursor:
        cursor.execute(
            "select person, subject_id from walls.identities_near(%s, %s::integer[], %s::bigint[])",
            [subject.value, [at for at, _ in asked], [number for _, number in asked]],
        )
        found: Near = cursor.fetchall()
    return found
