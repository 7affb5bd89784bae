"""What stands around every page, put together from what the rooms above offer.

A room offers its section, menu entry or footer link once, in the `ready` of its app. Who sees an
entry is not declared again: the door of the view behind it decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import resolve
from django.utils.translation import gettext_lazy as _

from kimwerk.access.actors import NOBODY, Actor
from kimwerk.access.doors import Everyone, SignedIn, door_of
from kimwerk.kernel.figures import Text
from kimwerk.ui.addresses import address_of
from kimwerk.ui.components import MenuItem, NavItem, Shell, Shortcut


class Section(StrEnum):
    """The nine sections of the main navigation, in the order of the work. The value names the icon."""

    DAY = "home"
    CASES = "cases"
    DIARY = "diary"
    REGISTRATION = "registration"
    NETWORK = "network"
    STEERING = "steering"
    STAFF_AND_FINANCE = "finance"
    EVALUATION = "evaluation"
    ADMINISTRATION = "administration"

    @property
    def heading(self) -> Text:
        """The title in the navigation."""
        return _TITLES[self]

    @property
    def icon(self) -> str:
        """The name of the icon."""
        return self.value


_TITLES: Mapping[Section, Text] = {
    Section.DAY: _("My day"),
    Section.CASES: _("Cases"),
    Section.DIARY: _("Diary"),
    Section.REGISTRATION: _("Registration"),
    Section.NETWORK: _("Network"),
    Section.STEERING: _("Steering"),
    Section.STAFF_AND_FINANCE: _("Staff and finance"),
    Section.EVALUATION: _("Evaluation"),
    Section.ADMINISTRATION: _("Administration"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A page that a room offers to the layout."""

    title: Text
    url_name: str
    icon: str = ""
    order: int = 0
    is_post: bool = False
    signs_out: bool = False


_sections: dict[Section, list[Place]] = {section: [] for section in Section}
_user_menu: list[Place] = []
_footer: list[Place] = []
_search: list[str] = []
_belonging: dict[str, str] = {}
_standing_in: dict[str, str] = {}


def offer_page(section: Section, url_name: str, *, title: Text, order: int = 0) -> None:
    """Put a page into a section; the first one by `order` that the actor may enter is its start."""
    _put(_sections[section], Place(title, url_name, order=order))


def belongs_to(url_name: str, *routes: str) -> None:
    """Pages of these routes belong to a page of a section, though their address does not begin with its own."""
    _belonging.update(dict.fromkeys(routes, url_name))


def stands_in(url_name: str, absent: str) -> None:
    """Whoever may not enter the absent page finds at this one what stands below the address of the other."""
    _standing_in[url_name] = absent


def offer_in_user_menu(
    url_name: str, *, title: Text, icon: str = "", order: int = 0, is_post: bool = False, signs_out: bool = False
) -> None:
    """Put a page, or with `is_post` an errand such as signing out, into the menu of the account."""
    _put(_user_menu, Place(title, url_name, icon, order, is_post, signs_out))


def offer_in_footer(url_name: str, *, title: Text, order: int = 0) -> None:
    """Put a page, such as help or the accessibility statement, below every page."""
    _put(_footer, Place(title, url_name, order=order))


def offer_search(url_name: str) -> None:
    """Name the page that answers the search field of the header (parameter `q`)."""
    _search[:] = [url_name]


def navigation_of(actor: Actor, path: str, route: str = "") -> tuple[NavItem, ...]:
    """The sections this actor can use; the current one carries its pages."""
    offered = [(section, _open_to(actor, _sections[section])) for section in Section]
    places = [page for _section, pages in offered for page in pages]
    home = _belonging.get(route, "")
    current = home if any(place.url_name == home for place in places) else _closest(path, places)
    return tuple(_entry(section, pages, current) for section, pages in offered if pages)


def pages_open_to(actor: Actor) -> tuple[NavItem, ...]:
    """Every page of the navigation that this actor may enter, in its order."""
    offered = (place for section in Section for place in _open_to(actor, _sections[section]))
    return tuple(NavItem(place.title, address_of(place.url_name)) for place in offered)


def shell_of(request: HttpRequest) -> Shell:
    """Who is signed in, with the navigation, menus, search and footer that are for them."""
    actor = actor_of(request)
    return Shell(
        account_key="" if actor.is_nobody else str(actor.account_id),
        account_name=actor.name,
        navigation=navigation_of(
            actor, request.path, request.resolver_match.view_name if request.resolver_match else ""
        ),
        user_menu=tuple(
            MenuItem(place.title, address_of(place.url_name), place.icon, place.is_post, place.signs_out)
            for place in _open_to(actor, [] if actor.is_nobody else _user_menu)
        ),
        footer=tuple(NavItem(place.title, address_of(place.url_name)) for place in _open_to(actor, _footer)),
        shortcuts=SHORTCUTS,
        search_url=next((address_of(name) for name in _search if may_enter(actor, name)), ""),
        signin_path=resolve_url(settings.LOGIN_URL),
        version=_version(),
        is_demo=settings.DEMO,
    )


def actor_of(request: HttpRequest) -> Actor:
    """The actor of the request; nobody where the middleware has not run, as on error pages."""
    actor = getattr(request, "actor", NOBODY)
    return actor if isinstance(actor, Actor) else NOBODY


SHORTCUTS = (
    Shortcut("/", _("Go to the search field")),
    Shortcut("n", _("New entry")),
    Shortcut("?", _("Show this list")),
    Shortcut("Esc", _("Close a list or menu")),
)


def _put(places: list[Place], place: Place) -> None:
    places[:] = sorted(
        [other for other in places if other.url_name != place.url_name] + [place], key=lambda each: each.order
    )


def _entry(section: Section, pages: list[Place], current: str) -> NavItem:
    children = tuple(
        NavItem(page.title, address_of(page.url_name), is_current=page.url_name == current) for page in pages
    )
    is_current = any(child.is_current for child in children)
    shown = children if is_current and len(children) > 1 else ()
    return NavItem(section.heading, children[0].url, section.icon, is_current, shown)


def _closest(path: str, places: list[Place]) -> str:
    """The place whose address is the longest beginning of this path; the start page only as itself."""
    names = {place.url_name for place in places}
    addresses = {address_of(name): name for name in names} | {
        address_of(absent): name for name, absent in _standing_in.items() if name in names and absent not in names
    }
    matching = [url for url in addresses if path == url or (url != "/" and path.startswith(url))]
    return addresses[max(matching, key=len)] if matching else ""


def _open_to(actor: Actor, places: list[Place]) -> list[Place]:
    return [place for place in places if may_enter(actor, place.url_name)]


def may_enter(actor: Actor, url_name: str) -> bool:
    """Whether the door of a page without arguments opens to this actor; NoReverseMatch where there is no such page."""
    door = _door(url_name)
    if isinstance(door, tuple):
        return any(actor.can(permission) for permission in door)
    return isinstance(door, Everyone) or (isinstance(door, SignedIn) and not actor.is_nobody)


@cache
def _version() -> str:
    try:
        return version("kimwerk")
    except PackageNotFoundError:  # run from a source tree that is not installed
        return ""


@cache
def _door(url_name: str) -> object:
    """What the view behind a page declares. A page that is offered but has no address raises NoReverseMatch."""
    return door_of(resolve(address_of(url_name)).func)
