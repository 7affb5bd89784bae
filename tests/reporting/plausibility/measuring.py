"""How often the check of tables is right: `python -m tests.reporting.plausibility.measuring --tables 3000`."""

# ruff: noqa: T201  # it is a command
from __future__ import annotations

import argparse
import random
import time
from collections import Counter

from kimwerk.reporting.plausibility.checking import Report, check
from kimwerk.reporting.plausibility.layout import letters
from tests.reporting.plausibility.making import MAKERS, planted, written


def main() -> None:
    """Make tables, check each clean and with one wrong number, and count."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--tables", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true")
    asked = parser.parse_args()
    counts: dict[str, Counter[str]] = {}
    start = time.monotonic()
    for number in range(asked.tables):
        chance = random.Random(f"{asked.seed}-{number}")  # noqa: S311
        name = list(MAKERS)[number % len(MAKERS)]
        _trial(chance, name, counts.setdefault(name, Counter()), number if asked.show else None)
    print(f"{'layout':14}{'clean':>7}{'alarms':>8}{'planted':>9}{'found':>7}{'first':>7}{'named':>7}")
    total = sum(counts.values(), Counter[str]())
    for name, count in [*counts.items(), ("all", total)]:
        print(f"{name:14}" + "".join(f"{count[key]:>{width}}" for key, width in
              (("clean", 7), ("alarm", 8), ("planted", 9), ("found", 7), ("first", 7), ("named", 7))))  # fmt: skip
    print(f"{time.monotonic() - start:.0f} s")


def _trial(chance: random.Random, name: str, count: Counter[str], show: int | None) -> None:
    made = MAKERS[name](chance)
    data, above = written(made, chance)
    count["clean"] += 1
    report = check(data)
    if report.findings:
        count["alarm"] += 1
        if show is not None:
            _show("ALARM", show, data, report, "")
    spoilt = planted(made, chance)
    if spoilt is None:
        return
    wrong, (row, column) = spoilt
    data, above = written(wrong, chance)
    report = check(data)
    cell = f"{letters(column)}{row + above + 1}"
    mends = {each.mend.spot.cell for each in report.findings if each.mend}
    others = {other.spot.cell for each in report.findings for other in each.alternatives}
    count["planted"] += 1
    count["found"] += bool(report.findings)
    count["first"] += cell in mends
    count["named"] += cell in mends | others
    if show is not None and cell not in mends | others:
        _show("MISSED", show, data, report, f"{cell} was {made.cells[row][column]} is {wrong.cells[row][column]}")


def _show(what: str, number: int, data: bytes, report: Report, about: str) -> None:
    print(what, number, about, report.checked)
    for each in report.findings[:6]:
        print("   ", each.kind.value, each.spot.cell, each.expected, each.found, each.mend and each.mend.spot.cell)
    for remark in report.remarks[:4]:
        print("    R", remark.kind.value, remark.spot and remark.spot.cell, remark.difference)
    if not data.startswith(b"PK"):
        print(data.decode("utf-8", "replace"))


if __name__ == "__main__":
    main()
