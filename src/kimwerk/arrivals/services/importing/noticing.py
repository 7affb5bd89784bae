"""What is to be looked at in a whole list: the rules family by family, and doubles among themselves and with others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from django.db import connection

from kimwerk.access.actors import Actor
from kimwerk.arrivals.importing.families import groups, identity_of
from kimwerk.arrivals.importing.judging import Draft
from kimwerk.arrivals.matching import compared
from kimwerk.arrivals.models import Occasion, Registration
from kimwerk.arrivals.rules import findings_of
from kimwerk.arrivals.types import Finding
from kimwerk.directory.models import Municipality
from kimwerk.persons.identity import import_numbers
from kimwerk.persons.matching.candidates import candidate_pairs
from kimwerk.persons.matching.keys import largest_block
from kimwerk.persons.matching.register import Ints, Register
from kimwerk.persons.matching.registration import Registration as Compared
from kimwerk.persons.models import CommonKey
from kimwerk.persons.selectors.likeness import likely_pairs, register_size, shares_of

Noted = tuple[int, int, tuple[Finding, ...]]


def notice(actor: Actor, occasion: Occasion, fine: Sequence[tuple[int, Draft]]) -> Iterator[Noted]:
    """The number of every row, the first row of its family, and what is to be looked at."""
    family_of = dict(groups(fine))
    members: dict[int, list[Draft]] = defaultdict(list)
    for number, draft in fine:
        members[family_of[number]].append(draft)
    double = doubles_among(actor, fine, family_of)
    names = dict(Municipality.objects.filter(district=occasion.organisation.district).values_list("pk", "name"))
    for number, draft in fine:
        found = findings_of(
            draft.member,
            draft.shared,
            family=[each.member for each in members[family_of[number]]],
            place=names[draft.shared.municipality_id],
            begins_on=occasion.begins_on,
        )
        yield number, family_of[number], (Finding.DUPLICATE, *found) if number in double else found


def doubles_among(actor: Actor, fine: Sequence[tuple[int, Draft]], family_of: Mapping[int, int]) -> set[int]:
    """The numbers of rows that may be of somebody who stands in the list already, here or there."""
    people = [compared(draft.member, draft.shared.municipality_id) for _, draft in fine]
    if not people:
        return set()
    families = np.array([family_of[number] for number, _ in fine], np.int64)
    register = Register.of(people, commonness=shares_of(people))
    pairs = candidate_pairs(register)
    pairs = pairs[:, families[pairs[0]] != families[pairs[1]]]
    likely = likely_pairs(register, pairs)
    keys = [identity_of(draft)[0] for _, draft in fine]
    found = {*pairs[0][likely].tolist(), *pairs[1][likely].tolist()} | _known(actor, people, keys)
    return {fine[at][0] for at in found}


def _known(actor: Actor, people: Sequence[Compared], keys: Sequence[str]) -> set[int]:
    """The positions of people who may stand on the lists of one's places already, but for their own row there."""
    near = _near(people)
    rows = Registration.objects.visible_to(actor).counting().filter(pk__in={pk for _, pk in near})
    own = {row.pk: row.source_key for row in rows}
    known = {row.pk: compared(row, row.municipality_id) for row in rows}
    near = [(at, pk) for at, pk in near if pk in known and own[pk] != keys[at]]
    if not near:
        return set()
    place_of = {pk: len(people) + at for at, pk in enumerate(known)}
    everybody = [*people, *known.values()]
    pairs: Ints = np.array([[at for at, _ in near], [place_of[pk] for _, pk in near]], np.int64)
    likely = likely_pairs(Register.of(everybody, commonness=shares_of(everybody)), pairs)
    return set(pairs[0][likely].tolist())


def _near(people: Sequence[Compared]) -> list[tuple[int, int]]:
    """Positions with the rows that share a number with them, all at once; numbers that many share are left out."""
    limit = largest_block(register_size())
    common = set(CommonKey.objects.filter(bearers__gt=limit).values_list("key", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("create temporary table list_wanted (at integer, keys bigint[])")
        with cursor.copy("copy list_wanted from stdin") as copy:
            for at, who in enumerate(people):
                copy.write_row((at, [number for number in import_numbers(who) if number not in common]))
        cursor.execute("select at, unnest(walls.registrations_near(keys)) from list_wanted where keys <> '{}'")
        found: list[tuple[int, int]] = cursor.fetchall()
        cursor.execute("drop table list_wanted")
    return found
