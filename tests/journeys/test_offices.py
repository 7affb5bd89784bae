"""Released rows reach the offices: the school office fetches twice, the foreigners' authority prints invitations."""

from __future__ import annotations

from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.journeys.conftest import SignInAs, Visitor
from tests.journeys.server import DemoServer

RELEASED_CHILDREN = """
select count(*) from arrivals_registration
where state = 'released' and merged_into_id is null and needs_school
"""
NOT_OF_SCHOOL_AGE = """
select count(*) from arrivals_deliveredrow d join arrivals_registration r on r.id = d.registration_id
where d.kind = 'school_office' and not r.needs_school
  and date_part('year', age(r.arrived_on, r.birth_date)) not between 6 and 17
"""
A_CHILD = """
select registration_id from arrivals_deliveredrow where kind = 'school_office' and is_current
order by registration_id limit 1
"""
RELEASED_FOR_NOBODY_YET = """
select min(id) from arrivals_registration r where state = 'released' and merged_into_id is null
  and not exists (select from arrivals_deliveredrow d where d.registration_id = r.id)
"""
A_DAY_LATER = """
with acting as materialized (
  select set_config('kimwerk.actor', id::text, true) from accounts_account where email = %s)
update arrivals_registration r set checked_at = now() - interval '25 hours' from acting where r.id = %s returning r.id
"""


def open_list(page: Page) -> None:
    page.goto("/erfassung/stelle/")
    page.get_by_role("link", name="Ukraine 2022").click()


def fetch(page: Page) -> None:
    open_list(page)
    page.get_by_role("button", name="Neues abrufen").click()


def test_the_school_office_fetches_twice_and_the_foreigners_authority_invites(
    sign_in_as: SignInAs, server: DemoServer, guest: Visitor
) -> None:
    school_fetches_twice(sign_in_as("sabine"), server, guest)
    coordination_corrects_and_releases(sign_in_as("karin"), server, guest)
    school_gets_the_change_only(sign_in_as("sabine"), guest)
    authority_invites(sign_in_as("amira"), guest)
    kinds = "select kind from arrivals_receipt where kind <> 'fetched' order by kind"
    assert server.ask(kinds) == [("letters",), ("xlsx",)]


def school_fetches_twice(page: Page, server: DemoServer, guest: Visitor) -> None:
    ((released,),) = server.ask(RELEASED_CHILDREN)
    expect(page.get_by_role("link", name=f"{released} Zeilen abzurufen")).to_be_visible()
    page.goto("/erfassung/stelle/")
    guest.check(page)
    fetch(page)
    expect(page.locator("main")).to_contain_text(f"{released} Zeilen sind abgerufen.")
    assert server.ask(NOT_OF_SCHOOL_AGE) == [(0,)]
    guest.check(page)
    columns = " ".join(page.locator("table th").all_inner_texts())
    assert "Geburtsdatum" in columns
    assert "Telefon" not in columns
    fetch(page)
    expect(page.locator("main")).to_contain_text("Nichts ist neu oder geändert")


def coordination_corrects_and_releases(page: Page, server: DemoServer, guest: Visitor) -> None:
    ((child,),) = server.ask(A_CHILD)
    page.goto(f"/erfassung/zeilen/{child}/berichtigen/")
    expect(page.locator("main")).to_contain_text("Nicht erfasst, weil keine Stelle es braucht")
    page.fill("#id_given_names", "Bohdan")
    page.get_by_role("button", name="Speichern").click()
    page.get_by_role("button", name="Als geprüft vermerken").click()
    expect(page.get_by_role("button", name="Freigeben")).to_have_count(0)  # it is held back for a day
    assert server.ask(A_DAY_LATER, "karin@kimwerk.example", child) == [(child,)]
    page.reload()
    page.get_by_role("button", name="Freigeben").click()
    expect(page.get_by_role("button", name="Freigabe zurücknehmen")).to_have_count(0)  # the school office has the row
    takes_a_release_back(page, server, guest)
    page.goto("/erfassung/bedarf/")
    guest.check(page)
    page.goto("/erfassung/abrufe/")
    expect(page.locator("main")).to_contain_text("Schulamt Rhein-Sieg")
    guest.check(page)


def takes_a_release_back(page: Page, server: DemoServer, guest: Visitor) -> None:
    """As long as no office has the row; it stays checked, and is held back like any other."""
    ((row,),) = server.ask(RELEASED_FOR_NOBODY_YET)
    page.goto(f"/erfassung/zeilen/{row}/")
    page.get_by_role("button", name="Freigabe zurücknehmen").click()
    expect(page.locator("main")).to_contain_text("Die Freigabe ist zurückgenommen.")
    expect(page.locator(".ui-head")).to_contain_text("geprüft")
    expect(page.get_by_role("button", name="Freigabe zurücknehmen")).to_have_count(0)
    guest.check(page)


def school_gets_the_change_only(page: Page, guest: Visitor) -> None:
    fetch(page)
    expect(page.locator("main")).to_contain_text("1 Zeile ist abgerufen.")
    expect(page.locator("main")).to_contain_text("Bohdan")
    expect(page.locator("main")).to_contain_text("geändert")
    open_list(page)
    guest.check(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Als XLSX entnehmen").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    page.get_by_role("link", name="Plätze").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Plätze im Schuljahr")
    guest.check(page)


def authority_invites(page: Page, guest: Visitor) -> None:
    fetch(page)
    page.get_by_role("link", name="Was wir haben").click()
    page.get_by_role("link", name="Einladungen zur Registrierung").click()
    guest.check(page)
    page.get_by_role("link", name="Einladen").click()
    page.fill("#id_first_day", (date.today() + timedelta(days=10)).isoformat())
    page.fill("#id_most", "5")
    page.fill("#id_place", "Kreishaus Siegburg, Raum A 1.23")
    guest.check(page)
    page.get_by_role("button", name="Termine vergeben").click()
    expect(page.locator("main")).to_contain_text("5 Haushalte sind eingeladen.")
    with page.expect_download() as letters:
        page.get_by_role("button", name="Briefe der Serie 1 drucken").click()
    assert letters.value.path().read_bytes().startswith(b"%PDF")
    page.get_by_role("table").get_by_role("link").first.click()
    guest.check(page)
    page.get_by_role("link", name="Neuer Termin").click()
    page.fill("#id_day", "2027-03-26")  # Good Friday
    guest.check(page)
    page.get_by_role("button", name="Speichern").click()
    expect(page.locator("main")).to_contain_text("ein Feiertag")
    page.fill("#id_day", "2027-03-25")
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("button", name="Briefe der Serie 2 drucken")).to_be_visible()
    page.get_by_role("button", name="Als registriert vermerken").click()
    expect(page.locator("main")).to_contain_text("registriert")
