"""A survey from sending to figure: written by the office, answered by link without scripts, told with care."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.journeys.conftest import SignInAs, Visitor
from tests.journeys.server import DemoServer

TITLE = "Bedarfsabfrage der Kitas im Test"
UNTIL = (date.today() + timedelta(days=10)).isoformat()
PEOPLE = "\n".join(f"Kita Beispiel {number}; kita-{number}@kimwerk.example" for number in range(5))


def write(page: Page, guest: Visitor) -> None:
    """Write a survey with two questions, and choose whom to ask."""
    page.goto("/umfragen/")
    guest.check(page)
    page.get_by_role("link", name="Umfrage schreiben").click()
    page.locator("#id_title").fill(TITLE)
    page.locator("#id_closes_on").fill(UNTIL)
    guest.check(page)
    page.get_by_role("button", name="Speichern").click()
    for kind, text, more in (("single", "Schulung gewünscht?", "Ja\nNein"), ("text", "Was fehlt?", "")):
        page.get_by_role("link", name="Frage schreiben").first.click()
        page.locator("#id_text").fill(text)
        page.locator(f"input[value={kind}]").check()
        page.locator("#id_options").fill(more)
        if kind == "text":
            page.locator("#id_is_need").check()
            guest.check(page)
        page.get_by_role("button", name="Speichern").click()
    page.get_by_role("link", name="Adressaten wählen").first.click()
    guest.check(page)
    page.locator("#id_others").fill(PEOPLE)
    page.get_by_role("button", name="Auf die Liste setzen").click()


def known_links(server: DemoServer) -> list[str]:
    """Links of our own in the place of those that were mailed, which are kept nowhere."""
    tokens = [secrets.token_urlsafe(32) for _ in range(4)]
    invited = server.ask("select i.id from surveys_invitation i join surveys_survey s on s.id = survey_id"
                         f" where s.title = '{TITLE}' order by i.id limit 4")  # fmt: skip
    for (pk,), token in zip(invited, tokens, strict=True):
        hashed = hashlib.sha256(token.encode()).hexdigest()
        server.ask(f"update surveys_invitation set token_hash = '{hashed}' where id = {pk} returning id")
    return [f"/umfragen/antwort/{token}/" for token in tokens]


def answer(guest: Visitor, links: list[str]) -> None:
    """Answer on a telephone without scripts: once with something missing, and once more with a used link."""
    page = guest.open(links[0], width=320, scripts=False)
    page.get_by_label("Was fehlt?").fill("Frau Muster fehlt")
    page.get_by_role("button", name="Antworten absenden").click()
    expect(page.locator("main")).to_contain_text("nennen Sie niemanden")
    expect(page.get_by_label("Was fehlt?")).to_have_value("Frau Muster fehlt")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for link in links:
        page.goto(link)
        page.get_by_label("Ja", exact=True).check()
        page.get_by_label("Was fehlt?").fill("Dolmetschen beim Elternabend")
        page.get_by_role("button", name="Antworten absenden").click()
        expect(page.locator("main")).to_contain_text("Ihre Antworten sind angekommen")
    page.goto(links[0])
    expect(page.get_by_role("heading", level=1)).to_have_text("Diese Umfrage wurde schon beantwortet")
    assert [said for said in guest.complaints if "422" not in said and "410" not in said] == []
    guest.complaints.clear()


def test_a_survey_goes_from_sending_to_a_figure_and_a_need(
    sign_in_as: SignInAs, guest: Visitor, server: DemoServer
) -> None:
    page = sign_in_as("kim")
    write(page, guest)
    page.get_by_role("link", name="Umfrage versenden").click()
    guest.check(page)
    page.get_by_role("button", name="Umfrage versenden").click()
    expect(page.locator("main")).to_contain_text("5 E-Mails sind unterwegs.")
    survey = page.url
    links = known_links(server)
    guest.check(guest.open(links[3]))
    answer(guest, links)
    page.goto(survey)
    expect(page.locator("main")).to_contain_text("4 von 5")
    guest.check(page)
    page.get_by_role("link", name="Ergebnisse").click()
    expect(page.get_by_role("row", name="Ja")).to_contain_text("100,0")
    guest.check(page)
    page.goto("/auswertung/kennzahlen/survey_answers/")
    guest.check(page)
    expect(page.locator("main")).to_contain_text("Schulung gewünscht?")
    page.goto(survey)
    page.get_by_role("link", name="4 Antworten als Bedarfe übernehmen").click()
    page.get_by_label("Dolmetschen beim Elternabend").first.check()
    page.get_by_role("button", name="Übernehmen").click()
    expect(page.locator("main")).to_contain_text("Dolmetschen beim Elternabend")
    page.goto(f"{survey}adressaten/")
    guest.check(page)
