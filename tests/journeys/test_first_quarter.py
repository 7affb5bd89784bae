"""The guided first quarter of an hour in README.md, step by step, by somebody new."""

from __future__ import annotations

from pathlib import Path

import pikepdf
from playwright.sync_api import Page, expect

from tests.journeys.conftest import SignInAs
from tests.journeys.server import DemoServer

LINES = ("eb siegburg 2 45min", "vb 1 jobcenter 30min", "ak 6 partner 90min")


def test_three_lines_by_keyboard_are_three_activities(server: DemoServer, sign_in_as: SignInAs) -> None:
    page = sign_in_as("frieda")
    before = entries_of_frieda(server)
    page.keyboard.press("n")
    for number, line in enumerate(LINES, start=1):
        page.keyboard.type(line)
        page.keyboard.press("Enter")
        expect(page.locator("#quick-line")).to_have_value("")
        assert entries_of_frieda(server) == before + number
    expect(page.locator("main")).to_contain_text("Verweisberatung → Jobcenter")


def entries_of_frieda(server: DemoServer) -> int:
    [(count,)] = server.ask(
        "select count(*)::int from activities_activity e join accounts_account a on a.id = e.done_by_id"
        " where a.email = 'frieda@kimwerk.example' and e.removed_at is null and e.tally_import_id is null"
    )
    assert isinstance(count, int)
    return count


def test_the_sample_tally_comes_into_the_diary(sign_in_as: SignInAs, tmp_path: Path) -> None:
    page = sign_in_as("frieda")
    page.get_by_role("link", name="Tagebuch", exact=True).first.click()
    page.get_by_role("link", name="Import", exact=True).first.click()
    page.get_by_role("link", name="Datei auswählen").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Mustertabelle herunterladen").click()
    sample = tmp_path / "muster.xlsx"
    download.value.save_as(sample)
    page.set_input_files("input[type=file]", sample)
    page.get_by_role("button", name="Hochladen und lesen").click()
    page.get_by_role("button", name="Alle Zeilen prüfen").click(timeout=30_000)
    page.get_by_role("button", name="Ins Tagebuch eintragen").click(timeout=30_000)
    expect(page.locator("main")).to_contain_text("6 neue Einträge ins Tagebuch gebracht", timeout=30_000)


def test_the_report_is_built_and_its_pdf_opens(sign_in_as: SignInAs, tmp_path: Path) -> None:
    page = sign_in_as("kim")
    begin_report(page)
    page.get_by_role("button", name="Bericht erstellen").click()
    link = page.get_by_role("link", name="PDF")
    expect(link).to_be_visible(timeout=60_000)
    with page.expect_download() as download:
        link.click()
    download.value.save_as(tmp_path / "bericht.pdf")
    with pikepdf.open(tmp_path / "bericht.pdf") as paper:
        assert len(paper.pages) > 10


def begin_report(page: Page) -> None:
    """As the README says: Auswertung, Berichte, the window of the demo's spring of 2022."""
    page.get_by_role("link", name="Auswertung", exact=True).first.click()
    page.get_by_role("link", name="Berichte", exact=True).first.click()
    page.get_by_role("link", name="Bericht beginnen").click()
    page.get_by_label("Erster Tag").fill("2022-01-01")
    page.get_by_label("Letzter Tag").fill("2022-04-21")
    page.get_by_role("button", name="Bericht beginnen").click()
    expect(page.locator("main")).to_contain_text("01.01.2022 bis 21.04.2022")
