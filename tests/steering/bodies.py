"""Committees of the tests: a steering group in which Stefan sits, invented by whoever asks for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kimwerk.access.actors import Actor
from kimwerk.steering.models import Committee, Seat
from kimwerk.steering.services.committees import appoint, found_committee, keep_seat
from kimwerk.steering.types import CommitteeFacts, CommitteeKind, Rhythm, SeatFacts, TermFacts
from tests.cast import Cast

COUNTY = "Rhein-Sieg-Kreis"
AUTUMN = date(2021, 10, 1)
GROUP = CommitteeFacts(
    "Lenkungsgruppe", CommitteeKind.STEERING_GROUP, AUTUMN, "Entscheidet über das KIM.", Rhythm.QUARTERLY
)


def steering_group(cast: Cast, kim: Actor, **changes: object) -> Committee:
    """A steering group without seats."""
    facts = replace(GROUP, **changes)  # type: ignore[arg-type]  # each test names what it changes
    return found_committee(actor=kim, organisation_id=cast.organisations[COUNTY], facts=facts)


def seat_of(cast: Cast, kim: Actor, committee: Committee, function: str, body: str = COUNTY, **changes: object) -> Seat:
    """A seat of a county office, or of another body."""
    facts = replace(SeatFacts(cast.organisations[body], function), **changes)  # type: ignore[arg-type]  # as above
    return keep_seat(actor=kim, committee=committee, facts=facts)


def stefans_group(cast: Cast, kim: Actor) -> Committee:
    """A steering group of three seats: Stefan's, the Jobcenter's, and one that nobody holds."""
    committee = steering_group(cast, kim)
    chair = seat_of(cast, kim, committee, "Sozialdezernat", is_chair=True)
    appoint(
        actor=kim,
        seat=chair,
        facts=TermFacts("Stefan Steuerung", AUTUMN, "stefan@kimwerk.example", cast.accounts["stefan"]),
    )
    jobcenter = seat_of(cast, kim, committee, "Geschäftsführung", "Jobcenter Rhein-Sieg")
    appoint(actor=kim, seat=jobcenter, facts=TermFacts("Jana Jobbeispiel", AUTUMN, "jana@kimwerk.example"))
    seat_of(cast, kim, committee, "Schulamt")
    return committee
