"""Nothing typed is lost: drafts, lost sessions and connections, double clicks; and lists one finds things in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import override_settings
from django.urls import clear_url_caches
from playwright.sync_api import Page, Route, expect

from tests.journeys import workshop
from tests.journeys.conftest import Visit, Visitor, list_to_type_into


@pytest.fixture(autouse=True)
def the_workshop(site: str) -> Iterator[None]:
    with override_settings(ROOT_URLCONF="tests.journeys.workshop"):
        clear_url_caches()
        yield
    clear_url_caches()
    workshop.RECEIVED.clear()


def fill(page: Page, title: str = "Runder Tisch") -> None:
    page.get_by_label("Titel").fill(title)
    list_to_type_into(page, "Kommune").fill("muster")
    page.keyboard.press("Enter")


def test_what_was_typed_is_back_after_closing_the_page(visit: Visit) -> None:
    page = visit("/eintrag/?key=entry")
    fill(page)
    page.get_by_label("Sprache").check()
    page.goto("/fertig/")
    page.goto("/eintrag/?key=entry")
    expect(page.get_by_label("Titel")).to_have_value("Runder Tisch")
    expect(list_to_type_into(page, "Kommune")).to_have_value("Musterstadt")
    expect(page.get_by_label("Sprache")).to_be_checked()
    expect(page.get_by_text("Sie sind noch nicht gespeichert.")).to_be_visible()


def test_a_draft_can_be_discarded_for_good(visit: Visit) -> None:
    page = visit("/eintrag/?key=entry")
    fill(page)
    page.reload()
    page.get_by_role("button", name="Verwerfen").click()
    expect(page.get_by_label("Titel")).to_have_value("")
    expect(list_to_type_into(page, "Kommune")).to_have_value("")
    page.reload()
    expect(page.get_by_label("Titel")).to_have_value("")


def test_a_draft_is_forgotten_once_the_server_has_it(visit: Visit) -> None:
    page = visit("/eintrag/?key=entry")
    fill(page)
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_text("Gespeichert.")).to_be_visible()
    page.goto("/eintrag/?key=entry")
    expect(page.get_by_label("Titel")).to_have_value("")
    assert workshop.RECEIVED == ["Runder Tisch"]


def test_a_draft_survives_a_refusal_of_the_server(visit: Visit) -> None:
    page = visit("/eintrag/?key=entry")
    page.locator("#entry").evaluate("form => form.noValidate = true")
    fill(page, "ab")
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.goto("/eintrag/?key=entry")
    expect(page.get_by_label("Titel")).to_have_value("ab")


def test_signing_out_takes_all_drafts_along(visit: Visit) -> None:
    page = visit("/eintrag/?key=entry")
    fill(page)
    page.get_by_role("button", name="Abmelden").click()
    page.wait_for_url("**/fertig/")
    page.goto("/eintrag/?key=entry")
    expect(page.get_by_label("Titel")).to_have_value("")


def test_leaving_an_unsaved_form_asks_first(visit: Visit) -> None:
    page = visit("/eintrag/")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_label("Titel").press_sequentially("Runder")
    page.goto("/fertig/")
    assert asked == ["beforeunload"]


def test_a_kept_form_or_an_untouched_one_is_left_without_asking(visit: Visit) -> None:
    page = visit("/eintrag/?key=entry")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_label("Titel").press_sequentially("Runder")
    page.goto("/eintrag/")
    page.goto("/fertig/")
    assert asked == []


def test_a_double_click_saves_once(visit: Visit) -> None:
    page = visit("/eintrag/?key=entry")
    fill(page)
    page.get_by_role("button", name="Speichern").dblclick()
    expect(page.get_by_text("Gespeichert.")).to_be_visible()
    assert workshop.RECEIVED == ["Runder Tisch"]


def test_a_live_answer_follows_the_typing_and_the_focus_stays(visit: Visit) -> None:
    page = visit("/eintrag/")
    page.get_by_label("Zeile").press_sequentially("wort")
    expect(page.get_by_text("4 Zeichen")).to_be_visible()
    expect(page.get_by_label("Zeile")).to_be_focused()


@pytest.mark.parametrize(
    ("words", "said"),
    [("abgemeldet", "Sie sind nicht mehr angemeldet."), ("kaputt", "Der Fehler liegt bei uns.")],
)
def test_a_failed_answer_is_told_at_its_place_and_can_be_tried_again(visitor: Visitor, words: str, said: str) -> None:
    page = visitor.open("/eintrag/")
    page.get_by_label("Zeile").fill(words)
    notice = page.get_by_role("alert").filter(has_text=said)
    expect(notice).to_be_visible()
    expect(page.get_by_label("Zeile")).to_have_value(words)
    page.locator("#words").evaluate("field => field.value = 'heil'")
    notice.get_by_role("button", name="Erneut versuchen").click()
    expect(page.get_by_text("4 Zeichen")).to_be_visible()
    expect(notice).to_have_count(0)


def test_a_lost_connection_is_told_and_goes_away_by_itself(visit: Visit) -> None:
    page = visit("/eintrag/")

    def cut(route: Route) -> None:
        route.abort("internetdisconnected")

    page.route("**/lesen/**", cut)
    page.get_by_label("Zeile").fill("wort")
    notice = page.get_by_role("alert").filter(has_text="Keine Verbindung.")
    expect(notice).to_be_visible()
    page.unroute("**/lesen/**")
    page.get_by_label("Zeile").fill("worte")
    expect(page.get_by_text("5 Zeichen")).to_be_visible()
    expect(notice).to_have_count(0)


def test_one_of_many_is_found_by_typing_and_by_arrows(visit: Visit) -> None:
    page = visit("/eintrag/")
    box = list_to_type_into(page, "Kommune")
    box.fill("DER PR")
    expect(page.get_by_role("option")).to_have_text(["Neudorf an der Probe"])
    box.fill("")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_text("Beispielhausen")
    page.keyboard.press("Enter")
    expect(box).to_have_value("Beispielhausen")
    expect(page.locator("#id_municipality_value")).to_have_value("beispielhausen")
    expect(box).to_have_attribute("aria-expanded", "false")


def test_what_is_not_on_the_list_is_not_taken(visit: Visit) -> None:
    page = visit("/eintrag/")
    box = list_to_type_into(page, "Kommune")
    box.fill("Atlantis")
    expect(page.get_by_role("option")).to_have_text("nichts gefunden")
    box.blur()
    expect(box).to_have_value("")
    expect(page.locator("#id_municipality_value")).to_have_value("")


def test_a_suggestion_may_be_taken_or_ignored(visit: Visit) -> None:
    page = visit("/eintrag/")
    box = list_to_type_into(page, "Ort")
    box.fill("bur")
    page.get_by_role("option", name="Bürgerhaus").click()
    expect(box).to_have_value("Bürgerhaus")
    box.fill("Turnhalle")
    box.blur()
    expect(box).to_have_value("Turnhalle")


def test_several_of_many_are_searched_and_counted(visit: Visit) -> None:
    page = visit("/eintrag/")
    group = page.get_by_role("group", name="Themen")
    group.get_by_label("Wohnen").check()
    group.get_by_role("searchbox").fill("spr")
    expect(group.get_by_role("checkbox")).to_have_count(2)
    group.get_by_label("Sprache").check()
    expect(group.get_by_role("status")).to_have_text("2 gewählt")


def test_keys_do_nothing_while_somebody_types(visit: Visit) -> None:
    page = visit("/eintrag/")
    page.get_by_label("Titel").press_sequentially("n?")
    expect(page.get_by_label("Titel")).to_have_value("n?")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert not page.url.endswith("#main")
    page.get_by_label("Titel").blur()
    page.keyboard.press("n")
    page.wait_for_url("**#main")
