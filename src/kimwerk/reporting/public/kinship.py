"""Figures that count the same under another name: what one of them hides, the other must not print.

Somebody who reads two tables of closed cases by municipality does not mind that one of them is called goal attainment.
The engine takes cells for the same if their figure is the same; so such figures are one to it, those in the ledger too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kimwerk.access.actors import Actor
from kimwerk.kernel.figures import Figure
from kimwerk.kernel.hashing import content_hash
from kimwerk.reporting.catalogue import figure
from kimwerk.reporting.disclosure.publication import PublicTable


@dataclass(frozen=True, slots=True)
class Kin:
    """The figure that counts the same, where necessary narrowed to one member."""

    key: str
    only: Mapping[str, str] = field(default_factory=dict)


KIN: Mapping[str, Kin] = {
    "goal_attainment": Kin("cases_closed"),
    "land_cases_opened": Kin("cases_opened"),
    "land_cases_closed": Kin("cases_closed"),
    "land_activities": Kin("activities"),
    "land_participants": Kin("participants", {"sort": "target"}),
    "land_referrals": Kin("referrals"),
}
"""By one figure of each definition; figures of the same definition are one anyway."""


def identity_by(declared: Figure[Actor], organisation_id: int) -> str:
    """What a figure counts, whatever it is called: figures that count the same are one to whoever subtracts."""
    return content_hash([organisation_id, str(declared.counts), str(declared.population), declared.unit.value])


def joined(table: PublicTable, organisation_id: int) -> PublicTable:
    """The table as one of the figure that counts the same."""
    for key, kin in KIN.items():
        if table.figure == identity_by(figure(key), organisation_id):
            own = identity_by(figure(kin.key), organisation_id)
            return replace(table, figure=own, only={**kin.only, **table.only})
    return table
