"""How the tests of the import bring a tally: as bytes of a CSV file, through the real errands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from django.db import connection, transaction
from hypothesis import strategies as st

from kimwerk.access.actors import Actor
from kimwerk.activities.models import Activity, TallyImport, TallyRow
from kimwerk.activities.services.tallies.applying import apply_tally
from kimwerk.activities.services.tallies.checking import check_tally
from kimwerk.activities.services.tallies.planning import save_mapping
from kimwerk.activities.services.tallies.reading import read_tally
from kimwerk.activities.services.tallies.uploading import upload_tally
from kimwerk.activities.states import Verdict
from kimwerk.activities.tally import TallyPlan, plan_from_json
from tests.cast import Cast, as_owner

HEADER = "Datum;Art;Kommune;TN Zielgruppe;Minuten"
FIRST = "07.03.2022;Workshop;Siegburg;12;90"
SECOND = "08.03.2022;Arbeitskreis;Troisdorf;5;60"
WRONG = "09.03.2022;Workshop;Atlantis;3;30"

FACTS = """
select id, organisation_id, day, last_day, kind_id, channel_id, municipality_id, site_id, done_by_id, topics,
  target_groups, legal_circles, partners, participants_target, participants_partner, minutes, referral_target_id,
  note, tally_import_id, source_key, source_digest, entered_by_id, changed_at, changed_by_id, removed_at, removed_by_id
from activities_activity order by id
"""
"""Everything an entry says; only its version is left out, which never goes back."""


def tally(*lines: str, header: str = HEADER) -> bytes:
    """A CSV file in Windows-1252, as German offices save it."""
    return "\r\n".join((header, *lines)).encode("cp1252")


def organisation_of(cast: Cast) -> int:
    return cast.organisations["Rhein-Sieg-Kreis"]


def uploaded(actor: Actor, cast: Cast, content: bytes, *, name: str = "tally.csv") -> TallyImport:
    """A file that has been looked into."""
    brought = upload_tally(actor=actor, organisation_id=organisation_of(cast), file_name=name, pieces=[content])
    return read_tally(actor=actor, tally_id=brought.pk)


def checked(actor: Actor, cast: Cast, content: bytes, **changes: object) -> TallyImport:
    """A file every row of which has its verdict; `changes` are for the proposed plan."""
    brought = uploaded(actor, cast, content)
    plan: TallyPlan = replace(plan_from_json(brought.plan), **changes)
    save_mapping(actor=actor, tally_id=brought.pk, plan=plan)
    return check_tally(actor=actor, tally_id=brought.pk)


def applied(actor: Actor, cast: Cast, content: bytes, **changes: object) -> TallyImport:
    """A file whose rows are in the diary."""
    return apply_tally(actor=actor, tally_id=checked(actor, cast, content, **changes).pk)


def counts(brought: TallyImport) -> dict[Verdict, int]:
    """How many rows got which verdict; those without any are left out."""
    return {verdict: brought.counts[verdict.value] for verdict in Verdict if brought.counts[verdict.value]}


def verdicts(brought: TallyImport) -> list[str]:
    """The verdict of every row, in the order of the file."""
    rows = TallyRow.objects.filter(tally_import=brought).order_by("number")
    return list(rows.values_list("verdict", flat=True))


def problems(brought: TallyImport, number: int) -> list[tuple[str, str]]:
    """What is wrong with a row, as code and field."""
    row = TallyRow.objects.get(tally_import=brought, number=number)
    return [(each["code"], each.get("field", "")) for each in row.problems]


def diary() -> list[tuple[object, ...]]:
    """All entries as they stand in the database, removed ones too, read behind the walls."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(FACTS)
        return cursor.fetchall()


def kept(cast: Cast) -> list[Activity]:
    """The entries in the diary, in the order of their days."""
    return list(Activity.objects.filter(organisation=organisation_of(cast)).kept().order_by("day", "id"))


@contextmanager
def forgotten() -> Iterator[None]:
    """What happens in here has not happened afterwards: for one example of many."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def tallies_of(kinds: Sequence[str], towns: Sequence[str]) -> st.SearchStrategy[list[str]]:
    """The lines of a tally, good ones and bad ones, some of them alike."""
    day = st.one_of(
        st.dates(date(2001, 1, 1), date(2025, 12, 31)).map(lambda each: f"{each:%d.%m.%Y}"),
        st.sampled_from(["07.03.2022", "07.03.2022", "31.02.2022", "", "Summe", "9.3.22", "2022-03-10"]),
    )
    number = st.one_of(st.integers(0, 20).map(str), st.sampled_from(["", "-1", "viele", "1,5", "6000"]))
    line = st.tuples(day, st.sampled_from([*kinds, ""]), st.sampled_from([*towns, "Atlantis"]), number, number)
    return st.lists(line.map(";".join), min_size=1, max_size=12)
