"""The evaluation over the years, from the first edition to the second, on a county of its own.

Leadership makes the evaluation of 2022, releases it with four eyes and publishes it. Later somebody enters what was
forgotten, the edition of 2024 is begun, prints what has changed, and stands beside the first one for everybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import SignInAs, Visitor
from tests.journeys.server import DemoServer, demo_server
from tests.journeys.test_editions import PUBLISHED, REFUSED, cells_of, state_of_publication
from tests.journeys.test_report import begin, download, make, write
from tests.reporting.pdf_reading import read_structure, read_text

FIRST, SECOND = "Erste Evaluation", "Zweite Evaluation"
FORGOTTEN = "15.3.2022 verweisberatung siegburg 1 30min"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoServer]:
    """A county of its own: what is entered here would change the numbers of all other journeys."""
    with demo_server(tmp_path_factory.mktemp("years"), "kimwerk_years") as running:
        yield running


def build_and_release(author: Page, page: Page, guest: Visitor, *, note: str) -> str:
    """Leadership builds the report that its author has open, and releases it; gives the address of the edition."""
    report = author.url.split("#")[0]
    page.goto(report)
    make(page)
    author.goto(f"{report}freigeben/")
    expect(author.get_by_text("Sie haben zuletzt geschrieben")).to_be_visible()  # two pairs of eyes
    expect(author.get_by_role("button", name="Ausgabe freigeben")).to_have_count(0)
    page.get_by_role("link", name="Ausgabe freigeben").click()
    guest.check(page)
    page.get_by_label("Vermerk zur Ausgabe").fill(note)
    reason = page.get_by_label("Warum trotz der Befunde")
    if reason.count():
        reason.fill("Die übrigen Texte folgen.")
    page.get_by_role("button", name="Ausgabe freigeben").click()
    expect(page.get_by_text("Ausgabe 1 ist freigegeben.")).to_be_visible()
    guest.check(page)
    return page.url


def publish(page: Page, guest: Visitor) -> str:
    """Publish the tables of the edition that is open; gives the address of the public page."""
    page.get_by_role("link", name="Tabellen veröffentlichen").click()
    page.get_by_role("button", name="Tabellen veröffentlichen").click()
    assert state_of_publication(page, PUBLISHED, REFUSED) == PUBLISHED
    guest.check(page)
    return str(page.get_by_role("link", name=PUBLISHED).get_attribute("href"))


def test_the_evaluation_of_2022_is_carried_on_in_2024(
    server: DemoServer, guest: Visitor, sign_in_as: SignInAs, tmp_path: Path
) -> None:
    kim, lena = sign_in_as("kim"), sign_in_as("lena")
    begin(kim, server, FIRST)
    write(kim, "Hintergrund", "Der Kreistag hat die Evaluation am 24.06.2021 beauftragt.")
    first = build_and_release(kim, lena, guest, note="6. Sitzung am 16.05.2022")
    paper = download(lena, "PDF herunterladen", tmp_path)
    with pikepdf.open(paper) as pdf:
        text = " ".join(read_text(pdf).split())
    assert {"1.329", "1.874"} <= set(re.findall(r"[\d.]+", text))  # activities and participants, as in 2022
    lena.goto(first)
    first_public = publish(lena, guest)

    frieda = sign_in_as("frieda")  # later somebody enters what was forgotten in March 2022
    frieda.locator("#quick-line").fill(FORGOTTEN)
    frieda.locator("#quick-line").press("Enter")
    expect(frieda.locator("#notices")).to_contain_text("Gespeichert")

    kim.goto(first)
    kim.get_by_role("link", name="Nächste Ausgabe beginnen").click()
    kim.get_by_label("Titel").fill(SECOND)
    kim.get_by_label("Erster Tag").fill("2022-01-01")
    kim.get_by_label("Letzter Tag").fill("2023-12-31")
    kim.get_by_label("Sitzung am").fill("2024-03-18")
    kim.get_by_role("button", name="Bericht beginnen").click()
    expect(kim.get_by_role("heading", level=1, name=SECOND)).to_be_visible()
    write(kim, "Fazit und Ausblick", "Die Beratung hat sich von der Erfassung zur Begleitung verschoben.")
    second = build_and_release(kim, lena, guest, note="19. Sitzung am 18.03.2024")
    tells_what_has_changed(lena, guest, second, tmp_path)
    lena.goto(second)
    second_public = publish(lena, guest)
    reads_both_editions(guest, server, first_public, second_public)


def tells_what_has_changed(page: Page, guest: Visitor, edition: str, folder: Path) -> None:
    """The second edition compares itself, names every corrected number, and its paper can be read by everybody."""
    with pikepdf.open(download(page, "PDF herunterladen", folder)) as pdf:
        letters, structure = re.sub(r"[^\w„“%]", "", read_text(pdf)), read_structure(pdf)  # lines are hyphenated
        assert pdf.open_metadata()["pdfuaid:part"] == "1"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert len(list(pdf.open_outline().root)) > 5
    for said in (f"schreibt„{FIRST}“fortAusgabe1".replace(" ", ""), "Vergleich", "jeWoche", "Änderungsprotokoll"):
        assert said in letters
    assert all(figure.alt for figure in structure.all("Figure"))
    tables = list(structure.all("Table"))
    assert len(tables) > 20
    assert all(list(table.all("TH")) for table in tables)
    page.get_by_role("link", name="Im Browser lesen").click()
    guest.check(page)
    log = page.locator("table", has=page.get_by_text("Zahlen, die sich für dieselben Tage geändert haben"))
    row = log.locator("tr", has_text="KW 11/2022")
    expect(row.locator("td").last).to_have_text("+1")
    before, after = (int(row.locator("td").nth(at).inner_text().replace(".", "")) for at in (0, 1))
    assert after == before + 1
    expect(page.get_by_role("heading", name="Vergleich")).to_be_visible()
    page.goto(edition)


def reads_the_whole_report(phone: Page, guest: Visitor) -> None:
    """The paper of the committee tells of cases and activities what the public tables tell, and nothing small."""
    phone.get_by_role("link", name="Im Browser lesen").click()
    expect(phone.get_by_text("Dies ist der Bericht für die Öffentlichkeit.")).to_be_visible()
    guest.check(phone)
    for title in ("Maßnahmen nach Art", "Maßnahmen nach Monat und Art"):
        table = phone.locator("table", has=phone.locator("caption", has_text=re.compile(f"^{title}$")))
        numbers = table.locator("td").all_inner_texts()
        assert numbers, title
        assert not {"1", "2"} & set(numbers), title


def reads_both_editions(guest: Visitor, server: DemoServer, *public: str) -> None:
    """A member of the committee reads both on a phone, without a sign-in; no small number stands anywhere."""
    phone = guest.open("/statistik/", width=390)
    for title, address in zip((FIRST, SECOND), public, strict=True):
        phone.goto("/statistik/")
        phone.get_by_role("link", name=title, exact=True).click()
        expect(phone.get_by_role("heading", level=1, name=title)).to_be_visible()
        guest.check(phone)
        printed = cells_of(phone, f"{server.address}{address}")
        assert printed
        assert not {1, 2} & set(printed.values())
        reads_the_whole_report(phone, guest)
    assert phone.context.cookies() == []
