"""A case manager brings in the tally of months: from the messy workbook to the diary, and back again."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.activities.importing import FIRST, tally
from tests.activities.messy import messy_workbook
from tests.journeys.conftest import SignInAs, Theme, Visitor
from tests.journeys.server import DemoServer

WAIT = 20_000


@pytest.fixture
def messy(tmp_path: Path) -> Path:
    path = tmp_path / "Berichtswesen 2022.xlsx"
    path.write_bytes(messy_workbook())
    return path


def choose(page: Page, file: Path) -> None:
    page.goto("/tagebuch/import/")
    page.get_by_role("link", name="Datei auswählen").click()
    page.get_by_label("Datei mit Ihrem Berichtswesen").set_input_files(file)
    page.get_by_role("button", name="Hochladen und lesen").click()


def test_a_messy_tally_becomes_entries_and_can_be_taken_back(
    server: DemoServer, sign_in_as: SignInAs, guest: Visitor, messy: Path
) -> None:
    page = sign_in_as("frieda")
    entries = "select count(*) from activities_activity where removed_at is null"
    before = server.ask(entries)

    choose(page, messy)
    expect(page.get_by_role("heading", name="Was bedeuten die Spalten?")).to_be_visible(timeout=WAIT)
    expect(page.get_by_label("Datum", exact=True)).to_have_value("day")
    expect(page.get_by_role("main")).to_contain_text("Sieht nach persönlichen Daten von Ratsuchenden aus")
    guest.check(page)
    page.get_by_label("Kontaktform für alle Zeilen").select_option(label="vor Ort")
    expect(page.locator("#plan")).to_contain_text("vor Ort")

    page.get_by_role("button", name="Alle Zeilen prüfen").click()
    expect(page.get_by_text("3 Zeilen sind abgelehnt")).to_be_visible(timeout=WAIT)
    expect(page.get_by_text("Den Tag „31.02.2022“ gibt es nicht.")).to_be_visible()
    guest.check(page)

    page.locator("#row-9").get_by_role("button", name="Siegburg").click()
    expect(page.get_by_text("Zeile 9 ist jetzt in Ordnung: neu.")).to_be_visible()
    page.get_by_label("Zeile 8, Datum").fill("28.02.2022")
    page.get_by_label("Zeile 8, Datum").press("Enter")
    expect(page.get_by_text("Zeile 8 ist jetzt in Ordnung: neu.")).to_be_visible()
    expect(page.get_by_role("link", name="Abgelehnt 1")).to_be_visible()

    page.get_by_role("button", name="Ins Tagebuch eintragen").click()
    expect(page.get_by_text("Dieser Import hat 6 neue Einträge ins Tagebuch gebracht.")).to_be_visible(timeout=WAIT)
    assert server.ask(entries)[0][0] == before[0][0] + 6  # type: ignore[operator]  # both are counts
    guest.check(page)

    page.get_by_role("link", name="Import zurücknehmen").click()
    expect(page.get_by_text("6 Einträge werden wieder entfernt.")).to_be_visible()
    guest.check(page)
    page.get_by_role("button", name="Import zurücknehmen").click()
    expect(page.get_by_text("Zurückgenommen: 6 Einträge entfernt")).to_be_visible()
    assert server.ask(entries) == before


def test_a_file_can_be_dropped(sign_in_as: SignInAs) -> None:
    page = sign_in_as("frieda")
    page.goto("/tagebuch/import/neu/")
    page.locator("form[data-drop]").evaluate(
        """(form) => {
            const data = new DataTransfer();
            data.items.add(new File(["Datum;Art"], "gezogen.csv"));
            form.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
        }"""
    )
    assert page.eval_on_selector("input[type=file]", "input => input.files[0].name") == "gezogen.csv"


def test_what_is_no_table_is_refused_in_plain_words(sign_in_as: SignInAs, guest: Visitor, tmp_path: Path) -> None:
    file = tmp_path / "bericht.xlsx"
    file.write_bytes(b"%PDF-1.7")
    page = sign_in_as("frieda")
    choose(page, file)
    expect(page.get_by_text("Das ist eine Datei der Art PDF, keine Tabelle.")).to_be_visible(timeout=WAIT)
    guest.check(page)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_are_sound_in_both_themes(theme: Theme, sign_in_as: SignInAs, guest: Visitor) -> None:
    page = sign_in_as("frieda")
    page.emulate_media(color_scheme=theme)
    for path in ("/tagebuch/import/", "/tagebuch/import/neu/"):
        page.goto(path)
        guest.check(page)


def test_without_scripts_the_way_is_the_same(server: DemoServer, guest: Visitor, tmp_path: Path) -> None:
    file = tmp_path / "ohne.csv"
    file.write_bytes(tally(FIRST))
    page = guest.open(server.link_for("mehmet"), scripts=False)
    page.locator("main form button[type=submit]").click()
    choose(page, file)
    page.wait_for_url("**/tagebuch/import/**")
    _until(page, "Was bedeuten die Spalten?")
    page.get_by_role("button", name="Alle Zeilen prüfen").click()
    _until(page, "Ins Tagebuch eintragen")
    page.get_by_role("button", name="Import abbrechen").click()
    expect(page.get_by_text("Nichts davon steht im Tagebuch.")).to_be_visible()


def _until(page: Page, text: str) -> None:
    """Look again and again, as somebody without scripts does."""
    for _ in range(100):
        if text in page.content():
            return
        page.wait_for_timeout(100)
        page.reload()
    raise AssertionError(f"{text} never came")
