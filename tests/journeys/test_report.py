"""The evaluation report as people make it: coordination begins, leadership releases, the steering group reads."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import SIDES, SignInAs, Theme, Visitor
from tests.journeys.server import DemoServer
from tests.reporting.pdf_reading import read_text

PARAGRAPH = "Der Kreistag hat die Evaluation am 24.06.2021 beauftragt."
PATIENCE = 60_000


def begin(page: Page, server: DemoServer, title: str) -> None:
    """Begin a report on the window of the evaluation of 2022."""
    page.goto(f"{server.address}/auswertung/berichte/neu/")
    page.get_by_label("Titel").fill(title)
    page.get_by_label("Erster Tag").fill("2022-01-01")
    page.get_by_label("Letzter Tag").fill("2022-04-21")
    page.get_by_role("button", name="Bericht beginnen").click()
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()


def write(page: Page, heading: str, text: str) -> None:
    """Write a section in its place."""
    page.get_by_role("link", name=re.compile(rf"Bearbeiten\s*:\s*{heading}")).click()
    page.get_by_label("Text").fill(text)
    page.get_by_role("button", name="Speichern").click()
    expect(page.locator(".report-text", has_text=text)).to_be_visible()


def make(page: Page) -> None:
    """Have the files made, and wait until the worker has them."""
    page.get_by_role("button", name="Bericht erstellen").click()
    expect(page.locator("#report-state")).to_contain_text("Entwurf vom", timeout=PATIENCE)


def download(page: Page, name: str, folder: Path) -> Path:
    """Download what this link leads to."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name, exact=True).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def test_coordination_makes_the_report_and_leadership_releases_it(
    server: DemoServer, guest: Visitor, sign_in_as: SignInAs, tmp_path: Path
) -> None:
    page = sign_in_as("kim")
    begin(page, server, "Erstevaluation 2022")
    expect(page.locator("#report-remarks")).to_contain_text("Hinweise zu diesem Bericht")
    guest.check(page)
    write(page, "Hintergrund", PARAGRAPH)
    expect(page.get_by_role("link", name=re.compile(r"Bearbeiten\s*:\s*Hintergrund"))).to_be_focused()
    make(page)
    paper = download(page, "PDF", tmp_path)
    assert paper.name == "erstevaluation-2022-entwurf.pdf"
    with pikepdf.open(paper) as pdf:
        text = " ".join(read_text(pdf).split())
        assert pdf.open_metadata()["pdfuaid:part"] == "1"
    assert PARAGRAPH in text
    assert "1.329" in text  # activities from January to the 21st of April
    assert "1.874" in text  # participants, as the evaluation of 2022 has them
    address = page.url

    leadership = sign_in_as("lena")
    leadership.goto(address)
    leadership.get_by_role("link", name="Ausgabe freigeben").click()
    guest.check(leadership)
    leadership.get_by_label("Vermerk zur Ausgabe").fill("Ausschuss am 16.05.2022")
    leadership.get_by_label("Warum trotz der Befunde").fill("Die Parameter 1 und 3 folgen.")
    leadership.get_by_role("button", name="Ausgabe freigeben").click()
    expect(leadership.get_by_text("Ausgabe 1 ist freigegeben.")).to_be_visible()
    expect(leadership.get_by_text("unverändert")).to_be_visible()
    guest.check(leadership)
    figures = json.loads(download(leadership, "Zahlen (JSON)", tmp_path).read_text())
    assert figures["edition"] == 1
    assert figures["content_hash"] in leadership.locator("main").inner_text()
    edition = leadership.url

    member = sign_in_as("stefan")
    member.goto(f"{server.address}/auswertung/berichte/")
    member.get_by_role("link", name="Erstevaluation 2022").click()
    assert member.url == edition
    member.get_by_role("link", name="Im Browser lesen").click()
    expect(member.get_by_text(PARAGRAPH)).to_be_visible()
    guest.check(member)
    assert member.goto(address).status == 404  # type: ignore[union-attr]  # a page that answers
    guest.complaints.clear()  # the browser complains about the 404 that was asked for


def test_windows_side_by_side_are_flagged_where_they_are_placed(
    server: DemoServer, guest: Visitor, sign_in_as: SignInAs
) -> None:
    page = sign_in_as("kim")
    begin(page, server, "Zeiträume nebeneinander")
    section = page.locator(
        "section.report-section", has=page.get_by_role("heading", name="Beteiligte", exact=False)
    ).first
    section.locator("details.ui-menu summary").first.click()
    section.get_by_role("link", name="Abbildung einfügen").click()
    page.get_by_role("link", name="Maßnahmen", exact=True).click()
    page.get_by_label("Erster Tag eines eigenen Zeitraums").fill("2022-02-01")
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.get_by_label("Letzter Tag eines eigenen Zeitraums").fill("2022-04-21")
        page.keyboard.press("Tab")
    expect(page.locator("#figure-preview")).to_contain_text("1.233")
    guest.check(page)
    page.get_by_role("button", name="Abbildung einfügen").click()
    expect(page.locator(".report-warning", has_text="zählt über einen anderen Zeitraum")).to_have_count(3)
    page.locator("#report-remarks summary").click()
    expect(page.locator("#report-remarks")).to_contain_text("Stellen Sie die Zahlen nicht nebeneinander.")


def test_the_second_of_two_authors_keeps_their_text(server: DemoServer, guest: Visitor, sign_in_as: SignInAs) -> None:
    page = sign_in_as("kim")
    begin(page, server, "Zwei am selben Text")
    other = sign_in_as("lena")
    other.goto(page.url)
    other.get_by_role("link", name=re.compile(r"Bearbeiten\s*:\s*Hintergrund")).click()
    other.get_by_label("Text").fill("Text der Leitung.")
    write(page, "Hintergrund", "Text der Koordination.")
    other.get_by_role("button", name="Speichern").click()
    expect(other.get_by_role("alert")).to_contain_text("inzwischen von jemand anderem geändert")
    expect(other.locator(".report-theirs")).to_contain_text("Text der Koordination.")
    expect(other.get_by_label("Text")).to_have_value("Text der Leitung.")
    guest.complaints.clear()  # of the answer 422, which is meant
    guest.check(other)
    other.get_by_label("Text").fill("Text der Koordination und der Leitung.")
    other.get_by_role("button", name="Speichern").click()
    expect(other.locator(".report-text", has_text="Text der Koordination und der Leitung.")).to_be_visible()


def test_a_section_on_a_page_of_its_own_leads_back_to_the_report(
    server: DemoServer, guest: Visitor, sign_in_as: SignInAs
) -> None:
    page = sign_in_as("kim")
    begin(page, server, "In einem zweiten Fenster")
    report, text = page.url, "In einem eigenen Fenster geschrieben."
    page.goto(str(page.get_by_role("link", name=re.compile(r"Bearbeiten\s*:\s*Hintergrund")).get_attribute("href")))
    page.get_by_label("Text").fill(text)
    page.get_by_role("button", name="Speichern").click()
    expect(page).to_have_url(re.compile(f"^{report}#section-"))
    expect(page.locator(".report-text", has_text=text)).to_be_visible()
    guest.check(page)


def test_what_was_typed_survives_a_closed_tab(server: DemoServer, guest: Visitor, sign_in_as: SignInAs) -> None:
    page = sign_in_as("kim")
    begin(page, server, "Entwürfe bleiben")
    edit = page.get_by_role("link", name=re.compile(r"Bearbeiten\s*:\s*Hintergrund"))
    address = edit.get_attribute("href")
    edit.click()
    page.get_by_label("Text").press_sequentially("Noch nicht gespeichert.")
    page.goto(f"{server.address}{address}")
    expect(page.get_by_label("Text")).to_have_value("Noch nicht gespeichert.")


@pytest.mark.parametrize(("width", "theme"), SIDES)
def test_every_page_of_reports_is_accessible(
    server: DemoServer, guest: Visitor, sign_in_as: SignInAs, width: int, theme: Theme
) -> None:
    page = sign_in_as("kim", width=width, theme=theme)
    begin(page, server, f"Zugänglich {width} {theme}")
    report = page.url
    for details in page.locator("main details:not([data-menu])").all():
        details.evaluate("each => each.open = true")
    guest.check(page)
    for path in ("/auswertung/berichte/", "/auswertung/berichte/neu/"):
        page.goto(f"{server.address}{path}")
        guest.check(page)
    page.goto(report)
    for name in (r"Bearbeiten\s*:\s*Ablauf", r"Ändern\s*:\s*Maßnahmen nach Art"):
        address = page.get_by_role("link", name=re.compile(name)).first.get_attribute("href")
        page.goto(f"{server.address}{address}")
        guest.check(page)
        page.goto(report)
    page.goto(f"{report}angaben/")
    guest.check(page)
    page.goto(f"{report}freigeben/")
    guest.check(page)


def test_a_report_is_written_by_keyboard_alone(server: DemoServer, guest: Visitor, sign_in_as: SignInAs) -> None:
    page = sign_in_as("kim")
    page.goto(f"{server.address}/auswertung/berichte/")
    page.keyboard.press("n")
    expect(page.get_by_role("heading", level=1, name="Bericht beginnen")).to_be_visible()
    page.get_by_label("Titel").focus()
    page.keyboard.press("Enter")
    edit = page.get_by_role("link", name=re.compile(r"Bearbeiten\s*:\s*Hintergrund"))
    edit.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Text")).to_be_focused()
    page.keyboard.type("Mit der Tastatur.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Mit der Tastatur.")).to_be_visible()
    expect(edit).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Nach unten").first).to_be_visible()
    page.get_by_role("button", name="Nach unten").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#report-contents li").nth(1)).to_contain_text("Hintergrund")
