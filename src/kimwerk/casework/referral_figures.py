"""What is counted of referrals and case conferences. Nothing sealed is opened, and no row is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import starmap

from django.db.models import (
    Aggregate,
    Avg,
    CharField,
    DateField,
    DurationField,
    ExpressionWrapper,
    F,
    Func,
    Q,
    QuerySet,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from kimwerk.access.actors import Actor
from kimwerk.casework.conference_types import ConferenceState
from kimwerk.casework.figures import (
    EACH_ROW,
    MOST_DAYS,
    MUNICIPALITY,
    ROOM,
    TRUNCATED,
    key_of,
    members_of,
    rounded,
    whole_of,
)
from kimwerk.casework.models.conference import Conference
from kimwerk.casework.models.referral import Referral
from kimwerk.casework.referral_states import ReferralState
from kimwerk.casework.referral_words import OUTCOMES, STATES
from kimwerk.kernel.figures import (
    MOST_DIMENSIONS,
    Axis,
    Counted,
    Dimension,
    Figure,
    FigureQuery,
    MemberKind,
    QueryError,
    QueryProblem,
    Text,
    Unit,
    Value,
)
from kimwerk.ui.slices import TIME

TARGET = Dimension("referral_target", _("Referral target"))
RECIPIENT = Dimension("recipient", _("Referred to"))
OUTCOME = Dimension("referral_outcome", _("Outcome of the referral"))
OUTCOME_CODES: Mapping[str, Text] = {
    **{code.value: text for code, text in OUTCOMES.items()},
    **{code.value: text for code, text in STATES.items() if code is not ReferralState.FINISHED},
}
CAME_OF_IT = Coalesce(Func("outcome", template="nullif(%(expressions)s, '')"), F("state"), output_field=CharField())
"""The outcome, which only finished referrals have, or else the state. Without parameters, so that it can group."""

COLUMNS: Mapping[str, tuple[Combinable, Combinable]] = {
    TARGET.key: (F("target__code"), F("target__label")),
    RECIPIENT.key: (F("recipient_id"), F("recipient__name")),
    MUNICIPALITY.key: (F("municipality__ags"), F("municipality__name")),
    OUTCOME.key: (CAME_OF_IT, CAME_OF_IT),
}
"""Where a dimension stands on a referral, and where its label."""


@dataclass(frozen=True, slots=True)
class _Count:
    """A figure over rows of one table: `day` is the instant by which time is told."""

    rows: Callable[[Actor], QuerySet[Referral] | QuerySet[Conference]]
    day: str
    along: tuple[Dimension, ...]
    value: Aggregate

    def __call__(self, actor: Actor, query: FigureQuery) -> Counted:
        by = tuple(self._dimension(key) for key in query.by)
        if len(by) > MOST_DIMENSIONS or len(set(by)) < len(by):
            raise QueryError(QueryProblem.TOO_MANY_DIMENSIONS)
        if query.window.days > MOST_DAYS:
            raise QueryError(QueryProblem.WINDOW_TOO_LONG)
        found = self._narrowed(self.rows(actor), query)
        if not by:
            total = rounded(found.aggregate(value=self.value)["value"])
            return Counted((), {(): total}, total)
        columns = {f"by_{place}": self._column(each) for place, each in enumerate(by)}
        labels = {
            f"label_{place}": COLUMNS[each.key][1] for place, each in enumerate(by) if each.kind is not MemberKind.TIME
        }
        named = found.annotate(**columns, **labels).values(*columns, *labels)
        grouped = list(named.annotate(value=self.value).order_by())
        cells: dict[tuple[str, ...], Value] = {
            tuple(key_of(each, row[f"by_{place}"]) for place, each in enumerate(by)): rounded(row["value"])
            for row in grouped
        }

        total = whole_of(self.value, cells.values())
        if total is None:
            total = rounded(found.aggregate(value=self.value)["value"])

        def axis(place: int, each: Dimension) -> Axis:
            met = {key_of(each, row[f"by_{place}"]): str(row.get(f"label_{place}") or "") for row in grouped}
            coded = OUTCOME_CODES if each is OUTCOME else None
            return Axis(each, members_of(each, met, query.window, coded))

        return Counted(tuple(starmap(axis, enumerate(by))), cells, total)

    def _dimension(self, key: str) -> Dimension:
        found = next((dimension for dimension in self.along if dimension.key == key), None)
        if found is None:
            raise QueryError(QueryProblem.UNKNOWN_DIMENSION, key)
        return found

    def _narrowed(
        self, rows: QuerySet[Referral] | QuerySet[Conference], query: FigureQuery
    ) -> QuerySet[Referral] | QuerySet[Conference]:
        days = {f"{self.day}__date__gte": query.window.start, f"{self.day}__date__lt": query.window.end}
        found = rows.filter(Q(**days))
        if query.organisation is not None:
            found = found.filter(organisation=query.organisation)
        for place, (key, members) in enumerate(query.only.items()):
            if self._dimension(key).kind is MemberKind.TIME:
                raise QueryError(QueryProblem.UNKNOWN_DIMENSION, key)
            if members:
                found = found.annotate(**{f"only_{place}": COLUMNS[key][0]}).filter(
                    **{f"only_{place}__in": list(members)}
                )
        return found

    def _column(self, dimension: Dimension) -> Combinable:
        if dimension.kind is MemberKind.TIME:
            return TRUNCATED[dimension.key](self.day, output_field=DateField())
        return COLUMNS[dimension.key][0]


def _referrals(actor: Actor) -> QuerySet[Referral]:
    return Referral.objects.countable_by(actor)


def _answered(actor: Actor) -> QuerySet[Referral]:
    return Referral.objects.countable_by(actor).filter(answered_at__isnull=False)


def _held(actor: Actor) -> QuerySet[Conference]:
    return Conference.objects.countable_by(actor).filter(state=ConferenceState.HELD.value)


ALONG = (TARGET, RECIPIENT, MUNICIPALITY, OUTCOME, *TIME)
WAIT = ExpressionWrapper(F("answered_at") - F("sent_at"), output_field=DurationField())
SENT = _Count(_referrals, "sent_at", ALONG, EACH_ROW)
EACH = _("Every referral out of a case counts once, on the day it was sent.")
ALL = _("All referrals of the organisation, slips of paper among them.")


def _figure(
    key: str,
    title: Text,
    unit: Unit,
    counts: Text,
    compute: _Count,
    *by: str,
    population: Text = ALL,
    part_of: str = "",
) -> Figure[Actor]:
    return Figure(
        key, title, unit, counts, population, compute.along, ROOM, compute, is_additive=unit is not Unit.DAYS, by=by,
        places=1 if unit is Unit.DAYS else 0,
        rows="casework:conferences" if unit is Unit.CONFERENCES else "casework:referrals", part_of=part_of,
    )  # fmt: skip


FIGURES: tuple[Figure[Actor], ...] = (
    _figure("case_referrals", _("Referrals out of cases"), Unit.REFERRALS, EACH, SENT, "referral_outcome"),
    _figure(
        "case_referrals_by_target", _("Referrals out of cases by target and outcome"), Unit.REFERRALS, EACH, SENT,
        "referral_target", "referral_outcome",
    ),
    _figure(
        "case_referral_wait", _("Time until a referral is answered"), Unit.DAYS,
        _("Mean number of days from the sending to the answer of the referrals that were answered."),
        _Count(_answered, "sent_at", ALONG, Avg(WAIT)), "recipient",
    ),
    _figure(
        "case_referrals_answered", _("Referrals that were answered"), Unit.REFERRALS,
        _("Every referral that was answered counts once, on the day it was sent."),
        _Count(_answered, "sent_at", ALONG, EACH_ROW), "recipient", part_of="case_referrals",
    ),
    _figure(
        "case_conferences", _("Case conferences held"), Unit.CONFERENCES,
        _("Every conference counts once, on the day for which it was planned."),
        _Count(_held, "planned_at", TIME, EACH_ROW), "month",
        population=_("Conferences about cases and those for learning, without those called off."),
    ),
)  # fmt: skip
