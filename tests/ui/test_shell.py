"""Around every page: only what the reader can use."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import NoReverseMatch, path

from kimwerk.access.actors import NOBODY, Actor, Grant
from kimwerk.access.doors import ActorRequest, for_signed_in, needs, open_to_everyone
from kimwerk.access.permissions import Permission
from kimwerk.access.roles import Role, rights_of
from kimwerk.ui import shell
from kimwerk.ui.shell import Section, actor_of, navigation_of, shell_of

RIGHT = next(iter(rights_of(Role.CASE_MANAGER)))
FOREIGN = next(permission for permission in Permission if permission not in rights_of(Role.CASE_MANAGER))


@open_to_everyone
def everybody(_request: ActorRequest) -> HttpResponse:
    return HttpResponse()


@for_signed_in
def members(_request: ActorRequest) -> HttpResponse:
    return HttpResponse()


@needs(RIGHT)
def diary(_request: ActorRequest) -> HttpResponse:
    return HttpResponse()


@needs(FOREIGN)
def closed(_request: ActorRequest) -> HttpResponse:
    return HttpResponse()


def undeclared(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("", members, name="start"),
    path("tagebuch/", diary, name="diary"),
    path("tagebuch/raster/", diary, name="grid"),
    path("geheim/", closed, name="closed"),
    path("hilfe/", everybody, name="help"),
    path("vergessen/", undeclared, name="forgotten"),
    path("suche/", members, name="search"),
]
FRIEDA = Actor(account_id=7, name="Frieda Beispiel", grants=(Grant(Role.CASE_MANAGER, 1),))


@pytest.fixture(autouse=True)
def an_empty_shell(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(shell, "_sections", {section: [] for section in Section})
    monkeypatch.setattr(shell, "_user_menu", [])
    monkeypatch.setattr(shell, "_footer", [])
    monkeypatch.setattr(shell, "_search", [])
    monkeypatch.setattr(shell, "_belonging", {})
    monkeypatch.setattr(shell, "_standing_in", {})
    shell._door.cache_clear()
    with override_settings(ROOT_URLCONF=__name__, LOGIN_URL="/anmelden/"):
        yield
    shell._door.cache_clear()


def titles(actor: Actor, at: str) -> list[str]:
    return [str(item.title) for item in navigation_of(actor, at)]


def test_sections_stand_in_the_order_of_the_work() -> None:
    shell.offer_page(Section.DIARY, "diary", title="Liste")
    shell.offer_page(Section.DAY, "start", title="Mein Tag")
    assert titles(FRIEDA, "/") == ["Mein Tag", "Tagebuch"]


def test_nobody_sees_a_section_behind_a_closed_door() -> None:
    shell.offer_page(Section.ADMINISTRATION, "closed", title="Geheim")
    shell.offer_page(Section.STEERING, "forgotten", title="Vergessen")
    assert titles(FRIEDA, "/") == []


def test_without_a_sign_in_only_open_pages_are_offered() -> None:
    shell.offer_page(Section.DIARY, "diary", title="Liste")
    shell.offer_page(Section.DAY, "start", title="Mein Tag")
    shell.offer_page(Section.NETWORK, "help", title="Hilfe")
    assert titles(NOBODY, "/") == ["Netzwerk"]


def test_a_section_begins_with_its_first_page_that_is_open() -> None:
    shell.offer_page(Section.DIARY, "closed", title="Geheim", order=1)
    shell.offer_page(Section.DIARY, "grid", title="Raster", order=3)
    shell.offer_page(Section.DIARY, "diary", title="Liste", order=2)
    (section,) = navigation_of(FRIEDA, "/anderswo/")
    assert section.url == "/tagebuch/"
    assert section.children == ()


def test_the_current_section_shows_its_pages_and_the_closest_one_is_current() -> None:
    shell.offer_page(Section.DAY, "start", title="Mein Tag")
    shell.offer_page(Section.DIARY, "diary", title="Liste", order=1)
    shell.offer_page(Section.DIARY, "grid", title="Raster", order=2)
    day, section = navigation_of(FRIEDA, "/tagebuch/raster/2026/")
    assert not day.is_current
    assert [(str(page.title), page.is_current) for page in section.children] == [("Liste", False), ("Raster", True)]


def test_a_page_of_another_address_belongs_to_the_place_that_was_named_for_it() -> None:
    shell.offer_page(Section.DIARY, "diary", title="Liste", order=1)
    shell.offer_page(Section.DIARY, "grid", title="Raster", order=2)
    shell.belongs_to("grid", "week")
    (section,) = navigation_of(FRIEDA, "/tagebuch/woche/", "week")
    assert [(str(page.title), page.is_current) for page in section.children] == [("Liste", False), ("Raster", True)]


def test_a_page_stands_in_for_another_one_only_where_that_is_closed() -> None:
    shell.offer_page(Section.DIARY, "grid", title="Raster", order=2)
    shell.stands_in("grid", "diary")
    (section,) = navigation_of(FRIEDA, "/tagebuch/7/")
    assert section.is_current
    shell.offer_page(Section.DIARY, "diary", title="Liste", order=1)
    (section,) = navigation_of(FRIEDA, "/tagebuch/7/")
    assert [(str(page.title), page.is_current) for page in section.children] == [("Liste", True), ("Raster", False)]


def test_a_page_that_has_no_address_is_a_mistake_and_not_hidden() -> None:
    shell.offer_page(Section.DIARY, "misspelt", title="Liste")
    with pytest.raises(NoReverseMatch):
        navigation_of(FRIEDA, "/")


def test_offering_twice_offers_once() -> None:
    shell.offer_page(Section.DIARY, "diary", title="Liste")
    shell.offer_page(Section.DIARY, "diary", title="Einträge")
    (section,) = navigation_of(FRIEDA, "/")
    assert section.url == "/tagebuch/"
    assert len(shell._sections[Section.DIARY]) == 1


def test_the_shell_names_the_account_and_its_menus() -> None:
    shell.offer_in_user_menu("start", title="Abmelden", is_post=True, signs_out=True)
    shell.offer_in_user_menu("closed", title="Geheim")
    shell.offer_in_footer("help", title="Hilfe")
    shell.offer_search("search")
    request = RequestFactory().get("/")
    request.actor = FRIEDA  # type: ignore[attr-defined]  # as the middleware does
    around = shell_of(request)
    assert (around.account_key, around.account_name) == ("7", "Frieda Beispiel")
    assert [(str(item.title), item.signs_out) for item in around.user_menu] == [("Abmelden", True)]
    assert [item.url for item in around.footer] == ["/hilfe/"]
    assert (around.search_url, around.signin_path) == ("/suche/", "/anmelden/")


def test_a_request_without_an_actor_is_nobodys() -> None:
    assert actor_of(RequestFactory().get("/")) is NOBODY
    shell.offer_search("search")
    shell.offer_in_user_menu("help", title="Abmelden", is_post=True, signs_out=True)
    around = shell_of(RequestFactory().get("/"))
    assert (around.account_key, around.search_url, around.user_menu) == ("", "", ())
