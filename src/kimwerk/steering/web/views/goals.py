"""Goals as a tree, measures with their indicators, and what is counted for them."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.directory.web.homes import home_in
from kimwerk.kernel import german
from kimwerk.steering.measuring import known_figures
from kimwerk.steering.models import Goal, Indicator, Measure, Reading, Resolution
from kimwerk.steering.selectors.goals import GoalLine, IndicatorLine, MeasureLine, goals_for, measure_line
from kimwerk.steering.services.goals import (
    bind_indicator,
    count_indicator,
    keep_goal,
    keep_measure,
    release_indicator,
    settle_measure,
)
from kimwerk.steering.types import Aim, GoalKind, ItemSource, Light, SteeringRefused, WorkState
from kimwerk.steering.web.goal_forms import GoalForm, IndicatorForm, MeasureForm, StateForm
from kimwerk.steering.web.pages import Errand, Page, Part
from kimwerk.steering.web.tables import WORK_TONES
from kimwerk.steering.web.within import ask, home_of
from kimwerk.steering.web.wording import say
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.components import Action, Badge, Cell, Column, Crumb, Fact, NavItem, Row, Table, Tone
from kimwerk.ui.notices import notify

READ, ATTEND, MANAGE = Permission.STEERING_READ, Permission.STEERING_ATTEND, Permission.STEERING_MANAGE
LIGHTS = {
    Light.GREEN: Badge(_("green: on course"), Tone.SUCCESS),
    Light.AMBER: Badge(_("amber: look closer"), Tone.WARNING),
    Light.RED: Badge(_("red: act"), Tone.DANGER),
    Light.NONE: Badge(_("not measured")),
}


@require_GET
@needs(READ, ATTEND)
def goals(request: ActorRequest) -> HttpResponse:
    """All goals as a tree with the measures towards them."""
    home = home_in(request, READ, ATTEND)
    tops = goals_for(home.actor)
    keeps = home.actor.can(MANAGE)
    roof = next((line.goal for line in tops if line.goal.kind == GoalKind.ROOF), None)
    guiding = [line for top in tops for line in (top.children if top.goal.kind == GoalKind.ROOF else (top,))]
    parts = tuple(_guiding(line, keeps=keeps) for line in guiding)
    empty = (
        _("No goals yet. Begin with the roof over all, then its guiding goals.")
        if keeps
        else _("No goals yet. The office of the steering group enters them once they are resolved.")
    )
    nothing = Part("goals", _("Guiding goals"), Table(_("Goals"), (), ()), empty)
    page = Page(
        title=_("Goals"),
        state=roof.title if roof else "",
        lead=roof.text if roof else "",
        action=Action(_("Set a goal"), home.address(reverse("steering:new_goal")), "add", is_new_entry=True)
        if keeps
        else None,
        links=(NavItem(_("Correct the roof"), reverse("steering:change_goal", args=[roof.pk])),)
        if roof and keeps
        else (),
        parts=parts or (nothing,),
        homes=home.form,
    )
    return render(request, "steering/page.html", {"page": page})


@needs(MANAGE)
def new_goal(request: ActorRequest) -> HttpResponse:
    """Set a goal."""
    home = home_in(request, MANAGE)
    form = GoalForm(request.POST or None, actor=home.actor, parent=request.GET.get("under", ""))
    if form.is_valid():
        try:
            keep_goal(actor=home.actor, organisation_id=home_of(home.actor), facts=form.facts)
        except SteeringRefused as refused:
            say(form, refused)
        else:
            notify(request, _("The goal is set. Now enter what is done towards it."))
            return redirect(home.address(reverse("steering:goals")))
    return ask(request, _("Set a goal"), to_goals(), form, _("Set"))


@needs(MANAGE)
def change_goal(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct a goal."""
    kept = get_object_or_404(Goal.objects.kept_by(request.actor), pk=pk)
    form = GoalForm(request.POST or None, actor=request.actor, goal=kept)
    if form.is_valid():
        try:
            keep_goal(actor=request.actor, organisation_id=kept.organisation_id, facts=form.facts, goal=kept)
        except SteeringRefused as refused:
            say(form, refused)
        else:
            notify(request, _("Changed."))
            return redirect("steering:goals")
    return ask(request, _("Correct the goal"), to_goals(), form)


@require_GET
@needs(READ, ATTEND)
def measure(request: ActorRequest, pk: int) -> HttpResponse:
    """A measure: what is done, out of which gap or resolution, and how its indicators stand."""
    line = measure_line(request.actor, pk)
    if line is None:
        raise Http404
    seen = line.measure
    keeps = Measure.objects.kept_by(request.actor).filter(pk=pk).exists()
    page = Page(
        title=seen.title,
        state=_("Towards: %(goal)s") % {"goal": seen.goal.title},
        badge=_state_badge(seen),
        crumbs=to_goals(),
        action=Action(_("Bind to a figure"), reverse("steering:bind_indicator", args=[pk]), "add") if keeps else None,
        lead=seen.text,
        facts=_facts(seen),
        links=_links(pk) if keeps else (),
        parts=tuple(_indicator(each, keeps=keeps) for each in line.indicators) or (_unbound(),),
    )
    return render(request, "steering/page.html", {"page": page})


@needs(MANAGE)
def new_measure(request: ActorRequest) -> HttpResponse:
    """Begin a measure: towards a goal, or out of a resolution and the gap that it resolved."""
    form = MeasureForm(request.POST or None, actor=request.actor, initial=_initial(request))
    if form.is_valid():
        try:
            made = keep_measure(actor=request.actor, goal=form.cleaned_data["goal"], facts=form.facts)
        except SteeringRefused as refused:
            say(form, refused)
        else:
            notify(request, _("The measure is begun. Now say by which figure it is judged."))
            return redirect("steering:measure", pk=made.pk)
    return ask(request, _("Begin a measure"), to_goals(), form, _("Begin"))


@needs(MANAGE)
def change_measure(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct a measure."""
    kept = _kept(request, pk)
    form = MeasureForm(request.POST or None, actor=request.actor, measure=kept)
    if form.is_valid():
        try:
            keep_measure(actor=request.actor, goal=form.cleaned_data["goal"], facts=form.facts, measure=kept)
        except SteeringRefused as refused:
            say(form, refused)
        else:
            notify(request, _("Changed."))
            return redirect("steering:measure", pk=pk)
    return ask(request, _("Correct the measure"), _to_measure(kept), form)


@needs(MANAGE)
def settle(request: ActorRequest, pk: int) -> HttpResponse:
    """Say how far a measure is."""
    kept = _kept(request, pk)
    form = StateForm(request.POST or None, initial={"state": kept.state})
    if form.is_valid():
        settle_measure(actor=request.actor, measure=kept, state=WorkState(form.cleaned_data["state"]))
        notify(request, _("Noted how far it is."))
        return redirect("steering:measure", pk=pk)
    return ask(request, _("Say how far it is"), _to_measure(kept), form, lead=kept.title)


@needs(MANAGE)
def bind(request: ActorRequest, pk: int) -> HttpResponse:
    """Say by which figure a measure is judged."""
    kept = _kept(request, pk)
    form = IndicatorForm(request.POST or None)
    if form.is_valid():
        try:
            bind_indicator(actor=request.actor, measure=kept, facts=form.facts)
        except SteeringRefused as refused:
            say(form, refused)
        else:
            notify(request, _("The figure is bound and counted from the first day on."))
            return redirect("steering:measure", pk=pk)
    return ask(request, _("Bind to a figure"), _to_measure(kept), form, _("Bind and count"), lead=kept.title)


@require_POST
@needs(MANAGE)
def count(request: ActorRequest, pk: int) -> HttpResponse:
    """Count an indicator up to today."""
    indicator = get_object_or_404(Indicator.objects.kept_by(request.actor), pk=pk)
    counted = count_indicator(actor=request.actor, indicator=indicator)
    said = ngettext("%(count)s stretch is counted.", "%(count)s stretches are counted.", counted)
    notify(request, said % {"count": counted})
    return redirect("steering:measure", pk=indicator.measure_id)


@require_POST
@needs(MANAGE)
def release(request: ActorRequest, pk: int) -> HttpResponse:
    """Judge a measure by this figure no more."""
    indicator = get_object_or_404(Indicator.objects.kept_by(request.actor), pk=pk)
    release_indicator(actor=request.actor, indicator=indicator)
    notify(request, _("The measure is judged by this figure no more."))
    return redirect("steering:measure", pk=indicator.measure_id)


def to_goals() -> tuple[Crumb, ...]:
    """The way to the goals."""
    return (Crumb(_("Goals"), reverse("steering:goals")),)


def measure_table(lines: Iterator[tuple[str, MeasureLine]]) -> Table:
    """Measures with the action goal they serve, and how they stand."""
    columns = (
        Column(_("Measure")), Column(_("Action goal")), Column(_("Who")), Column(_("Until")), Column(_("State")),
        Column(_("Indicator")),
    )  # fmt: skip
    rows = tuple(_measure_row(goal, line) for goal, line in lines)
    return Table(_("Measures"), columns, rows, is_caption_hidden=True)


def _guiding(line: GoalLine, *, keeps: bool) -> Part:
    """A guiding goal with its action goals and all their measures."""
    goal = line.goal
    pairs = [("", each) for each in line.measures]
    pairs += [(child.goal.title, each) for child in line.children for each in child.measures]
    unserved = [child.goal.title for child in line.children if not child.measures]
    empty = _("No measure yet: %(goals)s") % {"goals": "; ".join(unserved)} if unserved else _("No measure yet.")
    return Part(f"goal-{goal.pk}", goal.title, measure_table(iter(pairs)), empty, _goal_links(line) if keeps else ())


def _goal_links(line: GoalLine) -> tuple[NavItem, ...]:
    pk = line.goal.pk
    return (
        NavItem(_("Begin a measure"), f"{reverse('steering:new_measure')}?goal={pk}"),
        NavItem(
            _("Action goal under it"), f"{reverse('steering:new_goal')}?under={pk}&home={line.goal.organisation_id}"
        ),
        NavItem(_("Correct the guiding goal"), reverse("steering:change_goal", args=[pk])),
        *(
            NavItem(gettext("Correct: %(title)s") % {"title": child.goal.title}, _change_url(child.goal))
            for child in line.children
        ),
    )


def _change_url(goal: Goal) -> str:
    return reverse("steering:change_goal", args=[goal.pk])


def _measure_row(goal: str, line: MeasureLine) -> Row:
    seen = line.measure
    return Row(
        (
            Cell(seen.title, address_of_record("steering:measure", seen.pk)),
            Cell(goal or "–"),
            Cell(seen.responsible or "–"),
            Cell(german.day(seen.due_on) if seen.due_on else "–"),
            Cell(badge=_state_badge(seen)),
            Cell(badge=LIGHTS[line.light]),
        ),
        key=str(seen.pk),
    )


def _state_badge(measure: Measure) -> Badge:
    return Badge(measure.get_state_display(), WORK_TONES[WorkState(measure.state)])


def _facts(measure: Measure) -> tuple[Fact, ...]:
    resolution, gap = measure.resolution, measure.gap
    return (
        Fact(pgettext_lazy("measure", "Who carries it out"), measure.responsible),
        Fact(_("Begins on"), german.day(measure.starts_on)),
        Fact(_("Until"), german.day(measure.due_on) if measure.due_on else ""),
        Fact(
            _("Resolved by"),
            resolution.title if resolution else "",
            url=reverse("steering:resolution", args=[resolution.pk]) if resolution else "",
        ),
        Fact(
            _("Closes the gap"),
            gap.title if gap else "",
            url=reverse("needs:gap", args=[gap.pk]) if gap else "",
            note=gap.get_state_display() if gap else "",
        ),
        Fact(_("Done on"), german.day(measure.done_on) if measure.done_on else _("not yet")),
    )


def _links(pk: int) -> tuple[NavItem, ...]:
    return (
        NavItem(_("Say how far it is"), reverse("steering:settle_measure", args=[pk])),
        NavItem(_("Correct"), reverse("steering:change_measure", args=[pk])),
    )


def _indicator(line: IndicatorLine, *, keeps: bool) -> Part:
    """An indicator with its readings, newest first."""
    indicator = line.indicator
    figure = known_figures().get(indicator.figure_key)
    title = f"{figure.title if figure else indicator.figure_key} ({indicator.get_turn_display()})"
    unit = figure.unit if figure else _("Value")
    columns = (Column(_("Window")), Column(unit, is_numeric=True), Column(_("Indicator")), Column(_("Counted on")))
    places = figure.places if figure else 0
    rows = tuple(_reading(line.indicator, each, places) for each in line.readings)
    errands = (
        Errand(_("Count up to today"), reverse("steering:count_indicator", args=[indicator.pk])),
        Errand(_("Judge by it no more"), reverse("steering:release_indicator", args=[indicator.pk])),
    )
    caption = _goal_text(indicator, places)
    empty = _("Not counted yet.")
    return Part(f"indicator-{indicator.pk}", title, Table(caption, columns, rows), empty, (), errands if keeps else ())


def _goal_text(indicator: Indicator, places: int) -> str:
    named = {
        "aim": Aim(indicator.aim).label,
        "green": german.number(indicator.green_at, places),
        "amber": german.number(indicator.amber_at, places),
    }
    return gettext("Green with %(aim)s %(green)s, amber with %(aim)s %(amber)s") % named


def _reading(indicator: Indicator, reading: Reading, places: int) -> Row:
    window = f"{german.day(reading.first_day)} – {german.day(reading.last_day)}"
    value = "–" if reading.value is None else german.number(reading.value, places)
    note = "" if reading.is_complete else gettext("still running")
    badge = LIGHTS[indicator.light_of(reading)]
    return Row((Cell(window, note=note), Cell(value), Cell(badge=badge), Cell(german.day(reading.counted_on))))


def _unbound() -> Part:
    empty = _("Bound to no figure yet. Without one nobody can tell whether the measure works.")
    return Part("indicators", _("Indicators"), Table(_("Indicators"), (), ()), empty)


def _initial(request: ActorRequest) -> dict[str, object]:
    """The goal or the resolution from whose page one comes; the gap is that of the resolution."""
    known: dict[str, object] = {"goal": request.GET.get("goal", "")}
    number = request.GET.get("resolution", "")
    found = Resolution.objects.kept_by(request.actor).select_related("item")
    resolution = found.filter(pk=int(number)).first() if number.isdecimal() else None
    if resolution is None:
        return known
    known |= {"resolution": resolution.pk, "title": resolution.title, "responsible": resolution.responsible}
    if resolution.item is not None and resolution.item.source == ItemSource.GAP:
        known["gap"] = resolution.item.source_id
    return known


def _kept(request: ActorRequest, pk: int) -> Measure:
    return get_object_or_404(Measure.objects.kept_by(request.actor), pk=pk)


def _to_measure(measure: Measure) -> tuple[Crumb, ...]:
    return (*to_goals(), Crumb(measure.title, reverse("steering:measure", args=[measure.pk])))
