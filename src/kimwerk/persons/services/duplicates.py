"""Asking whether somebody else counsels or has registered the same person. The answer names places, never a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import connection, transaction

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.persons.identity import question_numbers
from kimwerk.persons.matching.registration import Registration as Compared
from kimwerk.persons.policies import may_ask_elsewhere
from kimwerk.persons.types import Subject

ASKED_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where to ask: an organisation that has a file, or the registration list of a municipality there."""

    subject: Subject
    organisation_id: int
    municipality_id: int | None


@transaction.atomic
def ask_elsewhere(*, actor: Actor, organisation_id: int, who: Compared) -> tuple[Elsewhere, ...]:
    """Where there may be a file or a registration of this person that the actor may not see.

    Asked only with a birthday or a year of birth, so that nobody can look for names; the database
    itself writes down each question, whether or not it finds anything.
    """
    numbers = question_numbers(who)
    if not numbers or not may_ask_elsewhere(actor, organisation_id):
        return ()
    with connection.cursor() as cursor:
        cursor.execute("select * from walls.identity_elsewhere(%s, %s::bigint[])", [organisation_id, numbers])
        found = tuple(Elsewhere(Subject(subject), home, place) for subject, home, place in cursor.fetchall())
    if found:
        record(actor=actor, action="person.found_elsewhere", amount=len(found))
    return found


@transaction.atomic
def ask_elsewhere_of_list(
    *, actor: Actor, organisation_id: int, people: Sequence[Compared]
) -> Mapping[int, tuple[Elsewhere, ...]]:
    """The same of everybody on a list, by their positions; who is asked about nowhere is left out.

    The policy is the list's: whoever may bring it in asks about those who stand on it.
    """
    found: dict[int, list[Elsewhere]] = defaultdict(list)
    asked = ((at, number) for at, who in enumerate(people) for number in question_numbers(who))
    with connection.cursor() as cursor:
        while portion := tuple(islice(asked, ASKED_AT_ONCE)):
            positions, numbers = zip(*portion, strict=True)
            question = (organisation_id, list(positions), list(numbers))
            cursor.execute("select * from walls.identities_elsewhere(%s, %s::integer[], %s::bigint[])", question)
            for at, subject, home, place in cursor.fetchall():
                found[at].append(Elsewhere(Subject(subject), home, place))
    if found:
        record(actor=actor, action="person.found_elsewhere", amount=sum(map(len, found.values())))
    return {at: tuple(dict.fromkeys(places)) for at, places in found.items()}
