"""Figures that count the same under another name, and figures that count a part of another.

Somebody who reads two tables of closed cases by municipality does not mind that one of them is called goal attainment.
The engine takes cells for the same if their figure is the same; so such figures are one to it, those in the ledger too.
A figure that counts a part is the whole one, narrowed to that part: then the engine knows that the rest can be told by
subtracting, and protects it like a cell that is printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from kimwerk.access.actors import Actor
from kimwerk.kernel.figures import Figure
from kimwerk.kernel.hashing import content_hash
from kimwerk.reporting.catalogue import figure, figures
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
    "partners_at_events": Kin("event_attendances"),
}
"""By one figure of each definition; figures of the same definition are one anyway."""
PART = "part:"
"""So begins the name of the dimension in which a part is told apart from the rest; no other dimension is called so."""
COUNTED = "counted"
"""The only node of it that is ever named."""


def identity_by(declared: Figure[Actor], organisation_id: int) -> str:
    """What a figure counts, whatever it is called: figures that count the same are one to whoever subtracts."""
    return content_hash([organisation_id, *_definition(declared)])


def related_to(key: str, others: Iterable[str]) -> tuple[Figure[Actor], ...]:
    """Which of the other figures count a part of this one, or are those of which it counts a part; each once.

    A figure that the catalogue has no more is related to none.
    """
    own = _line(key)
    lines = [_line(other) for other in others]
    found = [line[0] for line in lines if line and own and line[0] != own[0] and (line[0] in own or own[0] in line)]
    return tuple(figure(each) for each in dict.fromkeys(found))


def _line(key: str) -> list[str]:
    """The figure by which others count the same, then the one of which it counts a part, and so on."""
    known = {each.key: each for each in figures()}
    if key not in known:
        return []
    named = next(each.key for each in known.values() if _definition(each) == _definition(known[key]))
    while named in KIN:
        named = KIN[named].key
    above = known[named].part_of
    return [named, *(_line(above) if above else ())]


def joined(table: PublicTable, organisation_id: int) -> PublicTable:
    """The table as one of the figure that counts the same, or of the one of which it counts a part."""
    kin = {identity_by(figure(key), organisation_id): kin for key, kin in (*KIN.items(), *_parts())}
    while found := kin.get(table.figure):
        own = identity_by(figure(found.key), organisation_id)
        table = replace(table, figure=own, only={**found.only, **table.only})
    return table


def _parts() -> Iterator[tuple[str, Kin]]:
    """Each figure that counts a part of another, as that one narrowed; figures of one definition are the same part."""
    names: dict[tuple[str, str, str], str] = {}
    for declared in figures():
        if declared.part_of:
            name = names.setdefault(_definition(declared), declared.key)
            yield declared.key, Kin(declared.part_of, {PART + name: COUNTED})


def _definition(declared: Figure[Actor]) -> tuple[str, str, str]:
    return str(declared.counts), str(declared.population), declared.unit.value
