"""Posts and money as the finance officer and the leadership see them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import SIDES, SignInAs, Theme, Visitor, list_to_type_into
from tests.journeys.server import DemoServer


def open_plan(page: Page, server: DemoServer, title: str = "Finanzielle Auswirkungen des KIM") -> None:
    page.goto(f"{server.address}/finanzen/")
    page.get_by_role("link", name=title).click()


def test_the_finance_officer_reads_the_table_and_changes_the_tariff_in_a_scenario(
    server: DemoServer, guest: Visitor, sign_in_as: SignInAs
) -> None:
    page = sign_in_as("fiona")
    open_plan(page, server)
    balance = page.get_by_role("row", name="Saldo (= Kosten für Rhein-Sieg-Kreis)").first
    expect(balance).to_contain_text("256.634,38")
    expect(balance).to_contain_text("266.601,51")
    expect(page.get_by_text("89.219,8083 €, nach dem Cent abgeschnitten")).to_be_visible()
    expect(page.get_by_text("7.463,86")).to_be_visible()
    page.get_by_role("link", name="Szenarien vergleichen").click()
    page.get_by_role("link", name="Szenario anlegen").click()
    page.get_by_label("Name des Szenarios").fill("Tarif +5 % ab Juli")
    page.get_by_label("Tarifsteigerung in Prozent").fill("5")
    page.get_by_role("button", name="Rechnen").click()
    expect(page.get_by_text("Das gehört zur anderen Angabe").first).to_be_visible()
    expect(page.get_by_label("Name des Szenarios")).to_have_value("Tarif +5 % ab Juli")
    page.get_by_label("Tarifsteigerung ab").fill("2022-07-01")
    page.get_by_role("button", name="Rechnen").click()
    expect(page.get_by_text("Das Szenario ist gerechnet.")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Tarif +5 % ab Juli")).to_be_visible()
    # 2,5 % of both personnel lines and of the overheads on the first: 10.621,41 + 10.311,80 (+ 21 % of the first)
    expect(page.get_by_role("row", name="Personalkosten MA RSK (7)").first).to_contain_text("+10.621,41")
    page.get_by_role("link", name="Tarif +5 % ab Juli ändern").click()
    page.get_by_role("link", name="Szenario löschen").click()
    page.get_by_role("button", name="Löschen").click()
    expect(page.get_by_text("Das Szenario ist gelöscht.")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Tarif +5 % ab Juli")).to_have_count(0)


def test_the_leadership_sees_totals_and_no_salaries(server: DemoServer, guest: Visitor, sign_in_as: SignInAs) -> None:
    page = sign_in_as("lena")
    open_plan(page, server, "Planbeispiel mit erfundenen Kosten je Stelle")
    expect(page.get_by_role("row", name="Personalkosten").first).to_be_visible()
    page.get_by_role("link", name="Förderung je Stelle").click()
    expect(page.get_by_text("Was einzelne Stellen kosten, wird nicht gezeigt")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Kosten")).to_have_count(0)
    expect(page.get_by_role("link", name="Stellen und Zeilen")).to_have_count(0)


def test_somebody_gets_more_than_a_full_post_and_the_page_says_from_when(
    server: DemoServer, guest: Visitor, sign_in_as: SignInAs
) -> None:
    page = sign_in_as("fiona")
    page.goto(f"{server.address}/personal/stellen/neu/")
    page.get_by_label("Name der Stelle").fill("Probe")
    page.get_by_label("Anteil an einer Vollzeitstelle").fill("0,5")
    page.get_by_label("Von").fill("2022-01-01")
    page.get_by_role("button", name="Hinzufügen").click()
    page.get_by_role("link", name="Stelle besetzen").click()
    list_to_type_into(page, "Person").fill("Frieda")
    page.get_by_role("option", name="Frieda Fallbeispiel").click()
    page.get_by_label("Von").fill("2022-03-01")
    page.get_by_role("button", name="Besetzen").click()
    expect(page.get_by_text("Frieda Fallbeispiel hätte ab 01.03.2022 zusammen 1,5 VZÄ").first).to_be_visible()
    expect(page.get_by_label("Anteil an einer Vollzeitstelle")).to_have_value("0,5")


@pytest.mark.parametrize(("width", "theme"), SIDES)
def test_posts_and_money_are_accessible(
    server: DemoServer, guest: Visitor, sign_in_as: SignInAs, width: int, theme: Theme
) -> None:
    page = sign_in_as("fiona", width=width, theme=theme)
    addresses = ["/personal/", "/personal/stellen/neu/", "/personal/beschaeftigte/", "/finanzen/", "/finanzen/regeln/"]
    addresses += ["/finanzen/pruefen/", "/finanzen/plaene/neu/"]
    for address in addresses:
        page.goto(server.address + address)
        guest.check(page)
    open_plan(page, server)
    guest.check(page)
    for name in ("Szenarien", "Förderung je Stelle", "Stellen und Zeilen"):
        page.get_by_role("navigation", name="Teile des Plans").get_by_role("link", name=name).click()
        guest.check(page)
    page.get_by_role("link", name="Zeile hinzufügen").click()
    guest.check(page)
    page.goto(f"{server.address}/personal/beschaeftigte/")
    page.get_by_role("link", name="Frieda Fallbeispiel").click()
    guest.check(page)


COUNTY = ("Koordination", "Verwaltungsassistenz", "Case Management in der Kreisverwaltung")
GIVEN, PER_HEAD = "angegeben: wie in der Quelle, nicht hergeleitet", "Satz je Person"
TABLE_III = (
    ("Personalkosten MA RSK (7)", "Aufwand", GIVEN, ("424.856,23", "429.307,06", "429.307,06"), COUNTY),
    ("Personalkosten MA vor Ort (9)", "Aufwand", GIVEN, ("412.472,21", "428.269,19", "428.269,19"),
     ("Case Management in einer Kommune",)),
    ("IT-Kosten", "Aufwand", PER_HEAD, ("3.450",) * 3, ()),
    ("Zuschlag 21 %", "Aufwand", "Prozentsatz anderer Zeilen", ("21",) * 3, COUNTY),
    ("Land Personal", "Ertrag", GIVEN, ("696.013,86", "707.229,22", "707.229,22"), ()),
    ("Land Arbeitsplätze", "Ertrag", "Satz je Vollzeitstelle (VZÄ)", ("9.700",) * 3, COUNTY[:2]),
)  # fmt: skip


def enter_line(page: Page, title: str, side: str, basis: str, rates: tuple[str, ...], groups: tuple[str, ...]) -> None:
    page.get_by_role("link", name="Zeile hinzufügen").click()
    page.get_by_label("Zeile", exact=True).fill(title)
    page.get_by_label("Wo sie summiert wird").select_option(side)
    page.get_by_label("Grundlage").select_option(basis)
    for group in groups:
        page.get_by_role("checkbox", name=group, exact=True).check()
    if title.startswith(("Personal", "Land Personal")):
        page.get_by_label("Personal: steigt mit dem Tarif oder ist Personalförderung").check()
    if title.startswith("Zuschlag"):
        page.get_by_label("Rundung").select_option("nach dem Cent abgeschnitten")
        page.get_by_role("checkbox", name="Personalkosten MA RSK (7)").check()
    for year, rate in enumerate(rates, start=2022):
        page.get_by_label(f"Satz, Prozent oder Betrag {year}").fill(rate)
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_text("Die Zeile steht im Plan")).to_be_visible()


def enter_scenario(page: Page, name: str, entries: dict[str, str]) -> None:
    page.get_by_role("link", name="Szenario anlegen").click()
    page.get_by_label("Name des Szenarios").fill(name)
    for label, value in entries.items():
        field = page.get_by_label(label)
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    page.get_by_role("button", name="Rechnen").click()
    expect(page.get_by_role("columnheader", name=name)).to_be_visible()


def test_the_finance_officer_rebuilds_table_iii_and_takes_its_proof_along(
    server: DemoServer, guest: Visitor, sign_in_as: SignInAs
) -> None:
    page = sign_in_as("fiona")
    page.goto(f"{server.address}/finanzen/plaene/neu/")
    for label, value in (("Titel", "Tabelle III nachgebaut"), ("Kurzname", "iii"), ("Erstes Jahr", "2022"),
                         ("Letztes Jahr", "2024")):  # fmt: skip
        page.get_by_label(label).fill(value)
    page.get_by_role("button", name="Beginnen").click()
    page.get_by_role("link", name="Stellen übernehmen").click()
    page.get_by_role("button", name="Übernehmen").click()
    expect(page.get_by_text("16 Stellen sind übernommen.")).to_be_visible()
    for title, side, basis, rates, groups in TABLE_III:
        enter_line(page, title, side, basis, rates, groups)
    guest.check(page)
    tabs = page.get_by_role("navigation", name="Teile des Plans")
    tabs.get_by_role("link", name="Tabelle").click()
    for row, numbers in (
        ("Stellenanteile (VZÄ)", ("12,61",)), ("Zuschlag 21 %", ("89.219,80", "90.154,48")),
        ("Land Arbeitsplätze", ("-29.100,00",)), ("Summe Aufwendungen", ("981.748,24", "1.002.930,73")),
        ("Saldo (= Kosten für Rhein-Sieg-Kreis)", ("256.634,38", "266.601,51")),
    ):  # fmt: skip
        for number in numbers:
            expect(page.get_by_role("row", name=row).first).to_contain_text(number)
    page.get_by_role("link", name="Szenarien vergleichen").click()
    enter_scenario(page, "Tarif +3 %", {"Tarifsteigerung in Prozent": "3", "Tarifsteigerung ab": "2022-01-01"})
    vacancy = {"Unbesetzte Stelle": "Koordination 1", "Unbesetzt ab": "2022-01-01", "Unbesetzt bis": "2024-12-31"}
    enter_scenario(page, "Unbesetzt", vacancy)
    enter_scenario(page, "IT teurer", {"Anderer Satz für die Zeile": "IT-Kosten", "Satz, Prozent oder Betrag": "4.000"})
    expect(page.get_by_role("row", name="Personalkosten MA RSK (7)").first).to_contain_text("+12.745,69")
    expect(page.get_by_role("row", name="IT-Kosten").first).to_contain_text("-3.450,00")
    expect(page.get_by_role("row", name="IT-Kosten").first).to_contain_text("+8.800,00")
    guest.check(page)
    tabs.get_by_role("link", name="Verwendungsnachweis").click()
    page.get_by_role("link", name="Nachweis einreichen").click()
    page.get_by_label("Eingereicht am").fill("2023-03-31")
    page.get_by_role("button", name="Einreichen").click()
    expect(page.get_by_text("Seitdem hat sich nichts geändert.")).to_be_visible()
    for name in ("XLSX", "PDF"):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).first.click()
        assert download.value.suggested_filename == f"verwendungsnachweis-2022.{name.lower()}"
    leader = sign_in_as("lena")
    open_plan(leader, server, "Tabelle III nachgebaut")
    expect(leader.get_by_role("row", name="Saldo (= Kosten für Rhein-Sieg-Kreis)").first).to_contain_text("256.634,38")
    expect(leader.get_by_role("link", name="Verwendungsnachweis")).to_have_count(0)


BOOKINGS = (
    "Buchungstag;Betrag;Beleg;Zeile\n"
    "31.01.2022;35.404,69;P-1;Personalkosten MA RSK (7)\n"
    "28.02.2022;36.000,00;P-2;Personalkosten MA RSK (7)\n"
    "31.01.2023;35.404,69;P-3;Personalkosten MA RSK (7)\n"
)


def test_the_finance_officer_books_shares_cost_and_takes_the_proof_of_use_along(
    server: DemoServer, guest: Visitor, sign_in_as: SignInAs
) -> None:
    page = sign_in_as("fiona", width=390)
    open_plan(page, server)
    tabs = page.get_by_role("navigation", name="Teile des Plans")
    tabs.get_by_role("link", name="Vollzug").click()
    page.get_by_role("link", name="Buchungen einlesen").click()
    guest.check(page)
    page.get_by_label("Buchungsdatei").set_input_files(
        {"name": "buchungen.csv", "mimeType": "text/csv", "buffer": BOOKINGS.encode()}
    )
    page.get_by_role("button", name="Einlesen und prüfen").click()
    expect(page.get_by_text("Zeile 4: 31.01.2023 liegt nicht in 2022")).to_be_visible()
    guest.check(page)
    page.get_by_role("button", name="2 Buchungen übernehmen").click()
    expect(page.get_by_text("Buchungen bis Februar 2022")).to_be_visible()
    expect(page.get_by_text("71.404,69").first).to_be_visible()
    guest.check(page)
    tabs.get_by_role("link", name="Finanzsharing").click()
    expect(page.get_by_text("2 von 19")).to_be_visible()
    expect(page.get_by_text("725.113,86").first).to_be_visible()
    guest.check(page)
    tabs.get_by_role("link", name="Verwendungsnachweis").click()
    guest.check(page)
    for name in ("XLSX", "PDF"):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        assert download.value.suggested_filename == f"verwendungsnachweis-2022.{name.lower()}"
    tabs.get_by_role("link", name="Vollzug").click()
    leader = sign_in_as("lena")
    open_plan(leader, server)
    leader.get_by_role("navigation", name="Teile des Plans").get_by_role("link", name="Vollzug").click()
    expect(leader.get_by_text("71.404,69").first).to_be_visible()
    expect(leader.get_by_text("buchungen.csv")).to_have_count(0)
    expect(leader.get_by_role("link", name="Verwendungsnachweis")).to_have_count(0)
    page.get_by_role("link", name="buchungen.csv").click()
    page.get_by_role("link", name="Datei zurücknehmen").click()
    page.get_by_role("button", name="Löschen").click()
    expect(page.get_by_text("Die Datei ist zurückgenommen.")).to_be_visible()
