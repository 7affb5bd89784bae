"""Keeping committees, their seats and who holds them."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.audit.services import record
from kimwerk.kernel.periods import ONE_DAY
from kimwerk.steering.models import Committee, Seat, Term
from kimwerk.steering.services.refusing import days_from, refused_as_problems
from kimwerk.steering.types import CommitteeFacts, SeatFacts, SteeringProblem, SteeringRefused, TermFacts


@transaction.atomic
def found_committee(*, actor: Actor, organisation_id: int, facts: CommitteeFacts) -> Committee:
    """Set a committee up."""
    if not actor.can_at(Permission.STEERING_MANAGE, organisation_id):
        raise PermissionDenied
    committee = Committee(organisation_id=organisation_id)
    _take_over(actor, committee, facts)
    record(actor=actor, action="committee.founded", subject=committee)
    return committee


@transaction.atomic
def change_committee(*, actor: Actor, committee: Committee, facts: CommitteeFacts) -> Committee:
    """Correct what is known of a committee, or end it: with a successor where it becomes another one."""
    committee = locked(actor, committee)
    _take_over(actor, committee, facts)
    record(actor=actor, action="committee.changed", subject=committee)
    return committee


@transaction.atomic
def keep_seat(*, actor: Actor, committee: Committee, facts: SeatFacts, seat: Seat | None = None) -> Seat:
    """Add a seat, or correct one."""
    committee = locked(actor, committee)
    seat = seat or Seat(committee=committee)
    seat.organisation_id, seat.function = facts.organisation_id, facts.function
    seat.has_vote, seat.is_chair = facts.has_vote, facts.is_chair
    with refused_as_problems():
        seat.save()
    record(actor=actor, action="committee.seat_kept", subject=seat)
    return seat


@transaction.atomic
def give_up_seat(*, actor: Actor, seat: Seat, last_day: date) -> None:
    """Take a seat out of the committee: whoever holds it does so until that day, and the papers keep it."""
    locked(actor, seat.committee)
    seat.is_given_up = True
    seat.save(update_fields=["is_given_up"])
    for term in seat.terms.running(last_day):
        _end(term, last_day)
    record(actor=actor, action="committee.seat_given_up", subject=seat)


@transaction.atomic
def appoint(*, actor: Actor, seat: Seat, facts: TermFacts) -> Term:
    """Put somebody into a seat, or make them deputise in it."""
    locked(actor, seat.committee)
    term = Term(seat=seat, is_deputy=facts.is_deputy, name=facts.name, email=facts.email)
    term.account_id, term.days = facts.account_id, days_from(facts.first_day, facts.last_day)
    with refused_as_problems():
        term.save()
    record(actor=actor, action="committee.appointed", subject=term)
    return term


@transaction.atomic
def end_term(*, actor: Actor, term: Term, last_day: date) -> Term:
    """Somebody leaves: from then on they get no invitation and read nothing."""
    locked(actor, term.seat.committee)
    _end(term, last_day)
    record(actor=actor, action="committee.term_ended", subject=term)
    return term


def locked(actor: Actor, committee: Committee) -> Committee:
    """The committee, for whoever is its office; nobody else changes anything of it meanwhile."""
    found = Committee.objects.kept_by(actor).select_for_update(of=("self",)).filter(pk=committee.pk).first()
    if found is None:
        raise PermissionDenied
    return found


def _end(term: Term, last_day: date) -> None:
    if term.days.lower is not None and last_day < term.days.lower:
        raise SteeringRefused(SteeringProblem.ENDS_BEFORE)
    term.days = DateRange(term.days.lower, last_day + ONE_DAY)
    term.save(update_fields=["days"])


def _take_over(actor: Actor, committee: Committee, facts: CommitteeFacts) -> None:
    committee.name, committee.kind, committee.purpose = facts.name, facts.kind.value, facts.purpose
    committee.rhythm, committee.quorum_percent = facts.rhythm.value, facts.quorum_percent
    committee.notice_days, committee.valid = facts.notice_days, days_from(facts.first_day, facts.last_day)
    committee.successor = Committee.objects.kept_by(actor).get(pk=facts.successor_id) if facts.successor_id else None
    if committee.successor and facts.last_day is None:
        raise SteeringRefused(SteeringProblem.GOES_ON)
    with refused_as_problems():
        committee.save()
