"""What is measured of steering: every list and matrix, of one county and of all, and proposals for bundling."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from random import Random

from scripts.bench.client import Client
from scripts.bench.failing import MeasureFailed
from scripts.bench.ground import Ground
from scripts.bench.results import Result, of_times

LIST_TARGET, BUNDLING_TARGET = 80, 150
ROUNDS, NEEDS = 30, 200
ALL = "alle"
NEXT = re.compile(rb'href="([^"]*)" rel="next"')

PAGES = (
    ("committees", "Committees", "/steuerung/gremien/"),
    ("meetings", "Meetings", "/steuerung/sitzungen/"),
    ("meetings-page", "Meetings, further on", "/steuerung/sitzungen/"),
    ("resolutions", "Resolutions", "/steuerung/beschluesse/"),
    ("resolutions-page", "Resolutions, further on", "/steuerung/beschluesse/"),
    ("resolutions-late", "Resolutions that are overdue", "/steuerung/beschluesse/?overdue=on"),
    ("tasks", "Tasks", "/steuerung/aufgaben/"),
    ("papers", "Papers to committees", "/steuerung/drucksachen/"),
    ("goals", "Goals with their lights", "/steuerung/ziele/"),
    ("plan", "Programme plan", "/steuerung/programmplan/"),
    ("needs", "Register of needs", "/steuerung/bedarfe/"),
    ("needs-page", "Register of needs, further on", "/steuerung/bedarfe/"),
    ("needs-origin", "Needs out of counselling", "/steuerung/bedarfe/?origin=counselling"),
    ("gaps", "Gaps of the system", "/steuerung/luecken/"),
    ("matrix", "Matrix municipality by topic", "/steuerung/bedarfe/matrix/"),
    ("events", "Events", "/veranstaltungen/"),
    ("kick-offs", "Kick-off events by municipality", "/veranstaltungen/auftakt/"),
    ("agreements", "Agreements by municipality", "/veranstaltungen/vereinbarungen/"),
    ("partners", "Whom we know", "/netzwerk/"),
    ("partners-silent", "Whom nobody met for long", "/netzwerk/?contacted=silent"),
    ("contacts", "Contacts", "/netzwerk/kontakte/"),
    ("contacts-page", "Contacts, further on", "/netzwerk/kontakte/"),
    ("working-groups", "Working groups", "/netzwerk/arbeitskreise/"),
    ("offers", "Offers", "/netzwerk/angebote/"),
    ("publications", "Public relations", "/netzwerk/oeffentlichkeit/"),
)


def measure_lists(ground: Ground) -> Iterator[Result]:
    """Each list and matrix, for the office of one county and for somebody who keeps all of them."""
    for account, reader in ((_office(ground), "one county"), (ALL, "all counties")):
        client = ground.client(account)
        for name, figure, path in PAGES:
            path = _further_on(client, path) if name.endswith("-page") else path  # noqa: PLW2901  # the one measured
            client.get(path).expect(200)
            with ground.shares(ROUNDS) as shares:
                times = [client.get(path).expect(200).milliseconds for _ in range(ROUNDS)]
            suffix = "" if account != ALL else "-all"
            yield of_times(f"{name}{suffix}", f"{figure}, {reader}", times, target=LIST_TARGET, shares=shares)


def _further_on(client: Client, path: str) -> str:
    """The address of a page five pages on, or of the last one, by the list's own links."""
    for _page in range(5):
        found = NEXT.search(client.get(path).expect(200).body)
        if found is None:
            break
        path = path.partition("?")[0] + unescape(found.group(1).decode())
    return path


def measure_bundling(ground: Ground) -> Iterator[Result]:
    """The page of a need with what is like it, of the county that has named most."""
    office = _office(ground)
    needs = [int(str(pk)) for (pk,) in ground.ask(
        "select n.id from needs_need n join accounts_membership m on m.organisation_id = n.organisation_id"
        " join accounts_account a on a.id = m.account_id where a.email = %s and m.role = 'kim_coordination'"
        " and n.gap_id is null order by n.id",
        [f"{office}@messung.example"],
    )]  # fmt: skip
    chosen = Random(1).sample(needs, min(NEEDS, len(needs)))  # noqa: S311  # a choice, no secret
    client = ground.client(office)
    client.get(f"/steuerung/bedarfe/{chosen[0]}/").expect(200)
    with ground.shares(len(chosen)) as shares:
        answers = [client.get(f"/steuerung/bedarfe/{pk}/").expect(200) for pk in chosen]
    found = sum(answer.body.count(b"/steuerung/bedarfe/") > 3 for answer in answers)
    if found < len(answers) // 2:
        raise MeasureFailed(f"only {found} of {len(answers)} needs have others that are like them")
    yield of_times(
        "bundling", "Proposals for bundling a need", [answer.milliseconds for answer in answers],
        target=BUNDLING_TARGET, shares=shares, note=f"{found} of {len(answers)} needs have some",
    )  # fmt: skip


def _office(ground: Ground) -> str:
    """Who keeps the committees of the county with most needs."""
    [(email,)] = ground.ask(
        "select a.email from accounts_membership m join accounts_account a on a.id = m.account_id"
        " where m.role = 'kim_coordination' and a.email like 'kim-%%' and m.organisation_id = ("
        "select organisation_id from needs_need group by 1 order by count(*) desc, 1 limit 1) order by a.id limit 1"
    )
    return str(email).partition("@")[0]


STEERING: dict[str, Callable[[Ground], Iterator[Result]]] = {
    "steering-lists": measure_lists,
    "bundling": measure_bundling,
}
