"""Tables that stand on several pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from kimwerk.kernel import german
from kimwerk.network.models import Supply
from kimwerk.network.types import SupplyState
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.components import Badge, Cell, Column, Row, Table, Tone

TONES = {SupplyState.OPEN: Tone.SUCCESS, SupplyState.TAKEN: Tone.INFO, SupplyState.ENDED: Tone.NEUTRAL}


def supply_table(found: Iterable[Supply], pairs: Mapping[int, int]) -> Table:
    """Offers with who makes them, where, and with how many needs they were brought together."""
    columns = (
        Column(_("What is offered")), Column(_("Who offers it")), Column(_("Topic")), Column(_("Municipality")),
        Column(_("Needs brought together"), is_numeric=True), Column(_("State")),
    )  # fmt: skip
    rows = tuple(_row(each, pairs.get(each.pk, 0)) for each in found)
    return Table(_("Offers"), columns, rows, is_caption_hidden=True)


def supply_badge(supply: Supply) -> Badge:
    """Whether an offer can still be used."""
    return Badge(supply.get_state_display(), TONES[SupplyState(supply.state)])


def _row(each: Supply, pairs: int) -> Row:
    return Row(
        (
            Cell(each.title, address_of_record("network:supply", each.pk)),
            Cell(each.partner.name),
            Cell(each.topic or "–"),
            Cell(each.municipality or _("everywhere in the county")),
            Cell(german.number(pairs) if pairs else "–"),
            Cell(badge=supply_badge(each)),
        ),
        key=str(each.pk),
    )
