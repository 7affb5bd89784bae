"""The office prepares, holds and closes a meeting: agenda, invitation, minutes that two write, resolution, task."""

from __future__ import annotations

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import SignInAs, Visitor, list_to_type_into

GAP = "Wohnraum: Zugang für Alleinerziehende"


def open_next(page: Page) -> str:
    page.goto("/steuerung/sitzungen/")
    page.get_by_role("link", name="Nächste Sitzung").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nächste Sitzung")
    return page.url


def third_of(page: Page) -> Locator:
    return page.locator("section", has_text="3. Dolmetscherpool")


def write(page: Page, text: str) -> None:
    third_of(page).get_by_role("textbox").click()
    page.keyboard.type(text)


def both_write(page: Page, other: Page, minutes: str, guest: Visitor) -> None:
    """Two write about the same item at once; whoever comes second puts both texts together."""
    page.goto(minutes)
    guest.check(page)
    other.goto(minutes)
    write(page, "Der Pool wird gewünscht.")
    expect(third_of(page)).to_contain_text("Gespeichert um")
    expect(third_of(page).get_by_role("textbox")).to_be_focused()
    page.keyboard.type(" Er soll im Herbst beginnen.")
    write(other, "Frau Beispiel berichtet.")
    expect(third_of(other)).to_contain_text("Ihr Text ist aufgehoben")
    guest.check(other)
    other.get_by_role("link", name="Beide Texte zusammenführen").click()
    expect(other.locator("main")).to_contain_text("Der Pool wird gewünscht. Er soll im Herbst beginnen.")
    expect(other.locator("#id_text")).to_have_value("Frau Beispiel berichtet.")
    guest.check(other)
    other.locator("#id_text").fill("Frau Beispiel berichtet. Der Pool soll im Herbst beginnen.")
    other.get_by_role("button", name="Diesen Text speichern").click()
    expect(third_of(other)).to_contain_text("von Anton Assistenz")

    page.goto(minutes)
    expect(third_of(page).get_by_role("textbox")).to_have_value(
        "Frau Beispiel berichtet. Der Pool soll im Herbst beginnen."
    )


def resolutions_counted(page: Page, guest: Visitor) -> int:
    """What the indicator of a measure says of this year, counted afresh."""
    page.goto("/steuerung/ziele/")
    guest.check(page)
    page.get_by_role("link", name="Beschlüsse zu einheitlichem Verwaltungshandeln").click()
    page.get_by_role("button", name="Bis heute zählen").click()
    guest.check(page)
    return latest_reading(page)


def gap_from_three_events(page: Page, guest: Visitor) -> None:
    """The gap tells which three kick-off events have named the needs in it."""
    page.goto("/steuerung/luecken/")
    page.get_by_role("link", name=GAP).click()
    guest.check(page)
    for town in ("Siegburg", "Hennef", "Troisdorf"):
        expect(page.locator("main tbody")).to_contain_text(f"Auftaktveranstaltung {town}")


def resolve_gap(page: Page, guest: Visitor) -> str:
    """The gap is resolved, and leads to a measure, whose page is returned."""
    gap = page.locator("section", has_text=GAP)
    gap.get_by_role("link", name="Beschluss eintragen").click()
    page.locator("#id_text").fill("Der Kreis richtet mit den Kommunen eine Anlaufstelle ein.")
    page.get_by_role("button", name="Eintragen").click()
    page.get_by_role("link", name="Beschluss 8: Wohnraum").click()
    guest.check(page)
    page.get_by_role("link", name="Maßnahme beginnen").click()
    page.locator("#id_goal").select_option(label="Niederschwellige Beratung ausbauen")
    guest.check(page)
    page.get_by_role("button", name="Beginnen").click()
    expect(page.locator("main")).to_contain_text("in Umsetzung")
    guest.check(page)
    return page.url


def bind_to_activities(page: Page, measure: str, guest: Visitor) -> int:
    """The measure begun from the gap is judged by what the case managers do; what the figure says at first."""
    page.goto(measure)
    page.get_by_role("link", name="Mit Kennzahl verbinden").click()
    list_to_type_into(page, "Kennzahl").fill("Maßnahmen")
    page.get_by_role("option", name="Maßnahmen", exact=True).click()
    page.locator("#id_turn").select_option("month")
    page.locator("#id_green_at").fill("20")
    page.locator("#id_amber_at").fill("1")
    guest.check(page)
    page.get_by_role("button", name="Verbinden und zählen").click()
    guest.check(page)
    return latest_reading(page)


def latest_reading(page: Page) -> int:
    """What the indicator on this page says of the running stretch."""
    return int(page.locator("tbody tr").first.locator("td").first.inner_text())


def work_moves_the_indicator(page: Page, frieda: Page, measure: str, guest: Visitor) -> None:
    """What a case manager logs is what the measure begun from the gap is judged by."""
    at_first = bind_to_activities(page, measure, guest)
    frieda.locator("#quick-line").fill("vb siegburg 2 30min")
    frieda.locator("#quick-line").press("Enter")
    expect(frieda.locator("#notices")).to_contain_text("Gespeichert")
    page.get_by_role("button", name="Bis heute zählen").click()
    assert latest_reading(page) == at_first + 1


def test_the_office_prepares_holds_and_closes_a_meeting(sign_in_as: SignInAs, guest: Visitor) -> None:
    page = sign_in_as("kim")
    before = resolutions_counted(page, guest)
    gap_from_three_events(page, guest)
    meeting = open_next(page)
    guest.check(page)
    page.goto(f"{meeting}bearbeiten/")
    page.locator("#id_day").fill(timezone.localdate().isoformat())
    page.get_by_role("button", name="Speichern").click()

    page.goto(f"{meeting}tagesordnung/")
    guest.check(page)
    page.get_by_role("button", name="Ausgewähltes aufnehmen").click()
    expect(page.locator("main")).to_contain_text("Punkte stehen auf der Tagesordnung.")
    page.get_by_role("button", name="Nach oben Dolmetscherpool für die Beratung").click()
    expect(page.locator(".steering-agenda")).to_contain_text("3. Dolmetscherpool für die Beratung")

    page.goto(f"{meeting}einladung/")
    guest.check(page)
    expect(page.locator("main")).to_contain_text("3. Dolmetscherpool für die Beratung")

    page.goto(f"{meeting}anwesenheit/")
    guest.check(page)
    for choice in page.locator("select").all():
        choice.select_option("present")
    page.get_by_role("button", name="Speichern").click()
    expect(page.locator("main")).to_contain_text("Die Anwesenheit ist vermerkt.")

    both_write(page, sign_in_as("anton"), f"{meeting}niederschrift/", guest)
    third_of(page).get_by_role("link", name="Beschluss eintragen").click()
    guest.check(page)
    page.locator("#id_text").fill("Der Kreis richtet einen Dolmetscherpool ein.")
    for name, votes in (("votes_for", "9"), ("votes_against", "0"), ("abstentions", "1")):
        page.locator(f"#id_{name}").fill(votes)
    page.get_by_role("button", name="Eintragen").click()
    expect(page.locator("main")).to_contain_text("Beschluss 7: Dolmetscherpool für die Beratung")
    measure = resolve_gap(page, guest)
    page.goto(f"{meeting}niederschrift/")
    third_of(page).get_by_role("link", name="Aufgabe erteilen").click()
    page.locator("#id_title").fill("Angebote einholen")
    page.get_by_role("button", name="Erteilen").click()
    page.get_by_role("button", name="Niederschrift schließen").click()
    expect(page.locator("main")).to_contain_text("Die Niederschrift ist geschlossen.")
    guest.check(page)

    assert resolutions_counted(page, guest) == before + 2
    work_moves_the_indicator(page, sign_in_as("frieda"), measure, guest)

    page = sign_in_as("stefan")
    open_next(page)
    expect(page.locator("main")).to_contain_text("Angebote einholen")
    page.goto("/steuerung/beschluesse/")
    guest.check(page)
    page.get_by_role("link", name="Dolmetscherpool für die Beratung").click()
    expect(page.locator("main")).to_contain_text("9 Ja, 0 Nein, 1 enthalten")
    guest.check(page)


def test_a_template_goes_from_draft_over_legal_review_into_a_package(sign_in_as: SignInAs, guest: Visitor) -> None:
    page = sign_in_as("kim")
    page.goto("/steuerung/vorlagen/")
    guest.check(page)
    page.get_by_role("link", name="Vorlage beginnen").click()
    page.locator("#id_title").fill("Merkblatt Wohnraum")
    page.get_by_role("button", name="Beginnen").click()
    guest.check(page)
    page.locator("#id_text").fill("# Wohnraum\nGuten Tag {{Name}}")
    page.get_by_role("button", name="Speichern").click()
    version = page.url
    page.get_by_role("button", name="Zur rechtlichen Prüfung geben").click()
    guest.check(page)
    law = sign_in_as("doris")
    law.goto(version)
    law.get_by_role("link", name="Rechtliche Prüfung").click()
    guest.check(law)
    law.get_by_role("button", name="Eintragen").click()
    page.goto(version)
    page.get_by_role("link", name="In Kraft setzen").click()
    page.get_by_role("button", name="In Kraft setzen").click()
    expect(page.locator("main")).to_contain_text("Die Fassung gilt.")
    page.get_by_role("link", name="Ausfüllen").click()
    guest.check(page)

    page.goto("/steuerung/vorlagen/paket/")
    page.get_by_label("Merkblatt Wohnraum").check()
    guest.check(page)
    with page.expect_download() as sent:
        page.get_by_role("button", name="Paket erstellen").click()
    other = sign_in_as("tanja")
    other.goto("/steuerung/vorlagen/paket/lesen/")
    guest.check(other)
    other.locator("input[type=file]").set_input_files(sent.value.path())
    other.get_by_role("button", name="Hineinsehen").click()
    expect(other.locator("main")).to_contain_text("passt: Unterwegs wurde nichts verändert")
    guest.check(other)
    other.get_by_role("button", name="1 Teil übernehmen").click()
    expect(other.locator("main")).to_contain_text("1 Teil ist übernommen; Vorlagen warten als Entwurf.")
    expect(other.get_by_role("row", name="Merkblatt Wohnraum")).to_contain_text("Rhein-Sieg-Kreis")
    page.goto("/steuerung/programmplan/")
    guest.check(page)
    page.goto("/steuerung/in-kraft/")
    guest.check(page)


def test_a_paper_goes_to_a_committee_and_stays_as_it_was_read(sign_in_as: SignInAs, guest: Visitor) -> None:
    page = sign_in_as("kim")
    page.goto("/steuerung/drucksachen/")
    guest.check(page)
    expect(page.get_by_role("row", name="Erste Evaluation")).to_contain_text("zur Kenntnis genommen")
    page.get_by_role("link", name="Drucksache schreiben").click()
    guest.check(page)
    page.locator("#id_number").fill("2026/12")
    page.locator("#id_title").fill("Zweite Evaluation")
    page.locator("#id_proposal").fill("Die Lenkungsgruppe nimmt den Bericht zur Kenntnis.")
    page.get_by_role("button", name="Speichern").click()
    guest.check(page)
    page.get_by_role("link", name="Gremium hinzufügen").click()
    page.locator("#id_committee").select_option(label="Ausschuss für Soziales und Integration")
    guest.check(page)
    page.get_by_role("button", name="Hinzufügen").click()
    page.get_by_role("link", name="Anlage anfügen").click()
    guest.check(page)
    page.locator("input[type=file]").set_input_files(
        {"name": "Bericht.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 Beispiel"}
    )
    page.get_by_role("button", name="Anlage anfügen").click()
    expect(page.get_by_role("row", name="Bericht.pdf")).to_be_visible()
    page.get_by_role("button", name="Drucksache freigeben").click()
    expect(page.locator("main")).to_contain_text("Freigegeben.")
    guest.check(page)
    page.get_by_role("link", name="offen").click()
    page.get_by_role("button", name="Speichern").click()
    expect(page.locator("main")).to_contain_text("zur Kenntnis genommen")
    page.get_by_role("button", name="Entfernen: Bericht.pdf").click()
    expect(page.locator("main")).to_contain_text("Sie bleibt, wie das Gremium sie gelesen hat.")
    guest.check(page)
