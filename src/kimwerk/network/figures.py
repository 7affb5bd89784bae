"""What the network log counts: contacts, needs served, and what was told to the public."""

from __future__ import annotations

from django.db.models import Count, Sum
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from kimwerk.access.actors import Actor
from kimwerk.directory.types import OrganisationKind
from kimwerk.kernel.counting import GroupedCount, Rows
from kimwerk.kernel.figures import MISSING, Dimension, Figure, FigureQuery, Member, MemberKind, Unit
from kimwerk.network.models import Encounter, Pairing, Publication
from kimwerk.network.types import EncounterKind, Outcome, PublicationKind, Reach

KIND = Dimension("encounter_kind", _("How one met"))
BODY_KIND = Dimension("encounter_body_kind", _("Kind of body"))
PLACE = Dimension("encounter_municipality", _("Municipality"), MemberKind.PLACE)
OUTCOME = Dimension("pairing_outcome", _("What came of it"))
PAIR_PLACE = Dimension("pairing_municipality", _("Municipality"), MemberKind.PLACE)
PUBLICATION_KIND = Dimension("publication_kind", _("Form"))
PUBLICATION_PLACE = Dimension("publication_municipality", _("Municipality"), MemberKind.PLACE)
REACH_KIND = Dimension("publication_reach", _("Reach, counted as"))


def _place(key: int | None, name: str | None) -> Member:
    return Member(str(key), name) if key and name else Member(MISSING, _g("not recorded"))


def _encounters(actor: Actor, query: FigureQuery) -> Rows:
    found = Encounter.objects.visible_to(actor).filter(on_day__gte=query.window.start, on_day__lt=query.window.end)
    if query.organisation is not None:
        found = found.filter(organisation=query.organisation)
    names = ("kind", "partner__kind", "municipality", "municipality__name")
    for kind, body, place, name, count in found.values_list(*names).annotate(count=Count("pk")).order_by():
        group = Member(MISSING, _g("working group only"))
        yield (
            {
                KIND.key: Member(kind, str(EncounterKind(kind).label)),
                BODY_KIND.key: Member(body, str(OrganisationKind(body).label)) if body else group,
                PLACE.key: _place(place, name),
            },
            count,
        )


def _pairings(actor: Actor, query: FigureQuery) -> Rows:
    found = Pairing.objects.visible_to(actor)
    found = found.filter(paired_on__gte=query.window.start, paired_on__lt=query.window.end)
    if query.organisation is not None:
        found = found.filter(organisation=query.organisation)
    names = ("outcome", "need__municipality", "need__municipality__name")
    for outcome, place, name, count in found.values_list(*names).annotate(count=Count("pk")).order_by():
        yield {OUTCOME.key: Member(outcome, str(Outcome(outcome).label)), PAIR_PLACE.key: _place(place, name)}, count


def _publications(actor: Actor, query: FigureQuery) -> Rows:
    found = Publication.objects.visible_to(actor)
    found = found.filter(published_on__gte=query.window.start, published_on__lt=query.window.end)
    if query.organisation is not None:
        found = found.filter(organisation=query.organisation)
    names = ("kind", "municipality", "municipality__name")
    for kind, place, name, count in found.values_list(*names).annotate(count=Count("pk")).order_by():
        members = {
            PUBLICATION_KIND.key: Member(kind, str(PublicationKind(kind).label)),
            PUBLICATION_PLACE.key: _place(place, name),
        }
        yield members, count


def _reach(actor: Actor, query: FigureQuery) -> Rows:
    found = Publication.objects.visible_to(actor).filter(reach__isnull=False)
    found = found.filter(published_on__gte=query.window.start, published_on__lt=query.window.end)
    if query.organisation is not None:
        found = found.filter(organisation=query.organisation)
    for kind, counted, reach in found.values_list("kind", "reach_kind").annotate(reach=Sum("reach")).order_by():
        members = {
            PUBLICATION_KIND.key: Member(kind, str(PublicationKind(kind).label)),
            REACH_KIND.key: Member(counted, str(Reach(counted).label)),
        }
        yield members, reach


FIGURES: tuple[Figure[Actor], ...] = (
    Figure(
        "network_contacts",
        _("Contacts with other bodies"),
        Unit.CONTACTS,
        _("Every contact with a body or a working group that was written down counts once, on its day."),
        _("The networks that the reader may read."),
        (KIND, BODY_KIND, PLACE),
        "network",
        GroupedCount(_encounters, (KIND, BODY_KIND, PLACE)),
        rows="network:encounters",
        by=(KIND.key,),
    ),
    Figure(
        "needs_served",
        _("Needs brought together with offers"),
        Unit.NEEDS,
        _("Every need counts once for each offer it was brought together with, on that day, as it stands today."),
        _("The networks that the reader may read."),
        (OUTCOME, PAIR_PLACE),
        "network",
        GroupedCount(_pairings, (OUTCOME, PAIR_PLACE)),
        rows="network:supplies",
        by=(OUTCOME.key,),
    ),
    Figure(
        "publications",
        _("Told to the public"),
        Unit.PUBLICATIONS,
        _("Every portrait, issue, flyer, page, article or talk counts once, on the day it appeared."),
        _("The networks that the reader may read."),
        (PUBLICATION_KIND, PUBLICATION_PLACE),
        "network",
        GroupedCount(_publications, (PUBLICATION_KIND, PUBLICATION_PLACE)),
        rows="network:publications",
        by=(PUBLICATION_KIND.key,),
    ),
    Figure(
        "publicity_reach",
        _("Reach of what was told to the public"),
        Unit.REACHED,
        _("Copies, recipients, visits and estimates as they were entered; whoever was reached twice counts twice."),
        _("Publications with a number, in the networks that the reader may read."),
        (PUBLICATION_KIND, REACH_KIND),
        "network",
        GroupedCount(_reach, (PUBLICATION_KIND, REACH_KIND)),
        rows="network:publications",
        by=(REACH_KIND.key,),
    ),
)
