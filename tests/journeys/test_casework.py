"""The example of the evaluation of 2022: a young father, a recognised refugee since 2016, from the first contact on.

Goals and intermediate steps are agreed, resources are worked on in several meetings, and an internship is
found: for the first time a way into work. Then the case ends, and nobody can write to it any more.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import SignInAs, Theme, Visitor
from tests.journeys.server import DemoServer

SHOTS = os.environ.get("KIMWERK_SHOTS", "")


def look(page: Page, guest: Visitor, name: str) -> None:
    """Judge the page, and keep a picture of it where somebody asks for one."""
    guest.check(page)
    if SHOTS:
        for width, theme in ((1280, "light"), (390, "dark")):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
            page.screenshot(path=str(Path(SHOTS) / f"{name}-{width}-{theme}.png"), full_page=True)
        page.set_viewport_size({"width": 1280, "height": 900})
        page.emulate_media(color_scheme="light")


def choose(page: Page, field: str, label: str) -> None:
    """Choose from a list as soon as it is there, whether it has a search or not."""
    page.locator(f"select[name={field}]").evaluate(
        """(list, label) => {
          list.value = [...list.options].find((option) => option.text.includes(label)).value;
          list.dispatchEvent(new Event("change", { bubbles: true }));
        }""",
        label,
    )


def send(page: Page, label: str) -> None:
    page.locator("main form").get_by_role("button", name=label).click()


def register(page: Page) -> None:
    page.goto("/faelle/personen/neu/")
    page.locator("#id_family_name").fill("Beispielzada")
    page.locator("#id_given_names").fill("Farid")
    page.locator("#id_birth").fill("1994")
    page.locator("main button[type=submit]").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Farid Beispielzada")


def open_case(page: Page, guest: Visitor) -> str:
    page.goto("/faelle/neu/")
    page.locator("#person-search").fill("beispielz")
    page.get_by_role("link", name="Beispielzada, Farid").click()
    choose(page, "access_path", "MBE")
    choose(page, "municipality", "Siegburg")
    look(page, guest, "neu")
    send(page, "Fall eröffnen")
    expect(page.locator("#notices")).to_contain_text("Der Fall ist eröffnet")
    return page.url


def clarify(page: Page, guest: Visitor, case: str) -> None:
    page.goto(f"{case}klaerung/")
    send(page, "Entscheiden")
    expect(page.locator("#id_reason_error")).to_be_visible()
    guest.complaints.clear()  # the browser notes that the form came back
    page.get_by_label("Case Management").check()
    page.get_by_label("Mehrere Lebensbereiche sind betroffen").check()
    page.locator("#id_reason").fill("Seit Jahren ohne Zugang zu Beratung; Jobcenter, Sprachkurs und Schule beteiligt.")
    look(page, guest, "klaerung")
    send(page, "Entscheiden")
    expect(page.locator("#notices")).to_contain_text("Die Klärung ist festgehalten")


def assess(page: Page, guest: Visitor, case: str, day: str, levels: dict[str, tuple[str, str]]) -> None:
    page.goto(f"{case}lage/neu/")
    page.locator("#id_assessed_on").fill(day)
    for domain, (level, need) in levels.items():
        part = page.locator("details.case-domain").filter(has=page.locator("summary", has_text=domain))
        if part.get_attribute("open") is None:
            part.locator("summary").click()
        part.get_by_label("Lage").select_option(level)
        part.get_by_label("Bedarf").fill(need)
    look(page, guest, "einschaetzung")
    send(page, "Speichern")
    expect(page.locator("#notices")).to_contain_text("Die Einschätzung ist gespeichert")


def agree(page: Page, case: str) -> None:
    page.goto(f"{case}ziele/neu/")
    page.locator("#id_text").fill("Ich möchte arbeiten und meiner Familie etwas bieten.")
    page.locator("#id_indicator").fill("Ich habe ein Praktikum.")
    choose(page, "domain", "Arbeit")
    page.locator("#id_agreed_on").fill(page.evaluate("new Date().toISOString().slice(0, 10)"))
    send(page, "Speichern")
    for text, owner in (("Lebenslauf schreiben", "die Person"), ("Betriebe in Siegburg anrufen", "Case Management")):
        page.get_by_role("link", name="Schritt planen").click()
        page.locator("#id_text").fill(text)
        page.get_by_label(owner, exact=True).check()
        send(page, "Speichern")


def meet(page: Page, guest: Visitor, case: str, note: str) -> None:
    page.goto(f"{case}kontakte/neu/")
    choose(page, "kind", "Erstgespräche")
    choose(page, "channel", "vor Ort")
    page.locator("#id_minutes").fill("60")
    page.locator("#id_note").fill(note)
    look(page, guest, "kontakt")
    send(page, "Speichern")
    expect(page.locator("#notices")).to_contain_text("steht auch im Tagebuch")


@pytest.fixture
def frieda(sign_in_as: SignInAs) -> Page:
    """Frieda on My day."""
    return sign_in_as("frieda")


def test_a_young_father_finds_an_internship_from_the_first_contact_to_the_end(
    frieda: Page, server: DemoServer, guest: Visitor
) -> None:
    page = frieda
    register(page)
    case = open_case(page, guest)
    clarify(page, guest, case)
    today = page.evaluate("new Date().toISOString().slice(0, 10)")
    assess(page, guest, case, today, {"Arbeit": ("1", "Erste Stelle"), "Sprache": ("2", "Kurs B1")})
    agree(page, case)
    meet(page, guest, case, "Stärken gesammelt: Schneider gelernt, zuverlässig, drei Sprachen.")
    meet(page, guest, case, "Zusage für ein Praktikum in der Schneiderei.")
    page.goto(case)
    expect(page.get_by_text("0 von 2 Schritten erledigt")).to_be_visible()
    look(page, guest, "fall")
    page.goto(f"{case}lage/")
    look(page, guest, "lage")

    page.goto(f"{case}abschluss/")
    expect(page.locator(".case-blocks")).to_contain_text("Schritte (2)")
    look(page, guest, "abschluss")

    page.goto(f"{case}ziele/")
    look(page, guest, "ziele")
    for _ in range(2):
        page.locator(".case-step").get_by_role("button", name="Erledigt").first.click()
        expect(page.locator("#notices")).to_contain_text("Der Schritt ist erledigt")
    page.get_by_role("link", name="Stand festhalten").click()
    page.get_by_label("erreicht", exact=True).check()
    page.locator("#id_note").fill("Praktikum ab Montag")
    send(page, "Speichern")

    page.goto(f"{case}abschluss/")
    choose(page, "reason", "Ziele erreicht")
    page.get_by_label("Ziele erreicht", exact=True).check()
    page.locator("#id_remaining_needs").fill("Sprachkurs B2 im Herbst")
    send(page, "Fall abschließen")
    expect(page.locator("#notices")).to_contain_text("schreibgeschützt")
    expect(page.get_by_role("link", name="Neuer Kontakt")).to_have_count(0)
    look(page, guest, "geschlossen")
    page.goto(f"{case}verlauf/")
    expect(page.get_by_text("Sprachkurs B2 im Herbst")).to_be_visible()
    look(page, guest, "verlauf")

    rows = server.ask(
        """
        select count(*), count(distinct a.id), sum(a.minutes) from casework_casecontact c
        join activities_activity a on a.id = c.activity_id join casework_case k on k.id = c.case_id
        where k.number = %s
        """,
        _number(page),
    )
    assert rows == [(2, 2, 120)]


def _number(page: Page) -> str:
    """The number of the case whose page is open."""
    return page.locator(".ui-head__state").inner_text().split("·")[0].split()[-1]


def test_what_is_written_survives_a_closed_window(sign_in_as: SignInAs, guest: Visitor) -> None:
    page = sign_in_as("frieda")
    register_other(page)
    case = open_case_of(page, "Mustermann")
    page.goto(f"{case}notizen/neu/")
    with page.expect_response(lambda answer: "entwurf" in answer.url and answer.status == 204):
        page.locator("#id_note").press_sequentially("Halb geschrieben")
    page.goto(case)
    page.get_by_role("link", name="An einem Entwurf weiterschreiben").click()
    expect(page.locator("#id_note")).to_have_value("Halb geschrieben")
    guest.check(page)


def register_other(page: Page) -> None:
    page.goto("/faelle/personen/neu/")
    page.locator("#id_family_name").fill("Mustermann")
    page.locator("#id_given_names").fill("Mara")
    page.locator("main button[type=submit]").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Mara Mustermann")


def open_case_of(page: Page, family: str) -> str:
    page.goto(f"/faelle/neu/?q={family}")
    page.locator("#found").get_by_role("link").first.click()
    page.wait_for_url("**/faelle/neu/*/")
    choose(page, "access_path", "Selbst")
    choose(page, "municipality", "Siegburg")
    send(page, "Fall eröffnen")
    expect(page.locator("#notices")).to_contain_text("Der Fall ist eröffnet")
    return page.url


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_lists_of_cases_are_readable_in_light_and_dark(sign_in_as: SignInAs, guest: Visitor, theme: Theme) -> None:
    page = sign_in_as("karin")
    page.emulate_media(color_scheme=theme)
    for address, name in (("/faelle/uebersicht/", "team"), ("/faelle/stichproben/", "stichproben")):
        page.goto(address)
        look(page, guest, f"{name}-{theme}")


def test_a_row_found_by_typing_stays_while_it_is_pressed(sign_in_as: SignInAs) -> None:
    page = sign_in_as("frieda")
    page.goto("/faelle/")
    page.locator(".ui-filter summary").click()
    with page.expect_response(lambda response: "q=e" in response.url):
        page.get_by_label("Name oder Fallnummer").press_sequentially("e")
    page.locator("#list tbody a").first.hover()
    page.mouse.down()
    page.wait_for_timeout(400)  # milliseconds until a slow finger lets go
    page.mouse.up()
    expect(page.locator("h1")).not_to_have_text("Fälle")
