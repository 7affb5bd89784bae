"""The table of a referral's states: no forbidden move, and no way out of an end."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.casework.referral_states import (
    ENDED,
    FAILED,
    OPEN,
    TABLE,
    ForbiddenMove,
    Move,
    ReferralState,
    Side,
    after,
    moves_of,
    transitions,
)

steps = st.lists(st.tuples(st.sampled_from(Move), st.sampled_from(Side)), max_size=12)


@given(steps)
def test_however_it_is_pushed_a_referral_only_takes_permitted_steps(pushes: list[tuple[Move, Side]]) -> None:
    state, path = ReferralState.SENT, [ReferralState.SENT]
    for move, side in pushes:
        try:
            state = after(state, move, side)
        except ForbiddenMove:
            continue
        path.append(state)
    assert all(pair in transitions() for pair in pairwise(path))
    assert not any(earlier in ENDED for earlier in path[:-1])
    assert len(path) == len(set(path)), "no state is entered twice"


@given(st.sampled_from(sorted(ENDED)), st.sampled_from(Move), st.sampled_from(Side))
def test_an_ended_referral_moves_no_more(state: ReferralState, move: Move, side: Side) -> None:
    with pytest.raises(ForbiddenMove):
        after(state, move, side)


@given(st.sampled_from(ReferralState), st.sampled_from(Move))
def test_the_sender_never_answers_for_the_recipient(state: ReferralState, move: Move) -> None:
    if move in {Move.ACCEPT, Move.DECLINE}:
        with pytest.raises(ForbiddenMove):
            after(state, move, Side.SENDER)


@pytest.mark.parametrize("state", sorted(OPEN))
def test_a_withdrawal_stops_whatever_is_still_open(state: ReferralState) -> None:
    assert after(state, Move.STOP, Side.CONSENT) is ReferralState.STOPPED


@pytest.mark.parametrize("side", [Side.SENDER, Side.RECIPIENT, Side.CLOCK])
def test_nobody_but_consent_stops(side: Side) -> None:
    with pytest.raises(ForbiddenMove):
        after(ReferralState.SENT, Move.STOP, side)


def test_every_state_can_be_reached() -> None:
    reached, frontier = {ReferralState.SENT}, [ReferralState.SENT]
    while frontier:
        here = frontier.pop()
        for (state, _move), (target, _sides) in TABLE.items():
            if state is here and target not in reached:
                reached.add(target)
                frontier.append(target)
    assert reached == set(ReferralState)


def test_failures_are_ends() -> None:
    assert FAILED <= ENDED


def test_each_side_is_offered_what_it_may_do() -> None:
    assert moves_of(ReferralState.SENT, Side.RECIPIENT) == (Move.ACCEPT, Move.DECLINE)
    assert moves_of(ReferralState.SENT, Side.SENDER) == (Move.NOTE_ARRIVAL, Move.FINISH, Move.RECALL, Move.LAPSE)
    assert moves_of(ReferralState.DECLINED, Side.SENDER) == ()
