"""Asking whether somebody else counsels the same person. The answer names organisations, never a person."""

from __future__ import annotations

from django.db import connection, transaction

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.persons.policies import may_register
from kimwerk.persons.tokens import tokens_of
from kimwerk.persons.types import NameKind, PersonFacts, TokenKind


@transaction.atomic
def ask_elsewhere(*, actor: Actor, facts: PersonFacts) -> tuple[int, ...]:
    """The organisations that may have a file of this person outside the actor's care.

    Asked only with a birthday or a year of birth, so that nobody can look for names; the database
    itself writes down each question, whether or not it finds anything.
    """
    if not may_register(actor, facts.organisation_id) or not (facts.birth_date or facts.birth_year):
        return ()
    families = [f"{facts.prefix} {facts.family_name}", *(each.family for each in facts.names)]
    givens = [
        facts.given_names,
        *(each.given for each in facts.names if each.kind is not NameKind.BIRTH),
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "select walls.persons_elsewhere(%s::bigint, %s::text[], %s::text[], %s::date, %s::int)",
            [facts.organisation_id, _tokens(families), _tokens(givens), facts.birth_date, facts.birth_year],
        )
        row: tuple[list[int]] = cursor.fetchone()
    if row[0]:
        record(actor=actor, action="person.found_elsewhere", amount=len(row[0]))
    return tuple(row[0])


def _tokens(texts: list[str]) -> list[str]:
    """Whole words, and sounds of three digits or more: shorter ones fit too many."""
    found = tokens_of(texts)
    return sorted({token for kind, token in found if kind is not TokenKind.PHONETIC or len(token) >= 3})
