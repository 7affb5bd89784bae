"""What the rooms below may ask: a figure's total over a stretch of days, and the editions that were released."""

from __future__ import annotations

from kimwerk.access.actors import Actor
from kimwerk.kernel.figures import Value
from kimwerk.kernel.periods import Period
from kimwerk.reporting.catalogue import figures
from kimwerk.reporting.models import Edition
from kimwerk.reporting.selectors.figures import figure_table
from kimwerk.reporting.selectors.publications import paper_in_public
from kimwerk.reporting.selectors.reports import editions_for
from kimwerk.reporting.wording import UNITS
from kimwerk.steering.editions import KnownEdition
from kimwerk.steering.measuring import KnownFigure


class CatalogueOfFigures:
    """What steering's indicators are bound to."""

    def known(self) -> tuple[KnownFigure, ...]:
        """Every figure there is."""
        return tuple(KnownFigure(each.key, each.title, UNITS[each.unit], each.places) for each in figures())

    def total(self, actor: Actor, key: str, window: Period, organisation_id: int) -> Value:
        """The total, counted for this actor and this organisation's work. Raises as `figure_table` does."""
        return figure_table(actor, key, window, by=(), organisation=organisation_id).counted.total


class ReleasedEditions:
    """What papers to committees have attached."""

    def known(self, actor: Actor) -> tuple[KnownEdition, ...]:
        """The editions that the actor may read, newest first."""
        return tuple(
            KnownEdition(each.pk, f"{each}: {each.label}" if each.label else str(each)) for each in editions_for(actor)
        )

    def pdf(self, actor: Actor, pk: int) -> bytes | None:
        """The paper of an edition for members of a committee: as it was published, else as it was released."""
        released = Edition.objects.visible_to(actor).filter(pk=pk).values_list("pdf", flat=True).first()
        return None if released is None else paper_in_public(pk) or bytes(released)
