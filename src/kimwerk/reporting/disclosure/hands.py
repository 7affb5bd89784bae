"""Two hands at one search: the solver calculates for one of them while the other one works.

Whatever both know, the best set and the conditions learnt, is read and written by the hand that holds the baton. It is
laid down for integer programmes alone, which take most of the time and know nothing of each other.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from threading import Lock

from kimwerk.reporting.disclosure.clock import Effort
from kimwerk.reporting.disclosure.movement import SolverFailed


class Baton:
    """Held by one hand at a time: `with baton:`."""

    def __init__(self) -> None:
        self._lock = Lock()

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(self, *_failure: object) -> None:
        self._lock.release()

    @contextmanager
    def laid_down(self) -> Iterator[None]:
        """The other hand may take it meanwhile. Only the hand that holds it lays it down."""
        self._lock.release()
        try:
            yield
        finally:
            self._lock.acquire()


class Hands:
    """The first hand, which holds the baton within `with`, and a second one that ends with it, once it is called."""

    def __init__(self, baton: Baton, work: Callable[[Effort], None]) -> None:
        self._baton, self._work = baton, work
        self._effort = Effort(sys.maxsize)
        self._others = ThreadPoolExecutor(1)
        self._second: Future[None] | None = None

    def __enter__(self) -> Hands:
        self._baton.__enter__()
        return self

    def __exit__(self, failure: type[BaseException] | None, *_more: object) -> None:
        self._effort.left = 0
        self._baton.__exit__()
        self._others.shutdown()
        if self._second is not None and failure is None:
            self._second.result()

    def call_second(self) -> None:
        """Have a second hand work from now on, if it has a core to itself."""
        if self._second is None and len(os.sched_getaffinity(0)) > 1:
            self._second = self._others.submit(self._help)

    def _help(self) -> None:
        """Without an answer of the solver it ends: what was found stays, and the first hand goes on."""
        with self._baton, suppress(SolverFailed):
            self._work(self._effort)
