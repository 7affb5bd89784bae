"""One thing of every sort that a door can be asked for, belonging to the Rhein-Sieg-Kreis."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from kimwerk.accounts.models import Membership
from kimwerk.activities.models import Activity, Favourite, SavedView, TallyImport, TallyRow
from kimwerk.activities.states import TallyState, Verdict
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
        "reporting:figure": lambda world: {"key": "activities"},
        "reporting:download": lambda world: {"key": "activities", "form": "csv"},
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
        **dict.fromkeys(
            (
                *("activities:entry", "activities:edit", "activities:remove", "activities:restore"),
                "activities:keep_as_favourite",
            ),
            lambda world: {"pk": world.things["activity"]},
        ),
        "activities:undo": lambda world: {"keys": str(world.things["activity"])},
        "activities:favourite": lambda world: {"pk": world.things["favourite"]},
        "activities:view": lambda world: {"pk": world.things["view"]},
        "activities:export": lambda world: {"kind": "csv"},
        "activities:categories": lambda world: {"key": "kind"},
        "activities:new_category": lambda world: {"key": "kind"},
        "activities:category": lambda world: {"key": "kind", "pk": world.cast.categories["workshop"]},
        **dict.fromkeys(
            (
                *("activities:import", "activities:import_progress", "activities:import_mapping"),
                *("activities:import_sheet", "activities:import_check", "activities:import_apply"),
                *("activities:import_undo", "activities:import_cancel"),
            ),
            lambda world: {"pk": world.things["import"]},
        ),
        "activities:import_row": lambda world: {"pk": world.things["import"], "number": 2},
        "activities:import_rejected": lambda world: {"pk": world.things["import"], "kind": "csv"},
        "reporting:figure": lambda world: {"key": "activities"},
        "reporting:download": lambda world: {"key": "activities", "form": "csv"},
        "mfa_edit_webauthn": lambda world: {"pk": 1},
        "mfa_remove_webauthn": lambda world: {"pk": 1},
    }
    """How each door with an argument is asked."""

    SHARED: ClassVar[set[str]] = {
        "reporting:figure",
        "reporting:download",
        "accounts:demo_sign_in",
        "accounts:accept",
        "account_confirm_email",
        "directory:organisation",
        "directory:municipality",
        "activities:export",
        "activities:categories",
        "activities:new_category",
        "activities:category",
        "reporting:figure",
        "reporting:download",
        "mfa_edit_webauthn",
        "mfa_remove_webauthn",
    }
    """Doors whose things are nobody's in particular (the public part of the directory), or the caller's own."""

    OF_OTHERS: ClassVar[set[str]] = {
        *("activities:entry", "activities:edit", "activities:remove", "activities:restore", "activities:undo"),
        *("activities:keep_as_favourite", "activities:favourite", "activities:view"),
        *("activities:import", "activities:import_progress", "activities:import_mapping", "activities:import_sheet"),
        *("activities:import_check", "activities:import_apply", "activities:import_undo", "activities:import_cancel"),
        *("activities:import_row", "activities:import_rejected"),
        "activities:repeat",  # there is nothing to repeat
    }
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
        _build_diary(world)
    return world


def _build_diary(world: World) -> None:
    """An entry, a favourite, a view and an import of Frieda's."""
    frieda, organisation = world.cast.accounts["frieda"], world.things["organisation"]
    world.things["activity"] = Activity.objects.create(
        organisation_id=organisation,
        day=date(2022, 3, 7),
        kind_id=world.cast.categories["workshop"],
        done_by_id=frieda,
        entered_by_id=frieda,
    ).pk
    world.things["favourite"] = Favourite.objects.create(account_id=frieda, label="Frieda", line="workshop 2").pk
    world.things["view"] = SavedView.objects.create(account_id=frieda, label="Frieda", query="kind=1").pk
    tally = TallyImport.objects.create(
        organisation_id=organisation,
        uploaded_by_id=frieda,
        file_name="Frieda.xlsx",
        file_hash="0" * 64,
        file_size=1,
        state=TallyState.CHECKED.value,
        sheets=[{"name": "Frieda", "headers": ["Frieda"], "sample": [], "mapping": {}}],
    )
    TallyRow.objects.create(tally_import=tally, number=2, cells=["Frieda"], verdict=Verdict.REJECTED.value)
    world.things["import"] = tally.pk
