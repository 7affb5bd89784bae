"""How much memory and processor time the server's processes really take."""

from __future__ import annotations

import contextlib
import os
import threading
from pathlib import Path
from types import TracebackType

MIB = 1024


def family_of(pid: int) -> list[int]:
    """The process and its descendants."""
    children: list[int] = []
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            children += [int(child) for child in (task / "children").read_text().split()]
    return [pid, *(each for child in children for each in family_of(child))]


def megabytes(pids: list[int]) -> float:
    """Their memory in MiB, shared pages counted once among those who share them (PSS)."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            total += next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
    return total / MIB


def processor_milliseconds(pids: list[int]) -> float:
    """The processor time that they have used so far; it grows with the work, not with a busy machine."""
    ticks = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks * 1000 / os.sysconf("SC_CLK_TCK")


class Watch:
    """The highest memory of a process family while the context lasts."""

    def __init__(self, pid: int, every: float = 0.2) -> None:
        self.highest = 0.0
        self._pid, self._every = pid, every
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def _look(self) -> None:
        while not self._is_over.wait(self._every):
            self.highest = max(self.highest, megabytes(family_of(self._pid)))

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_over.set()
        self._thread.join()
