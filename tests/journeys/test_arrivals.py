"""A family arrives: registered by keyboard, its double found, merged and brought back, checked and released."""

from __future__ import annotations

import time
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.conftest import SignInAs, Visitor
from tests.journeys.server import DemoServer
from tests.journeys.test_persons import type_into

WAIT = 20_000


def open_list(page: Page) -> None:
    page.goto("/erfassung/")
    page.get_by_role("link", name="Alle Zeilen").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ukraine 2022")


def test_a_family_is_registered_by_keyboard_and_its_double_is_merged_and_brought_back(
    sign_in_as: SignInAs, server: DemoServer, guest: Visitor
) -> None:
    page = sign_in_as("frieda")
    open_list(page)
    guest.check(page)
    page.keyboard.press("n")
    page.wait_for_url("**/familie/")
    page.select_option("#id_municipality", label="Siegburg")
    type_into(page, street="Musterweg 1", town="Siegburg")
    type_into(page, **{"m1-family_name": "Vorbildenko", "m1-given_names": "Olena", "m1-birth_date": "07.03.1987"})
    page.get_by_role("button", name="Noch ein Mitglied").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#id_m2-given_names")).to_be_focused()
    page.keyboard.type("Bohdan")
    type_into(page, **{"m2-birth_date": "01.09.2012"})
    page.locator("#id_m2-needs_school").check()
    guest.check(page)
    page.get_by_role("button", name="Erfassen", exact=True).press("Enter")
    expect(page.locator("main")).to_contain_text("2 Personen sind erfasst.")

    page.goto(page.url.split("?")[0] + "familie/")
    page.select_option("#id_municipality", label="Siegburg")
    type_into(page, **{"m1-family_name": "Forbildenko", "m1-given_names": "Jelena", "m1-birth_date": "07.03.1987"})
    page.keyboard.press("Tab")
    expect(page.locator("#doubles-1")).to_contain_text("Vorbildenko, Olena")
    page.get_by_role("button", name="Erfassen", exact=True).press("Enter")
    page.get_by_role("button", name="Es sind andere Personen: erfassen").press("Enter")
    expect(page.locator("main")).to_contain_text("1 Person ist erfasst.")

    page = sign_in_as("karin")
    open_list(page)
    page.get_by_role("link", name="Vorbildenko, Olena").click()
    guest.check(page)
    page.locator("#doubles").get_by_role("link", name="Forbildenko, Jelena").click()
    guest.check(page)
    page.get_by_role("button", name="Rechte Zeile beiseitelegen").click()
    expect(page.locator("main")).to_contain_text("Als doppelt beiseitegelegt.")
    counted = "select count(*) from arrivals_registration where merged_into_id is null and family_name ~ 'orbildenko'"
    assert server.ask(counted) == [(2,)]
    page.get_by_role("link", name="Eine doppelte Zeile wurde beiseitegelegt").click()
    page.get_by_role("link", name="Zurückholen").click()
    page.get_by_role("button", name="Zeile zurückholen").click()
    expect(page.locator("main")).to_contain_text("Die Zeile ist zurück.")
    assert server.ask(counted) == [(3,)]
    page.get_by_role("button", name="Als geprüft vermerken").click()
    expect(page.locator(".ui-head")).to_contain_text("geprüft")
    page.goto("/erfassung/")
    guest.check(page)
    page.get_by_role("link", name="Nach Wochen").click()
    expect(page.locator("main")).to_contain_text("KW 09/2022")
    guest.check(page)


def test_a_broken_list_is_brought_in_and_a_double_across_scripts_is_merged_and_brought_back(
    sign_in_as: SignInAs, server: DemoServer, guest: Visitor, tmp_path: Path
) -> None:
    rows = (
        "Liste der Unterkunft",
        "Familie;Nachname;Vorname;Geb.-Datum;m/w;Straße;PLZ;Ort;Ankunft",
        "1;Vorlahenko;Halyna;11.11.1984;w;Musterweg 3;53721;Siegburg;10.03.2022",
        "1;Vorlahenko;Taras;31.02.2013;m;Musterweg 3;53721;Siegburg;10.03.2022",
        "Familie;Nachname;Vorname;Geb.-Datum;m/w;Straße;PLZ;Ort;Ankunft",
        ";2;Verschobenko;Iryna;03.05.1985;w;Musterweg 5;53721;Siegburg;11.03.2022",
        "3;Ворлагенко;Галина;11.11.1984;w;Musterweg 9;53721;Siegburg;12.03.2022",
    )
    file = tmp_path / "Unterkunft.csv"
    file.write_text("\r\n".join(rows), encoding="utf-8")
    page = sign_in_as("karin")
    open_list(page)
    page.get_by_role("link", name="Listen einlesen").click()
    guest.check(page)
    page.get_by_role("link", name="Datei auswählen").click()
    page.get_by_label("Datei mit der Liste").set_input_files(file)
    guest.check(page)
    page.get_by_role("button", name="Hochladen und lesen").click()
    expect(page.get_by_role("heading", name="Was bedeuten die Spalten?")).to_be_visible(timeout=WAIT)
    expect(page.get_by_label("Geb.-Datum", exact=True)).to_have_value("birth_date")
    page.get_by_label("Kommune für alle Zeilen").select_option(label="Siegburg")
    guest.check(page)
    page.get_by_role("button", name="Alle Zeilen prüfen").click()
    expect(page.get_by_text("1 neu, 0 geändert, 0 gleich, 3 abgelehnt, 3 übersprungen.")).to_be_visible(timeout=WAIT)
    guest.check(page)
    page.get_by_label("Zeile 4, Geb.-Datum").fill("28.02.2013")
    page.get_by_label("Zeile 4, Geb.-Datum").press("Enter")
    page.locator("#row-6").get_by_role("button", name="Korrigieren").click()
    expect(page.get_by_text("Zeile 6 ist jetzt in Ordnung: neu.")).to_be_visible()
    page.get_by_label("Zeile 7, Nachname").fill("Worlagenko")
    page.get_by_label("Zeile 7, Vorname").fill("Galina")
    page.get_by_label("Zeile 7, Vorname").press("Enter")
    page.get_by_role("button", name="Auf die Liste übernehmen").click()
    expect(page.get_by_text("4 neu, 0 geändert, 0 gleich, 0 abgelehnt, 3 übersprungen.")).to_be_visible(timeout=WAIT)

    open_list(page)
    page.get_by_role("link", name="Worlagenko, Galina").click()
    expect(page.locator("main")).to_contain_text("Галина Ворлагенко")
    expect(page.locator("#doubles")).to_contain_text("fast sicher")
    page.locator("#doubles").get_by_role("link", name="Vorlahenko, Halyna").click()
    page.get_by_role("button", name="Rechte Zeile beiseitelegen").click()
    page.get_by_role("link", name="Eine doppelte Zeile wurde beiseitegelegt").click()
    page.get_by_role("link", name="Zurückholen").click()
    page.get_by_role("button", name="Zeile zurückholen").click()
    expect(page.locator("main")).to_contain_text("Die Zeile ist zurück.")
    assert server.ask(
        "select count(*), count(merged_into_id), count(distinct family) from arrivals_registration"
        " where list_import_id is not null"  # the list of the demo county is read, and nobody of it is registered
    ) == [(4, 0, 3)]


FIVE = {"Olha": "1985-02-02", "Petro": "1983-03-03", "Marta": "2012-04-04", "Ivan": "2014-05-05", "Zlata": "2019-06-06"}
KEPT = """
async () => {
  const opening = indexedDB.open("kimwerk.entries", 1);
  await new Promise((done) => (opening.onsuccess = done));
  const all = opening.result.transaction("all").objectStore("all").getAll();
  await new Promise((done) => (all.onsuccess = done));
  opening.result.close();
  return all.result.map((entry) => JSON.stringify(entry) + new TextDecoder().decode(entry.sealed)).join();
}
"""
FORM_IS_KEPT = (
    "async () => Boolean(navigator.serviceWorker.controller"
    " && await (await caches.open('kimwerk.capture')).match(location.pathname))"
)
SECRETS = "async () => (await indexedDB.databases()).map((each) => each.name)"


def wait_until(page: Page, promised: str) -> None:
    """Wait for what a promise holds; the driver's own waiting takes a promise for a yes, whatever it holds."""
    last = time.monotonic() + WAIT / 1000
    while not page.evaluate(promised):
        assert time.monotonic() < last, promised
        page.wait_for_timeout(50)


def fill_in(page: Page, family: str, members: dict[str, str]) -> None:
    page.select_option("#id_municipality", label="Siegburg")
    for number, (name, born) in enumerate(members.items(), start=1):
        if number > 1:
            page.get_by_role("button", name="Noch ein Mitglied").click()
        else:
            page.fill("#id_m1-family_name", family)
        page.fill(f"#id_m{number}-given_names", name)
        page.fill(f"#id_m{number}-birth_date", born)


def test_a_family_of_five_is_registered_without_a_connection_and_sent_when_it_is_back(
    sign_in_as: SignInAs, server: DemoServer, guest: Visitor
) -> None:
    page = sign_in_as("frieda", width=390)
    open_list(page)
    page.get_by_role("link", name="Familie erfassen").click()
    page.wait_for_url("**/familie/")
    wait_until(page, FORM_IS_KEPT)
    page.context.set_offline(True)
    fill_in(page, "Netzlosenko", FIVE)
    page.wait_for_timeout(500)  # the draft is kept a moment after the last key
    page.reload()
    expect(page.locator("#id_m5-given_names")).to_have_value("Zlata")
    page.get_by_role("button", name="Erfassen", exact=True).click()
    device = page.locator("#device")
    expect(device).to_contain_text("Netzlosenko, Olha, 5 Personen")
    fill_in(page, "Netslosenko", {"Olga": "1985-02-02"})
    page.get_by_role("button", name="Erfassen", exact=True).click()
    expect(device).to_contain_text("2 Familien warten auf diesem Gerät.")
    expect(page.locator(".ui-bar__waiting")).to_contain_text("2 warten")
    assert "losenko" not in page.evaluate(KEPT)
    guest.complaints.clear()  # the browser and htmx complain of the missing connection

    page.context.set_offline(False)
    expect(device).to_contain_text("1 Familie ist übertragen und erfasst.", timeout=WAIT)
    expect(device).to_contain_text("Vielleicht inzwischen schon von jemand anderem erfasst:")
    expect(device.get_by_role("link", name="Netzlosenko, Olha")).to_be_visible()
    guest.check(page)
    assert server.ask(
        "select count(*), count(noted_at), count(distinct family) from arrivals_registration"
        " where family_name ~ 'losenko$'"
    ) == [(5, 5, 1)]
    page.locator("summary").first.click()
    page.get_by_role("button", name="Abmelden").click()
    expect(page.locator("main")).to_contain_text("Noch ist nicht alles übertragen.")
    guest.check(page)
    device.get_by_role("button", name="Verwerfen").click()
    device.get_by_role("button", name="Wirklich verwerfen?").click()
    expect(device).not_to_contain_text("Netslosenko")
    page.get_by_role("button", name="Trotzdem abmelden").click()
    page.wait_for_url("**/anmeldung/**")
    assert "kimwerk.keys" not in page.evaluate(SECRETS)
