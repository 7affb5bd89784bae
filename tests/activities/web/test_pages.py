"""The diary's pages: what they show, what they refuse and where, and that nothing is half-saved."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from kimwerk.access.walls import set_actor
from kimwerk.activities.models import Activity, Category, DiarySettings, Favourite, SavedView
from tests.activities.diary import stands
from tests.cast import Cast, as_owner

SignIn = Callable[[str], Client]


def entered(cast: Cast) -> dict[str, object]:
    """What a browser sends for a usual entry."""
    return {
        "day": "2022-03-07",
        "kind": cast.categories["erstgespraech"],
        "municipality": cast.municipalities["Siegburg"],
        "site": cast.sites["Rathaus Siegburg"],
        "done_by": cast.accounts["frieda"],
        "participants_target": "2",
        "participants_partner": "",
        "minutes": "30",
        "topics": [cast.categories["wohnen"], cast.categories["arbeit"]],
    }


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]  # an answer of the test client


def entries_of(cast: Cast, character: str = "frieda") -> list[Activity]:
    set_actor(cast.accounts[character])
    return list(Activity.objects.filter(done_by=cast.accounts[character], removed_at=None).order_by("pk"))


@pytest.mark.parametrize(
    "path",
    [
        "/", "/tagebuch/", "/tagebuch/?window=all&sort=person", "/tagebuch/schnell/?line=workshop", "/tagebuch/neu/",
        "/tagebuch/raster/", "/tagebuch/woche/?day=2022-03-07", "/tagebuch/summen/?window=all", "/tagebuch/kategorien/",
        "/tagebuch/kategorien/topic/", "/tagebuch/kategorien/kind/neu/", "/tagebuch/regeln/", "/tagebuch/favoriten/",
        "/tagebuch/ansichten/", "/tagebuch/wiederholen/?day=2022-03-07", "/tagebuch/zuletzt/",
    ],
)  # fmt: skip
def test_every_page_is_whole_and_in_german(path: str, cast: Cast, sign_in: SignIn) -> None:
    stands(cast, "karin", count=2, last_day=date(2022, 3, 9))
    answer = sign_in("karin").get(path)
    assert answer.status_code == 200
    assert "!!undefined" not in text(answer)


def test_the_list_shows_only_ones_own_to_a_case_manager(cast: Cast, sign_in: SignIn) -> None:
    stands(cast, minutes=11)
    stands(cast, "mehmet", minutes=22)
    page = text(sign_in("frieda").get("/tagebuch/?window=all&whose=team"))
    assert ">11<" in page
    assert ">22<" not in page
    assert "Mehmet" not in page


def test_filtering_gives_the_list_alone_with_an_address_worth_keeping(cast: Cast, sign_in: SignIn) -> None:
    stands(cast)
    headers = {"HX-Request": "true", "HX-Target": "diary-list"}
    answer = sign_in("frieda").get("/tagebuch/?window=all&kind=&site=&sort=", headers=headers)
    assert answer.headers["HX-Push-Url"] == "/tagebuch/?window=all"
    assert "<html" not in text(answer)


@pytest.mark.parametrize("query", ["kind=x", "first=31.02.2022", "sort=drop", "page=99999", "window=ever", "person=1"])
def test_a_wrong_address_shows_the_list_all_the_same(query: str, cast: Cast, sign_in: SignIn) -> None:
    stands(cast)
    assert sign_in("frieda").get(f"/tagebuch/?{query}").status_code == 200


def test_fifty_a_page_and_then_the_next(cast: Cast, sign_in: SignIn) -> None:
    stands(cast, count=51)
    client = sign_in("frieda")
    assert text(client.get("/tagebuch/?window=all")).count('id="entry-') == 50
    assert text(client.get("/tagebuch/?window=all&page=2")).count('id="entry-') == 1


def test_ids_are_written_without_thousands_separators(cast: Cast, sign_in: SignIn) -> None:
    [entry] = stands(cast)
    with as_owner():
        Activity.objects.filter(pk=entry.pk).update(id=1_234_567)
    page = text(sign_in("frieda").get("/tagebuch/?window=all"))
    assert 'href="/tagebuch/1234567/"' in page
    assert "1.234.567" not in page


def test_the_full_form_saves_every_fact(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in("frieda").post("/tagebuch/neu/", entered(cast))
    assert answer.status_code == 302
    [entry] = entries_of(cast)
    assert sorted(entry.topics) == sorted([cast.categories["wohnen"], cast.categories["arbeit"]])
    assert (entry.participants_target, entry.participants_partner, entry.minutes) == (2, 0, 30)


def test_a_site_alone_says_its_municipality(cast: Cast, sign_in: SignIn) -> None:
    sign_in("frieda").post("/tagebuch/neu/", entered(cast) | {"municipality": ""})
    assert entries_of(cast)[0].municipality_id == cast.municipalities["Siegburg"]


@pytest.mark.parametrize(
    ("changes", "place", "sentence"),
    [
        ({"day": "2022-02-31"}, "day", "gültiges Datum"),
        ({"day": "2999-01-01"}, "day", "in der Zukunft"),
        ({"minutes": "-5"}, "minutes", "größer oder gleich 0"),
        ({"minutes": "viel"}, "minutes", "ganze Zahl"),
        ({"kind": "999999"}, "kind", "keine gültige Auswahl"),
        ({"municipality": "999999"}, "municipality", "keine gültige Auswahl"),
        ({"last_day": "2022-03-01"}, "last_day", "muss nach dem ersten liegen"),
    ],
)
def test_an_impossible_fact_is_told_at_its_field_and_nothing_is_saved(
    changes: dict[str, object], place: str, sentence: str, cast: Cast, sign_in: SignIn
) -> None:
    answer = sign_in("frieda").post("/tagebuch/neu/", entered(cast) | changes)
    assert answer.status_code == 422
    page = text(answer)
    at_field = re.search(rf'id="id_{place}_error">(.*?)</div>', page, re.DOTALL)
    assert at_field
    assert sentence in at_field[1]
    assert entries_of(cast) == []


def test_a_case_manager_cannot_enter_for_somebody_else(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in("frieda").post("/tagebuch/neu/", entered(cast) | {"done_by": cast.accounts["mehmet"]})
    assert answer.status_code == 422
    assert entries_of(cast, "mehmet") == []


def test_there_is_no_note_to_fill_in_until_it_is_allowed(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("frieda")
    assert 'name="note"' not in text(client.get("/tagebuch/neu/"))
    client.post("/tagebuch/neu/", entered(cast) | {"note": "geschmuggelt"})
    assert entries_of(cast)[0].note == ""
    with as_owner():
        DiarySettings.objects.create(organisation_id=cast.organisations["Rhein-Sieg-Kreis"], is_note_enabled=True)
    assert "nichts, was auf eine Person hinweist" in text(client.get("/tagebuch/neu/"))


def test_two_tabs_end_in_a_choice_and_nothing_is_overwritten(cast: Cast, sign_in: SignIn) -> None:
    [entry] = stands(cast)
    url = f"/tagebuch/{entry.pk}/korrigieren/"
    first, second = sign_in("karin"), sign_in("frieda")
    assert first.post(url, entered(cast) | {"version": "1", "minutes": "45", "topics": []}).status_code == 302
    conflict = second.post(
        url, entered(cast) | {"version": "1", "minutes": "60", "topics": [cast.categories["wohnen"]]}
    )
    assert conflict.status_code == 409
    page = text(conflict)
    assert "Karin Koordination hat eine Korrektur gespeichert" in page
    assert entries_of(cast)[0].minutes == 45
    sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    chosen = sent | {"choose-minutes": "theirs", "choose-topics": "mine"}
    assert second.post(url, chosen).status_code == 302
    [settled] = entries_of(cast)
    assert (settled.minutes, settled.topics, settled.version) == (45, [cast.categories["wohnen"]], 3)


@pytest.mark.parametrize("character", ["mehmet", "klara", "klaus", "lena", "sam"])
@pytest.mark.parametrize("part", ["", "korrigieren/", "entfernen/"])
def test_somebody_elses_entry_does_not_exist(character: str, part: str, cast: Cast, sign_in: SignIn) -> None:
    [entry] = stands(cast)
    client = sign_in(character)
    assert client.get(f"/tagebuch/{entry.pk}/{part}").status_code == 404
    assert client.post(f"/tagebuch/{entry.pk}/{part}", entered(cast)).status_code in {404, 405}
    assert client.post(f"/tagebuch/{entry.pk}/favorit/").status_code == 404
    assert entries_of(cast)[0].minutes == 30


def test_removing_asks_first_and_can_be_undone(cast: Cast, sign_in: SignIn) -> None:
    [entry] = stands(cast)
    client = sign_in("frieda")
    assert "nirgends mehr mitgezählt" in text(client.get(f"/tagebuch/{entry.pk}/entfernen/"))
    page = text(client.post(f"/tagebuch/{entry.pk}/entfernen/", follow=True))
    assert f"/tagebuch/{entry.pk}/zurueckholen/" in page
    assert entries_of(cast) == []
    client.post(f"/tagebuch/{entry.pk}/zurueckholen/")
    assert entries_of(cast) == [entry]


def test_a_day_is_repeated_as_chosen(cast: Cast, sign_in: SignIn) -> None:
    first, _second = stands(cast, count=2)
    answer = sign_in("frieda").post(
        "/tagebuch/wiederholen/?day=2022-03-07", {"day": "2022-03-08", "entries": [first.pk]}
    )
    assert answer.status_code == 302
    assert [each.day for each in entries_of(cast)] == [date(2022, 3, 7), date(2022, 3, 7), date(2022, 3, 8)]


def cells(**texts: str) -> dict[str, str]:
    """Cells of the grid's first row."""
    return {f"r0-{name}": value for name, value in texts.items()}


def test_the_grid_saves_rows_in_words(cast: Cast, sign_in: SignIn) -> None:
    rows = cells(
        day="07.03.2022", kind="workshop", municipality="siegburg", target="12", minutes="1,5h", topics="Wohnen, Arbeit"
    )
    rows |= {"r1-kind": "Arbeitskreis", "r1-partner": "4"}
    answer = sign_in("frieda").post("/tagebuch/raster/", rows)
    assert answer.status_code == 302
    first, second = entries_of(cast)
    assert (first.participants_target, first.minutes, len(first.topics)) == (12, 90, 2)
    assert (second.day, second.municipality_id) == (first.day, first.municipality_id)


def test_one_wrong_cell_saves_nothing_and_loses_nothing(cast: Cast, sign_in: SignIn) -> None:
    rows = cells(day="07.03.2022", kind="workshop", municipality="Siegburk") | {"r1-kind": "Arbeitskreis"}
    answer = sign_in("frieda").post("/tagebuch/raster/", rows)
    assert answer.status_code == 422
    page = text(answer)
    assert "„Siegburk“ ist unbekannt. Meinen Sie: Siegburg?" in page
    assert 'value="Siegburk"' in page
    assert 'value="Arbeitskreis"' in page
    assert entries_of(cast) == []


def test_rows_out_of_a_spreadsheet_are_taken_over(cast: Cast, sign_in: SignIn) -> None:
    pasted = (
        "07.03.2022\tWorkshop\t\tSiegburg\t\t\t12\t3\t90\r\n08.03.2022\tArbeitskreis\t\tTroisdorf\t\t\t0\t5\t60\r\n"
    )
    client = sign_in("frieda")
    page = text(client.post("/tagebuch/raster/", {"paste": pasted, "take": "1"}))
    assert 'name="r1-municipality" value="Troisdorf"' in page
    assert entries_of(cast) == []
    sent = dict(re.findall(r'<input name="(r\d+-\w+)" value="([^"]*)"', page))
    assert client.post("/tagebuch/raster/", sent).status_code == 302
    assert [each.participants_partner for each in entries_of(cast)] == [3, 5]


def test_the_grid_tells_at_the_cell_what_the_errand_refuses(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in("frieda").post("/tagebuch/raster/", cells(kind="workshop", referral="Behörden und Ämter"))
    assert answer.status_code == 422
    assert "Nur eine Verweisberatung hat ein Ziel" in text(answer)


def test_favourites_are_kept_changed_moved_and_removed(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("frieda")
    for label in ("Erste", "Zweite"):
        client.post("/tagebuch/favoriten/", {"new-label": label, "new-line": "workshop siegburg 3"})
    client.post("/tagebuch/favoriten/", {"new-label": "Erste", "new-line": "anderes"})
    set_actor(cast.accounts["frieda"])
    first, second = Favourite.objects.order_by("position")
    client.post(f"/tagebuch/favoriten/{second.pk}/", {"up": "1"})
    client.post(f"/tagebuch/favoriten/{first.pk}/", {f"f{first.pk}-label": "Neu", f"f{first.pk}-line": "workshop 4"})
    set_actor(cast.accounts["frieda"])
    assert [(each.label, each.line) for each in Favourite.objects.order_by("position")] == [
        ("Zweite", "workshop siegburg 3"),
        ("Neu", "workshop 4"),
    ]
    client.post(f"/tagebuch/favoriten/{first.pk}/", {"remove": "1"})
    set_actor(cast.accounts["frieda"])
    assert Favourite.objects.count() == 1


def test_an_entry_is_kept_as_a_favourite_that_enters_it_again(cast: Cast, sign_in: SignIn) -> None:
    [entry] = stands(cast)
    client = sign_in("frieda")
    client.post(f"/tagebuch/{entry.pk}/favorit/", {"label": "Sprechstunde"})
    assert "Sprechstunde" in text(client.get("/"))


def test_somebody_elses_favourite_does_not_exist(cast: Cast, sign_in: SignIn) -> None:
    with as_owner():
        kept = Favourite.objects.create(account_id=cast.accounts["frieda"], label="Meiner", line="workshop")
    assert sign_in("mehmet").post(f"/tagebuch/favoriten/{kept.pk}/", {"remove": "1"}).status_code == 404


def test_a_view_is_saved_under_a_name_and_found_again(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("frieda")
    client.post("/tagebuch/ansichten/?window=year&sort=-minutes&page=3", {"label": "Dieses Jahr"})
    set_actor(cast.accounts["frieda"])
    view = SavedView.objects.get()
    assert view.query == "window=year&sort=-minutes"
    assert "Dieses Jahr" in text(client.get("/tagebuch/"))
    client.post(f"/tagebuch/ansichten/{view.pk}/", {"label": "Jahr"})
    client.post(f"/tagebuch/ansichten/{view.pk}/", {"remove": "1"})
    set_actor(cast.accounts["frieda"])
    assert not SavedView.objects.exists()


def test_a_mapping_that_changes_from_a_day_on_keeps_what_held_before(cast: Cast, sign_in: SignIn) -> None:
    client, address = sign_in("karin"), f"/tagebuch/kategorien/topic/{cast.categories['arbeit']}/"
    form = {"label": "Arbeit", "scheme-land": "Arbeitsmarkt"}
    client.post(address, form)
    client.post(address, form | {"scheme-land": "Arbeit und Beruf", "mapped_since": "2023-01-01"})
    shown = client.get("/tagebuch/kategorien/topic/").content.decode()
    assert "land: Arbeitsmarkt (bis 31.12.2022)" in shown
    assert "land: Arbeit und Beruf (ab 01.01.2023)" in shown
    assert 'value="Arbeit und Beruf"' in client.get(address).content.decode()


def test_a_category_begins_is_mapped_and_ends(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("karin")
    made = client.post("/tagebuch/kategorien/topic/neu/", {"label": "Ehrenamt", "words": "Helfer,  eh ,Helfer"})
    assert made.status_code == 302
    category = Category.objects.get(label="Ehrenamt")
    assert (category.code, category.words) == ("ehrenamt", ["Helfer", "eh"])
    ended = {"label": "Ehrenamt", "words": "", "valid_until": "2022-12-31", "successor": cast.categories["arbeit"]}
    client.post(f"/tagebuch/kategorien/topic/{category.pk}/", ended)
    category.refresh_from_db()
    assert (category.valid_until, category.successor_id) == (date(2022, 12, 31), cast.categories["arbeit"])
    assert "danach: Arbeit" in text(client.get("/tagebuch/kategorien/topic/"))


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"label": "Wohnen"}, "hat schon einen Eintrag mit diesem Namen"),
        ({"label": "X", "valid_from": "2022-02-01", "valid_until": "2022-01-01"}, "liegt vor dem ersten"),
    ],
)
def test_a_category_that_cannot_be_is_told_at_its_field(
    sent: dict[str, str], sentence: str, cast: Cast, sign_in: SignIn
) -> None:
    answer = sign_in("karin").post("/tagebuch/kategorien/topic/neu/", sent)
    assert answer.status_code == 422
    assert sentence in text(answer)


def test_only_who_keeps_the_lists_changes_them(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("frieda")
    assert client.get("/tagebuch/kategorien/").status_code == 200
    assert client.post("/tagebuch/kategorien/topic/neu/", {"label": "X"}).status_code == 404
    assert client.post("/tagebuch/regeln/", {"days_shown": "30"}).status_code == 404


def test_the_rules_of_the_diary_are_set_by_the_coordination(cast: Cast, sign_in: SignIn) -> None:
    sent = {"is_note_enabled": "on", "days_shown": "30", "change_share": "25", "change_rows": "5"}
    assert sign_in("karin").post("/tagebuch/regeln/", sent).status_code == 302
    set_actor(cast.accounts["karin"])
    rules = DiarySettings.objects.get()
    assert (rules.is_note_enabled, rules.days_shown, rules.change_share) == (True, 30, 25)


def test_the_wall_keeps_the_rules_from_strangers(cast: Cast, sign_in: SignIn) -> None:
    with as_owner():
        DiarySettings.objects.create(organisation_id=cast.organisations["Rhein-Sieg-Kreis"])
    set_actor(cast.accounts["klaus"])
    assert not DiarySettings.objects.exists()
    set_actor(cast.accounts["frieda"])
    assert DiarySettings.objects.exists()
    assert DiarySettings.objects.update(days_shown=7) == 0
