"""Registration lists in the world of the attacks: Frieda's family, its double set aside, and an earlier version."""

from __future__ import annotations

from dataclasses import replace

from kimwerk.access.walls import set_actor
from kimwerk.arrivals.selectors.lists import member_facts, shared_facts
from kimwerk.arrivals.services import correct_registration, merge, register_family
from tests.arrivals.families import OKSANA, family, surge
from tests.arrivals.importing import MOTHER, checked, listed
from tests.cast import Cast

OF_ARRIVALS = {
    **dict.fromkeys(
        (
            *("arrivals:rows", "arrivals:curve", "arrivals:close", "arrivals:family", "arrivals:doubles"),
            *("arrivals:check", "arrivals:release", "arrivals:imports", "arrivals:import_upload"),
        ),
        "occasion",
    ),
    **dict.fromkeys(("arrivals:row", "arrivals:correct", "arrivals:accept"), "registration"),
    "arrivals:unmerge": "set_aside",
    **dict.fromkeys(
        (
            *("arrivals:import", "arrivals:import_progress", "arrivals:import_mapping", "arrivals:import_sheet"),
            *("arrivals:import_check", "arrivals:import_rejected", "arrivals:import_apply", "arrivals:import_undo"),
            "arrivals:import_cancel",
        ),
        "list_import",
    ),
}


def build_arrivals(cast: Cast) -> dict[str, int]:
    """The numbers of one thing of every sort."""
    karin, frieda = cast.actor("karin"), cast.actor("frieda")
    set_actor(karin.account_id)
    occasion = surge(cast, karin)
    set_actor(frieda.account_id)
    named = replace(OKSANA, given_names="Frieda", guardian="Frieda")
    rows = [register_family(actor=frieda, occasion=occasion, facts=family(cast, named))[0] for _ in range(3)]
    first = correct_registration(
        actor=frieda,
        registration=rows[0],
        version=1,
        member=replace(member_facts(rows[0]), family_name="Frieda"),
        shared=shared_facts(rows[0]),
    )
    brought = checked(frieda, occasion, cast, listed(MOTHER.replace("Oksana", "Frieda")))
    set_actor(karin.account_id)
    merge(actor=karin, kept=rows[1], double=rows[2])
    return {
        "occasion": occasion.pk,
        "registration": first.pk,
        "double": rows[1].pk,
        "set_aside": rows[2].pk,
        "list_import": brought.pk,
    }
