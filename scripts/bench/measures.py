"""What is measured, one function a line of the table."""

from __future__ import annotations

import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import psycopg

from scripts.bench.client import Answer, Client, form_to, form_with, forms_of, token_of
from scripts.bench.failing import MeasureFailed
from scripts.bench.ground import DATABASE, Ground
from scripts.bench.memory import family_of, megabytes
from scripts.bench.results import Result, of_times
from scripts.bench.tally import tally_workbook

Measure = Callable[[Ground], Iterator[Result]]
COUNTY = "05382"
COORDINATION = f"koordination-{COUNTY}"
CASE_MANAGER = "fall-05382060-0"
ROUNDS = 30
LATEST_YEAR = (date.today() - timedelta(days=1)).year - 1
YEAR = f"from={LATEST_YEAR}-01-01&to={LATEST_YEAR}-12-31"


def timed(client: Client, paths: Sequence[str], rounds: int = ROUNDS) -> dict[str, list[float]]:
    """Milliseconds of each request, by path, after everything was fetched twice; the order is shuffled."""
    for path in (*paths, *paths):
        client.get(path).expect(200)
    times: dict[str, list[float]] = {path: [] for path in paths}
    order = [path for path in paths for _ in range(rounds)]
    random.Random(1).shuffle(order)  # noqa: S311  # an order, no secret
    for path in order:
        times[path].append(client.get(path).expect(200).milliseconds)
    return times


def everything(times: dict[str, list[float]]) -> list[float]:
    """All times of all paths."""
    return [time for each in times.values() for time in each]


def medians(times: dict[str, list[float]]) -> dict[str, float]:
    """The median of each path, rounded, for the JSON."""
    return {path: round(sorted(each)[len(each) // 2], 1) for path, each in times.items()}


def measure_list(ground: Ground) -> Iterator[Result]:
    """The list of entries as coordination of one county: filtered, sorted, turned over."""
    organisation = ground.number("select id from directory_organisation where name = 'Rhein-Sieg-Kreis'")
    kind = ground.number("select id from activities_category where category_list = 'kind' and code = 'verweisberatung'")
    topic = ground.number("select id from activities_category where category_list = 'topic' and code = 'wohnen'")
    place = ground.number("select id from directory_municipality where ags = '05382060'")
    person = ground.number(f"select id from accounts_account where email = '{CASE_MANAGER}@messung.example'")
    year = f"day >= '{LATEST_YEAR}-01-01' and day < '{LATEST_YEAR + 1}-01-01'"
    asked = {
        "": ("day >= current_date - 30", "day desc, id desc"),
        "?window=last-year&sort=-minutes": (year, "minutes desc nulls last, day desc, id desc"),
        "?window=all&page=5": ("true", "day desc, id desc"),
        f"?window=all&kind={kind}&sort=day": (f"kind_id = {kind}", "day, id"),
        f"?window=last-year&municipality={place}&sort=-target": (
            f"{year} and municipality_id = {place}", "participants_target desc, day desc, id desc",
        ),
        f"?window=last-year&topic={topic}": (f"{year} and {topic} = any(topics)", "day desc, id desc"),
        f"?window=all&person={person}&sort=kind": (f"done_by_id = {person}", "kind_id, day desc, id desc"),
    }  # fmt: skip
    scope = f"from activities_activity where organisation_id = {organisation} and removed_at is null"
    bare = [
        ground.bare(
            f"select * {scope} and {where} order by {order} limit 50",
            "select count(*), sum(participants_target), sum(participants_partner), sum(minutes), count(minutes)"
            f" {scope} and {where}",
        )
        for where, order in asked.values()
    ]
    client = ground.client(COORDINATION)
    paths = ["/tagebuch/" + query for query in asked]
    with ground.shares(len(paths) * (ROUNDS + 2)) as shares:
        times = timed(client, paths)
    yield of_times(
        "list", "List page, filtered and sorted", everything(times), target=60, shares=shares,
        bare=sum(bare) / len(bare), parts=medians(times),
    )  # fmt: skip


def measure_entry(ground: Ground) -> Iterator[Result]:
    """A quick entry saved, as the quick line sends it."""
    client = ground.client(CASE_MANAGER)
    token = token_of(client.open("/tagebuch/schnell/").body)
    headers = {"HX_Request": "true", "HX_Target": "quick"}
    line = "erstgespräch siegburg 1 30min vor ort"
    before = ground.number("select count(*)::int from activities_activity where entered_at > now() - interval '1 hour'")
    rounds = 100
    times = []
    with ground.shares(rounds + 5) as shares:
        for number in range(rounds + 5):
            answer = client.post("/tagebuch/schnell/", [token, ("line", line)], **headers)
            answer.expect(200, 204, 302)
            if number >= 5:
                times.append(answer.milliseconds)
    after = ground.number("select count(*)::int from activities_activity where entered_at > now() - interval '1 hour'")
    if after - before != rounds + 5:
        raise MeasureFailed(f"{after - before} entries were saved, not {rounds + 5}")
    yield of_times("entry", "Quick entry saved", times, target=60, shares=shares, bare=_bare_insert(ground))


def _bare_insert(ground: Ground) -> float:
    """Median milliseconds of one inserted and committed row without triggers and keys."""
    times = []
    with psycopg.connect(ground.cluster.dsn(DATABASE), autocommit=True) as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute("create table if not exists bench_entry (like activities_activity including all)")
        for number in range(30):
            begun = time.perf_counter()
            connection.execute(
                "insert into bench_entry overriding user value select * from activities_activity"
                " where id = (select max(id) from activities_activity) - %s",
                [number],
            )
            times.append((time.perf_counter() - begun) * 1000)
        connection.execute("drop table bench_entry")
    return sorted(times)[len(times) // 2]


def figure_keys(client: Client) -> list[str]:
    """The figures that the catalogue's page leads to."""
    page = client.open("/auswertung/").body.decode()
    pieces = page.split("/auswertung/kennzahlen/")[1:]
    return sorted({piece.split("/", 1)[0] for piece in pieces})


def measure_figures(ground: Ground) -> Iterator[Result]:
    """Every figure: one county and year, then all of the Land and ten years."""
    organisation = ground.number("select id from directory_organisation where name = 'Rhein-Sieg-Kreis'")
    client = ground.client(COORDINATION)
    keys = figure_keys(client)
    crossed = ["&by=kind&by2=municipality", "&by=topic&by2=kind", "&by=month&by2=kind"]
    paths = [f"/auswertung/kennzahlen/{key}/?{YEAR}" for key in keys]
    paths += [f"/auswertung/kennzahlen/activities/?{YEAR}{cross}" for cross in crossed if "activities" in keys]
    count = "select kind_id, date_trunc('month', day), count(*), sum(participants_target), sum(minutes)"
    with ground.shares(len(paths) * 12) as shares:
        times = timed(client, paths, 10)
    yield of_times(
        "figure-county", "Figure page, one county and year", everything(times), target=150, shares=shares,
        bare=ground.bare(
            f"{count} from activities_activity where organisation_id = {organisation} and removed_at is null"
            f" and day >= '{LATEST_YEAR}-01-01' and day < '{LATEST_YEAR + 1}-01-01' group by 1, 2"
        ),
        parts=medians(times),
    )  # fmt: skip
    client = ground.client("alle")
    window = f"from={LATEST_YEAR - 9}-01-01&to={date.today().isoformat()}"
    paths = [f"/auswertung/kennzahlen/{key}/?{window}" for key in keys]
    paths += [f"/auswertung/kennzahlen/activities/?{window}{cross}" for cross in crossed if "activities" in keys]
    with ground.shares(len(paths) * 5) as shares:
        times = timed(client, paths, 3)
    yield of_times(
        "figure-land", "Figure page, all of the Land and ten years", everything(times), target=1500,
        shares=shares,
        bare=ground.bare(f"{count} from activities_activity where removed_at is null group by 1, 2", times=3),
        parts=medians(times),
    )  # fmt: skip


def measure_report(ground: Ground) -> Iterator[Result]:
    """The whole report of a county and year: on the command line, and ordered on its page."""
    who = f"{COORDINATION}@messung.example"
    window = ["--from", f"{LATEST_YEAR}-01-01", "--to", f"{LATEST_YEAR}-12-31"]
    with tempfile.TemporaryDirectory() as folder:
        seconds = [
            ground.kimwerk("report", "build", "evaluation", *window, "--out", folder, "--as", who) for _ in range(3)
        ]
        if not (Path(folder) / "report.pdf").exists():
            raise MeasureFailed("no report.pdf")
    yield Result("report-cli", "Whole report, on the command line", "s", max(seconds), 6, median=sorted(seconds)[1])
    client = ground.client(COORDINATION)
    yield Result("report-page", "Whole report, ordered on its page", "s", _report_by_page(ground, client), 6)


def _report_by_page(ground: Ground, client: Client) -> float:
    report, path = begun_report(client)
    order = form_to(client.open(path).body, "/erstellen/")
    ordered = time.perf_counter()
    client.post(order.action, order.fields).expect(302)
    state = ground.wait_for(
        "select coalesce((select state from reporting_reportbuild where report_id = %s order by id desc limit 1), '')",
        [report], "done", "failed",
    )  # fmt: skip
    if state != "done":
        raise MeasureFailed(f"the report is {state}")
    return time.perf_counter() - ordered


def begun_report(client: Client) -> tuple[int, str]:
    """A new report of the year, with the headings and figures of an evaluation."""
    form = form_with(client.open("/auswertung/berichte/neu/").body, "title")
    fields = dict(form.fields) | {
        "template": "evaluation",
        "first_day": f"01.01.{LATEST_YEAR}",
        "last_day": f"31.12.{LATEST_YEAR}",
    }
    path = client.post("/auswertung/berichte/neu/", list(fields.items())).expect(302).headers["location"]
    return int(path.rstrip("/").rpartition("/")[2]), path


def measure_import(ground: Ground) -> Iterator[Result]:
    """A workbook of 100,000 rows: uploaded, its columns confirmed, judged, entered, and taken back."""
    rows = min(100_000, max(ground.activities // 10, 1000))
    content = tally_workbook(rows)
    client = ground.client(COORDINATION)
    form = form_with(client.open("/tagebuch/import/neu/").body, "csrfmiddlewaretoken")
    begun = time.perf_counter()
    fields = [field for field in form.fields if field[0] != "file"]
    organisation = ground.number("select id from directory_organisation where name = 'Rhein-Sieg-Kreis'")
    if "organisation" not in dict(fields):
        fields.append(("organisation", str(organisation)))
    sent = client.upload("/tagebuch/import/neu/", fields, "file", "tally.xlsx", content).expect(302)
    path = sent.headers["location"]
    tally = int(path.rstrip("/").rpartition("/")[2])
    state = _tally_state(ground, tally, "mapping", "checked", "refused", "failed")
    if state == "mapping":
        _confirm_columns(client, path)
        state = _tally_state(ground, tally, "checked", "refused", "failed")
    judged = time.perf_counter() - begun
    if state != "checked":
        raise MeasureFailed(f"the import is {state}")
    [(counts,)] = ground.ask("select counts::text from activities_tallyimport where id = %s", [tally])
    yield Result(
        "import-verdicts", f"{rows:,} tally rows with verdicts", "s", judged, 40 * rows / 100_000,
        bare=_bare_copy(ground, rows) / 1000, note=f"{_counted(str(counts))}, {len(content) / 1e6:.1f} MB",
    )  # fmt: skip
    yield from _entered_and_taken_back(ground, client, path, tally, rows)


def _confirm_columns(client: Client, path: str) -> None:
    """Say that every column is what was proposed."""
    page = client.open(f"{path}zuordnung/")
    form = max(forms_of(page.body), key=lambda each: len(each.fields))
    client.post(f"{path}zuordnung/", form.fields).expect(302)


def _entered_and_taken_back(ground: Ground, client: Client, path: str, tally: int, rows: int) -> Iterator[Result]:
    begun = time.perf_counter()
    _press(client, path, "eintragen/")
    if _tally_state(ground, tally, "applied", "failed") != "applied":
        raise MeasureFailed("the import was not entered")
    yield Result("import-entered", f"{rows:,} judged rows entered", "s", time.perf_counter() - begun)
    begun = time.perf_counter()
    _press(client, path, "zuruecknehmen/")
    if _tally_state(ground, tally, "undone", "failed") != "undone":
        raise MeasureFailed("the import was not taken back")
    yield Result("import-undone", f"{rows:,} entered rows taken back", "s", time.perf_counter() - begun)


def _press(client: Client, path: str, errand: str) -> Answer:
    """Order an errand of the import, and confirm it where the page asks."""
    token = token_of(client.open(path).body)
    return client.post(path + errand, [token, ("confirmed", "1")]).expect(302)


def _tally_state(ground: Ground, tally: int, *wanted: str) -> str:
    return ground.wait_for("select state from activities_tallyimport where id = %s", [tally], *wanted)


def _counted(counts: str) -> str:
    numbers: dict[str, int] = json.loads(counts)
    return ", ".join(f"{number:,} {verdict}" for verdict, number in numbers.items())


def _bare_copy(ground: Ground, rows: int) -> float:
    """Milliseconds to copy so many entries into a table with the diary's columns and indexes."""
    with psycopg.connect(ground.cluster.dsn(DATABASE), autocommit=True) as connection:
        connection.execute("create table bench_copy (like activities_activity including all)")
        source = f"copy (select * from activities_activity order by id desc limit {rows}) to stdout"
        with connection.cursor().copy(source.encode()) as out:
            content = b"".join(bytes(piece) for piece in out)
        begun = time.perf_counter()
        with connection.cursor().copy(b"copy bench_copy from stdin") as into:
            into.write(content)
        milliseconds = (time.perf_counter() - begun) * 1000
        connection.execute("drop table bench_copy")
    return milliseconds


def measure_export(ground: Ground) -> Iterator[Result]:
    """A million rows as CSV, and the server's memory meanwhile."""
    wanted = min(1_000_000, ground.activities // 2)
    [(first,)] = ground.ask(
        "select min(day) from (select day from activities_activity where removed_at is null"
        " order by day desc limit %s) latest",
        [wanted],
    )
    rows = ground.number(
        "select count(*)::int from activities_activity a where removed_at is null and day >= %s and exists ("
        "select from accounts_membership m join accounts_account c on c.id = m.account_id"
        " where c.email = 'aufsicht@messung.example' and m.organisation_id = a.organisation_id)",
        [first],
    )
    client = ground.client("aufsicht")
    last = (date.today() + timedelta(days=1)).isoformat()
    lines, size = -1, 0
    with ground.watch() as memory:
        begun = time.perf_counter()
        for piece in client.stream(f"/tagebuch/datei.csv?first={first}&last={last}"):
            lines, size = lines + piece.count(b"\n"), size + len(piece)
        seconds = time.perf_counter() - begun
    if lines < rows:
        raise MeasureFailed(f"{lines} rows came, not {rows}")
    bare = _bare_copy_out(ground, str(first))
    yield Result(
        "export", f"CSV export of {rows:,} rows", "rows/s", rows / seconds, 60_000, is_floor=True,
        bare=rows / bare, note=f"{size / 1e6:.0f} MB in {seconds:.1f} s",
    )  # fmt: skip
    yield Result("export-memory", "Server memory during the export", "MB", memory.highest, 400)


def _bare_copy_out(ground: Ground, first: str) -> float:
    """Seconds that a bare COPY of the same rows takes."""
    question = (
        "copy (select day, last_day, kind_id, channel_id, municipality_id, site_id, done_by_id, topics, target_groups,"
        " legal_circles, partners, participants_target, participants_partner, minutes, referral_target_id, note"
        f" from activities_activity where removed_at is null and day >= '{first}' order by day, id) to stdout csv"
    )
    with psycopg.connect(ground.cluster.dsn(DATABASE), autocommit=True) as connection:
        begun = time.perf_counter()
        with connection.cursor().copy(question.encode()) as out:
            for _ in out:
                pass
        return time.perf_counter() - begun


def measure_memory(ground: Ground) -> Iterator[Result]:
    """What the application server takes after everything before."""
    yield Result("memory", "Server memory", "MB", megabytes(family_of(ground.server_pid)), 400)


MEASURES: dict[str, Measure] = {
    "list": measure_list,
    "entry": measure_entry,
    "figures": measure_figures,
    "report": measure_report,
    "import": measure_import,
    "export": measure_export,
    "memory": measure_memory,
}
