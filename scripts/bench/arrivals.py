"""What is measured of registration lists: doubles while typing, whole lists brought in, merging, handing out, pages."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import psycopg
import xlsxwriter

from kimwerk.arrivals.types import FamilyFacts, MemberFacts
from kimwerk.desk.generate.newcomers import Newcomers
from kimwerk.persons.types import Sex
from scripts.bench.client import Answer, Client, form_with, forms_of, token_of
from scripts.bench.failing import MeasureFailed
from scripts.bench.ground import DATABASE, Ground
from scripts.bench.results import Result, of_times

TYPED = 100
"""Entries that are typed in turn: newly arrived people, and some that stand on the lists in another spelling."""

PAIRS = 12
HEADINGS = (
    "Familie", "Kommune", "Nachname", "Vorname", "Nachname (kyrillisch)", "Vorname (kyrillisch)", "m/w", "Geb.-Datum",
    "Staatsangehörigkeit", "Straße", "Telefon", "Ankunft", "Schule", "Kita", "Begleitperson",
)  # fmt: skip
STATES = {"166": "UA", "475": "SY", "423": "AF", "163": "TR", "154": "RO"}
FRAGMENT = {"HX_Request": "true"}
MERGING = re.compile(rb"/erfassung/zeilen/(\d+)/zusammenfuehren/(\d+)/")


@dataclass(frozen=True, slots=True)
class Lists:
    """The body with the longest lists: its occasion, who works on it, and who receives it."""

    organisation: int
    occasion: int
    clerk: str
    coordination: str
    places: tuple[tuple[int, str], ...]

    @classmethod
    def longest(cls, ground: Ground) -> Lists:
        """Those with most rows."""
        [(organisation, occasion)] = ground.ask(
            "select organisation_id, occasion_id from arrivals_registration group by 1, 2"
            " order by count(*) desc limit 1"
        )
        places = ground.ask(
            "select id, name from directory_municipality where district_id = ("
            "select district_id from directory_organisation where id = %s) order by id",
            [organisation],
        )
        return cls(
            int(str(organisation)),
            int(str(occasion)),
            _somebody(ground, organisation, "case_manager", "fall-"),
            _somebody(ground, organisation, "kim_coordination", "kim-"),
            tuple((int(str(pk)), str(name)) for pk, name in places),
        )


def _somebody(ground: Ground, organisation: object, role: str, beginning: str) -> str:
    [(email,)] = ground.ask(
        "select a.email from accounts_membership m join accounts_account a on a.id = m.account_id"
        " where m.organisation_id = %s and m.role = %s and a.email like %s order by a.id limit 1",
        [organisation, role, beginning + "%"],
    )
    return str(email).partition("@")[0]


def measure_typing(ground: Ground) -> Iterator[Result]:
    """Who a member of a family might be already, asked anew at every pause of typing."""
    lists = Lists.longest(ground)
    client, path = ground.client(lists.clerk), f"/erfassung/{lists.occasion}/familie/"
    page = client.get(path).expect(200).body
    known = [field for field in form_with(page, "m1-family_name").fields if not field[0].startswith("m1-")]
    asked = [_entry(known, member, place) for member, place in _members_typed(ground, lists)]
    for fields in asked[:10]:
        client.post(path + "doppelte/", fields, **FRAGMENT).expect(200)
    found = 0
    with ground.shares(len(asked)) as shares:
        answers = [client.post(path + "doppelte/", fields, **FRAGMENT).expect(200) for fields in asked]
    found = sum(b"<li" in answer.body for answer in answers)
    if not found:
        raise MeasureFailed("nobody was found to be registered already")
    yield of_times(
        "doubles", "Doubles of an entry while typing", [answer.milliseconds for answer in answers], target=80,
        shares=shares, bare=_bare_look_up(ground), note=f"{found} of {len(asked)} entries have some",
    )  # fmt: skip


def _members_typed(ground: Ground, lists: Lists) -> Iterator[tuple[MemberFacts, int]]:
    """New people, and as many who are registered, as the list has them."""
    newcomers, today = Newcomers("typed"), date.today()
    for _ in range(TYPED // 2):
        yield newcomers.family(0, lists.places[0][0], "", today).facts.members[0], lists.places[0][0]
    rows = ground.ask(
        "select family_name, given_names, birth_date, sex, municipality_id from arrivals_registration"
        " where occasion_id = %s order by hashint8(id) limit %s",
        [lists.occasion, TYPED // 2],
    )
    for family, given, born, sex, place in rows:
        known = born if isinstance(born, date) else None
        yield MemberFacts(str(family), str(given), sex=Sex(str(sex)), birth_date=known), int(str(place))


def _entry(known: Sequence[tuple[str, str]], member: MemberFacts, place: int) -> list[tuple[str, str]]:
    """The form as it stands while the member is typed."""
    typed = {
        "number": "1", "municipality": str(place), "m1-family_name": member.family_name,
        "m1-given_names": member.given_names, "m1-sex": member.sex.value,
        "m1-birth_date": f"{member.birth_date:%d.%m.%Y}" if member.birth_date else "",
    }  # fmt: skip
    return [*(field for field in known if field[0] not in typed), *typed.items()]


def _bare_look_up(ground: Ground) -> float:
    """The same look-up by the numbers of a row, without walls and without comparing."""
    return ground.bare(
        "select i.subject_id from persons_identity i where i.keys && (select array_agg(k) from ("
        "select unnest(keys) k from persons_identity where subject = 'registration' and subject_id = ("
        "select max(subject_id) / 2 from persons_identity) except select key from persons_commonkey where bearers > 20"
        ") own)"
    )


def measure_lists(ground: Ground) -> Iterator[Result]:
    """Lists of 5,000 and of 100,000 rows: from the upload to the screen, then brought in and undone."""
    lists = Lists.longest(ground)
    for rows, target in ((5_000, 8), (100_000, 120)):
        if ground.registrations >= rows // 5:
            yield from _brought_in(ground, lists, rows, target)


def _brought_in(ground: Ground, lists: Lists, rows: int, target: float) -> Iterator[Result]:
    content = list_workbook(rows, lists)
    client = ground.client(lists.coordination)
    path = f"/erfassung/{lists.occasion}/einlesen/neu/"
    fields = [token_of(client.open(path).body)]
    begun = time.perf_counter()
    brought = client.upload(path, fields, "file", "liste.xlsx", content).expect(302).headers["location"]
    number = int(brought.rstrip("/").rpartition("/")[2])
    _wait(ground, number, "mapping")
    form = max(forms_of(client.open(f"{brought}zuordnung/").body), key=lambda each: len(each.fields))
    client.post(f"{brought}zuordnung/", form.fields).expect(302)
    _wait(ground, number, "checked")
    client.open(brought)
    seconds = time.perf_counter() - begun
    [(counts,)] = ground.ask("select counts::text from arrivals_listimport where id = %s", [number])
    yield Result(
        f"list-{rows}", f"List of {rows:,} rows checked, matched, on screen", "s", seconds, target,
        bare=_bare_insert(ground, rows), note=f"{counts}, {len(content) / 1e6:.1f} MB",
    )  # fmt: skip
    for errand, state, figure in (("uebernehmen/", "applied", "brought in"), ("zuruecknehmen/", "undone", "undone")):
        begun = time.perf_counter()
        client.post(brought + errand, [token_of(client.open(brought).body), ("confirmed", "1")]).expect(302)
        _wait(ground, number, state)
        yield Result(f"list-{rows}-{state}", f"{rows:,} checked rows {figure}", "s", time.perf_counter() - begun)


def _wait(ground: Ground, number: int, wanted: str) -> None:
    state = ground.wait_for(
        "select state from arrivals_listimport where id = %s", [number], wanted, "refused", "failed"
    )
    if state != wanted:
        raise MeasureFailed(f"the list is {state}, not {wanted}")


def list_workbook(rows: int, lists: Lists) -> bytes:
    """A list as an office keeps it, with so many people, some of them twice."""
    out, chance, newcomers = io.BytesIO(), Random(rows), Newcomers(f"list {rows}")  # noqa: S311
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    sheet, line, family = book.add_worksheet(), 0, 0
    sheet.write_row(0, 0, HEADINGS)
    while line < rows:
        family += 1
        _, town = chance.choice(lists.places)
        facts = newcomers.family(0, 0, town, date.today() - timedelta(days=chance.randrange(1, 30))).facts
        for member in facts.members[: rows - line]:
            line += 1
            sheet.write_row(line, 0, _cells(family, town, facts, member))
    book.close()
    return out.getvalue()


def _cells(family: int, town: str, facts: FamilyFacts, member: MemberFacts) -> tuple[str, ...]:
    born = f"{member.birth_date:%d.%m.%Y}" if member.birth_date else ""
    return (
        str(family), town, member.family_name, member.given_names, member.original_family, member.original_given,
        {"male": "m", "female": "w"}[member.sex.value], born, STATES[member.nationality], facts.shared.street,
        facts.shared.phone, f"{facts.shared.arrived_on:%d.%m.%Y}", "ja" if member.needs_school else "",
        "ja" if member.needs_childcare else "", member.guardian,
    )  # fmt: skip


def _bare_insert(ground: Ground, rows: int) -> float:
    """Seconds to copy so many registrations into a table with the same columns and indexes."""
    with psycopg.connect(ground.cluster.dsn(DATABASE), autocommit=True) as connection:
        connection.execute("create table bench_copy (like arrivals_registration including all)")
        source = f"copy (select * from arrivals_registration order by id desc limit {rows}) to stdout"
        with connection.cursor().copy(source.encode()) as out:
            content = b"".join(bytes(piece) for piece in out)
        begun = time.perf_counter()
        with connection.cursor().copy(b"copy bench_copy from stdin") as into:
            into.write(content)
        seconds = time.perf_counter() - begun
        connection.execute("drop table bench_copy")
    return seconds


def measure_merging(ground: Ground) -> Iterator[Result]:
    """A double opened, set aside, and brought back."""
    lists = Lists.longest(ground)
    client = ground.client(lists.coordination)
    rows = ground.ask(
        "select id from arrivals_registration where occasion_id = %s and 'duplicate' = any(findings)"
        " and merged_into_id is null order by hashint8(id) limit %s",
        [lists.occasion, 5 * PAIRS],
    )
    opened: list[float] = []
    merged: list[float] = []
    unmerged: list[float] = []
    for (row,) in rows:
        page = client.get(f"/erfassung/zeilen/{row}/").expect(200)
        opened.append(page.milliseconds)
        if (found := MERGING.search(page.body)) and len(merged) < PAIRS:
            there, back = _merged(client, found[0].decode())
            merged.append(there.milliseconds)
            unmerged.append(back.milliseconds)
    if not merged:
        raise MeasureFailed("no two rows could be merged")
    yield of_times("row", "A row opened, with its doubles", opened, target=100)
    yield of_times("merge", "A double set aside", merged, target=1000)
    yield of_times("unmerge", "A double brought back", unmerged, target=1000)


def _merged(client: Client, path: str) -> tuple[Answer, Answer]:
    there = client.post(path, [token_of(client.get(path).expect(200).body)]).expect(302)
    page = client.open(there.headers["location"])
    kept = there.headers["location"]
    aside = next(pk for pk in path.split("/") if pk.isdecimal() and f"/{pk}/" not in kept)
    back = f"/erfassung/zeilen/{aside}/zurueckholen/"
    return there, client.post(back, [token_of(page.body)]).expect(302)


def measure_offices(ground: Ground) -> Iterator[Result]:
    """An office fetches a list, and takes it out as a file: once some thousand rows, once as many as there are."""
    ground.tell(
        "set session_replication_role = replica; delete from arrivals_deliveredrow; delete from arrivals_receipt;"
        " delete from consent_listdisclosure; reset session_replication_role;"
    )
    released = "from arrivals_registration where state = 'released' and merged_into_id is null group by 1, 2"
    lists = ground.ask(
        f"select organisation_id, occasion_id, count(*) {released} order by abs(count(*) - 5000) limit 1"
    )
    lists += ground.ask(f"select organisation_id, occasion_id, count(*) {released} order by 3 desc limit 1")
    for name, (organisation, occasion, count) in zip(("few", "many"), lists, strict=True):
        client, rows = ground.client(f"stelle-{organisation}"), int(str(count))
        contract = ground.number("select id from arrivals_listcontract where organisation_id = %s", [organisation])
        path = f"/erfassung/stelle/{contract}/{occasion}/"
        token = token_of(client.get(path).expect(200).body)
        answer = client.post(path + "abrufen/", [token]).expect(302)
        bare = ground.bare(f"select to_jsonb(r) from arrivals_registration r where occasion_id = {occasion}", times=1)
        yield Result(
            f"fetch-{name}", f"Office fetches {rows:,} rows", "s", answer.milliseconds / 1000, bare=bare / 1000
        )
        yield of_times(f"held-{name}", f"First page of {rows:,} rows held", _times(client, path), target=100)
        for form in ("csv", "xlsx", "json"):
            taken = client.post(f"{path}entnehmen/{form}/", [token]).expect(200)
            size = f"{len(taken.body) / 1e6:.1f} MB"
            yield Result(f"{form}-{name}", f"{rows:,} rows as {form}", "s", taken.milliseconds / 1000, note=size)


def measure_list_pages(ground: Ground) -> Iterator[Result]:
    """The longest list, as the coordination pages, filters and searches it."""
    lists = Lists.longest(ground)
    client, path = ground.client(lists.coordination), f"/erfassung/{lists.occasion}/"
    rows = ground.number("select count(*)::int from arrivals_registration where occasion_id = %s", [lists.occasion])
    place = lists.places[0][0]
    pages = (
        ("rows", f"List of {rows:,} rows, first page", path),
        ("rows-deep", "A page far behind", f"{path}?before=end"),
        ("rows-place", "Rows of a municipality", f"{path}?place={place}"),
        ("rows-queue", "Rows that may be doubles", f"{path}?finding=duplicate"),
        ("rows-name", "Rows by a name", f"{path}?name=Musterba"),
        ("rows-weeks", "Registrations by week", f"{path}wochen/"),
        ("occasions", "All lists with their numbers", "/erfassung/"),
    )
    bare = ground.bare(
        f"select * from arrivals_registration where occasion_id = {lists.occasion} and merged_into_id is null"
        " order by registered_at desc, family, birth_date, id limit 50"
    )
    for name, figure, address in pages:
        with ground.shares(6) as shares:
            times = _times(client, address)
        yield of_times(name, figure, times, target=80, shares=shares, bare=bare if name == "rows" else None)


def _times(client: Client, path: str, count: int = 5) -> list[float]:
    client.get(path).expect(200)
    return [client.get(path).expect(200).milliseconds for _ in range(count)]


ARRIVALS: dict[str, Callable[[Ground], Iterator[Result]]] = {
    "typing": measure_typing,
    "merging": measure_merging,
    "list-pages": measure_list_pages,
    "offices": measure_offices,
    "lists": measure_lists,
}
