"""What was measured: one line a figure, as a table and as JSON."""

from __future__ import annotations

import json
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Shares:
    """Milliseconds of a request: of processor time in the server, and of execution in the database."""

    server: float = 0.0
    database: float = 0.0


@dataclass(frozen=True, slots=True)
class Result:
    """One figure beside its target.

    `value` is what the target speaks of (for times the 95th percentile of the requests, or the one
    duration). `server` is the processor time of a request in the application server, which a busy
    machine does not change much; `database` the execution time in the database with all walls;
    `bare` what the same question costs there without the program.
    """

    name: str
    figure: str
    unit: str
    value: float
    target: float | None = None
    is_floor: bool = False
    median: float | None = None
    server: float | None = None
    database: float | None = None
    bare: float | None = None
    note: str = ""
    parts: dict[str, float] = field(default_factory=dict)

    @property
    def is_met(self) -> bool | None:
        """Whether the target is met; None without one."""
        if self.target is None:
            return None
        return self.value >= self.target if self.is_floor else self.value <= self.target

    @property
    def ratio(self) -> float | None:
        """How many times the bare database's cost."""
        if not self.bare or not self.value:
            return None
        return self.bare / self.value if self.is_floor else (self.median or self.value) / self.bare


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of the values that is not exceeded by this share (0 to 1) of them."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered) + 0.5) - 1))]


def of_times(
    name: str,
    figure: str,
    times: Sequence[float],
    *,
    target: float | None,
    shares: Shares | None = None,
    bare: float | None = None,
    note: str = "",
    parts: dict[str, float] | None = None,
) -> Result:
    """The result of many timed requests, in milliseconds."""
    return Result(
        name=name,
        figure=figure,
        unit="ms",
        value=percentile(times, 0.95),
        target=target,
        median=statistics.median(times),
        server=shares.server if shares else None,
        database=shares.database if shares else None,
        bare=bare,
        note=note,
        parts=parts or {},
    )


COLUMNS = ("figure", "target", "p50", "p95 / value", "server", "database", "bare", "ratio", "verdict")


def as_table(results: Sequence[Result]) -> str:
    """The results, aligned."""
    lines = [COLUMNS, *(_line(result) for result in results)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(COLUMNS))]
    text = []
    for line, result in zip(lines, (None, *results), strict=True):
        cells = (
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        text.append("  ".join(cells).rstrip())
        if result is None:
            text.append("-" * len(text[0]))
        elif result.note:
            text.append(f"    {result.note}")
    return "\n".join(text)


def _line(result: Result) -> tuple[str, ...]:
    verdict = {True: "met", False: "MISSED", None: ""}[result.is_met]
    sign = "≥" if result.is_floor else "≤"
    return (
        result.figure,
        f"{sign} {_number(result.target)} {result.unit}" if result.target is not None else "",
        _number(result.median),
        f"{_number(result.value)} {result.unit}",
        _number(result.server),
        _number(result.database),
        _number(result.bare),
        f"{result.ratio:.1f}" if result.ratio else "",
        verdict,
    )


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.1f}"


def write_json(path: Path, facts: dict[str, object], results: Sequence[Result]) -> None:
    """The same for machines, with the facts of the machine and the data."""
    path.parent.mkdir(parents=True, exist_ok=True)
    measured = [asdict(result) | {"is_met": result.is_met, "ratio": result.ratio} for result in results]
    path.write_text(json.dumps({**facts, "results": measured}, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
