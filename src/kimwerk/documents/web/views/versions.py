"""A version: writing it, its legal review, its way into force, comparing it, and the papers it becomes."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.documents.archives import LARGEST_PAPER
from kimwerk.documents.filling import filled
from kimwerk.documents.models import Template, TemplateVersion
from kimwerk.documents.reading import text_of
from kimwerk.documents.selectors.library import compared
from kimwerk.documents.services.library import (
    ask_review,
    note_adoption,
    put_into_force,
    review_version,
    withdraw_version,
    write_version,
)
from kimwerk.documents.types import DocumentsRefused, Language, Verdict, VersionState
from kimwerk.documents.web.forms import AdoptionForm, DayForm, FillForm, PaperUploadForm, ReviewForm, VersionForm
from kimwerk.documents.web.pages import Errand, ThingPage
from kimwerk.documents.web.papers import as_answer
from kimwerk.documents.web.within import ask, kept_template, kept_version, named, seen_version, to_template, to_version
from kimwerk.documents.web.wording import REFUSED, say, state_badge
from kimwerk.kernel import german
from kimwerk.ui.components import Action, Fact, Moment, NavItem, Tone
from kimwerk.ui.notices import notify

READ, KEEP, REVIEW = Permission.TEMPLATE_READ, Permission.TEMPLATE_KEEP, Permission.TEMPLATE_REVIEW


@require_GET
@needs(READ)
def version(request: ActorRequest, pk: int) -> HttpResponse:
    """A version with its text, its reviews, and what one may do with it next."""
    seen = seen_version(request, pk)
    keeps = Template.objects.kept_by(request.actor).filter(pk=seen.template_id).exists()
    reviews = Template.objects.reviewed_by(request.actor).filter(pk=seen.template_id).exists()
    page = ThingPage(
        title=seen.template.title,
        state=named(seen),
        badge=state_badge(seen.state),
        crumbs=to_template(seen.template),
        action=Action(_("Fill in"), reverse("documents:fill", args=[pk])),
        links=_links(seen, keeps=keeps, reviews=reviews),
        errands=_errands(seen) if keeps else (),
        facts=(
            Fact(_("Written on"), german.day(seen.written_on), note=seen.written_by.display_name),
            Fact(_("What is new"), seen.reason),
            Fact(_("Holds from"), german.day(seen.in_force_from) if seen.in_force_from else _("not yet")),
            Fact(_("Licence"), seen.template.get_licence_display(), note=seen.template.origin),
        ),
        text=seen.text,
        lang=seen.language,
        moments=tuple(
            Moment(each.reviewed_on, each.get_verdict_display(), each.remark, by=each.reviewed_by.display_name)
            for each in seen.reviews.select_related("reviewed_by").order_by("-pk")
        ),
    )
    return render(request, "documents/thing.html", {"page": page})


@require_GET
@needs(READ)
def compare(request: ActorRequest, pk: int) -> HttpResponse:
    """What is new against the version before in the same language."""
    seen = seen_version(request, pk)
    before = _before(seen)
    page = ThingPage(
        title=_("What is new"),
        state=f"{named(before)} → {named(seen)}" if before else named(seen),
        crumbs=to_version(seen),
        lang=seen.language,
        lines=tuple(compared(before.text if before else "", seen.text)),
    )
    return render(request, "documents/thing.html", {"page": page})


@needs(KEEP)
def write(request: ActorRequest, pk: int) -> HttpResponse:
    """Write a draft: the running one, or a new one that begins with the text in force."""
    kept = kept_template(request, pk)
    form = VersionForm(request.POST or None, initial=_to_start_from(kept, request.GET.get("language", "de")))
    paper = PaperUploadForm(request.POST or None, request.FILES or None)
    if request.FILES:
        form = _begun_with(request, paper)
    elif form.is_valid():
        entered = form.cleaned_data | {"language": Language(form.cleaned_data["language"])}
        made = write_version(actor=request.actor, template=kept, **entered)
        notify(request, _("Saved as a draft. Hand it to legal review once it is ready."))
        return redirect("documents:version", pk=made.pk)
    return ask(
        request,
        _("Write a version"),
        to_template(kept),
        form,
        draft="" if request.FILES else f"documents-{pk}",
        upload=paper,
    )


@require_POST
@needs(KEEP)
def hand_over(request: ActorRequest, pk: int) -> HttpResponse:
    """Hand a draft to the legal review."""
    kept = kept_version(request, pk)
    try:
        ask_review(actor=request.actor, version=kept)
    except DocumentsRefused as refused:
        notify(request, REFUSED[refused.problem], tone=Tone.WARNING)
    else:
        notify(request, _("The version is in legal review. Its text stays as it is from now on."))
    return redirect("documents:version", pk=pk)


@needs(REVIEW)
def review(request: ActorRequest, pk: int) -> HttpResponse:
    """Say whether a version may be used."""
    found = TemplateVersion.objects.reviewed_by(request.actor).select_related("template")
    reviewed = get_object_or_404(found, pk=pk)
    form = ReviewForm(request.POST or None)
    if form.is_valid():
        verdict, remark = Verdict(form.cleaned_data["verdict"]), form.cleaned_data["remark"]
        try:
            review_version(actor=request.actor, version=reviewed, verdict=verdict, remark=remark)
        except DocumentsRefused as refused:
            say(form, refused)
        else:
            notify(request, _("The result of the review is noted."))
            return redirect("documents:version", pk=pk)
    return ask(request, _("Legal review"), to_version(reviewed), form, _("Enter"))


@needs(KEEP)
def into_force(request: ActorRequest, pk: int) -> HttpResponse:
    """Let a reviewed version hold."""
    kept = kept_version(request, pk)
    form = DayForm(request.POST or None)
    if form.is_valid():
        try:
            put_into_force(actor=request.actor, version=kept, from_day=form.cleaned_data["from_day"])
        except DocumentsRefused as refused:
            say(form, refused)
        else:
            notify(request, _("The version is in force. The one before is withdrawn."))
            return redirect("documents:version", pk=pk)
    return ask(request, _("Put into force"), to_version(kept), form, _("Put into force"))


@require_POST
@needs(KEEP)
def withdraw(request: ActorRequest, pk: int) -> HttpResponse:
    """Take a version out of use."""
    withdraw_version(actor=request.actor, version=kept_version(request, pk))
    notify(request, _("The version is withdrawn. Tell those who work with it."))
    return redirect("documents:version", pk=pk)


@needs(KEEP)
def adopt(request: ActorRequest, pk: int) -> HttpResponse:
    """Note who works with a version."""
    kept = kept_version(request, pk)
    form = AdoptionForm(request.POST or None)
    if form.is_valid():
        try:
            note_adoption(actor=request.actor, version=kept, **form.cleaned_data)
        except DocumentsRefused as refused:
            say(form, refused)
        else:
            notify(request, _("Entered who works with it."))
            return redirect("documents:template", pk=kept.template_id)
    return ask(request, _("Note who works with it"), to_version(kept), form, _("Enter"))


@needs(READ)
def fill(request: ActorRequest, pk: int) -> HttpResponse:
    """Fill the placeholders in, and get the paper. Nothing that is typed here is kept."""
    seen = seen_version(request, pk)
    form = FillForm(request.POST or None, text=seen.text)
    if form.is_valid():
        return as_answer(seen, [filled(seen.text, form.values)], form.cleaned_data["paper"])
    lead = _("Nothing that you enter is kept. What you leave empty becomes a line to write on.")
    return ask(request, _("Fill in"), to_version(seen), form, _("Make the paper"), lead)


def _before(version: TemplateVersion) -> TemplateVersion | None:
    beside = TemplateVersion.objects.filter(template=version.template_id, language=version.language)
    return beside.filter(number__lt=version.number).order_by("-number").first()


def _begun_with(request: ActorRequest, paper: PaperUploadForm) -> VersionForm:
    """The form with the text of an uploaded paper in it, to be read before it is saved."""
    entered = request.POST.copy()
    if paper.is_valid():
        try:
            entered["text"] = text_of(paper.cleaned_data["paper"].read(LARGEST_PAPER + 1))
        except DocumentsRefused as refused:
            say(paper, refused)
        else:
            notify(request, _("The text of the paper stands in the form. Read it, then save it as a draft."))
    return VersionForm(initial={name: entered.get(name, "") for name in VersionForm.base_fields})


def _to_start_from(template: Template, language: str) -> dict[str, object]:
    newest = template.versions.filter(language=language).order_by("-number").first()
    return {"language": language, "text": newest.text if newest else ""}


def _links(version: TemplateVersion, *, keeps: bool, reviews: bool) -> tuple[NavItem, ...]:
    pk, links = [version.pk], []
    if version.number > 1:
        links.append(NavItem(_("What is new"), reverse("documents:compare", args=pk)))
    if reviews and version.state == VersionState.REVIEW:
        links.append(NavItem(_("Legal review"), reverse("documents:review", args=pk)))
    if keeps and version.state == VersionState.REVIEW:
        links.append(NavItem(_("Put into force"), reverse("documents:into_force", args=pk)))
    if keeps and version.state == VersionState.IN_FORCE:
        links.append(NavItem(_("Note who works with it"), reverse("documents:adopt", args=pk)))
    if keeps:
        url = f"{reverse('documents:write_version', args=[version.template_id])}?language={version.language}"
        links.append(NavItem(_("Write a version"), url))
    return tuple(links)


def _errands(version: TemplateVersion) -> tuple[Errand, ...]:
    if version.state == VersionState.DRAFT:
        return (Errand(_("Hand to legal review"), reverse("documents:ask_review", args=[version.pk])),)
    if version.state != VersionState.WITHDRAWN:
        return (Errand(_("Withdraw the version"), reverse("documents:withdraw", args=[version.pk])),)
    return ()
