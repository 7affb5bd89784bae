"""The catalogue as the rooms below may ask it: a figure's total over a stretch of days, without a breakdown."""

from __future__ import annotations

from kimwerk.access.actors import Actor
from kimwerk.kernel.figures import Value
from kimwerk.kernel.periods import Period
from kimwerk.reporting.catalogue import figures
from kimwerk.reporting.selectors.figures import figure_table
from kimwerk.reporting.wording import UNITS
from kimwerk.steering.measuring import KnownFigure


class CatalogueOfFigures:
    """What steering's indicators are bound to."""

    def known(self) -> tuple[KnownFigure, ...]:
        """Every figure there is."""
        return tuple(KnownFigure(each.key, each.title, UNITS[each.unit], each.places) for each in figures())

    def total(self, actor: Actor, key: str, window: Period, organisation_id: int) -> Value:
        """The total, counted for this actor and this organisation's work. Raises as `figure_table` does."""
        return figure_table(actor, key, window, by=(), organisation=organisation_id).counted.total
