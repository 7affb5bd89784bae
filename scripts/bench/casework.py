"""What is measured of persons and cases, as a case manager among fifteen and as sixteen at once."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from random import Random

from scripts.bench.client import Client, form_with
from scripts.bench.failing import MeasureFailed
from scripts.bench.ground import Ground
from scripts.bench.results import Result, of_times, percentile
from scripts.serving import free_port, serving

COUNTY = "05382"
OPENED = 30
"""Cases that are opened in turn: fewer than what makes reading unusual and slow."""

WARMING_ROUNDS = 120
"""Until each connection has prepared its questions: a server that has been running for a while."""

COMPARED_ROUNDS = 150
"""So often each page is asked with and without walls: the difference is a fiftieth of what one answer varies by."""
USERS = 16
REQUESTS_OF_A_USER = 12
BEGINNINGS = ("mu", "mus", "must", "bei", "beis", "beispielb", "prob", "ok", "oks", "мус", "irg ma", "fat")
TYPING = {"HX_Request": "true", "HX_Target": "person-list"}
"""How the page asks while somebody types: for its list alone."""

LISTS = (
    "",
    "?sort=person",
    "?sort=-opened",
    "?state=running&sort=review",
    "?state=closed&sort=-last_contact",
    "?priority=urgent",
    "?q=must",
)


class Desk:
    """A case manager of the county with open cases: the one with most."""

    def __init__(self, ground: Ground) -> None:
        [(account, email)] = ground.ask(
            "select a.id, a.email from accounts_account a join casework_case c on c.responsible_id = a.id"
            " where a.email like %s and c.state = 'running' group by a.id order by count(*) desc, a.id limit 1",
            [f"fall-{COUNTY}%@messung.example"],
        )
        self.account = int(str(account))
        self.name = str(email).partition("@")[0]
        rows = ground.ask(
            "select id from casework_case where responsible_id = %s and state = 'running'"
            " and last_contact_on is not null order by id limit %s",
            [self.account, OPENED],
        )
        self.cases = [int(str(row[0])) for row in rows]


def _timed(client: Client, paths: Sequence[str], rounds: int, **headers: str) -> list[float]:
    """Milliseconds of each request after all were fetched once; the order is shuffled."""
    for path in paths:
        client.get(path, **headers).expect(200)
    order = list(paths) * rounds
    Random(1).shuffle(order)  # noqa: S311  # an order, no secret
    return [client.get(path, **headers).expect(200).milliseconds for path in order]


def measure_cases(ground: Ground) -> Iterator[Result]:
    """My cases filtered and sorted, a case opened, a person found while one types, and what is due today."""
    desk = Desk(ground)
    client = ground.client(desk.name)
    mine = f"from casework_case where responsible_id = {desk.account}"
    asked = (
        ("cases-list", "My cases, filtered and sorted", [f"/faelle/{query}" for query in LISTS], 60,
         f"select * {mine} order by last_contact_on desc limit 50"),
        ("case", "Open a case", [f"/faelle/{pk}/" for pk in desk.cases], 80,
         f"select * from casework_case where id = {desk.cases[0]}"),
        ("person-search", "Person search while typing", [f"/faelle/personen/?q={_quoted(b)}" for b in BEGINNINGS], 50,
         "select person_id from persons_nametoken where token >= 'MUS' and token < 'MUT' and person_id in ("
         f"select person_id from persons_care where account_id = {desk.account})"),
        ("day", "My day", ["/"], None, f"select count(*) {mine} and state = 'running'"),
    )  # fmt: skip
    for name, figure, paths, target, bare in asked:
        headers = TYPING if name == "person-search" else {}
        rounds = max(10, 40 // len(paths))
        with ground.shares(len(paths) * (rounds + 1)) as shares:
            times = _timed(client, paths, rounds, **headers)
        yield of_times(name, figure, times, target=target, shares=shares, bare=ground.bare(bare))


def _quoted(text: str) -> str:
    return "".join(f"%{byte:02x}" for byte in text.encode())


def measure_contact(ground: Ground) -> Iterator[Result]:
    """A contact written down, with its diary entry and a sealed note."""
    desk = Desk(ground)
    client = ground.client(desk.name)
    kind = ground.number("select id from activities_category where category_list = 'kind' and code = 'erstgespraech'")
    before = ground.number("select count(*)::int from casework_casecontact")
    changed = {"day": date.today().strftime("%d.%m.%Y"), "kind": str(kind), "minutes": "30", "participants_target": "1"}
    times = []
    with ground.shares(2 * len(desk.cases)) as shares:
        for pk in desk.cases:
            path = f"/faelle/{pk}/kontakte/neu/"
            fields = dict(form_with(client.get(path).expect(200).body, "day").fields) | changed
            fields["note"] = "Erfundene Notiz der Messung."
            times.append(client.post(path, list(fields.items())).expect(302).milliseconds)
    if ground.number("select count(*)::int from casework_casecontact") - before != len(desk.cases):
        raise MeasureFailed("not every contact was saved")
    yield of_times("contact", "Contact with diary entry saved", times, target=80, shares=shares)


def measure_referral(ground: Ground) -> Iterator[Result]:
    """A referral sent under a consent: what is asked is disclosed, frozen and sealed with it."""
    desk = Desk(ground)
    client = ground.client(desk.name)
    recipient = ground.number(
        "select min(o.id)::int from directory_organisation o where o.id <> "
        "(select organisation_id from casework_case where id = %s)",
        [desk.cases[0]],
    )
    target = ground.number("select min(id)::int from activities_category where category_list = 'referral_target'")
    call = f"from scripts.bench.consents import allow; allow({desk.account}, {desk.cases}, {recipient})"
    ground.kimwerk("shell", "--no-imports", "-c", call)
    wanted = {"recipient": str(recipient), "target": str(target), "need": "Erfundener Bedarf der Messung."}
    before = ground.number("select count(*)::int from consent_disclosure")
    times = []
    with ground.shares(2 * len(desk.cases)) as shares:
        for pk in desk.cases:
            path = f"/faelle/verweise/neu/{pk}/"
            fields = dict(form_with(client.get(path).expect(200).body, "answer_due_on").fields) | wanted
            told = [*fields.items(), ("categories", "identity")]
            times.append(client.post(path, told).expect(302).milliseconds)
    if ground.number("select count(*)::int from consent_disclosure") - before != len(desk.cases):
        raise MeasureFailed("not every referral disclosed what it asks")
    yield of_times("referral", "Referral with disclosure sent", times, target=100, shares=shares)


def measure_together(ground: Ground) -> Iterator[Result]:
    """Sixteen case managers at once, each with own lists and searches: reading what comes, and without a pause."""
    names = ground.ask(
        "select split_part(a.email, '@', 1) from accounts_account a where a.email like 'fall-%%@messung.example'"
        " and exists (select from casework_case c where c.responsible_id = a.id and c.state = 'running')"
        " order by a.id limit %s",
        [USERS],
    )
    clients = [ground.client(str(name)) for (name,) in names]
    _all_at_once(clients, 0.0)
    for key, figure, pause in (
        ("together", "Sixteen users at once, without a pause", 0.0),
        ("together-reading", "Sixteen users at once, a second between pages", 1.0),
    ):
        times, rate = _all_at_once(clients, pause)
        yield of_times(key, figure, times, target=250, note=f"{rate:.0f} pages a second")


def _all_at_once(clients: Sequence[Client], pause: float) -> tuple[list[float], float]:
    """The milliseconds of each answer, and the answers a second; who pauses does so for this long on average."""
    times: list[float] = []
    lock = threading.Lock()

    def work(client: Client, seed: int) -> None:
        random = Random(seed)  # noqa: S311  # a pause, no secret
        order = [f"/faelle/{LISTS[seed % len(LISTS)]}", "/faelle/personen/?q=mus", "/faelle/"] * REQUESTS_OF_A_USER
        for path in order:
            time.sleep(random.uniform(0.0, 2 * pause))
            taken = client.get(path).expect(200).milliseconds
            with lock:
                times.append(taken)

    threads = [threading.Thread(target=work, args=(client, seed)) for seed, client in enumerate(clients)]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(times) != USERS * REQUESTS_OF_A_USER * 3:
        raise MeasureFailed(f"{len(times)} answers came")
    return times, len(times) / (time.monotonic() - begun)


@contextmanager
def _with_and_without_walls(ground: Ground) -> Iterator[tuple[Ground, Ground]]:
    """Two servers just begun, of which the second one's role passes row-level security; the role goes afterwards.

    A server that was measured before answers from many connections, none of which is as warm as the only one.
    """
    ground.tell("drop role if exists kimwerk_unwalled")
    ground.tell("create role kimwerk_unwalled login bypassrls in role kimwerk_app")
    address = ground.environment["DATABASE_URL"].replace("kimwerk_app@", "kimwerk_unwalled@")
    bare = ground.environment | {"DATABASE_URL": address}
    try:
        with serving(ground.environment, free_port()) as walled, serving(bare, free_port()) as unwalled:
            yield ground.at(walled), ground.at(unwalled)
    finally:
        ground.tell("drop role kimwerk_unwalled")


def measure_walls(ground: Ground) -> Iterator[Result]:
    """The same pages with and without row-level security, in turn."""
    desk = Desk(ground)
    paths = ["/faelle/?sort=person", "/faelle/personen/?q=mus", *(f"/faelle/{pk}/" for pk in desk.cases[:3])]
    with _with_and_without_walls(ground) as (walled, unwalled):
        pair = (walled.client(desk.name), unwalled.client(desk.name))
        for client in pair:
            for path in paths * WARMING_ROUNDS:
                client.get(path).expect(200)
        shares = []
        for path in paths:
            with_walls, without = _in_turn(pair, path)
            shares.append(100 * (with_walls - without) / with_walls)
    parts = {path: round(share, 1) for path, share in zip(paths, shares, strict=True)}
    yield Result(
        "walls", "Share of row-level security in a page", "%", statistics.mean(shares), 5, parts=parts,
        note=f"highest {percentile(shares, 1.0):.1f} %",
    )  # fmt: skip


def _in_turn(pair: tuple[Client, Client], path: str) -> tuple[float, float]:
    """The median milliseconds of both; who comes first changes, because the second finds what the first has read."""
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(COMPARED_ROUNDS):
        for which in (0, 1) if turn % 2 else (1, 0):
            times[which].append(pair[which].get(path).expect(200).milliseconds)
    return statistics.median(times[0]), statistics.median(times[1])


CASEWORK: dict[str, Callable[[Ground], Iterator[Result]]] = {
    "cases": measure_cases,
    "contact": measure_contact,
    "referral": measure_referral,
    "together": measure_together,
    "walls": measure_walls,
}
