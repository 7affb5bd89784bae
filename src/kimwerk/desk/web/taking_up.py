"""From what another county sent into one's own lists, checklists and surveys."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kimwerk.access.actors import Actor
from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.desk.packed_surveys import questions_in, take_up_survey
from kimwerk.desk.taking_up import (
    Entry,
    checklist_of,
    missing_entries,
    procedure_in,
    take_up_checklist,
    take_up_entries,
    take_up_procedure,
)
from kimwerk.documents.models import Received
from kimwerk.documents.types import DocumentsRefused, PartKind
from kimwerk.documents.web.within import ask, to_received
from kimwerk.documents.web.wording import say
from kimwerk.events.types import TemplateStep
from kimwerk.reporting.catalogue import figures
from kimwerk.ui.components import NavItem
from kimwerk.ui.notices import notify
from kimwerk.ui.widgets import MultiSelect


class EntriesForm(forms.Form):
    """Which entries one's own list shall have too."""

    entries = forms.MultipleChoiceField(label=_("Entries that your list lacks"), widget=MultiSelect)

    def __init__(self, data: QueryDict | None, *, found: tuple[Entry, ...]) -> None:
        super().__init__(data)
        choices = [(each.code, each.label) for each in found]
        self.fields["entries"].choices = choices  # type: ignore[attr-defined]  # a MultipleChoiceField


class TitleForm(forms.Form):
    """What a thing is called in one's own library."""

    title = forms.CharField(label=_("Title"), max_length=160)


def ways_on(actor: Actor, received: Received) -> tuple[NavItem, ...]:
    """What one can do with a thing that another county sent."""
    if received.kind == PartKind.CODE_LIST and actor.can(Permission.CATEGORY_MANAGE) and missing_entries(received):
        return (NavItem(_("Take entries into your own list"), reverse("desk:take_up_entries", args=[received.pk])),)
    if received.kind == PartKind.PROCEDURE and actor.can(Permission.EVENT_MANAGE) and checklist_of(received):
        return (NavItem(_("Use it as your own checklist"), reverse("desk:take_up_checklist", args=[received.pk])),)
    if received.kind == PartKind.SURVEY and actor.can(Permission.SURVEY_MANAGE) and questions_in(received):
        return (NavItem(_("Begin a survey of your own with it"), reverse("desk:take_up_survey", args=[received.pk])),)
    if received.kind == PartKind.PROCEDURE and actor.can(Permission.TEMPLATE_KEEP) and procedure_in(received):
        return (
            NavItem(_("Begin a template of your own with it"), reverse("desk:take_up_procedure", args=[received.pk])),
        )
    if received.kind == PartKind.FIGURE and received.key in {figure.key for figure in figures()}:
        return (NavItem(_("Your own figure of this name"), reverse("reporting:figure", args=[received.key])),)
    return ()


@needs(Permission.CATEGORY_MANAGE)
def entries(request: ActorRequest, pk: int) -> HttpResponse:
    """Choose which entries of a foreign list one's own shall have too."""
    received = get_object_or_404(Received.objects.visible_to(request.actor), pk=pk)
    found = missing_entries(received)
    if found is None:
        raise Http404
    form = EntriesForm(request.POST or None, found=found[1])
    if form.is_valid():
        count = take_up_entries(actor=request.actor, received=received, codes=form.cleaned_data["entries"])
        said = ngettext("One entry is in your list now.", "%(count)s entries are in your list now.", count)
        notify(request, said % {"count": count})
        return redirect("documents:received_part", pk=pk)
    lead = _("What stands in your list already stays as it is. Entries come at the end, with the code of the sender.")
    title = _("Take entries into your own list")
    return ask(request, title, to_received(received), form, _("Take them over"), lead)


@needs(Permission.EVENT_MANAGE)
def checklist(request: ActorRequest, pk: int) -> HttpResponse:
    """Let one's own events begin with the checklist of another county."""
    received = get_object_or_404(Received.objects.visible_to(request.actor), pk=pk)
    found = checklist_of(received)
    if found is None:
        raise Http404
    kind, steps = found
    if request.method == "POST":
        count = take_up_checklist(
            actor=request.actor, organisation_id=_home_of(request, Permission.EVENT_MANAGE), received=received
        )
        said = ngettext("Your checklist has one step now.", "Your checklist has %(count)s steps now.", count)
        notify(request, said % {"count": count})
        return redirect("events:template", kind=kind.value)
    lead = gettext("It replaces your checklist for: %(kind)s. %(steps)s") % {
        "kind": kind.label,
        "steps": " · ".join(map(_said, steps)),
    }
    title = _("Use it as your own checklist")
    return ask(request, title, to_received(received), forms.Form(), _("Use it"), lead)


@needs(Permission.TEMPLATE_KEEP)
def procedure(request: ActorRequest, pk: int) -> HttpResponse:
    """Begin a template of one's own with a procedure of another county."""
    received = get_object_or_404(Received.objects.visible_to(request.actor), pk=pk)
    text = procedure_in(received)
    if not text:
        raise Http404
    form = TitleForm(request.POST or None, initial={"title": received.title})
    if form.is_valid():
        home = _home_of(request, Permission.TEMPLATE_KEEP)
        try:
            begun = take_up_procedure(actor=request.actor, organisation_id=home, received=received, **form.cleaned_data)
        except DocumentsRefused as refused:
            say(form, refused)
        else:
            notify(request, _("The template is begun. Write its text so that it fits your county."))
            return redirect("documents:template", pk=begun.pk)
    lead = _(
        "A draft begins with this text, under the licence of the sender. After its legal review a resolution can put "
        "it into force in municipalities."
    )
    return ask(
        request, _("Begin a template of your own with it"), to_received(received), form, _("Begin the template"), lead
    )


@needs(Permission.SURVEY_MANAGE)
def survey(request: ActorRequest, pk: int) -> HttpResponse:
    """Begin a draft of one's own with the questions of another county."""
    received = get_object_or_404(Received.objects.visible_to(request.actor), pk=pk)
    questions = questions_in(received)
    if not questions:
        raise Http404
    if request.method == "POST":
        home = _home_of(request, Permission.SURVEY_MANAGE)
        begun = take_up_survey(actor=request.actor, organisation_id=home, received=received)
        notify(request, gettext("Your survey is begun. Read every question before you send it."))
        return redirect("surveys:survey", pk=begun.pk)
    lead = gettext("A draft begins with these questions: %(questions)s") % {
        "questions": " · ".join(question.text for question in questions)
    }
    title = _("Begin a survey of your own with it")
    return ask(request, title, to_received(received), forms.Form(), _("Begin the survey"), lead)


def _said(step: TemplateStep) -> str:
    return f"{step.days:+d}: {step.title}"


def _home_of(request: ActorRequest, permission: Permission) -> int:
    return min(request.actor.scope(permission).touched_organisations, default=0)
