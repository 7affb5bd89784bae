"""How the diary's tests make entries: facts of a usual activity of Frieda's, changed where a test says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kimwerk.activities.models import Activity
from kimwerk.activities.types import Facts
from tests.cast import Cast, as_owner

DAY = date(2022, 3, 7)


def usual(cast: Cast, **changes: object) -> Facts:
    """A first talk of Frieda's with two people in Siegburg, half an hour; `changes` are other facts."""
    facts = Facts(
        organisation_id=cast.organisations["Rhein-Sieg-Kreis"],
        day=DAY,
        kind_id=cast.categories["erstgespraech"],
        done_by_id=cast.accounts["frieda"],
        channel_id=cast.categories["vor-ort"],
        municipality_id=cast.municipalities["Siegburg"],
        site_id=cast.sites["Rathaus Siegburg"],
        participants_target=2,
        minutes=30,
    )
    return replace(facts, **changes)  # type: ignore[arg-type]  # names and types of facts, checked at run time


def stands(cast: Cast, character: str = "frieda", *, count: int = 1, **changes: object) -> list[Activity]:
    """Entries that stand in the diary already, made behind the walls."""
    person = cast.accounts[character]
    facts = usual(cast, **({"done_by_id": person} | changes))
    columns = {name: getattr(facts, name) for name in Facts.__dataclass_fields__}
    for name in ("topics", "target_groups", "legal_circles", "partners"):
        columns[name] = list(columns[name])
    with as_owner():
        return Activity.objects.bulk_create(Activity(**columns, entered_by_id=person) for _ in range(count))
