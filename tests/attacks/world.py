"""One thing of every sort that a door can be asked for, belonging to the Rhein-Sieg-Kreis."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar

from kimwerk.accounts.models import Membership
from kimwerk.directory.models import Contact, Office
from tests.cast import Cast, as_owner

Arguments = dict[str, int | str]


@dataclass
class World:
    """The things, and how each door is asked for one of them."""

    cast: Cast
    things: dict[str, int] = field(default_factory=dict)

    ARGUMENTS: ClassVar[dict[str, Callable[[World], Arguments]]] = {
        "accounts:demo_sign_in": lambda world: {"token": "no-such-token"},
        "accounts:accept": lambda world: {"token": "no-such-token"},
        "account_confirm_email": lambda world: {"key": "no-such-key"},
        "accounts:revoke": lambda world: {"pk": 1},
        **dict.fromkeys(
            (
                *("accounts:account", "accounts:give_role", "accounts:invite_again", "accounts:withdraw"),
                *("accounts:reset_factor", "accounts:revoke_all", "accounts:close", "accounts:reopen"),
            ),
            lambda world: {"pk": world.things["account"]},
        ),
        "accounts:end_role": lambda world: {"pk": world.things["membership"]},
        **dict.fromkeys(
            (
                *("directory:organisation", "directory:change_organisation", "directory:close_organisation"),
                *("directory:reopen_organisation", "directory:add_office", "directory:add_site"),
                "directory:add_contact",
            ),
            lambda world: {"pk": world.things["organisation"]},
        ),
        "directory:office": lambda world: {"pk": world.things["office"]},
        **dict.fromkeys(
            ("directory:site", "directory:close_site", "directory:reopen_site"),
            lambda world: {"pk": world.things["site"]},
        ),
        **dict.fromkeys(
            ("directory:contact", "directory:verify_contact", "directory:remove_contact"),
            lambda world: {"pk": world.things["contact"]},
        ),
        "directory:municipality": lambda world: {"ags": "05382060"},
        "mfa_edit_webauthn": lambda world: {"pk": 1},
        "mfa_remove_webauthn": lambda world: {"pk": 1},
    }
    """How each door with an argument is asked."""

    SHARED: ClassVar[set[str]] = {
        "accounts:demo_sign_in",
        "accounts:accept",
        "account_confirm_email",
        "directory:organisation",
        "directory:municipality",
        "mfa_edit_webauthn",
        "mfa_remove_webauthn",
    }
    """Doors whose things are nobody's in particular (the public part of the directory), or the caller's own."""

    OF_OTHERS: ClassVar[set[str]] = set()
    """Doors that a role may pass in general, but not to this thing, because it is a colleague's own."""

    def arguments(self, name: str) -> Arguments:
        """What the address of this door needs."""
        return self.ARGUMENTS[name](self) if name in self.ARGUMENTS else {}


def build_world(cast: Cast) -> World:
    """Make one thing of every sort."""
    world = World(cast)
    world.things["account"] = cast.accounts["mehmet"]
    world.things["organisation"] = cast.organisations["Rhein-Sieg-Kreis"]
    world.things["site"] = cast.sites["Rathaus Siegburg"]
    with as_owner():
        world.things["membership"] = Membership.objects.get(account=cast.accounts["mehmet"]).pk
        world.things["office"] = Office.objects.create(
            organisation_id=world.things["organisation"], name="Kreissozialamt"
        ).pk
        world.things["contact"] = Contact.objects.create(
            organisation_id=world.things["organisation"],
            family_name="Beispiel",
            given_name="Frieda",
            sort_key="beispiel",
        ).pk
    return world
