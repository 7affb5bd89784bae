"""A template from its draft over the legal review to its adoption by a second county, whose kimwerk is another one."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.cluster_plugin import the_server
from tests.journeys.conftest import SignInAs, Visitor
from tests.journeys.server import DemoServer, demo_server

ELSEWHERE = "Kreis Beispielstadt"
TITLE = "Anmeldung zum Sprachkurs"
Enter = Callable[[str], Page]


@pytest.fixture(scope="module")
def other_county(server: DemoServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoServer]:
    """A second kimwerk: a database, keys and processes of its own, and the name of another county."""
    keys = {"KIMWERK_SECRET_KEY": secrets.token_urlsafe(48), "KIMWERK_FIELD_KEY": secrets.token_hex(32)}
    with demo_server(tmp_path_factory.mktemp("elsewhere"), "kimwerk_elsewhere", **keys) as running:
        with psycopg.connect(the_server().dsn(running.database)) as connection:
            connection.execute("alter table directory_organisation disable trigger user")  # nobody of the program acts
            connection.execute(
                "update directory_organisation set name = %s where name = 'Rhein-Sieg-Kreis'", [ELSEWHERE]
            )
            connection.execute("alter table directory_organisation enable trigger user")
        yield running


@pytest.fixture
def enter_elsewhere(browser: Browser, other_county: DemoServer) -> Iterator[Enter]:
    """Signs in at the second county."""
    visitor = Visitor(browser, other_county.address)

    def enter(character: str) -> Page:
        page = visitor.open(other_county.link_for(character))
        page.locator("main form button[type=submit]").click()
        page.wait_for_url(f"{other_county.address}/")
        return page

    yield enter
    visitor.leave()


def reviewed_by(doris: Page, version: str) -> None:
    """The data protection officer says that the version may be used."""
    doris.goto(version)
    doris.get_by_role("link", name="Rechtliche Prüfung").click()
    doris.get_by_role("button", name="Eintragen").click()
    expect(doris.locator("main")).to_contain_text("freigegeben")


def put_into_force(office: Page, version: str) -> None:
    office.goto(version)
    office.get_by_role("link", name="In Kraft setzen").click()
    office.get_by_role("button", name="In Kraft setzen").click()
    expect(office.locator("main")).to_contain_text("Die Fassung gilt.")


def version_of(page: Page) -> str:
    page.wait_for_url("**/fassung/*/")
    return urlsplit(page.url).path


def test_a_template_goes_from_draft_to_adoption_by_a_second_county(
    sign_in_as: SignInAs, enter_elsewhere: Enter, guest: Visitor, tmp_path: Path
) -> None:
    kim = sign_in_as("kim")
    kim.goto("/steuerung/vorlagen/neu/")
    kim.locator("#id_title").fill(TITLE)
    kim.get_by_role("button", name="Beginnen").click()
    kim.locator("#id_text").fill("# Anmeldung\nIch, {{Name}}, melde mich an.\n\n{{Ort und Datum}}")
    guest.check(kim)
    kim.get_by_role("button", name="Speichern").click()
    version = version_of(kim)
    kim.get_by_role("button", name="Zur rechtlichen Prüfung geben").click()
    reviewed_by(sign_in_as("doris"), version)
    put_into_force(kim, version)

    package = pack(kim, guest, tmp_path)
    klara = enter_elsewhere("kim")
    altered = tmp_path / "verändert.json"
    altered.write_text(package.read_text(encoding="utf-8").replace("melde mich an", "melde mich ab"), encoding="utf-8")
    upload(klara, altered)
    expect(klara.locator("main")).to_contain_text("Das Paket wurde nach dem Signieren verändert.")
    upload(klara, package)
    expect(klara.locator("main")).to_contain_text("Paket von Rhein-Sieg-Kreis")
    klara.get_by_role("button", name="2 Teile übernehmen").click()
    klara.get_by_role("link", name=TITLE).click()
    expect(klara.locator("main")).to_contain_text("Rhein-Sieg-Kreis")
    klara.get_by_role("link", name="Deutsch, Fassung 1").click()
    taken = version_of(klara)
    klara.get_by_role("button", name="Zur rechtlichen Prüfung geben").click()
    reviewed_by(enter_elsewhere("doris"), taken)
    put_into_force(klara, taken)
    klara.goto("/steuerung/vorlagen/von-anderen/")
    klara.get_by_role("link", name="Themen").click()
    expect(klara.locator("main")).to_contain_text("gesendet von Rhein-Sieg-Kreis")

    kim.goto(version)
    kim.get_by_role("link", name="Eintragen, wer damit arbeitet").click()
    kim.locator("#id_adopter").fill(ELSEWHERE)
    kim.locator("#id_is_outside").check()
    kim.get_by_role("button", name="Eintragen").click()
    expect(kim.locator("main")).to_contain_text(ELSEWHERE)


def pack(page: Page, guest: Visitor, folder: Path) -> Path:
    """The template and a code list in a signed file."""
    page.goto("/steuerung/vorlagen/paket/")
    guest.check(page)
    page.get_by_label(TITLE).check()
    page.get_by_label("Themen (Codeliste)").check()
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Paket erstellen").click()
    file = folder / "paket.json"
    downloading.value.save_as(file)
    return file


def upload(page: Page, file: Path) -> None:
    page.goto("/steuerung/vorlagen/paket/lesen/")
    page.locator("#id_package").set_input_files(file)
    page.get_by_role("button", name="Hineinsehen").click()
