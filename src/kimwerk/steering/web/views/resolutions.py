"""Resolutions: the register, one of them with every version of its text, and how far they are carried out."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.kernel import german
from kimwerk.steering.models import Effect, Resolution, ResolutionText
from kimwerk.steering.policies import may_keep
from kimwerk.steering.selectors.goals import measures_of
from kimwerk.steering.selectors.resolutions import resolutions_for, texts_of
from kimwerk.steering.services.resolutions import (
    change_resolution,
    resolve,
    reword_resolution,
    settle_resolution,
)
from kimwerk.steering.texts import votes_text
from kimwerk.steering.types import Outcome, SteeringRefused, WorkState
from kimwerk.steering.web.meeting_forms import SettleForm
from kimwerk.steering.web.meeting_within import kept_item, to_minutes
from kimwerk.steering.web.pages import Page, Part
from kimwerk.steering.web.resolution_forms import NewResolutionForm, ResolutionFilter, ResolutionForm, RewordForm
from kimwerk.steering.web.tables import resolution_badge, resolution_table
from kimwerk.steering.web.views.effects import effect_part, in_force_part
from kimwerk.steering.web.views.goals import measure_table
from kimwerk.steering.web.within import ask, kept_committee, to_committee, to_resolution, to_resolutions
from kimwerk.steering.web.wording import say
from kimwerk.ui.components import Badge, Fact, Moment, NavItem, Tone
from kimwerk.ui.listing import chips_of
from kimwerk.ui.newest import newest_first
from kimwerk.ui.notices import notify
from kimwerk.ui.pages import ListPage

READ, ATTEND, MANAGE = Permission.STEERING_READ, Permission.STEERING_ATTEND, Permission.STEERING_MANAGE


@require_GET
@needs(READ, ATTEND)
def resolutions(request: ActorRequest) -> HttpResponse:
    """The register of resolutions."""
    form = ResolutionFilter(request.GET, actor=request.actor)
    found = newest_first(resolutions_for(request.actor, form.wish), request.GET, by="decided_on")
    page = ListPage(
        title=_("Resolutions"),
        state=_("newest first"),
        filter=form,
        chips=chips_of(form, request.GET),
        reset_url=reverse("steering:resolutions"),
        table=resolution_table(found.items, names_committee=True),
        pagination=found.pagination,
        empty_title=_("No resolution yet"),
        empty_text=_("Resolutions are entered while minutes are written, or on the page of a committee."),
    )
    return render(request, "steering/list.html", {"page": page})


@require_GET
@needs(READ, ATTEND)
def resolution(request: ActorRequest, pk: int) -> HttpResponse:
    """One resolution: its text as it holds, the vote, and the versions before."""
    found = Resolution.objects.visible_to(request.actor).select_related("committee", "meeting__committee")
    seen = get_object_or_404(found, pk=pk)
    texts, keeps = texts_of(seen), may_keep(request.actor, seen.committee)
    page = Page(
        title=seen.title,
        state=_("Resolution %(number)s, %(committee)s") % {"number": seen.number, "committee": seen.committee.name},
        badge=_badge(seen),
        crumbs=to_resolutions(),
        links=_links(pk) if keeps else (),
        facts=_facts(seen),
        parts=_parts(request, seen, keeps=keeps) if seen.outcome == Outcome.ADOPTED else (),
        text_title=_("Text"),
        text=texts[0].text,
        moments_title=_("Versions of the text"),
        moments=tuple(map(_moment, texts)) if len(texts) > 1 else (),
    )
    return render(request, "steering/page.html", {"page": page})


@needs(MANAGE)
def at_item(request: ActorRequest, pk: int) -> HttpResponse:
    """Enter what was decided at an item of the agenda."""
    item = kept_item(request, pk)
    committee = item.meeting.committee
    form = NewResolutionForm.at(request.POST or None, committee=committee, item=item)
    if form.is_valid():
        text = form.cleaned_data["text"]
        try:
            resolve(actor=request.actor, committee=committee, facts=form.facts, text=text, item=item)
        except SteeringRefused as refused:
            say(form, refused)
        else:
            notify(request, _("The resolution is entered. It stands in the minutes."))
            return redirect(f"{reverse('steering:minutes', args=[item.meeting_id])}#item-{pk}")
    lead = _("Out of: %(item)s") % {"item": item.title}
    draft = f"steering-resolution-{pk}"
    return ask(request, _("Enter a resolution"), to_minutes(item.meeting), form, _("Enter"), lead, draft)


@needs(MANAGE)
def in_writing(request: ActorRequest, pk: int) -> HttpResponse:
    """Enter what was decided in writing, between meetings."""
    committee = kept_committee(request, pk)
    form = NewResolutionForm(request.POST or None, committee=committee)
    if form.is_valid():
        try:
            made = resolve(actor=request.actor, committee=committee, facts=form.facts, text=form.cleaned_data["text"])
        except SteeringRefused as refused:
            say(form, refused)
        else:
            notify(request, _("The resolution is entered."))
            return redirect("steering:resolution", pk=made.pk)
    lead = _("Decided in writing, between meetings.")
    return ask(request, _("Enter a resolution"), to_committee(committee), form, _("Enter"), lead)


@needs(MANAGE)
def change(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct what is known of a resolution, apart from its text."""
    kept = _kept(request, pk)
    form = ResolutionForm(request.POST or None, committee=kept.committee, resolution=kept)
    if form.is_valid():
        try:
            change_resolution(actor=request.actor, resolution=kept, facts=form.facts)
        except SteeringRefused as refused:
            say(form, refused)
        else:
            notify(request, _("Changed."))
            return redirect("steering:resolution", pk=pk)
    lead = _("The text is changed by a new version, with its reason.")
    return ask(request, _("Correct the resolution"), to_resolution(kept), form, lead=lead)


@needs(MANAGE)
def reword(request: ActorRequest, pk: int) -> HttpResponse:
    """Give a resolution a new text; the old one stays."""
    kept = _kept(request, pk)
    form = RewordForm(request.POST or None, initial={"text": texts_of(kept)[0].text})
    if form.is_valid():
        reword_resolution(actor=request.actor, resolution=kept, **form.cleaned_data)
        notify(request, _("The new version holds. The ones before stay to be read."))
        return redirect("steering:resolution", pk=pk)
    return ask(request, _("New version of the text"), to_resolution(kept), form)


@needs(MANAGE)
def settle(request: ActorRequest, pk: int) -> HttpResponse:
    """Say how far a resolution is carried out."""
    kept = _kept(request, pk)
    form = SettleForm(request.POST or None, initial={"state": kept.state, "note": kept.remark})
    if form.is_valid():
        state, remark = WorkState(form.cleaned_data["state"]), form.cleaned_data["note"]
        settle_resolution(actor=request.actor, resolution=kept, state=state, remark=remark)
        notify(request, _("Noted how far it is."))
        return redirect("steering:resolution", pk=pk)
    return ask(request, _("Say how far it is"), to_resolution(kept), form, lead=kept.title)


def _kept(request: ActorRequest, pk: int) -> Resolution:
    return get_object_or_404(Resolution.objects.kept_by(request.actor).select_related("committee"), pk=pk)


def _badge(resolution: Resolution) -> Badge:
    """How it stands; once its effect is checked, that."""
    is_checked = Effect.objects.filter(resolution=resolution, checked_on__isnull=False).exists()
    return Badge(_("effect checked"), Tone.SUCCESS) if is_checked else resolution_badge(resolution)


def _parts(request: ActorRequest, resolution: Resolution, *, keeps: bool) -> tuple[Part, ...]:
    """What comes of an adopted resolution: measures, its effect, and where it holds."""
    lines = ((each.measure.goal.title, each) for each in measures_of(request.actor, resolution))
    url = f"{reverse('steering:new_measure')}?resolution={resolution.pk}"
    links = (NavItem(_("Begin a measure"), url),) if keeps else ()
    measures = Part("measures", _("Measures"), measure_table(lines), _("No measure comes of it yet."), links)
    return measures, effect_part(resolution, keeps=keeps), in_force_part(resolution, keeps=keeps)


def _links(pk: int) -> tuple[NavItem, ...]:
    return (
        NavItem(_("Say how far it is"), reverse("steering:settle_resolution", args=[pk])),
        NavItem(_("New version of the text"), reverse("steering:reword", args=[pk])),
        NavItem(_("Correct"), reverse("steering:change_resolution", args=[pk])),
    )


def _facts(resolution: Resolution) -> tuple[Fact, ...]:
    meeting = resolution.meeting
    return (
        Fact(
            _("Resolved on"),
            german.day(resolution.decided_on),
            url=reverse("steering:meeting", args=[meeting.pk]) if meeting else "",
            note=str(meeting) if meeting else _("in writing"),
        ),
        Fact(_("Vote taken"), resolution.get_outcome_display(), note=votes_text(resolution)),
        Fact(_("Holds from"), german.day(resolution.effective_on) if resolution.effective_on else ""),
        Fact(_("Who carries it out"), resolution.responsible),
        Fact(_("Until"), german.day(resolution.due_on) if resolution.due_on else ""),
        Fact(_("Carried out on"), german.day(resolution.done_on) if resolution.done_on else _("not yet")),
        Fact(_("Remark"), resolution.remark),
    )


def _moment(text: ResolutionText) -> Moment:
    title = gettext("version %(number)s") % {"number": text.number}
    said = f"{text.reason}: {text.text}" if text.reason else text.text
    return Moment(text.written_on, title, said, by=text.written_by.display_name)
