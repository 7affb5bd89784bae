"""What the errands share: columns of a row from facts, findings, and the row held for a change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from django.core.exceptions import PermissionDenied

from kimwerk.access.actors import Actor
from kimwerk.arrivals.matching import compared
from kimwerk.arrivals.models import Registration
from kimwerk.arrivals.rules import findings_of
from kimwerk.arrivals.selectors.duplicates import candidates_for
from kimwerk.arrivals.selectors.lists import member_facts, shared_facts
from kimwerk.arrivals.types import Finding, MemberFacts, SharedFacts
from kimwerk.kernel.names import sort_key
from kimwerk.persons.identity import identity_numbers


def account_of(actor: Actor) -> int:
    """The actor's account; nobody does nothing."""
    if actor.account_id is None:
        raise PermissionDenied
    return actor.account_id


def put_facts(row: Registration, member: MemberFacts, shared: SharedFacts) -> None:
    """Write the facts into the row, with the keys and the order that follow from them."""
    for column, value in (asdict(member) | asdict(shared) | {"sex": member.sex.value}).items():
        setattr(row, column, value)
    row.sort_key = sort_key(f"{member.family_name} {member.given_names}")
    row.match_keys = identity_numbers(compared(member, shared.municipality_id))


def notice_family(actor: Actor, rows: Sequence[Registration]) -> None:
    """Note what the rules find about everybody who was registered together, as the rows stand now."""
    family = [member_facts(row) for row in rows]
    for row in rows:
        _notice(actor, row, family)


def _notice(actor: Actor, row: Registration, family: Sequence[MemberFacts]) -> None:
    """What was accepted stays accepted while it is found."""
    member, shared = member_facts(row), shared_facts(row)
    found = findings_of(member, shared, family=family, place=row.municipality.name, begins_on=row.occasion.begins_on)
    if candidates_for(actor, compared(member, shared.municipality_id), family=row.family):
        found = (Finding.DUPLICATE, *found)
    row.findings = [each.value for each in found]
    row.accepted_findings = [each for each in row.accepted_findings if each in row.findings]
