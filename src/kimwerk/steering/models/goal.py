"""What the programme is to reach: goals, measures towards them, and indicators with their readings."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.steering.models.committee import Committee
from kimwerk.steering.models.resolution import Resolution
from kimwerk.steering.types import Aim, GoalKind, Light, Turn, WorkState


def read_by(actor: Actor) -> Q:
    """Things of organisations whose steering the actor reads, or in one of whose committees the actor sits."""
    reads = actor.scope(Permission.STEERING_READ).organisations
    return Q(organisation__in=reads) | Q(
        organisation__in=Committee.objects.visible_to(actor).values("organisation").order_by()
    )


class GoalQuerySet(models.QuerySet["Goal"]):
    """Goals that the actor may read or keep. Row-level security stands behind it."""

    def visible_to(self, actor: Actor) -> GoalQuerySet:
        return self.filter(read_by(actor))

    def kept_by(self, actor: Actor) -> GoalQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.STEERING_MANAGE).organisations)


class Goal(models.Model):
    """A goal: the roof over all, guiding goals below it, and action goals below these."""

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=GoalKind.choices)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, null=True, blank=True, related_name="goals")

    objects = GoalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "title"], name="goal_title_is_unique"),
            models.CheckConstraint(condition=~Q(title=""), name="goal_has_a_title"),
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in GoalKind]), name="goal_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind="roof", parent__isnull=True)
                | Q(kind="guiding")
                | Q(kind="action", parent__isnull=False),
                name="goal_stands_under_another",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MeasureQuerySet(models.QuerySet["Measure"]):
    """Measures that the actor may read or keep."""

    def visible_to(self, actor: Actor) -> MeasureQuerySet:
        return self.filter(read_by(actor))

    def kept_by(self, actor: Actor) -> MeasureQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.STEERING_MANAGE).organisations)


class Measure(models.Model):
    """What is done towards a goal, and the gap or the resolution that it comes from."""

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="measures")
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    responsible = models.CharField(max_length=160, blank=True)
    gap = models.ForeignKey("needs.Gap", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, null=True, blank=True, related_name="measures")
    starts_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=WorkState.choices, default=WorkState.OPEN.value)
    done_on = models.DateField(null=True, blank=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="measure_has_a_title"),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("starts_on")), name="measure_is_due_after_its_start"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in WorkState]), name="measure_state_is_known"
            ),
            models.CheckConstraint(
                condition=(Q(state="done") & Q(done_on__isnull=False)) | (~Q(state="done") & Q(done_on__isnull=True)),
                name="measure_is_done_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    """Indicators of measures that the actor may read or keep."""

    def visible_to(self, actor: Actor) -> IndicatorQuerySet:
        return self.filter(measure__in=Measure.objects.visible_to(actor))

    def kept_by(self, actor: Actor) -> IndicatorQuerySet:
        return self.filter(measure__in=Measure.objects.kept_by(actor))


class Indicator(models.Model):
    """By which figure of the catalogue a measure is judged, how often, and from which value it stands well."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="indicators")
    figure_key = models.CharField(max_length=60)
    turn = models.CharField(max_length=8, choices=Turn.choices)
    first_day = models.DateField()
    counted_by = models.ForeignKey(
        "accounts.Account", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    aim = models.CharField(max_length=8, choices=Aim.choices)
    green_at = models.DecimalField(max_digits=14, decimal_places=2)
    amber_at = models.DecimalField(max_digits=14, decimal_places=2)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "figure_key"], name="indicator_stands_once_at_a_measure"),
            models.CheckConstraint(condition=~Q(figure_key=""), name="indicator_names_a_figure"),
            models.CheckConstraint(condition=Q(turn__in=[turn.value for turn in Turn]), name="indicator_turn_is_known"),
            models.CheckConstraint(
                condition=Q(aim="at_least", amber_at__lte=F("green_at"))
                | Q(aim="at_most", amber_at__gte=F("green_at")),
                name="indicator_is_amber_before_green",
            ),
        ]

    def __str__(self) -> str:
        return self.figure_key

    def light_of(self, reading: Reading | None) -> Light:
        """How a reading stands; an unmeasured one tells nothing."""
        if reading is None or reading.value is None:
            return Light.NONE
        sign = 1 if self.aim == Aim.AT_LEAST else -1
        if sign * reading.value >= sign * self.green_at:
            return Light.GREEN
        return Light.AMBER if sign * reading.value >= sign * self.amber_at else Light.RED


class Reading(models.Model):
    """What the figure was in one stretch of time, and on which day it was counted. None: it could not be told."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="readings", db_index=False)
    first_day = models.DateField()
    last_day = models.DateField()
    value = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    counted_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "first_day"], name="reading_stands_once"),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="reading_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return str(self.first_day)

    @property
    def is_complete(self) -> bool:
        """Whether the stretch had ended when it was counted."""
        return self.counted_on > self.last_day


class EffectQuerySet(models.QuerySet["Effect"]):
    """Effects of resolutions that the actor may read or keep."""

    def visible_to(self, actor: Actor) -> EffectQuerySet:
        return self.filter(resolution__in=Resolution.objects.visible_to(actor))

    def kept_by(self, actor: Actor) -> EffectQuerySet:
        return self.filter(resolution__in=Resolution.objects.kept_by(actor))


class Effect(models.Model):
    """What a resolution has changed: a figure over equally many days before and after the day it holds from.

    `finding` is what the office concludes; with it the effect is checked.
    """

    resolution = models.OneToOneField(Resolution, on_delete=models.PROTECT, related_name="effect")
    figure_key = models.CharField(max_length=60)
    days = models.PositiveSmallIntegerField()
    before = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    after = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    counted_on = models.DateField()
    finding = models.TextField(blank=True)
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = EffectQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(days__gte=1, days__lte=1100), name="effect_compares_some_days"),
            models.CheckConstraint(
                condition=Q(finding="", checked_on__isnull=True, checked_by__isnull=True)
                | (~Q(finding="") & Q(checked_on__isnull=False, checked_by__isnull=False)),
                name="effect_is_checked_when_and_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.figure_key

    @property
    def is_checked(self) -> bool:
        """Whether the office has concluded something."""
        return self.checked_on is not None


class InForceQuerySet(models.QuerySet["InForce"]):
    """What holds in municipalities is for everybody who works for the organisation there, not for members only."""

    def visible_to(self, actor: Actor) -> InForceQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.STEERING_ATTEND).touched_organisations)

    def kept_by(self, actor: Actor) -> InForceQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.STEERING_MANAGE).organisations)


class InForce(models.Model):
    """A municipality in which a resolution about uniform action holds, from a day, with the name of the procedure.

    Where the procedure is a template of the library, `template` leads to the version in force. `ground` names the
    resolution for those who may not read the papers of its committee.
    """

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="in_force", db_index=False)
    ground = models.CharField(max_length=300)
    municipality = models.ForeignKey("directory.Municipality", on_delete=models.PROTECT, related_name="+")
    procedure = models.CharField(max_length=200)
    template = models.ForeignKey(
        "documents.Template", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)

    objects = InForceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["resolution", "municipality"], name="resolution_holds_once_in_a_municipality"
            ),
            models.CheckConstraint(condition=~Q(procedure=""), name="in_force_names_a_procedure"),
            models.CheckConstraint(
                condition=Q(until_day__isnull=True) | Q(until_day__gte=F("from_day")),
                name="in_force_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(fields=["template"], condition=Q(template__isnull=False), name="in_force_by_template"),
        ]

    def __str__(self) -> str:
        return self.procedure

    def holds(self, on: date) -> bool:
        """Whether it holds that day."""
        return self.from_day <= on and (self.until_day is None or on <= self.until_day)
