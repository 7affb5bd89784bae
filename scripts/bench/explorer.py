"""What is measured of the explorer: one county and all of the Land, diary and casework, up to three dimensions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product

from scripts.bench.ground import Ground
from scripts.bench.measures import COORDINATION, COUNTY, LATEST_YEAR, YEAR, everything, medians, timed
from scripts.bench.results import Result, of_times

PROTECTED = f"kim-{COUNTY}"
COUNTY_ROUNDS, LAND_ROUNDS = 6, 3
TEN_YEARS = f"from={LATEST_YEAR - 9}-01-01&to={date.today().isoformat()}"
DIARY = ("activities", "participants", "minutes", "referrals")
DIARY_BY = (
    "by=kind",
    "by=kind&by2=month",
    "by=topic&by2=target_group",
    "by=kind&by2=municipality&by3=quarter",
    "by=topic&by2=channel&by3=year",
    "by=kind&against=year",
    "by=municipality&per=foreign_nationals",
    "by=topic&by2=kind&channel=telefon",
)
CASES = ("cases_opened", "cases_closed", "cases_open", "persons_counselled", "case_contacts", "case_duration")
CASES_BY = (
    "by=case_kind",
    "by=municipality",
    "by=case_kind&by2=access_path",
    "by=case_kind&by2=access_path&by3=municipality",
    "by=case_kind&against=year",
    "by=municipality&per=inhabitants",
)


def _paths(window: str, figures: Sequence[str], breakdowns: Sequence[str]) -> list[str]:
    return [f"/auswertung/explorer/?figure={figure}&{window}&{by}" for figure, by in product(figures, breakdowns)]


def measure_explorer(ground: Ground) -> Iterator[Result]:
    """Any table of one county, then of all of the Land over ten years."""
    for name, figure, who, window, rounds, target in (
        ("explorer-county", "Explorer, one county and year", COORDINATION, YEAR, COUNTY_ROUNDS, 300),
        ("explorer-protected", "Explorer, one county and year, protected", PROTECTED, YEAR, COUNTY_ROUNDS, 300),
        ("explorer-county-ten", "Explorer, one county, ten years", COORDINATION, TEN_YEARS, LAND_ROUNDS, 300),
        ("explorer-land", "Explorer, all of the Land, ten years", "aufsicht", TEN_YEARS, LAND_ROUNDS, 2000),
    ):
        client = ground.client(who)
        paths = [*_paths(window, DIARY, DIARY_BY), *_paths(window, CASES, CASES_BY)]
        with ground.shares(len(paths) * (rounds + 2)) as shares:
            times = timed(client, paths, rounds)
        yield of_times(name, figure, everything(times), target=target, shares=shares, parts=medians(times))
