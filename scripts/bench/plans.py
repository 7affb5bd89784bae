"""What is measured of plans: computed and shown, for a reader with and without the right to salaries."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from random import Random

from kimwerk.kernel.fte import Fte
from kimwerk.staffing.allocation import allocate_posts
from scripts.bench.client import Client, form_with
from scripts.bench.failing import MeasureFailed
from scripts.bench.ground import Ground
from scripts.bench.results import Result, of_times

OFFICER, LEADER = "finanzen", "leitung"
TARGET = 100
PAGES = (("plan", "Plan page", ""), ("scenarios", "Scenarios compared", "szenarien/"),
         ("sharing", "Cost sharing", "kostenteilung/"))  # fmt: skip
READERS = ((OFFICER, "with salaries"), (LEADER, "without salaries"))
MEASURED = "p.name = 'messung'"
"""The plans that were generated, and not that of the sample county beside them."""

CHANGED = 20
"""Scenarios that are changed in turn."""


def _numbers(ground: Ground, sql: str) -> list[int]:
    return [int(str(number)) for (number,) in ground.ask(sql)]


def measure_plans(ground: Ground) -> Iterator[Result]:
    """Every plan of the Land, its scenarios and its cost sharing, each computed anew for the page."""
    plans = _numbers(ground, f"select id from finance_costplan p where {MEASURED} order by id")
    for account, reader in READERS:
        client = ground.client(account)
        for name, figure, page in PAGES:
            paths = [f"/finanzen/plaene/{pk}/{page}" for pk in plans]
            client.get(paths[0]).expect(200)
            with ground.shares(2 * len(paths)) as shares:
                times = _timed(client, paths)
            yield of_times(f"{name}-{account}", f"{figure}, {reader}", times, target=TARGET, shares=shares)


def _timed(client: Client, paths: Sequence[str]) -> list[float]:
    """Milliseconds of each request; every page is fetched twice, in a shuffled order."""
    order = [*paths, *paths]
    Random(1).shuffle(order)  # noqa: S311  # an order, no secret
    return [client.get(path).expect(200).milliseconds for path in order]


def measure_scenario(ground: Ground) -> Iterator[Result]:
    """A scenario changed: computed anew, its sums kept for readers without the right to salaries."""
    scenarios = _numbers(
        ground,
        "select s.id from finance_scenario s join finance_costplan p on p.id = s.plan_id"
        f" where {MEASURED} and tariff_percent is not null order by s.id limit {CHANGED}",
    )
    client, times = ground.client(OFFICER), []
    with ground.shares(2 * len(scenarios)) as shares:
        for number, pk in enumerate(scenarios):
            path = f"/finanzen/szenarien/{pk}/"
            fields = dict(form_with(client.get(path).expect(200).body, "tariff_percent").fields)
            fields["tariff_percent"] = f"{number % 9 + 1},25"
            times.append(client.post(path, list(fields.items())).expect(302).milliseconds)
    [kept] = _numbers(ground, "select count(*) from finance_scenario where mod(tariff_percent, 1) = 0.25")
    if kept < len(scenarios):
        raise MeasureFailed(f"{kept} scenarios were changed, not {len(scenarios)}")
    yield of_times("scenario-changed", "A scenario changed and computed", times, target=TARGET, shares=shares)


POSTS = 200
SECONDS = 5
POOLED = 3


def measure_allocation(ground: Ground) -> Iterator[Result]:
    """Posts divided among all municipalities by inhabitants; the answer is proven to be the best, or it fails."""
    weights: dict[str, Fraction] = {}
    districts: dict[str, list[str]] = defaultdict(list)
    for ags, population in ground.ask("select ags, population from directory_municipality order by ags"):
        weights[str(ags)] = Fraction(int(str(population)))
        districts[str(ags)[:5]].append(str(ags))
    pools = [tuple(places[at : at + POOLED]) for places in districts.values() for at in range(len(places) - POOLED + 1)]
    begun = time.perf_counter()
    found = allocate_posts(Fte(POSTS), weights, pools)
    seconds = time.perf_counter() - begun
    note = f"{len(found.shares)} groups, {float(found.deviation):.2f} posts away from the key in sum, proven the least"
    yield Result(
        "allocation", f"{POSTS} posts over {len(weights)} municipalities", "s", seconds, SECONDS, note=note
    )  # fmt: skip


PLANS: dict[str, Callable[[Ground], Iterator[Result]]] = {
    "plans": measure_plans,
    "scenario": measure_scenario,
    "allocation": measure_allocation,
}
