"""Measure what an option names (`./run bench --help`), print a table, write JSON."""

from __future__ import annotations

import argparse
import os
import platform
import signal
import sys
from collections.abc import Iterable
from datetime import datetime, timezone
from pathlib import Path

from scripts.bench.arrivals import ARRIVALS
from scripts.bench.casework import CASEWORK
from scripts.bench.explorer import measure_explorer
from scripts.bench.failing import MeasureFailed
from scripts.bench.full_report import measure_full_report
from scripts.bench.ground import ALL_MUNICIPALITIES, SETTINGS, Ground, Size, forget, ground
from scripts.bench.measures import MEASURES
from scripts.bench.plans import PLANS
from scripts.bench.results import Result, as_table, write_json
from scripts.bench.steering import STEERING
from scripts.bench.surveys import SURVEYS

DIARY_ENTRIES = 5_000_000
POSTS_OF_A_PLAN = 40
REGISTRATIONS = 1_000_000
ANSWERS = 500_000
MEETINGS = 20_000
PERSONS_BESIDE_LISTS = 10
"""Of so many who are registered one is in care: rows are compared with these, too."""

EXPLORER = {"explorer": measure_explorer, "full-report": measure_full_report}
"""Measured where they are asked for: they count the diary and casework together."""

ALL = MEASURES | CASEWORK | PLANS | ARRIVALS | STEERING | SURVEYS | EXPLORER
OUT = Path(__file__).parents[2] / "build" / "bench.json"


def main() -> int:
    """Measure what is asked for; 1 if something could not be measured or misses its target."""
    options = _options()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    size = _size(options)
    if options.fresh:
        forget(size)
    results: list[Result] = []
    failed: list[str] = []
    with ground(size) as where:
        facts = _facts(where) | {
            "persons": size.persons, "posts": size.posts, "registrations": size.registrations,
            "municipalities": size.municipalities, "meetings": size.meetings, "answers": size.answers,
        }  # fmt: skip
        for name in options.only or _usual(size):
            print(f"measuring {name} ...", file=sys.stderr, flush=True)
            where.forget_statements()
            try:
                results += ALL[name](where)
            except MeasureFailed as error:
                failed.append(f"{name}: {error}")
            if options.statements:
                for statement in where.slowest_statements():
                    print(*statement, sep="  ", file=sys.stderr)
    print(as_table(results))
    print(*failed, sep="\n", file=sys.stderr)
    write_json(options.out, facts | {"failed": failed}, results)
    return 1 if failed or any(result.is_met is False for result in results) else 0


def _usual(size: Size) -> Iterable[str]:
    """What is measured on a database of this kind."""
    if size.registrations:
        return ARRIVALS
    if size.answers:
        return SURVEYS
    if size.meetings:
        return STEERING
    return PLANS if size.posts else CASEWORK if size.persons else MEASURES


def _size(options: argparse.Namespace) -> Size:
    """Diary entries beside persons only where they are asked for: contacts bring their own."""
    activities = options.activities
    if activities is None:
        others = options.persons or options.plans or options.arrivals or options.steering or options.surveys
        activities = 0 if others else DIARY_ENTRIES
    persons = options.persons or options.arrivals // PERSONS_BESIDE_LISTS
    posts = POSTS_OF_A_PLAN if options.plans else 0
    lists, places = options.arrivals, options.municipalities
    return Size(activities, persons, options.seed, posts, lists, places, options.steering, options.surveys)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("--activities", type=int, help="how many diary entries there are, beside those of contacts")
    parser.add_argument("--persons", type=int, default=0, help="how many persons there are; measures casework")
    parser.add_argument("--plans", action="store_true", help="measures cost plans of ten years and 40 posts a body")
    parser.add_argument(
        "--arrivals", type=int, nargs="?", const=REGISTRATIONS, default=0, metavar="N",
        help="measures registration lists with so many rows; a million if no number is given",
    )  # fmt: skip
    parser.add_argument(
        "--steering", type=int, nargs="?", const=MEETINGS, default=0, metavar="N",
        help="measures committees, needs and events with so many meetings; 20,000 if no number is given",
    )  # fmt: skip
    parser.add_argument(
        "--surveys", type=int, nargs="?", const=ANSWERS, default=0, metavar="N",
        help="measures surveys with so many answers; half a million if no number is given",
    )  # fmt: skip
    parser.add_argument(
        "--municipalities", type=int, default=ALL_MUNICIPALITIES, help="only so many, and their counties: a quick run"
    )
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same data")
    parser.add_argument("--only", action="append", choices=ALL, help="measure this alone; more than once for more")
    parser.add_argument("--fresh", action="store_true", help="prepare the data anew")
    parser.add_argument("--statements", action="store_true", help="show what cost most in the database")
    parser.add_argument("--out", type=Path, default=OUT, help="where the JSON goes")
    options = parser.parse_args()
    if not options.persons and CASEWORK.keys() & set(options.only or ()):
        parser.error("casework is measured with --persons N")
    if not options.persons and EXPLORER.keys() & set(options.only or ()):
        parser.error("the explorer is measured with --persons N, and --activities M beside their contacts")
    if not options.plans and PLANS.keys() & set(options.only or ()):
        parser.error("plans are measured with --plans")
    if not options.arrivals and ARRIVALS.keys() & set(options.only or ()):
        parser.error("registration lists are measured with --arrivals")
    if not options.surveys and SURVEYS.keys() & set(options.only or ()):
        parser.error("surveys are measured with --surveys")
    if not options.steering and STEERING.keys() & set(options.only or ()):
        parser.error("committees are measured with --steering")
    return options


def _facts(where: Ground) -> dict[str, object]:
    [(version,)] = where.ask("show server_version")
    return {
        "measured_at": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "activities": where.activities,
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0],
        "python": platform.python_version(),
        "postgresql": version,
        "settings": SETTINGS,
    }


if __name__ == "__main__":
    sys.exit(main())
