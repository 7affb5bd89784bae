"""Editions as people make and read them: four eyes, publication, the next edition, and a reader without sign-in."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import SIDES, SignInAs, Theme, Visitor
from tests.journeys.server import DemoServer
from tests.journeys.test_report import begin, download, make
from tests.reporting.pdf_reading import read_structure, read_text

TITLE = "Evaluation KIM 2022"
PATIENCE = 90_000
Cells = dict[tuple[str, str], int]


def cells_of(page: Page, address: str) -> Cells:
    """Every printed number of a publication's public tables, by table and row."""
    package = page.request.get(f"{address}datapackage.json").json()
    found: Cells = {}
    for number, resource in enumerate(package["resources"], start=1):
        table = page.request.get(f"{address}tabelle-{number}.json").json()
        for cell in table["cells"]:
            if isinstance(cell["value"], int) and table["is_protected"]:
                found[resource["title"], "/".join(cell["members"])] = cell["value"]
    return found


def edition_in_list(page: Page) -> Locator:
    """The demo's released edition in the list of reports."""
    released = page.locator("section", has=page.get_by_role("heading", name="Freigegebene Ausgaben"))
    return released.get_by_role("link", name=TITLE, exact=True)


def state_of_publication(page: Page, *wanted: str) -> str:
    """Which of these texts stands on the page of the publication once the worker has protected its tables."""
    for _look in range(60):
        for text in wanted:
            if page.get_by_text(text).count():
                return text
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(page.locator("main").inner_text())


PUBLISHED = "Zur öffentlichen Seite"
REFUSED = "Nichts wurde veröffentlicht"


def release_and_order(
    page: Page, leadership: Page, guest: Visitor, server: DemoServer, title: str, *days: str, reason: str = ""
) -> None:
    """Kim makes a report of these days; leadership releases it and orders its tables to be published."""
    begin(page, server, title)
    page.goto(f"{page.url}angaben/")
    page.get_by_label("Erster Tag").fill(days[0])
    page.get_by_label("Letzter Tag").fill(days[1])
    page.get_by_label("Gremium").fill("Ausschuss für Soziales und Integration")
    page.get_by_label("Zuständigkeit").select_option("Kenntnisnahme")
    page.get_by_role("button", name="Speichern").click()
    make(page)
    report = page.url
    page.get_by_role("link", name="Ausgabe freigeben").click()
    expect(page.get_by_text("Sie haben zuletzt geschrieben")).to_be_visible()
    leadership.goto(f"{report}freigeben/")
    expect(leadership.get_by_text("braucht eine Begründung")).to_have_count(1 if reason else 0)
    if reason:
        leadership.get_by_label("Warum trotz der Befunde").fill(reason)
    leadership.get_by_role("button", name="Ausgabe freigeben").click()
    expect(leadership.get_by_text("Ausgabe 1 ist freigegeben.")).to_be_visible()
    leadership.get_by_role("link", name="Tabellen veröffentlichen").click()
    guest.check(leadership)
    leadership.get_by_role("button", name="Tabellen veröffentlichen").click()


def test_leadership_releases_with_four_eyes_and_publishes(
    server: DemoServer, guest: Visitor, sign_in_as: SignInAs
) -> None:
    page, leadership = sign_in_as("kim"), sign_in_as("lena")
    before = date.today().replace(day=1) - timedelta(days=1)
    spring = before.replace(month=1, day=1)
    release_and_order(page, leadership, guest, server, "Laufendes Jahr", spring.isoformat(), before.isoformat())
    assert state_of_publication(leadership, PUBLISHED, REFUSED) == PUBLISHED
    expect(leadership.get_by_text("Davon zum Schutz anderer")).to_be_visible()
    here = f"{server.address}{leadership.get_by_role('link', name=PUBLISHED).get_attribute('href')}"
    anybody = guest.open("/statistik/")
    expect(anybody.get_by_role("link", name="Laufendes Jahr")).to_be_visible()
    printed = cells_of(anybody, here)
    assert printed
    assert not {1, 2} & set(printed.values())


def test_nothing_small_can_be_subtracted_from_two_editions(
    server: DemoServer, guest: Visitor, sign_in_as: SignInAs
) -> None:
    page, leadership = sign_in_as("kim"), sign_in_as("lena")
    release_and_order(
        page, leadership, guest, server, "Evaluation bis März", "2022-01-01", "2022-03-31", reason="Die Texte folgen."
    )
    assert state_of_publication(leadership, PUBLISHED, REFUSED) == REFUSED
    told = leadership.locator(".ui-facts", has_text="Würde etwas Kleines verraten")
    expect(told).to_contain_text("Kontakte mit anderen Stellen")
    expect(told).to_contain_text("zusammen mit Evaluation KIM 2022")
    expect(leadership.get_by_role("link", name=PUBLISHED)).to_have_count(0)
    guest.check(leadership)
    expect(guest.open("/statistik/").get_by_role("link", name="Evaluation bis März")).to_have_count(0)


def test_the_next_edition_prints_change_log_and_comparison(
    server: DemoServer, guest: Visitor, sign_in_as: SignInAs, tmp_path: Path
) -> None:
    page = sign_in_as("lena")
    page.goto(f"{server.address}/auswertung/berichte/")
    edition_in_list(page).click()
    page.get_by_role("link", name="Nächste Ausgabe beginnen").click()
    guest.check(page)
    page.get_by_label("Titel").fill("Evaluation KIM 2024")
    page.get_by_role("button", name="Bericht beginnen").click()
    expect(page.get_by_role("heading", level=1, name="Evaluation KIM 2024")).to_be_visible()
    make(page)
    paper = download(page, "PDF", tmp_path)
    with pikepdf.open(paper) as pdf:
        text, structure = " ".join(read_text(pdf).split()), read_structure(pdf)
        assert len(pdf.Root.Outlines.keys()) > 1
    assert "schreibt „Evaluation KIM 2022“ fort, Ausgabe 1" in text
    for heading in ("Vergleich", "Änderungsprotokoll", "je Woche"):
        assert heading in text
    assert all(figure.alt for figure in structure.all("Figure"))
    assert download(page, "Word (DOCX)", tmp_path).read_bytes().startswith(b"PK")
    assert download(page, "Tabellen (XLSX)", tmp_path).name.endswith(".xlsx")


def test_a_committee_member_reads_the_public_page_on_a_phone_without_sign_in_or_scripts(
    server: DemoServer, guest: Visitor
) -> None:
    page = guest.open("/statistik/", width=390, scripts=False)
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
    expect(page.get_by_role("heading", name="Was nicht veröffentlicht ist")).to_be_visible()
    assert page.context.cookies() == []
    page.get_by_role("link", name="Siegburg").click()
    expect(page.get_by_role("heading", level=1, name="Integration in Siegburg")).to_be_visible()
    sheet = page.get_by_role("link", name="Als eine Seite (PDF)").get_attribute("href")
    assert page.request.get(f"{server.address}{sheet}").body().startswith(b"%PDF-")
    catalogue = page.request.get(f"{server.address}/daten/katalog.rdf").text()
    assert "dcat:Dataset" in catalogue
    assert re.search(r"tabelle-1\.csv", catalogue)


@pytest.mark.parametrize(("width", "theme"), SIDES)
def test_the_public_pages_are_accessible(
    server: DemoServer, guest: Visitor, sign_in_as: SignInAs, width: int, theme: Theme
) -> None:
    page = guest.open("/statistik/", width=width, theme=theme)
    guest.check(page)
    page.get_by_role("link", name=TITLE).click()
    guest.check(page)
    page.get_by_role("link", name="Siegburg").click()
    guest.check(page)
    office = sign_in_as("lena", width=width, theme=theme)
    for path in ("/auswertung/berichte/zeitplan/", "/auswertung/berichte/zeitplan/neu/"):
        office.goto(f"{server.address}{path}")
        guest.check(office)
    office.goto(f"{server.address}/auswertung/berichte/")
    edition_in_list(office).click()
    guest.check(office)
