"""Files on their way in: what is too large, empty, locked, damaged or no table at all is said, and nothing is kept."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from kimwerk.access.actors import Actor
from kimwerk.activities.models import TallyChunk, TallyImport
from kimwerk.activities.services.tallies.reading import read_tally
from kimwerk.activities.services.tallies.states import TallyNotReady
from kimwerk.activities.services.tallies.uploading import content_of, upload_tally
from kimwerk.activities.states import TallyState
from kimwerk.activities.uploads.receiving import CHUNK
from kimwerk.kernel.sheets import FileRefused, Refusal
from kimwerk.kernel.sheets.compound import MAGIC
from tests.activities.importing import FIRST, organisation_of, tally, uploaded
from tests.activities.messy import messy_workbook
from tests.cast import Cast

Act = Callable[[Actor], Actor]
SignIn = Callable[[str], Client]


def send(client: Client, cast: Cast, content: bytes, name: str = "tally.csv") -> HttpResponse:
    data = {"file": SimpleUploadedFile(name, content), "organisation": organisation_of(cast)}
    return client.post(reverse("activities:import_upload"), data)


def test_a_file_is_stored_in_pieces_as_it_is(cast: Cast, act_as: Act) -> None:
    content = bytes(range(256)) * 9000
    pieces = [content[at : at + 300_000] for at in range(0, len(content), 300_000)]
    brought = upload_tally(
        actor=act_as(cast.actor("frieda")),
        organisation_id=organisation_of(cast),
        file_name="C:\\Eigene Dateien\\Berichtswesen\x07 2022.xlsx",
        pieces=pieces,
    )
    assert content_of(brought) == content
    assert [len(bytes(each.content)) for each in TallyChunk.objects.order_by("number")] == [
        CHUNK,
        CHUNK,
        len(content) - 2 * CHUNK,
    ]
    assert (brought.file_name, brought.file_size) == ("Berichtswesen 2022.xlsx", len(content))


def test_counting_stops_at_the_limit_and_nothing_is_kept(cast: Cast, act_as: Act, settings: Settings) -> None:
    settings.TALLY_UPLOAD_LIMIT = 2 * CHUNK
    taken = 0

    def endless() -> Iterator[bytes]:
        nonlocal taken
        while True:
            taken += CHUNK
            yield b"x" * CHUNK

    with pytest.raises(FileRefused) as refused:
        upload_tally(
            actor=act_as(cast.actor("frieda")), organisation_id=organisation_of(cast), file_name="a", pieces=endless()
        )
    assert refused.value.code is Refusal.TOO_LARGE
    assert taken == 3 * CHUNK
    assert not TallyImport.objects.exists()


def bomb() -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(80 * 1024 * 1024))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (bomb(), "bombe.xlsx", Refusal.ZIP_BOMB),
        (messy_workbook()[:3000], "halb.xlsx", Refusal.BROKEN),
        (MAGIC + bytes(600), "alt.xls", Refusal.BROKEN),
        (b"%PDF-1.7 no table", "bericht.pdf", Refusal.UNKNOWN_FORMAT),
        (b"\x81\x8d\x8f\x90 \x9d;\r\n", "seltsam.csv", Refusal.ENCODING),
        (b"Datum;Art\r\n\x00\x01;\r\n", "nul.csv", Refusal.NUL_CHARACTERS),
        (b"   \r\n \r\n", "leer.csv", Refusal.EMPTY),
        (b"Datum;Art;Kommune\r\n", "kopf.csv", Refusal.NO_DATA),
        (tally(FIRST, header=";".join(f"Spalte {at}" for at in range(300))), "breit.csv", Refusal.TOO_MANY_COLUMNS),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(
    content: bytes, name: str, code: Refusal, cast: Cast, act_as: Act, sign_in: SignIn
) -> None:
    brought = uploaded(act_as(cast.actor("frieda")), cast, content, name=name)
    assert (brought.state, brought.refusal) == (TallyState.REFUSED, code)
    page = sign_in("frieda").get(reverse("activities:import", args=[brought.pk])).content.decode()
    assert "Diese Datei lässt sich nicht lesen" in page
    assert "kern-alert--danger" in page
    assert "Nichts davon steht im Tagebuch." in page


def test_a_formula_is_read_by_its_result_and_never_run(cast: Cast, act_as: Act) -> None:
    content = tally('07.03.2022;"=HYPERLINK(""http://x"")";Siegburg;1;1')
    brought = uploaded(act_as(cast.actor("frieda")), cast, content)
    assert brought.state == TallyState.MAPPING
    assert brought.sheets[0]["samples"][1] == ['=HYPERLINK("http://x")']


def test_an_uploaded_file_waits_for_a_worker(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("frieda")
    answer = send(client, cast, tally(FIRST))
    brought = TallyImport.objects.get()
    assert answer.headers["Location"] == reverse("activities:import", args=[brought.pk])
    assert "wird gelesen" in client.get(reverse("activities:import", args=[brought.pk])).content.decode()


def test_an_empty_file_is_said_at_the_field(cast: Cast, sign_in: SignIn) -> None:
    answer = send(sign_in("frieda"), cast, b"")
    assert answer.status_code == 422
    assert "Die Datei ist leer." in answer.content.decode()


def test_without_a_file_the_page_asks_for_one(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in("frieda").post(reverse("activities:import_upload"), {"organisation": organisation_of(cast)})
    assert answer.status_code == 422
    assert "Wählen Sie zuerst eine Datei aus." in answer.content.decode()


def test_too_large_a_file_is_cut_off_and_said_at_the_field(cast: Cast, sign_in: SignIn, settings: Settings) -> None:
    settings.UPLOAD_LIMIT = 1024 * 1024
    answer = send(sign_in("frieda"), cast, bytes(2 * 1024 * 1024))
    assert answer.status_code == 422
    assert "größer als 50 MB" in answer.content.decode()
    assert not TallyImport.objects.exists()


def test_nobody_uploads_into_a_foreign_diary(cast: Cast, sign_in: SignIn) -> None:
    data = {"file": SimpleUploadedFile("t.csv", tally(FIRST)), "organisation": cast.organisations["Kreis Kleve"]}
    assert sign_in("frieda").post(reverse("activities:import_upload"), data).status_code == 422
    assert not TallyImport.objects.exists()


def test_reading_again_is_refused_once_it_is_read(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    brought = uploaded(frieda, cast, tally(FIRST))
    with pytest.raises(TallyNotReady):
        read_tally(actor=frieda, tally_id=brought.pk)
