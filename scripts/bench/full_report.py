"""What is measured of a report as full as one may be: sixty figures, as a web page, PDF, DOCX and XLSX."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import islice, product

from scripts.bench.client import Client, form_to, token_of
from scripts.bench.explorer import CASES, DIARY
from scripts.bench.failing import MeasureFailed
from scripts.bench.ground import Ground
from scripts.bench.measures import COORDINATION, YEAR, begun_report
from scripts.bench.results import Result

MOST_FIGURES = 60
DIARY_BY = ("by=kind", "by=kind&by2=month", "by=topic&by2=target_group", "by=municipality", "by=topic&by2=channel")
CASES_BY = ("by=case_kind", "by=municipality", "by=case_kind&by2=access_path")
ROUNDS = 3


def measure_full_report(ground: Ground) -> Iterator[Result]:
    """A report of one county and year is written on its pages, and its files ordered there."""
    client = ground.client(COORDINATION)
    report, path = begun_report(client)
    placed = _filled(ground, client, report)
    seconds = [_built(ground, client, report, path) for _ in range(ROUNDS)]
    yield Result(
        "report-full", f"Report with {placed} figures: HTML, PDF, DOCX, XLSX", "s", max(seconds), 10,
        median=sorted(seconds)[ROUNDS // 2], note=_sizes(ground, report),
    )  # fmt: skip


def _filled(ground: Ground, client: Client, report: int) -> int:
    """Questions of the explorer placed into the report until no more go in; returns how many figures it has."""
    section = ground.number(
        "select id from reporting_reportsection where report_id = %s order by position limit 1", [report]
    )
    questions = [*product(DIARY, DIARY_BY), *product(CASES, CASES_BY)] * 2
    missing = MOST_FIGURES - _figures(ground, report)
    for figure, by in islice(questions, missing):
        place = f"/auswertung/explorer/in-den-bericht/?figure={figure}&{YEAR}&{by}"
        token = token_of(client.open(place).body)
        client.post(place, [token, ("section", str(section))]).expect(302)
    placed = _figures(ground, report)
    if placed != MOST_FIGURES:
        raise MeasureFailed(f"the report has {placed} figures")
    return placed


def _figures(ground: Ground, report: int) -> int:
    return ground.number(
        "select count(*)::int from reporting_placedfigure f join reporting_reportsection s on s.id = f.section_id"
        " where s.report_id = %s and f.removed_at is null and s.removed_at is null",
        [report],
    )


def _built(ground: Ground, client: Client, report: int, path: str) -> float:
    """Seconds from the order to the files."""
    order = form_to(client.open(path).body, "/erstellen/")
    begun = time.perf_counter()
    client.post(order.action, order.fields).expect(302)
    state = ground.wait_for(
        "select coalesce((select state from reporting_reportbuild where report_id = %s order by id desc limit 1), '')",
        [report], "done", "failed",
    )  # fmt: skip
    if state != "done":
        raise MeasureFailed(f"the report is {state}")
    return time.perf_counter() - begun


def _sizes(ground: Ground, report: int) -> str:
    [sizes] = ground.ask(
        "select length(html), length(pdf), length(docx), length(xlsx) from reporting_reportbuild"
        " where report_id = %s order by id desc limit 1",
        [report],
    )
    if not all(sizes):
        raise MeasureFailed(f"a file of the report is missing: {sizes}")
    named = zip(("HTML", "PDF", "DOCX", "XLSX"), sizes, strict=True)
    return ", ".join(f"{name} {int(str(size)) // 1000} kB" for name, size in named)
