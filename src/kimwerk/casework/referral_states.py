"""The states of a referral, and who may move it from which to which: one table that code and database share.

A referral is pending while it waits for an answer, open while something is still to be expected of
it, and ended otherwise. No move leads out of an ended state: whoever wants to try again refers anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class ReferralState(StrEnum):
    """How far a referral has come."""

    SENT = "sent"  # waits for an answer
    ACCEPTED = "accepted"  # the recipient takes it on; what was agreed is disclosed now
    DECLINED = "declined"  # the recipient does not take it on, and says why
    ARRIVED = "arrived"  # the person was there
    FINISHED = "finished"  # with a result
    RECALLED = "recalled"  # taken back by the sender
    STOPPED = "stopped"  # the consent behind it has ended
    UNANSWERED = "unanswered"  # nobody answered in time


class Move(StrEnum):
    """What somebody does to a referral."""

    ACCEPT = "accept"
    DECLINE = "decline"
    NOTE_ARRIVAL = "note_arrival"
    FINISH = "finish"
    RECALL = "recall"
    STOP = "stop"
    LAPSE = "lapse"


class Side(StrEnum):
    """Who moves."""

    SENDER = "sender"
    RECIPIENT = "recipient"
    CONSENT = "consent"  # a withdrawal, or an expiry found out
    CLOCK = "clock"  # the time for an answer is over


PENDING = frozenset({ReferralState.SENT})
OPEN = frozenset({ReferralState.SENT, ReferralState.ACCEPTED, ReferralState.ARRIVED})
ENDED = frozenset(ReferralState) - OPEN
FAILED = frozenset({ReferralState.DECLINED, ReferralState.UNANSWERED})
"""States that tell of a need nobody met."""

_S = ReferralState
_BOTH = frozenset({Side.SENDER, Side.RECIPIENT})
_SENDER = frozenset({Side.SENDER})
_RECIPIENT = frozenset({Side.RECIPIENT})

TABLE: Mapping[tuple[ReferralState, Move], tuple[ReferralState, frozenset[Side]]] = MappingProxyType(
    {
        (_S.SENT, Move.ACCEPT): (_S.ACCEPTED, _RECIPIENT),
        (_S.SENT, Move.DECLINE): (_S.DECLINED, _RECIPIENT),
        (_S.SENT, Move.NOTE_ARRIVAL): (_S.ARRIVED, _SENDER),  # heard from the person, before any answer
        (_S.SENT, Move.FINISH): (_S.FINISHED, _SENDER),
        (_S.SENT, Move.RECALL): (_S.RECALLED, _SENDER),
        (_S.SENT, Move.LAPSE): (_S.UNANSWERED, frozenset({Side.SENDER, Side.CLOCK})),
        (_S.ACCEPTED, Move.NOTE_ARRIVAL): (_S.ARRIVED, _BOTH),
        (_S.ACCEPTED, Move.FINISH): (_S.FINISHED, _BOTH),
        (_S.ACCEPTED, Move.RECALL): (_S.RECALLED, _SENDER),
        (_S.ARRIVED, Move.FINISH): (_S.FINISHED, _BOTH),
        **{(state, Move.STOP): (_S.STOPPED, frozenset({Side.CONSENT})) for state in OPEN},
    }
)
"""From a state, by a move, to a state; and the sides that may."""


class ForbiddenMove(Exception):
    """The referral cannot be moved like that from where it is, or not by this side."""

    def __init__(self, state: ReferralState, move: Move) -> None:
        super().__init__(f"{move.value} from {state.value}")
        self.state, self.move = state, move


def after(state: ReferralState, move: Move, side: Side) -> ReferralState:
    """Where the move leads. Raises ForbiddenMove."""
    target, sides = TABLE.get((state, move), (state, frozenset[Side]()))
    if side not in sides:
        raise ForbiddenMove(state, move)
    return target


def moves_of(state: ReferralState, side: Side) -> tuple[Move, ...]:
    """What this side can do now, in the order in which it is usually done."""
    return tuple(move for move in Move if side in TABLE.get((state, move), (state, frozenset[Side]()))[1])


def transitions() -> frozenset[tuple[ReferralState, ReferralState]]:
    """Every pair of states that follow each other, whoever moves: what the database lets pass."""
    return frozenset((state, target) for (state, _move), (target, _sides) in TABLE.items())
