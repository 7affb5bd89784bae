"""The files: exactly the rows of the filter, German, harmless, and written into the log."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest
from django.test import Client

from kimwerk.access.walls import set_actor
from kimwerk.activities.export import workbook as workbook_module
from kimwerk.audit.models import Event
from tests.activities.diary import stands
from tests.cast import Cast

SignIn = Callable[[str], Client]


def csv_rows(client: Client, query: str = "window=all") -> list[dict[str, str]]:
    answer = client.get(f"/tagebuch/datei.csv?{query}")
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]  # a streamed answer
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))


def sheet(client: Client, query: str = "window=all") -> openpyxl.worksheet.worksheet.Worksheet:
    answer = client.get(f"/tagebuch/datei.xlsx?{query}")
    assert answer.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    assert book.active
    return book.active


def test_a_csv_file_says_every_fact_in_german(cast: Cast, sign_in: SignIn) -> None:
    stands(
        cast,
        kind_id=cast.categories["verweisberatung"],
        referral_target_id=cast.categories["mbe"],
        last_day=date(2022, 3, 9),
        topics=(cast.categories["arbeit"], cast.categories["wohnen"]),
        target_groups=(cast.categories["ukraine"],),
        legal_circles=(cast.categories["sgb-ii"],),
        partners=(cast.organisations["Jobcenter Rhein-Sieg"],),
        participants_partner=1,
    )
    [row] = csv_rows(sign_in("frieda"))
    assert row == {
        "Tag": "07.03.2022",
        "Letzter Tag": "09.03.2022",
        "Art": "Verweisberatung",
        "Verweisziel": "Migrationsberatung für Erwachsene",
        "Kanal": "vor Ort",
        "Kommune": "Siegburg",
        "Standort": "Rathaus Siegburg",
        "Person": "Frieda Fallbeispiel",
        "Beteiligte der Zielgruppe": "2",
        "Beteiligte Partner": "1",
        "Minuten": "30",
        "Themen": "Arbeit, Wohnen",
        "Zielgruppen": "Ukrainische Geflüchtete",
        "Rechtskreise": "SGB II",
        "Beteiligte Stellen": "Jobcenter Rhein-Sieg",
        "Notiz": "",
    }


def test_long_lists_keep_their_order_in_csv(cast: Cast, sign_in: SignIn) -> None:
    topics = tuple(cast.categories[code] for code in ("wohnen", "arbeit", "wohnen"))
    stands(cast, topics=topics)
    assert csv_rows(sign_in("frieda"))[0]["Themen"] == "Wohnen, Arbeit, Wohnen"


def test_a_workbook_holds_days_as_days_and_numbers_as_numbers(cast: Cast, sign_in: SignIn) -> None:
    stands(cast, minutes=None)
    heading, row = sheet(sign_in("frieda")).iter_rows(values_only=True)
    cells = dict(zip(heading, row, strict=True))
    assert cells["Tag"].date() == date(2022, 3, 7)
    assert cells["Beteiligte der Zielgruppe"] == 2
    assert cells["Minuten"] is None
    assert cells["Art"] == "Austausch und Erstgespräche"


@pytest.mark.parametrize("note", ["=HYPERLINK(1)", "@SUM(1)", "＝1"])
def test_a_formula_in_a_note_leaves_as_text(note: str, cast: Cast, sign_in: SignIn) -> None:
    stands(cast, note=note)
    client = sign_in("frieda")
    assert csv_rows(client)[0]["Notiz"] == "'" + note
    assert list(sheet(client).iter_rows(values_only=True))[1][-1] == "'" + note


def test_a_file_holds_exactly_what_the_filter_shows(cast: Cast, sign_in: SignIn) -> None:
    stands(cast, minutes=10)
    stands(cast, kind_id=cast.categories["workshop"], minutes=20)
    stands(cast, "mehmet", kind_id=cast.categories["workshop"], minutes=40)
    workshop = f"window=all&kind={cast.categories['workshop']}"
    assert [row["Minuten"] for row in csv_rows(sign_in("frieda"), workshop)] == ["20"]
    assert sorted(row["Minuten"] for row in csv_rows(sign_in("karin"), workshop)) == ["20", "40"]
    assert sheet(sign_in("frieda"), workshop).max_row == 2


@pytest.mark.parametrize("character", ["lena", "fiona", "arno", "doris", "sam", "stefan", "tina"])
def test_without_the_right_there_is_no_file(character: str, cast: Cast, sign_in: SignIn) -> None:
    assert sign_in(character).get("/tagebuch/datei.csv").status_code == 404


@pytest.mark.parametrize("character", ["klaus", "tomasz", "klara"])
def test_a_stranger_takes_out_nothing_of_ours(character: str, cast: Cast, sign_in: SignIn) -> None:
    stands(cast, count=3)
    assert csv_rows(sign_in(character)) == []


def test_taking_out_is_written_into_the_log_with_its_number(cast: Cast, sign_in: SignIn) -> None:
    stands(cast, count=3)
    csv_rows(sign_in("karin"))
    set_actor(cast.accounts["doris"])
    seen = Event.objects.visible_to(cast.actor("doris")).filter(actor_id=cast.accounts["karin"])
    assert {(event.action, event.amount) for event in seen} >= {("activity.exported", 3), ("read", 3)}


def test_more_rows_than_a_sheet_holds_are_told_before_anything_is_made(
    cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    stands(cast, count=3)
    monkeypatch.setattr(workbook_module, "MOST_ROWS", 2)
    client = sign_in("frieda")
    answer = client.get("/tagebuch/datei.xlsx?window=all", follow=True)
    assert "Eine Arbeitsmappe fasst höchstens" in answer.content.decode()
