"""The forms of goals, measures, indicators and effects."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kimwerk.access.actors import Actor
from kimwerk.directory.models import Municipality
from kimwerk.documents.models import Template
from kimwerk.needs.models import Gap
from kimwerk.needs.types import GapState
from kimwerk.steering.measuring import known_figures
from kimwerk.steering.models import Goal, Measure, Resolution
from kimwerk.steering.types import Aim, GoalFacts, GoalKind, IndicatorFacts, MeasureFacts, Outcome, Turn, WorkState
from kimwerk.steering.web.forms import Data, DayField
from kimwerk.ui.widgets import Combobox, MultiSelect

LONGEST_WINDOW = 1100
"""Days before and after: about three years each."""


class GoalForm(forms.Form):
    """A goal, and under which other one it stands."""

    kind = forms.ChoiceField(label=_("What it is"), choices=GoalKind.choices, initial=GoalKind.ACTION.value)
    title = forms.CharField(label=_("Goal"), max_length=200)
    text = forms.CharField(
        label=_("What is meant by it"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    parent = forms.ModelChoiceField(
        label=_("Stands under"), queryset=Goal.objects.none(), required=False,
        help_text=_("A guiding goal under the roof, an action goal under a guiding goal."),
    )  # fmt: skip
    resolution = forms.ModelChoiceField(
        label=_("Resolved by"), queryset=Resolution.objects.none(), required=False, widget=Combobox
    )

    def __init__(self, data: Data, *, actor: Actor, goal: Goal | None = None, parent: str = "") -> None:
        names = ("kind", "title", "text", "parent", "resolution")
        known = {name: getattr(goal, name) for name in names} if goal else {"parent": parent}
        super().__init__(data, initial=known)
        parents = Goal.objects.kept_by(actor).exclude(kind=GoalKind.ACTION.value)
        _offer(self, "parent", parents.exclude(pk=goal.pk if goal else 0).order_by("position", "pk"))
        _offer(self, "resolution", _adopted(actor))

    @property
    def facts(self) -> GoalFacts:
        """What was entered."""
        entered = self.cleaned_data
        return GoalFacts(
            GoalKind(entered["kind"]), entered["title"], entered["text"], _key(entered["parent"]),
            _key(entered["resolution"]),
        )  # fmt: skip


class MeasureForm(forms.Form):
    """What is done towards a goal."""

    goal = forms.ModelChoiceField(label=_("Goal"), queryset=Goal.objects.none())
    title = forms.CharField(label=_("Measure"), max_length=200)
    text = forms.CharField(
        label=_("What is done"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    responsible = forms.CharField(label=pgettext_lazy("measure", "Who carries it out"), max_length=160, required=False)
    starts_on = DayField(label=_("Begins on"), initial=timezone.localdate)
    due_on = DayField(label=_("Until"), required=False)
    resolution = forms.ModelChoiceField(
        label=_("Resolved by"), queryset=Resolution.objects.none(), required=False, widget=Combobox
    )
    gap = forms.ModelChoiceField(
        label=_("Closes the gap"), queryset=Gap.objects.none(), required=False, widget=Combobox,
        help_text=_("A gap that was resolved is in implementation from then on."),
    )  # fmt: skip

    def __init__(
        self, data: Data, *, actor: Actor, measure: Measure | None = None, initial: dict[str, object] | None = None
    ) -> None:
        names = tuple(MeasureForm.base_fields)
        super().__init__(data, initial={name: getattr(measure, name) for name in names} if measure else initial)
        _offer(self, "goal", Goal.objects.kept_by(actor).exclude(kind=GoalKind.ROOF.value).order_by("position", "pk"))
        _offer(self, "resolution", _adopted(actor))
        closable = (GapState.RESOLVED.value, GapState.IMPLEMENTED.value, GapState.EFFECT_CHECKED.value)
        _offer(self, "gap", Gap.objects.kept_by(actor).filter(state__in=closable).order_by("title"))

    @property
    def facts(self) -> MeasureFacts:
        """What was entered."""
        entered = self.cleaned_data
        return MeasureFacts(
            entered["title"], entered["starts_on"], entered["text"], entered["responsible"], entered["due_on"],
            _key(entered["gap"]), _key(entered["resolution"]),
        )  # fmt: skip


class StateForm(forms.Form):
    """How far a measure is."""

    state = forms.ChoiceField(label=_("State"), choices=WorkState.choices)


def _figure_choices() -> list[tuple[str, str]]:
    return sorted(((key, str(each.title)) for key, each in known_figures().items()), key=lambda pair: pair[1])


class FigureField(forms.ChoiceField):
    """A figure of the catalogue, by its title."""

    def __init__(self) -> None:
        super().__init__(label=_("Figure"), choices=_figure_choices, widget=Combobox)


class IndicatorForm(forms.Form):
    """By what a measure is judged."""

    figure_key = FigureField()
    turn = forms.ChoiceField(label=_("Counted"), choices=Turn.choices, initial=Turn.QUARTER.value)
    first_day = DayField(
        label=_("From"), initial=timezone.localdate, help_text=_("Also days long past: they are counted afterwards.")
    )
    aim = forms.ChoiceField(label=_("Stands well with"), choices=Aim.choices, initial=Aim.AT_LEAST.value)
    green_at = forms.DecimalField(label=_("Green with"), max_digits=12, decimal_places=2)
    amber_at = forms.DecimalField(
        label=_("Amber with"), max_digits=12, decimal_places=2, help_text=_("Whatever is worse is red.")
    )

    @property
    def facts(self) -> IndicatorFacts:
        """What was entered."""
        entered = self.cleaned_data
        return IndicatorFacts(
            entered["figure_key"], Turn(entered["turn"]), entered["first_day"], Aim(entered["aim"]),
            entered["green_at"], entered["amber_at"],
        )  # fmt: skip


class EffectForm(forms.Form):
    """On which figure, over how many days before and after."""

    figure_key = FigureField()
    days = forms.IntegerField(
        label=_("Days before and after"), min_value=1, max_value=LONGEST_WINDOW, initial=90,
        help_text=_("Where fewer days have passed since, fewer are compared."),
    )  # fmt: skip


class FindingForm(forms.Form):
    """What one concludes."""

    finding = forms.CharField(
        label=_("What has changed, and whether the resolution did it"), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip


class IntoForceForm(forms.Form):
    """Which procedure holds where, from when."""

    procedure = forms.CharField(
        label=_("Procedure or template"), max_length=200, help_text=_("As those who work with it know it.")
    )
    template = forms.ModelChoiceField(
        label=_("Template of the library"), queryset=Template.objects.none(), required=False, empty_label="–",
        help_text=_("If the procedure is one of them: whoever works there opens the version in force from here."),
    )  # fmt: skip
    municipalities = forms.ModelMultipleChoiceField(
        label=_("Municipalities"), queryset=Municipality.objects.none(), widget=MultiSelect
    )
    from_day = DayField(label=_("Holds from"), initial=timezone.localdate)

    def __init__(
        self, data: Data, *, places: QuerySet[Municipality], templates: QuerySet[Template], initial: dict[str, object]
    ) -> None:
        super().__init__(data, initial=initial)
        _offer(self, "municipalities", places)
        _offer(self, "template", templates)


def _offer(
    form: forms.Form,
    name: str,
    found: QuerySet[Goal] | QuerySet[Resolution] | QuerySet[Gap] | QuerySet[Municipality] | QuerySet[Template],
) -> None:
    form.fields[name].queryset = found  # type: ignore[attr-defined]  # a ModelChoiceField


def _adopted(actor: Actor) -> QuerySet[Resolution]:
    return Resolution.objects.kept_by(actor).filter(outcome=Outcome.ADOPTED.value).order_by("-decided_on", "-pk")


def _key(chosen: Goal | Resolution | Gap | None) -> int | None:
    return chosen.pk if chosen else None
