"""The diary as a case manager lives with it: seconds at the keyboard, taps on the phone, nothing lost."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import SIDES, SignInAs, Visitor, list_to_type_into
from tests.journeys.server import DemoServer

MOST_KEYS = 12
MOST_TAPS = 4
SLOW_FINGER = 400  # milliseconds between pressing a button and letting go
COUNT = """
if (window.presses === undefined) document.addEventListener("keydown", () => { window.presses += 1; }, true);
window.presses = 0;
"""


@pytest.fixture
def frieda(sign_in_as: SignInAs) -> Page:
    """Frieda on My day."""
    return sign_in_as("frieda")


def own_today(server: DemoServer) -> list[tuple[object, ...]]:
    return server.ask(
        """
        select c.code, a.participants_target, a.minutes, m.name from activities_activity a
        join activities_category c on c.id = a.kind_id left join directory_municipality m on m.id = a.municipality_id
        join accounts_account p on p.id = a.done_by_id
        where p.email = 'frieda@kimwerk.example' and a.day = walls.today() and a.removed_at is null order by a.id
        """
    )


def press_line(page: Page, line: str) -> int:
    """Type a line key by key, see what it says, and save it; gives the number of key presses."""
    page.evaluate(COUNT)
    page.keyboard.press("n")
    expect(page.locator("#quick-line")).to_be_focused()
    page.keyboard.type(line)
    expect(page.locator("#quick-reading .diary-facts")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#quick-line")).to_have_value("")
    presses: int = page.evaluate("window.presses")
    return presses


def test_three_activities_are_logged_by_keyboard_in_twelve_keys_each(
    frieda: Page, server: DemoServer, guest: Visitor
) -> None:
    before = len(own_today(server))
    for line in ("eb si 2 30", "vb jc 1 15", "ak 90min"):
        frieda.get_by_role("heading", level=1).click()  # the key "n" brings the focus back
        assert press_line(frieda, line) <= MOST_KEYS
        expect(frieda.locator("#notices")).to_contain_text("Gespeichert")
        expect(frieda.locator("#quick-line")).to_be_focused()
    rows = own_today(server)[before:]
    assert [row[:3] for row in rows] == [("erstgespraech", 2, 30), ("verweisberatung", 1, 15), ("arbeitskreis", 0, 90)]
    expect(frieda.locator("#recent section").first.locator("li")).to_have_count(before + 3)
    guest.check(frieda)


def test_what_was_saved_can_be_undone_from_the_notice(frieda: Page, server: DemoServer) -> None:
    before = len(own_today(server))
    frieda.locator("#quick-line").fill("eb si 1 15min")
    frieda.locator("#quick-line").press("Enter")
    frieda.locator("#notices").get_by_role("button", name="Rückgängig").click()
    expect(frieda.locator("#notices")).to_contain_text("zurückgenommen")
    assert len(own_today(server)) == before


def test_on_a_phone_four_taps_log_a_usual_activity(sign_in_as: SignInAs, server: DemoServer, guest: Visitor) -> None:
    page = sign_in_as("frieda")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/")
    before, taps = len(own_today(server)), 0
    for tap in (
        page.get_by_role("link", name="Telefonberatung"),
        page.get_by_role("button", name="eine Person mehr"),
        page.get_by_role("group", name="Minuten").get_by_role("button", name="45"),
        page.get_by_role("button", name="Speichern", exact=True),
    ):
        tap.click()  # buttons rest until the answer of the tap before is there
        taps += 1
    expect(page.locator("#notices")).to_contain_text("Gespeichert")
    assert taps <= MOST_TAPS
    assert own_today(server)[before][:3] == ("beratung-telefon", 2, 45)
    guest.check(page)


def test_an_unknown_word_is_asked_back_and_mended_with_one_button(frieda: Page) -> None:
    frieda.locator("#quick-line").fill("eb siegburk 2")
    expect(frieda.locator("#quick-reading")).to_contain_text("„siegburk“ kennt das Tagebuch nicht")
    frieda.get_by_role("button", name="Siegburg (Kommune)").click()
    expect(frieda.locator("#quick-line")).to_have_value("eb Siegburg 2")
    expect(frieda.locator(".diary-question")).to_have_count(0)


def test_a_button_below_the_line_stays_while_it_is_pressed(frieda: Page) -> None:
    frieda.locator("#quick-line").fill("eb siegburk 2")
    button = frieda.get_by_role("button", name="Siegburg (Kommune)")
    button.hover()
    frieda.mouse.down()
    frieda.wait_for_timeout(SLOW_FINGER)
    frieda.mouse.up()
    expect(frieda.locator("#quick-line")).to_have_value("eb Siegburg 2")


def test_a_reading_that_failed_is_tried_again_from_the_notice(frieda: Page) -> None:
    frieda.route("**/tagebuch/schnell/lesen/", lambda route: route.abort("internetdisconnected"))
    frieda.locator("#quick-line").fill("eb si 4 60min")
    notice = frieda.get_by_role("alert").filter(has_text="Keine Verbindung").first
    expect(notice).to_be_visible()
    frieda.unroute("**/tagebuch/schnell/lesen/")
    notice.get_by_role("button").first.click()
    expect(frieda.locator("#quick-reading")).to_contain_text("Siegburg")


def test_a_lost_connection_keeps_the_line_and_a_second_try_saves_it(frieda: Page, server: DemoServer) -> None:
    before = len(own_today(server))

    def cut(route: Route) -> None:
        route.abort("internetdisconnected")

    frieda.route("**/tagebuch/schnell/**", cut)
    frieda.locator("#quick-line").fill("eb si 4 60min")
    frieda.locator("#quick-line").press("Enter")
    notice = frieda.get_by_role("alert").filter(has_text="Keine Verbindung").first
    expect(notice).to_be_visible()
    expect(frieda.locator("#quick-line")).to_have_value("eb si 4 60min")
    frieda.unroute("**/tagebuch/schnell/**")
    frieda.reload()
    expect(frieda.locator("#quick-line")).to_have_value("eb si 4 60min")
    frieda.locator("#quick-line").press("Enter")
    expect(frieda.locator("#notices")).to_contain_text("Gespeichert")
    assert len(own_today(server)) == before + 1


def test_a_lost_session_keeps_the_line(frieda: Page) -> None:
    frieda.locator("#quick-line").fill("eb si 3 30min")
    frieda.wait_for_load_state("networkidle")
    frieda.context.clear_cookies(name="sessionid")
    frieda.locator("#quick-line").press("Enter")
    expect(frieda.get_by_role("alert").filter(has_text="nicht mehr angemeldet").first).to_be_visible()
    expect(frieda.locator("#quick-line")).to_have_value("eb si 3 30min")


def test_without_scripts_the_line_is_confirmed_first(frieda: Page, server: DemoServer) -> None:
    cookie = next(each["value"] for each in frieda.context.cookies() if each["name"] == "sessionid")
    browser = frieda.context.browser
    assert browser
    context = browser.new_context(base_url=server.address, java_script_enabled=False, locale="de-DE")
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": server.address}])
    before, page = len(own_today(server)), context.new_page()
    page.goto("/")
    page.locator("#quick-line").fill("eb si 2 30min")
    page.get_by_role("button", name="Speichern", exact=True).click()
    assert len(own_today(server)) == before
    page.get_by_role("button", name="So speichern").click()
    expect(page.locator("#notices")).to_contain_text("Gespeichert")
    assert len(own_today(server)) == before + 1
    context.close()


def test_two_tabs_end_in_a_choice(frieda: Page, guest: Visitor) -> None:
    frieda.locator("#quick-line").fill("eb si 2 30min")
    frieda.locator("#quick-line").press("Enter")
    expect(frieda.locator("#notices")).to_contain_text("Gespeichert")
    frieda.locator("#recent li a").first.click()
    frieda.get_by_role("link", name="Korrigieren").click()
    other = frieda.context.new_page()
    other.goto(frieda.url)
    other.get_by_label("Minuten").fill("45")
    other.get_by_role("button", name="Speichern", exact=True).click()
    expect(other.locator("#notices")).to_contain_text("korrigiert")
    frieda.get_by_label("Minuten").fill("60")
    frieda.get_by_role("button", name="Speichern", exact=True).click()
    expect(frieda.get_by_role("heading", level=1)).to_have_text("Zwei haben diesen Eintrag korrigiert")
    guest.complaints[:] = [each for each in guest.complaints if "409" not in each]
    guest.check(frieda)
    frieda.get_by_role("group", name="Minuten").get_by_text("inzwischen gespeichert").click()
    frieda.get_by_role("button", name="Gewählte Angaben speichern").click()
    expect(frieda.locator("main dl")).to_contain_text("45")


def test_the_site_follows_the_municipality(frieda: Page) -> None:
    frieda.goto("/tagebuch/neu/")
    box = list_to_type_into(frieda, "Kommune")
    box.fill("Bornheim")
    frieda.keyboard.press("Enter")
    expect(frieda.locator("#id_site option")).to_have_text(["", "Rathaus Bornheim"])


def test_the_list_follows_the_filter_and_the_back_button_returns(frieda: Page, guest: Visitor) -> None:
    frieda.goto("/tagebuch/?window=all")
    whole = frieda.locator(".diary-list__sums").inner_text()
    frieda.locator(".ui-filter summary").click()
    kind = list_to_type_into(frieda, "Art")
    kind.fill("Workshop")
    frieda.keyboard.press("Enter")
    expect(frieda.locator(".ui-chip").filter(has_text="Workshop")).to_be_visible()
    expect(kind).to_be_focused()
    expect(frieda).to_have_url(re.compile("kind="))
    expect(frieda.locator(".diary-list__sums")).not_to_have_text(whole)
    guest.check(frieda)
    frieda.locator("#diary-list tbody a").first.click()
    frieda.go_back()
    expect(frieda.locator(".ui-chip").filter(has_text="Workshop")).to_be_visible()


def test_exactly_the_filtered_rows_leave_as_a_file(frieda: Page, tmp_path: Path) -> None:
    frieda.goto("/tagebuch/?window=all&minutes=no")
    number = frieda.locator(".diary-list__sums").inner_text().split("·")[1].split()[0].replace(".", "")
    frieda.get_by_text("Ausgeben").click()
    with frieda.expect_download() as download:
        frieda.get_by_role("link", name="Als Text (CSV)").click()
    path = tmp_path / "tagebuch.csv"
    download.value.save_as(path)
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";"))
    assert len(rows) == int(number)
    assert {row["Minuten"] for row in rows} <= {""}


def test_an_afternoon_is_pasted_into_the_grid_and_survives_a_reload(
    frieda: Page, server: DemoServer, guest: Visitor
) -> None:
    before = len(own_today(server))
    frieda.goto("/tagebuch/raster/")
    rows = "\n".join(f"heute\tErstgespräch\t\tSiegburg\t\t\t{number}\t0\t20" for number in range(1, 13))
    frieda.locator("tbody input").first.evaluate(
        """(cell, text) => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          cell.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        rows,
    )
    expect(frieda.locator("[name=r11-target]")).to_have_value("12")
    frieda.reload()
    expect(frieda.get_by_text("Sie sind noch nicht gespeichert")).to_be_visible()
    expect(frieda.locator("[name=r11-target]")).to_have_value("12")
    frieda.locator("[name=r3-kind]").fill("Quatsch")
    frieda.get_by_role("button", name="Alle Zeilen speichern").click()
    expect(frieda.get_by_role("alert").first).to_contain_text("1 Zeile braucht eine Korrektur")
    guest.complaints[:] = [each for each in guest.complaints if "422" not in each]
    guest.check(frieda)
    frieda.locator("[name=r3-kind]").fill("Erstgespräch")
    frieda.get_by_role("button", name="Alle Zeilen speichern").click()
    expect(frieda.locator("#notices")).to_contain_text("12 Einträge gespeichert")
    assert len(own_today(server)) == before + 12


@pytest.mark.parametrize(("width", "theme"), SIDES)
def test_every_page_of_the_diary_is_sound_on_every_side(
    sign_in_as: SignInAs, guest: Visitor, width: int, theme: str
) -> None:
    page = sign_in_as("karin")
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    for path in (
        "/tagebuch/schnell/?line=eb%20siegburk%202%2030", "/tagebuch/neu/?line=vb%20mbe", "/tagebuch/ansichten/",
        "/tagebuch/wiederholen/?day=2022-03-07", "/tagebuch/kategorien/topic/", "/tagebuch/kategorien/kind/neu/",
        "/tagebuch/?window=all&whose=own&note=nichts", "/tagebuch/summen/?window=all",
    ):  # fmt: skip
        page.goto(path)
        guest.check(page)
    page.goto("/tagebuch/?window=all")
    page.locator("#diary-list tbody a").first.click()
    guest.check(page)
