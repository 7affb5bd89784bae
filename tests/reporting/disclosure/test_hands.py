"""Two hands at one search: one writes at a time, and what they find together protects as well."""

from __future__ import annotations

import time
from threading import Event

import pytest

from kimwerk.reporting.disclosure import hands as module
from kimwerk.reporting.disclosure import search
from kimwerk.reporting.disclosure.clock import Effort
from kimwerk.reporting.disclosure.engine import protect
from kimwerk.reporting.disclosure.hands import Baton, Hands
from kimwerk.reporting.disclosure.movement import SolverFailed
from kimwerk.reporting.disclosure.rules import Cost, Policy, Zeros, task_of
from tests.reporting.disclosure.making import random_table

SOON = 20.0
HARD = (2, 12, 18, 36)
"""Tables whose search tries several parts."""
HELP = search.Search.help


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where there is one."""
    monkeypatch.setattr(module.os, "sched_getaffinity", lambda _process: {0, 1})


def test_the_second_hand_works_while_the_baton_lies_and_ends_with_the_first() -> None:
    baton, seen, rounds = Baton(), Event(), [0]

    def work(effort: Effort) -> None:
        while effort.left:
            rounds[0] += 1
            with baton.laid_down():
                seen.set()
                time.sleep(0.001)

    with Hands(baton, work) as hands:
        hands.call_second()
        hands.call_second()
        before = rounds[0]
        time.sleep(0.05)
        assert rounds[0] == before, "while the first hand holds the baton, the second does nothing"
        with baton.laid_down():
            assert seen.wait(SOON)
    last = rounds[0]
    time.sleep(0.02)
    assert rounds[0] == last >= 1


def test_what_the_second_hand_fails_at_fails_the_work() -> None:
    def work(_effort: Effort) -> None:
        raise ArithmeticError

    with pytest.raises(ArithmeticError), Hands(Baton(), work) as hands:
        hands.call_second()


def test_a_solver_without_an_answer_ends_the_second_hand_alone() -> None:
    ended = Event()

    def work(_effort: Effort) -> None:
        ended.set()
        raise SolverFailed

    baton = Baton()
    with Hands(baton, work) as hands:
        hands.call_second()
        with baton.laid_down():
            assert ended.wait(SOON)


def test_a_failure_of_the_first_hand_is_the_one_that_is_told() -> None:
    def work(_effort: Effort) -> None:
        raise ArithmeticError

    with pytest.raises(KeyError), Hands(Baton(), work) as hands:
        hands.call_second()
        raise KeyError


def test_where_there_is_one_core_nobody_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.os, "sched_getaffinity", lambda _process: {0})
    called = Event()
    with Hands(Baton(), lambda _effort: called.set()) as hands:
        hands.call_second()
    assert not called.is_set()


@pytest.mark.parametrize("seed", HARD)
@pytest.mark.parametrize("cost", Cost)
def test_two_hands_prove_what_one_proves(seed: int, cost: Cost, monkeypatch: pytest.MonkeyPatch) -> None:
    task = task_of(random_table(seed).structure, Policy(3, Zeros.SUPPRESSIBLE, cost))
    alone = protect(task, seconds=60)
    helped = Event()
    monkeypatch.setattr(search, "ALONE", 0)
    monkeypatch.setattr(search.Search, "help", lambda self, *given: (helped.set(), HELP(self, *given)))
    together = protect(task, seconds=60, with_help=True)
    assert helped.is_set()
    assert together.audit.is_clean
    assert (together.cost, together.bound) == (alone.cost, alone.bound)
    assert together.gap == 0
