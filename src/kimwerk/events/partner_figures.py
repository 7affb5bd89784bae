"""What events and agreements count of partners: who came, and with which municipalities something was agreed."""

from __future__ import annotations

from django.db.models import Count
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from kimwerk.access.actors import Actor
from kimwerk.directory.types import OrganisationKind
from kimwerk.events.figures import KIND
from kimwerk.events.models import Agreement, Participant
from kimwerk.events.types import EventKind, EventState
from kimwerk.kernel.counting import GroupedCount, Rows
from kimwerk.kernel.figures import MISSING, Dimension, Figure, FigureQuery, Member, MemberKind, Unit

PARTNER = Dimension("partner_kind", _("Kind of organisation"))
PLACE = Dimension("agreement_municipality", _("Municipality"), MemberKind.PLACE)


def _partners(actor: Actor, query: FigureQuery) -> Rows:
    held = Participant.objects.visible_to(actor).filter(is_present=True, event__state=EventState.HELD.value)
    found = held.filter(event__starts_at__date__gte=query.window.start, event__starts_at__date__lt=query.window.end)
    if query.organisation is not None:
        found = found.filter(event__organisation=query.organisation)
    grouped = found.values_list("invitation__body__kind", "event__kind").annotate(count=Count("pk"))
    for partner, event, count in grouped.order_by():
        known = Member(partner, str(OrganisationKind(partner).label)) if partner else None
        yield (
            {
                PARTNER.key: known or Member(MISSING, _g("not recorded")),
                KIND.key: Member(event, str(EventKind(event).label)),
            },
            count,
        )


def _agreements(actor: Actor, query: FigureQuery) -> Rows:
    found = Agreement.objects.visible_to(actor).filter(
        valid_from__gte=query.window.start, valid_from__lt=query.window.end
    )
    if query.organisation is not None:
        found = found.filter(organisation=query.organisation)
    grouped = found.values_list("municipality__ags", "municipality__name").annotate(count=Count("pk"))
    for ags, name, count in grouped.order_by():
        yield {PLACE.key: Member(ags, name)}, count


FIGURES: tuple[Figure[Actor], ...] = (
    Figure(
        "partners_at_events",
        _("Attendances of partners at events"),
        Unit.PARTICIPANTS,
        _("Whoever was there counts at every event, by the organisation whose invitation was answered."),
        _("Events that were held, with a list of who was there."),
        (PARTNER, KIND),
        "events",
        GroupedCount(_partners, (PARTNER, KIND)),
        rows="events:events",
        by=(PARTNER.key,),
    ),
    Figure(
        "agreements_made",
        _("Agreements with municipalities"),
        Unit.AGREEMENTS,
        _("Every version of an agreement counts once, on the day from which it holds."),
        _("Agreements of the organisations whose events the reader may read."),
        (PLACE,),
        "events",
        GroupedCount(_agreements, (PLACE,)),
        rows="events:agreements",
        by=(PLACE.key,),
    ),
)
