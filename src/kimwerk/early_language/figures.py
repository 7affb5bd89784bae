"""What the language programme counts: kindergartens, enquiries, what was done, and how many adults were reached."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.db.models import Count, Sum
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from kimwerk.access.actors import Actor
from kimwerk.early_language.models import Deed, Enquiry, Kindergarten
from kimwerk.early_language.types import DeedKind, EnquiryState, Reason
from kimwerk.kernel.counting import GroupedCount, Rows
from kimwerk.kernel.figures import MISSING, Dimension, Figure, FigureQuery, Member, MemberKind, Unit, WindowKind

ROOM = "early_language"
PLACE = Dimension("kindergarten_municipality", _("Municipality"), MemberKind.PLACE)
CARRIER = Dimension("kindergarten_carrier", _("Carrier"))
PROGRAMME = Dimension("kindergarten_programme", _("Federal language programme"))
STATE = Dimension("enquiry_state", _("What became of it"))
REASON = Dimension("enquiry_reason", _("Why nothing became of it"))
OFFER = Dimension("enquiry_offer", _("Offer"))
QUARTER = Dimension("language_quarter", _("Quarter"), MemberKind.TIME)
KIND = Dimension("language_deed", _("Sort of work"))
CIRCLE = Dimension("language_circle", _("Legal circle of the partner"))


def _named(key: object, label: str | None) -> Member:
    return Member(str(key), label) if key and label else Member(MISSING, _g("not recorded"))


def _quarter(day: date) -> Member:
    quarter = (day.month + 2) // 3
    return Member(f"{day.year}-Q{quarter}", f"{day.year}/{quarter}")


def _kindergartens(actor: Actor, query: FigureQuery) -> Rows:
    found = Kindergarten.objects.visible_to(actor).existing(query.window.end - timedelta(days=1))
    if query.organisation is not None:
        found = found.filter(organisation=query.organisation)
    names = ("municipality", "municipality__name", "carrier", "is_language_kindergarten")
    for place, name, carrier, takes_part, count in found.values_list(*names).annotate(count=Count("pk")).order_by():
        part = Member("yes", _g("takes part")) if takes_part else Member("no", _g("does not take part"))
        yield {PLACE.key: _named(place, name), CARRIER.key: Member(carrier, carrier), PROGRAMME.key: part}, count


def _enquiries(actor: Actor, query: FigureQuery) -> Rows:
    found = Enquiry.objects.visible_to(actor)
    found = found.filter(asked_on__gte=query.window.start, asked_on__lt=query.window.end)
    if query.organisation is not None:
        found = found.filter(organisation=query.organisation)
    names = (
        *("state", "reason", "offer", "offer__title"),
        *("kindergarten__municipality", "kindergarten__municipality__name", "asked_on"),
    )
    for state, reason, offer, title, place, name, day, count in (
        found.values_list(*names).annotate(count=Count("pk")).order_by()
    ):
        yield (
            {
                STATE.key: Member(state, str(EnquiryState(state).label)),
                REASON.key: Member(reason, str(Reason(reason).label))
                if reason
                else Member(MISSING, pgettext("reason", "none needed")),
                OFFER.key: _named(offer, title),
                PLACE.key: _named(place, name),
                QUARTER.key: _quarter(day),
            },
            count,
        )


def _deeds(measure: str) -> Callable[[Actor, FigureQuery], Rows]:
    def rows(actor: Actor, query: FigureQuery) -> Rows:
        found = Deed.objects.visible_to(actor).filter(day__gte=query.window.start, day__lt=query.window.end)
        if query.organisation is not None:
            found = found.filter(organisation=query.organisation)
        names = ("kind", "municipality", "municipality__name", "legal_circle", "legal_circle__label", "day")
        grouped = found.values_list(*names).annotate(count=Sum(measure)).order_by()
        for kind, place, name, circle, label, day, count in grouped:
            yield (
                {
                    KIND.key: Member(kind, str(DeedKind(kind).label)),
                    PLACE.key: _named(place, name),
                    CIRCLE.key: _named(circle, label),
                    QUARTER.key: _quarter(day),
                },
                count,
            )

    return rows


ALONG_DEEDS = (KIND, PLACE, CIRCLE, QUARTER)

FIGURES: tuple[Figure[Actor], ...] = (
    Figure(
        "kindergartens",
        _("Kindergartens"),
        Unit.KINDERGARTENS,
        _("Every kindergarten that existed on the last day of the window counts once, with its facts of today."),
        _("The language programmes that the reader may read."),
        (PLACE, CARRIER, PROGRAMME),
        ROOM,
        GroupedCount(_kindergartens, (PLACE, CARRIER, PROGRAMME)),
        window_kind=WindowKind.REFERENCE_DATE,
        rows="early_language:kindergartens",
        by=(PROGRAMME.key,),
    ),
    Figure(
        "kindergarten_enquiries",
        _("Enquiries of kindergartens"),
        Unit.ENQUIRIES,
        _("Every enquiry counts once, on the day on which it came, with what has become of it until today."),
        _("The language programmes that the reader may read."),
        (STATE, REASON, OFFER, PLACE, QUARTER),
        ROOM,
        GroupedCount(_enquiries, (STATE, REASON, OFFER, PLACE, QUARTER)),
        rows="early_language:enquiries",
        by=(STATE.key,),
    ),
    Figure(
        "language_deeds",
        _("Visits, counselling and talks of the language programme"),
        Unit.ACTIVITIES,
        _("Every visit, every counselling and every talk counts, on its day."),
        _("The language programmes that the reader may read. Trainings are events and stand there."),
        ALONG_DEEDS,
        ROOM,
        GroupedCount(_deeds("times"), ALONG_DEEDS),
        rows="early_language:deeds",
        by=(KIND.key,),
    ),
    Figure(
        "language_adults",
        _("Adults reached by the language programme"),
        Unit.PARTICIPANTS,
        _("Attendances of professionals and parents; somebody who comes twice counts twice. Children are not counted."),
        _("The language programmes that the reader may read. Trainings are events and stand there."),
        ALONG_DEEDS,
        ROOM,
        GroupedCount(_deeds("adults"), ALONG_DEEDS),
        rows="early_language:deeds",
        by=(KIND.key,),
    ),
)
