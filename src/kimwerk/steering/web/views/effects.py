"""What resolutions change: their effect on a figure, and where they hold."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.directory.models import Municipality
from kimwerk.documents.selectors.library import TemplateWish, templates_for
from kimwerk.documents.types import VersionState
from kimwerk.kernel import german
from kimwerk.steering.measuring import known_figures
from kimwerk.steering.models import Effect, InForce, Resolution
from kimwerk.steering.selectors.goals import rules_in_force
from kimwerk.steering.services.effects import check_effect, end_in_force, measure_effect, put_into_force
from kimwerk.steering.types import SteeringRefused
from kimwerk.steering.web.forms import LastDayForm
from kimwerk.steering.web.goal_forms import EffectForm, FindingForm, IntoForceForm
from kimwerk.steering.web.pages import Page, Part
from kimwerk.steering.web.within import ask, to_resolution
from kimwerk.steering.web.wording import say
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.components import Badge, Cell, Column, NavItem, Row, Table, Tone
from kimwerk.ui.notices import notify

ATTEND, MANAGE = Permission.STEERING_ATTEND, Permission.STEERING_MANAGE


@needs(MANAGE)
def measure(request: ActorRequest, pk: int) -> HttpResponse:
    """Count a figure before and after a resolution holds."""
    kept = _kept(request, pk)
    form = EffectForm(request.POST or None)
    if form.is_valid():
        try:
            measure_effect(actor=request.actor, resolution=kept, **form.cleaned_data)
        except SteeringRefused as refused:
            say(form, refused)
        else:
            notify(request, _("Counted before and after. Now say what you conclude."))
            return redirect("steering:resolution", pk=pk)
    lead = _("As many days before the resolution holds as after it, so that both can be compared.")
    return ask(request, _("Measure the effect"), to_resolution(kept), form, _("Count"), lead)


@needs(MANAGE)
def check(request: ActorRequest, pk: int) -> HttpResponse:
    """Conclude what a resolution has changed."""
    found = Effect.objects.kept_by(request.actor).select_related("resolution")
    effect = get_object_or_404(found, resolution=pk)
    form = FindingForm(request.POST or None, initial={"finding": effect.finding})
    if form.is_valid():
        try:
            check_effect(actor=request.actor, effect=effect, finding=form.cleaned_data["finding"])
        except SteeringRefused as refused:
            say(form, refused)
        else:
            notify(request, _("The effect is checked. A gap that it was to close says so too."))
            return redirect("steering:resolution", pk=pk)
    return ask(request, _("Check the effect"), to_resolution(effect.resolution), form, lead=effect_text(effect))


@needs(MANAGE)
def into_force(request: ActorRequest, pk: int) -> HttpResponse:
    """Let a resolution hold in chosen municipalities from a day."""
    kept = _kept(request, pk)
    places = Municipality.objects.filter(district=kept.committee.organisation.district_id).order_by("sort_key")
    initial: dict[str, object] = {"procedure": kept.title, "from_day": kept.effective_on}
    held = templates_for(request.actor, TemplateWish(state=VersionState.IN_FORCE))
    templates = held.filter(organisation=kept.committee.organisation_id).order_by("title", "pk")
    form = IntoForceForm(request.POST or None, places=places, templates=templates, initial=initial)
    if form.is_valid():
        entered = form.cleaned_data
        chosen, template = [place.pk for place in entered["municipalities"]], entered["template"]
        try:
            put_into_force(
                actor=request.actor, resolution=kept, procedure=entered["procedure"], municipality_ids=chosen,
                from_day=entered["from_day"], template_id=template.pk if template else None,
            )  # fmt: skip
        except SteeringRefused as refused:
            say(form, refused)
        else:
            notify(
                request,
                _("It holds there. Everybody who works there finds it on the page “In force in the municipalities”."),
            )
            return redirect("steering:resolution", pk=pk)
    return ask(request, _("Put into force in municipalities"), to_resolution(kept), form, _("Put into force"))


@needs(MANAGE)
def end(request: ActorRequest, pk: int) -> HttpResponse:
    """Let it hold in a municipality no longer."""
    found = InForce.objects.kept_by(request.actor).select_related("resolution", "municipality")
    rule = get_object_or_404(found, pk=pk)
    form = LastDayForm(request.POST or None)
    if form.is_valid():
        try:
            end_in_force(actor=request.actor, rule=rule, last_day=form.cleaned_data["last_day"])
        except SteeringRefused as refused:
            say(form, refused)
        else:
            notify(request, _("Changed."))
            return redirect("steering:resolution", pk=rule.resolution_id)
    lead = f"{rule.procedure}, {rule.municipality}"
    return ask(request, _("Let it hold no longer"), to_resolution(rule.resolution), form, _("Enter"), lead)


@require_GET
@needs(ATTEND)
def in_force(request: ActorRequest) -> HttpResponse:
    """What holds today in which municipality, for everybody who works there."""
    title = _("In force in the municipalities")
    rules = rules_in_force(request.actor, timezone.localdate())
    columns = (Column(_("Municipality")), Column(_("Procedure or template")), Column(_("Holds from")), Column(_("By")))
    rows = tuple(
        Row((Cell(str(rule.municipality)), _procedure(rule), Cell(german.day(rule.from_day)), Cell(rule.ground)))
        for rule in rules
    )
    table = Table(title, columns, rows, is_caption_hidden=True)
    empty = _("Nothing yet. A resolution about uniform action is put into force on its page, in chosen municipalities.")
    page = Page(title=title, state=_("today"), parts=(Part("rules", _("Procedures and templates"), table, empty),))
    return render(request, "steering/page.html", {"page": page})


def effect_part(resolution: Resolution, *, keeps: bool) -> Part:
    """The effect of a resolution, as far as it was looked for."""
    effect = Effect.objects.filter(resolution=resolution).first()
    pk = [resolution.pk]
    links = [NavItem(_("Measure the effect"), reverse("steering:measure_effect", args=pk))]
    rows: tuple[Row, ...] = ()
    if effect is not None:
        links.append(NavItem(_("Check the effect"), reverse("steering:check_effect", args=pk)))
        rows = (_effect_row(effect),)
    columns = (
        Column(_("Figure")), Column(_("before"), is_numeric=True), Column(_("after"), is_numeric=True),
        Column(_("Days each")), Column(_("Conclusion")),
    )  # fmt: skip
    table = Table(_("Effect"), columns, rows, is_caption_hidden=True)
    empty = _("Not looked for yet: choose a figure and compare it before and after the day from which it holds.")
    return Part("effect", _("Effect"), table, empty, tuple(links) if keeps else ())


def in_force_part(resolution: Resolution, *, keeps: bool) -> Part:
    """In which municipalities a resolution holds."""
    rules = list(resolution.in_force.select_related("municipality", "template").order_by("municipality__sort_key"))
    title = _("In force in the municipalities")
    columns = (
        Column(_("Municipality")),
        Column(_("Procedure or template")),
        Column(_("Holds from")),
        Column(_("Until")),
    )
    rows = tuple(
        Row(
            (
                Cell(
                    str(rule.municipality),
                    reverse("steering:end_in_force", args=[rule.pk]) if keeps and rule.until_day is None else "",
                ),
                _procedure(rule),
                Cell(german.day(rule.from_day)),
                Cell(german.day(rule.until_day) if rule.until_day else "–"),
            )
        )
        for rule in rules
    )
    url = reverse("steering:into_force", args=[resolution.pk])
    links = (NavItem(_("Put into force in municipalities"), url),) if keeps else ()
    empty = _("Nowhere in particular.")
    return Part("in-force", title, Table(title, columns, rows, is_caption_hidden=True), empty, links)


def _procedure(rule: InForce) -> Cell:
    """Its name; a template of the library opens from here, for whoever may read that."""
    return Cell(rule.procedure, address_of_record("documents:template", rule.template.pk) if rule.template else "")


def effect_text(effect: Effect) -> str:
    """Before and after in one sentence."""
    cells = _effect_row(effect).cells
    return f"{cells[0].text}: {cells[1].text} → {cells[2].text}"


def _effect_row(effect: Effect) -> Row:
    figure = known_figures().get(effect.figure_key)
    places = figure.places if figure else 0
    before, after = ("–" if each is None else german.number(each, places) for each in (effect.before, effect.after))
    found = Cell(effect.finding, badge=Badge(_("effect checked"), Tone.SUCCESS)) if effect.is_checked else Cell("–")
    title = str(figure.title) if figure else effect.figure_key
    return Row(
        (Cell(title, note=figure.unit if figure else ""), Cell(before), Cell(after), Cell(str(effect.days)), found)
    )


def _kept(request: ActorRequest, pk: int) -> Resolution:
    found = Resolution.objects.kept_by(request.actor).select_related("committee__organisation")
    return get_object_or_404(found, pk=pk)
