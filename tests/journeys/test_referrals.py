"""Referrals and conferences in a browser: by a link and into a queue, withdrawn; one who is invited is not covered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO

import pikepdf
import pytest
from django.conf import LazySettings
from playwright.sync_api import Page, expect
from pytest_django.plugin import DjangoDbBlocker

from tests.cast import Cast
from tests.databases import working_in
from tests.demo_world import SECRET
from tests.journeys.conftest import SignInAs, Visitor
from tests.journeys.referral_errands import consent, prepare, withdraw_grant
from tests.journeys.server import DemoServer
from tests.journeys.test_casework import choose, look
from tests.reporting.pdf_reading import read_text

JOBCENTER = "Jobcenter Rhein-Sieg"
TROISDORF = "Stadt Troisdorf"


@pytest.fixture(autouse=True)
def at_the_server(
    django_db_setup: Cast, server: DemoServer, django_db_blocker: DjangoDbBlocker, settings: LazySettings
) -> Iterator[None]:
    """What a test prepares lies in the server's database, sealed with the server's key."""
    settings.FIELD_KEYS = {"demo": SECRET}
    with django_db_blocker.unblock(), working_in(server.database):
        yield


def refer(page: Page, case: int, recipient: str, channel: str) -> str:
    """Refer from the file of the case; gives the address of the referral."""
    page.goto(f"/faelle/{case}/verbindungen/")
    page.get_by_role("link", name="Verweisen", exact=True).click()
    page.wait_for_url("**/verweise/neu/**")
    choose(page, "recipient", recipient)
    choose(page, "target", "Behörden")
    page.locator("#id_need").fill("Leistungen nach SGB II beantragen, Begleitung beim Antrag.")
    page.get_by_label(channel).check()
    page.get_by_label("Name, Geburt, Geschlecht, Staatsangehörigkeit").check()
    page.locator("#id_concern").fill("Der Antrag wurde im März schon einmal abgelehnt.")
    page.get_by_role("button", name="Verweis senden").click()
    expect(page.locator("#notices")).to_contain_text("Der Verweis ist gesendet")
    return page.url


def test_a_referral_to_the_jobcenter_by_a_link_is_accepted_and_then_withdrawn(
    sign_in_as: SignInAs, server: DemoServer, guest: Visitor
) -> None:
    case = prepare("Verweisenko")
    frieda = sign_in_as("frieda")
    frieda.goto(f"/faelle/verweise/neu/{case}/")
    look(frieda, guest, "verweis-neu")
    consent(case, JOBCENTER, "referral")
    url = refer(frieda, case, JOBCENTER, "Mit einem Einmal-Link und PIN")
    look(frieda, guest, "verweis-gesendet")
    frieda.get_by_role("button", name="Link erstellen").click()
    look(frieda, guest, "verweis-link")
    frieda.emulate_media(media="print")  # the paper goes by another way than the PIN
    expect(frieda.locator("#ref-link")).to_be_visible()
    expect(frieda.locator("#ref-pin")).to_be_hidden()
    frieda.emulate_media(media="screen")
    link, pin = frieda.locator("#ref-link").inner_text(), frieda.locator("#ref-pin").inner_text()

    clerk = guest.open(link.removeprefix(server.address))
    look(clerk, guest, "link-tuer")
    clerk.get_by_label("PIN").fill("000 000" if pin != "000 000" else "111 111")
    clerk.get_by_role("button", name="Anfrage öffnen").click()
    expect(clerk.get_by_text("noch 4 Versuche").first).to_be_visible()
    clerk.get_by_label("PIN").fill(pin)
    clerk.get_by_role("button", name="Anfrage öffnen").click()
    expect(clerk.get_by_text("Begleitung beim Antrag")).to_be_visible()
    expect(clerk.get_by_text("Verweisenko")).to_have_count(0)
    guest.complaints.clear()  # the browser notes that the form came back
    look(clerk, guest, "link-anfrage")
    clerk.get_by_label("Wir nehmen den Verweis an").check()
    clerk.get_by_role("button", name="Antwort senden").click()
    expect(clerk.get_by_text("Olena Verweisenko")).to_be_visible()
    look(clerk, guest, "link-angenommen")

    second = guest.open(link.removeprefix(server.address))
    expect(second.get_by_role("heading", level=1)).to_have_text("Dieser Link wurde schon geöffnet")
    guest.complaints.clear()  # the browser notes the 410
    look(second, guest, "link-zweimal")

    frieda.goto(url)
    expect(frieda.locator(".ui-head")).to_contain_text("angenommen")
    withdraw(frieda, server, case)
    clerk.reload()
    expect(clerk.get_by_role("heading", level=1)).to_have_text("Dieser Link gilt nicht mehr")
    expect(clerk.get_by_text("Verweisenko")).to_have_count(0)
    guest.complaints.clear()
    frieda.goto(url)
    expect(frieda.locator(".ui-head")).to_contain_text("gestoppt")


def withdraw(page: Page, server: DemoServer, case: int) -> None:
    """The person takes back what was allowed to the Jobcenter, and is given the letter that lists what it was told."""
    ((person,),) = server.ask("select person_id from casework_case where id = %s", case)
    page.goto(f"/faelle/einwilligungen/personen/{person}/")
    page.get_by_role("listitem").filter(has_text=JOBCENTER).get_by_role("link", name="Widerrufen").click()
    page.get_by_role("button", name="Jetzt widerrufen").click()
    expect(page.get_by_text("Drucken Sie jetzt den Brief für die Person", exact=False)).to_be_visible()
    letter = page.request.get(f"{server.address}/faelle/einwilligungen/personen/{person}/brief.pdf")
    told = unbroken(read_text(pikepdf.open(BytesIO(letter.body()))))
    assert unbroken("Olena Verweisenko") in told
    assert told.count(unbroken(JOBCENTER)) == 2  # what was asked, and what was handed over on acceptance
    assert told.count(unbroken("zurückgerufen, dort zu löschen")) == 2  # the clerk has read both by the link


def unbroken(text: str) -> str:
    """The text without blanks and hyphens, as lines of a narrow column break it."""
    return re.sub(r"[\s\u00ad-]", "", text)


def test_a_referral_into_a_queue_is_accepted_read_and_withdrawn(sign_in_as: SignInAs, guest: Visitor) -> None:
    case = prepare("Musterchuk")
    grant = consent(case, TROISDORF, "referral")
    frieda = sign_in_as("frieda")
    url = refer(frieda, case, TROISDORF, "An den Eingang der Stelle")
    frieda.goto("/faelle/verweise/")
    look(frieda, guest, "verweise")

    tomasz = sign_in_as("tomasz")
    tomasz.goto("/faelle/eingang/verweise/")
    look(tomasz, guest, "eingang")
    tomasz.locator("tbody a").first.click()
    expect(tomasz.locator("main")).to_contain_text("Ukrainisch")
    expect(tomasz.get_by_text("Musterchuk")).to_have_count(0)
    look(tomasz, guest, "eingang-anfrage")
    tomasz.get_by_label("Wir nehmen den Verweis an").check()
    tomasz.get_by_role("button", name="Antwort senden").click()
    tomasz.get_by_role("button", name="Angaben lesen").click()
    expect(tomasz.get_by_text("Olena Musterchuk")).to_be_visible()
    look(tomasz, guest, "eingang-angaben")

    assert withdraw_grant(grant) == 1
    tomasz.goto(tomasz.url.removesuffix("angaben/"))
    expect(tomasz.get_by_text("Die Person hat ihre Einwilligung widerrufen")).to_be_visible()
    expect(tomasz.get_by_text("Begleitung beim Antrag")).to_have_count(0)
    look(tomasz, guest, "eingang-widerrufen")
    frieda.goto(url)
    expect(frieda.locator(".ui-head")).to_contain_text("gestoppt")


def test_strangers_the_authority_and_the_administrator_see_nothing(
    sign_in_as: SignInAs, server: DemoServer, guest: Visitor
) -> None:
    """Neither by a known address nor by any page they have: not the case, the person, the referral or the consent."""
    case = prepare("Verborgenko")
    consent(case, JOBCENTER, "referral")
    frieda = sign_in_as("frieda")
    referral = refer(frieda, case, JOBCENTER, "An den Eingang der Stelle").removeprefix(server.address)
    ((person,),) = server.ask("select person_id from casework_case where id = %s", case)
    closed = (
        f"/faelle/{case}/", f"/faelle/{case}/kontakte/", f"/faelle/{case}/verbindungen/", referral,
        f"/faelle/personen/{person}/", f"/faelle/einwilligungen/personen/{person}/",
    )  # fmt: skip
    for name in ("tomasz", "arno", "sam"):
        page = sign_in_as(name)
        for address in closed:
            answer = page.goto(address)
            assert answer
            assert answer.status in {403, 404}, (name, address)
            expect(page.get_by_text("Verborgenko")).to_have_count(0)
        for address in ("/", "/suche/?q=Verborgenko"):
            page.goto(address)
            expect(page.locator("main").get_by_role("link", name="Verborgenko")).to_have_count(0)
    guest.complaints.clear()  # the browser notes every closed door


def test_a_conference_with_an_invitee_not_covered_tells_nobody_until_it_is_mended(
    sign_in_as: SignInAs, guest: Visitor
) -> None:
    case = prepare("Probenko")
    consent(case, JOBCENTER, "case_conference")
    frieda = sign_in_as("frieda")
    frieda.goto(f"/faelle/konferenzen/neu/{case}/")
    frieda.get_by_label("Anlass").fill("Übergang in Ausbildung")
    frieda.get_by_label("Tag", exact=True).fill((date.today() + timedelta(days=7)).isoformat())
    frieda.get_by_label("Uhrzeit").fill("10:00")
    frieda.get_by_label("Frage", exact=True).fill("Wer trägt die Kosten der Anerkennung?")
    for name in (JOBCENTER, TROISDORF):
        frieda.get_by_label(name, exact=True).check()
    look(frieda, guest, "konferenz-neu")
    frieda.get_by_role("button", name="Planen").click()
    expect(frieda.get_by_text(f"Keine gültige Einwilligung deckt {TROISDORF}")).to_be_visible()
    expect(frieda.get_by_role("link", name="Eingeladene informieren")).to_have_count(0)
    look(frieda, guest, "konferenz-nicht-gedeckt")
    frieda.get_by_role("link", name=f"Nach Einwilligung fragen {TROISDORF}").click()
    expect(frieda.get_by_role("heading", level=1)).to_contain_text("Probenko")
    frieda.go_back()
    frieda.get_by_role("link", name="Einladen", exact=True).click()
    frieda.get_by_label(TROISDORF, exact=True).uncheck()
    frieda.get_by_role("button", name="Speichern").click()
    frieda.get_by_role("link", name="Eingeladene informieren").click()
    look(frieda, guest, "konferenz-informieren")
    frieda.get_by_role("button", name="Jetzt informieren").click()
    expect(frieda.locator("main")).to_contain_text("informiert")
    look(frieda, guest, "konferenz")


def test_a_checklist_is_kept_by_keyboard(sign_in_as: SignInAs, guest: Visitor) -> None:
    case = prepare("Listenko")
    frieda = sign_in_as("frieda")
    frieda.goto(f"/faelle/aufenthalt/neu/{case}/")
    choose(frieda, "list", "Einbürgerung")
    frieda.get_by_role("button", name="Beginnen").press("Enter")
    state = frieda.get_by_label("Gültiger Pass oder anderer Nachweis der Identität")
    state.focus()
    frieda.keyboard.type("liegt")
    frieda.get_by_role("button", name="Checkliste speichern").press("Enter")
    expect(frieda.locator("#notices")).to_contain_text("gespeichert")
    expect(frieda.get_by_label("Gültiger Pass oder anderer Nachweis der Identität")).to_have_value("ready")
    look(frieda, guest, "checkliste")
