"""What is to be looked at in a whole list: the rules family by family, and doubles among themselves and with others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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

Noted = tuple[int, int, tuple[Finding, ...]]
Known = Mapping[int, Compared]
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
    found = {*pairs[0][likely].tolist(), *pairs[1][likely].tolist()}
    found |= _known(people, _near("registrations_near", fine), lambda near: _rows(actor, fine, near))
    if actor.can(Permission.PERSON_KEEP):
        found |= _known(people, _near("persons_near", fine), lambda near: _persons(actor, near))
    return {fine[at].number for at in found}


Near = list[tuple[int, int]]
"""Positions in the file with the numbers of rows or files that share a number with them."""


def _known(people: Sequence[Compared], near: Near, look: Callable[[Near], tuple[Near, Known]]) -> set[int]:
    """The positions of people who may be one of those near them."""
    near, known = look(near)
    if not near:
        return set()
    place_of = {pk: len(people) + at for at, pk in enumerate(known)}
    everybody = [*people, *known.values()]
    pairs: Ints = np.array([[at for at, _ in near], [place_of[pk] for _, pk in near]], np.int64)
    likely = likely_pairs(Register.of(everybody, shares_of(everybody), repeat(())), pairs)
    return set(pairs[0][likely].tolist())


def _rows(actor: Actor, fine: Sequence[FineRow], near: Near) -> tuple[Near, Known]:
    """The rows of one's places among those near, but for a row's own from an earlier import."""
    known: dict[int, Compared] = {}
    own: dict[int, str] = {}
    for numbers in in_portions({pk for _, pk in near}):
        for row in Registration.objects.visible_to(actor).counting().filter(pk__in=numbers):
            known[row.pk], own[row.pk] = compared(row, row.municipality_id), row.source_key
    return [(at, pk) for at, pk in near if pk in known and own[pk] != fine[at].key], known


def _persons(actor: Actor, near: Near) -> tuple[Near, Known]:
    """The files in one's care among those near."""
    known: dict[int, Compared] = {}
    for numbers in in_portions({pk for _, pk in near}):
        files = Person.objects.visible_to(actor).filter(pk__in=numbers)
        for person in files.prefetch_related("names", "nationalities", "languages"):
            known[person.pk] = compared_person(facts_of(person))
    return [(at, pk) for at, pk in near if pk in known], known


def in_portions(numbers: set[int]) -> Iterator[tuple[int, ...]]:
    """The numbers, some thousand at once."""
    left = iter(numbers)
    while portion := tuple(islice(left, AT_ONCE)):
        yield portion


def _near(function: str, fine: Sequence[FineRow]) -> Near:
    """Who shares a number with a row, as a function of the walls finds them; numbers that many share are left out."""
    limit = largest_block(register_size())
    common = set(CommonKey.objects.filter(bearers__gt=limit).values_list("key", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("create temporary table list_wanted (at integer, keys bigint[])")
        with cursor.copy("copy list_wanted from stdin") as copy:
            for at, row in enumerate(fine):
                copy.write_row((at, [number for number in row.of_list.tolist() if number not in common]))
        cursor.execute(f"select at, unnest(walls.{function}(keys)) from list_wanted where keys <> '{{}}'")
        found: Near = cursor.fetchall()
        cursor.execute("drop table list_wanted")
    return found
