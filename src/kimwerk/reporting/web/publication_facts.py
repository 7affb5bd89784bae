"""What the office reads of a publication."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kimwerk.kernel import german
from kimwerk.kernel.figures import Text
from kimwerk.reporting.models import Publication
from kimwerk.reporting.public.tables import Unpublished
from kimwerk.reporting.types import PublicationState
from kimwerk.ui.components import Badge, Cell, Column, Fact, Row, Table, Tone

STATES: Mapping[PublicationState, tuple[Text, Tone]] = {
    PublicationState.ORDERED: (gettext_lazy("waits for its turn"), Tone.INFO),
    PublicationState.PROTECTING: (gettext_lazy("is being protected"), Tone.INFO),
    PublicationState.PUBLIC: (gettext_lazy("public"), Tone.SUCCESS),
    PublicationState.REFUSED: (gettext_lazy("was refused"), Tone.DANGER),
    PublicationState.FAILED: (gettext_lazy("could not be made"), Tone.DANGER),
    PublicationState.WITHDRAWN: (gettext_lazy("taken off the page"), Tone.WARNING),
}


def publication_facts(found: Publication, beside: Iterable[tuple[str, Iterable[str]]] = ()) -> tuple[Fact, ...]:
    """State, threshold, what is hidden and what it cost.

    `beside` names tables that lost numbers because of others from which they could be subtracted.
    """
    label, tone = STATES[found.status]
    facts = [
        Fact(_("State"), badge=Badge(label, tone)),
        Fact(_("Threshold"), _("Counts from 1 to below %(threshold)d are small.") % {"threshold": found.threshold}),
        Fact(_("Ordered by"), found.ordered_by.display_name),
    ]
    if found.status is PublicationState.REFUSED:
        facts += [
            Fact(
                _("Would tell something small"),
                table["title"],
                note=_("together with %(publications)s") % {"publications": table["by"] or _("its zeros")},
            )
            for table in _told(found)
        ]
    if found.published_at:
        facts += [
            Fact(_("Public since"), german.day(timezone.localtime(found.published_at).date())),
            Fact(_("Numbers"), german.number(found.cells)),
            Fact(_("Not published"), german.number(found.suppressed)),
            Fact(
                _("Of these for the protection of others"),
                german.number(found.cost),
                note=_("Another choice could save %(gap)s at most.") % {"gap": german.percent(found.gap, 1)}
                if found.gap
                else _("Fewer was not possible."),
            ),
            Fact(_("Differences between tables that were protected too"), german.number(found.differences)),
        ]
        facts += [
            Fact(
                _("Lost numbers because of other tables"),
                table,
                note=_("Who subtracts it and %(tables)s from each other would learn a small number.")
                % {"tables": ", ".join(_("“%(title)s”") % {"title": other} for other in others)},
            )
            for table, others in beside
        ]
    facts += [
        Fact(
            _("The whole report is not public"),
            told["title"],
            note=_("The text names a number that is not published. Change it, and release and publish it again."),
        )
        for told in _told(found)
        if told.get("why") == Unpublished.TOLD_BY_TEXT.value
    ]
    if found.withdrawn_by:
        facts.append(Fact(_("Withdrawn by"), found.withdrawn_by.display_name, note=found.withdrawal_reason))
    return tuple(facts)


def _told(found: Publication) -> list[dict[str, str]]:
    told: list[dict[str, str]] = json.loads(json.dumps(found.left_out))
    return told


def publications_table(publications: Iterable[Publication]) -> Table:
    """The publications of an edition."""
    rows = []
    for found in publications:
        label, tone = STATES[found.status]
        url = reverse("reporting:publication", args=[found.pk])
        day = german.day(timezone.localtime(found.ordered_at).date())
        rows.append(Row((Cell(day, url), Cell(badge=Badge(label, tone)), Cell(german.number(found.suppressed)))))
    columns = (Column(_("Ordered on")), Column(_("State")), Column(_("Not published"), is_numeric=True))
    return Table(_("Publications of this edition"), columns, tuple(rows), is_caption_hidden=True)
