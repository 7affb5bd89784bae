"""./run bench [--activities N] [--only NAME]: measure, print a table, write JSON."""

from __future__ import annotations

import argparse
import os
import platform
import signal
import sys
from datetime import datetime, timezone
from pathlib import Path

from scripts.bench.failing import MeasureFailed
from scripts.bench.ground import SETTINGS, Ground, forget, ground
from scripts.bench.measures import MEASURES
from scripts.bench.results import Result, as_table, write_json

OUT = Path(__file__).parents[2] / "build" / "bench.json"


def main() -> int:
    """Measure what is asked for; 1 if something could not be measured or misses its target."""
    options = _options()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if options.fresh:
        forget(options.activities, options.seed)
    results: list[Result] = []
    failed: list[str] = []
    with ground(options.activities, options.seed) as where:
        facts = _facts(where)
        for name in options.only or MEASURES:
            print(f"measuring {name} ...", file=sys.stderr, flush=True)
            where.forget_statements()
            try:
                results += MEASURES[name](where)
            except MeasureFailed as error:
                failed.append(f"{name}: {error}")
            if options.statements:
                for statement in where.slowest_statements():
                    print(*statement, sep="  ", file=sys.stderr)
    print(as_table(results))
    print(*failed, sep="\n", file=sys.stderr)
    write_json(options.out, facts | {"failed": failed}, results)
    return 1 if failed or any(result.is_met is False for result in results) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("--activities", type=int, default=5_000_000, help="how many diary entries there are")
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same data")
    parser.add_argument("--only", action="append", choices=MEASURES, help="measure this alone; more than once for more")
    parser.add_argument("--fresh", action="store_true", help="prepare the data anew")
    parser.add_argument("--statements", action="store_true", help="show what cost most in the database")
    parser.add_argument("--out", type=Path, default=OUT, help="where the JSON goes")
    return parser.parse_args()


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
