"""Editions as people make and read them: four eyes, publication, the next edition, and a reader without sign-in."""

from __future__ import annotations

import re
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


def public_address(page: Page, server: DemoServer) -> str:
    """Where the publication that is open here can be read by everybody; empty if it was refused."""
    for _look in range(40):
        link = page.get_by_role("link", name="Zur öffentlichen Seite")
        if link.count():
            return f"{server.address}{link.get_attribute('href')}"
        if page.get_by_text("abgelehnt: schon Veröffentlichtes verrät etwas Kleines").count():
            return ""
        page.wait_for_timeout(1000)
        page.reload()
    raise AssertionError(page.locator("main").inner_text())


def test_leadership_releases_with_four_eyes_and_publishes_and_nothing_small_can_be_subtracted(
    server: DemoServer, guest: Visitor, sign_in_as: SignInAs
) -> None:
    page = sign_in_as("kim")
    begin(page, server, "Evaluation bis März")
    page.goto(f"{page.url}angaben/")
    page.get_by_label("Letzter Tag").fill("2022-03-31")
    page.get_by_label("Gremium").fill("Ausschuss für Soziales und Integration")
    page.get_by_label("Zuständigkeit").select_option("Kenntnisnahme")
    page.get_by_role("button", name="Speichern").click()
    make(page)
    report = page.url
    page.get_by_role("link", name="Ausgabe freigeben").click()
    expect(page.get_by_text("Sie haben zuletzt geschrieben")).to_be_visible()
    guest.check(page)

    leadership = sign_in_as("lena")
    leadership.goto(f"{report}freigeben/")
    expect(leadership.get_by_text("braucht eine Begründung").first).to_be_visible()
    leadership.get_by_label("Warum trotz der Befunde").fill("Die Texte folgen mit der Jahresausgabe.")
    leadership.get_by_role("button", name="Ausgabe freigeben").click()
    expect(leadership.get_by_text("Ausgabe 1 ist freigegeben.")).to_be_visible()
    leadership.get_by_role("link", name="Tabellen veröffentlichen").click()
    guest.check(leadership)
    leadership.get_by_role("button", name="Tabellen veröffentlichen").click()
    here = public_address(leadership, server)
    anybody = guest.open("/statistik/")
    if not here:  # refused: what would tell something small beside the demo's own publication is not shown at all
        expect(anybody.get_by_role("link", name="Evaluation bis März")).to_have_count(0)
        return
    expect(leadership.get_by_text("Davon zum Schutz anderer")).to_be_visible()
    link = anybody.get_by_role("link", name=TITLE).get_attribute("href")
    earlier, later = cells_of(anybody, here), cells_of(anybody, f"{server.address}{link}")
    both = [later[key] - earlier[key] for key in earlier if key in later]
    assert both
    assert not {1, 2} & set(both)


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
