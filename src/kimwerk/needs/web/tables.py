"""Tables and badges that stand on several pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kimwerk.kernel import german
from kimwerk.needs.models import Gap, Need
from kimwerk.needs.types import GapState, NeedState
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.components import Badge, Cell, Column, Row, Table, Tone

NEED_TONES = {
    NeedState.REPORTED: Tone.NEUTRAL,
    NeedState.CHECKED: Tone.INFO,
    NeedState.BUNDLED: Tone.SUCCESS,
    NeedState.REJECTED: Tone.NEUTRAL,
}
GAP_TONES = {GapState.EFFECT_CHECKED: Tone.SUCCESS, GapState.REJECTED: Tone.NEUTRAL, GapState.DEFERRED: Tone.WARNING}


def need_table(found: list[Need] | tuple[Need, ...]) -> Table:
    """Needs with where and when they were named, and what became of them."""
    columns = (
        Column(_("What is missing")), Column(_("Municipality")), Column(_("Topic")), Column(_("Target group")),
        Column(_("Where it was named")), Column(_("Named on")), Column(_("State")),
    )  # fmt: skip
    return Table(_("Needs named"), columns, tuple(map(_need_row, found)), is_caption_hidden=True)


def _need_row(need: Need) -> Row:
    return Row(
        (
            Cell(need.title, address_of_record("needs:need", need.pk), note=need.gap.title if need.gap else ""),
            Cell(need.municipality or "–"),
            Cell(need.topic or "–"),
            Cell(need.target_group or "–"),
            Cell(need.get_origin_display(), note=need.occasion),
            Cell(german.day(need.named_on)),
            Cell(badge=need_badge(need)),
        ),
        key=str(need.pk),
    )


def need_badge(need: Need) -> Badge:
    """The state of a need; where it is bundled, that of its gap."""
    return gap_badge(need.gap) if need.gap else Badge(need.get_state_display(), NEED_TONES[NeedState(need.state)])


def gap_badge(gap: Gap) -> Badge:
    """The state of a gap."""
    return Badge(gap.get_state_display(), GAP_TONES.get(GapState(gap.state), Tone.INFO))
