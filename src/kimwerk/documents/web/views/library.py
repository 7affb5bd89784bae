"""The library of templates, and one of them with its versions and users."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.documents.models import Template, TemplateVersion
from kimwerk.documents.selectors.library import templates_for, templates_of, versions_of
from kimwerk.documents.services.library import keep_template
from kimwerk.documents.types import DocumentsRefused, VersionState
from kimwerk.documents.ways import facts_at
from kimwerk.documents.web.forms import TemplateFilter, TemplateForm
from kimwerk.documents.web.pages import LibraryPage, ThingPage
from kimwerk.documents.web.within import ask, home_of, kept_template, named, to_template, to_templates
from kimwerk.documents.web.wording import say, state_badge
from kimwerk.kernel import german
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.components import Action, Cell, Column, Fact, NavItem, Row, Table
from kimwerk.ui.keyed import Key, Known, keyed
from kimwerk.ui.listing import chips_of
from kimwerk.ui.notices import notify

BY_TITLE = (Key("title"), Key("id"))
READ, KEEP = Permission.TEMPLATE_READ, Permission.TEMPLATE_KEEP


@require_GET
@needs(READ)
def templates(request: ActorRequest) -> HttpResponse:
    """All templates with what of them is in force."""
    form = TemplateFilter(request.GET)
    asked, all_here = templates_for(request.actor, form.wish), Template.objects.visible_to(request.actor)
    found = keyed(asked, BY_TITLE, request.GET, known=Known(asked.count()), among=all_here)
    title = _("Templates")
    columns = (
        Column(_("Template")), Column(_("Used as")), Column(_("In force")), Column(_("On the way")),
        Column(_("Origin")), Column(_("Licence")),
    )  # fmt: skip
    keeps = request.actor.can(KEEP)
    page = LibraryPage(
        title=title,
        state=_("by title"),
        filter=form,
        chips=chips_of(form, request.GET),
        reset_url=reverse("documents:templates"),
        table=Table(
            title,
            columns,
            tuple(map(_row, templates_of(request.actor, [each.pk for each in found.items]))),
            is_caption_hidden=True,
        ),
        pagination=found.pagination,
        empty_text=_("Begin the first one, or take over a package of another county.")
        if keeps
        else _("The coordination writes them here and puts them into force."),
        action=Action(_("Begin a template"), reverse("documents:new_template"), "add", is_new_entry=True)
        if keeps
        else None,
        links=(*(_package_links() if keeps else ()), NavItem(_("From other counties"), reverse("documents:received"))),
    )
    return render(request, "documents/library.html", {"page": page})


@require_GET
@needs(READ)
def template(request: ActorRequest, pk: int) -> HttpResponse:
    """One template: where it comes from, its versions, and who works with them."""
    seen = get_object_or_404(Template.objects.visible_to(request.actor), pk=pk)
    keeps = Template.objects.kept_by(request.actor).filter(pk=pk).exists()
    versions = versions_of(seen)
    page = ThingPage(
        title=seen.title,
        state=seen.purpose or seen.get_kind_display(),
        crumbs=to_templates(),
        action=Action(_("Write a version"), reverse("documents:write_version", args=[pk])) if keeps else None,
        links=(NavItem(_("Correct"), reverse("documents:change_template", args=[pk])),) if keeps else (),
        facts=(
            Fact(_("Used as"), seen.get_kind_display()),
            Fact(_("Origin"), seen.origin),
            Fact(_("Licence"), seen.get_licence_display()),
            *facts_at(request.actor, seen),
        ),
        tables=(
            ("versions", _versions(versions), _("No version yet. Write the first one.")),
            ("users", _users(versions), _("Nobody is noted yet.")),
        ),
    )
    return render(request, "documents/thing.html", {"page": page})


@needs(KEEP)
def begin(request: ActorRequest) -> HttpResponse:
    """Begin a template."""
    form = TemplateForm(request.POST or None)
    if form.is_valid():
        try:
            made = keep_template(actor=request.actor, organisation_id=home_of(request), facts=form.facts)
        except DocumentsRefused as refused:
            say(form, refused)
        else:
            notify(request, _("The template is begun. Now write its first version."))
            return redirect("documents:write_version", pk=made.pk)
    return ask(request, _("Begin a template"), to_templates(), form, _("Begin"))


@needs(KEEP)
def change(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct what is known of a template."""
    kept = kept_template(request, pk)
    names = ("title", "kind", "licence", "purpose")
    form = TemplateForm(request.POST or None, initial={name: getattr(kept, name) for name in names})
    if form.is_valid():
        try:
            keep_template(actor=request.actor, organisation_id=kept.organisation_id, facts=form.facts, template=kept)
        except DocumentsRefused as refused:
            say(form, refused)
        else:
            notify(request, _("Changed."))
            return redirect("documents:template", pk=pk)
    return ask(request, _("Correct the template"), to_template(kept), form)


def _package_links() -> tuple[NavItem, ...]:
    return (
        NavItem(_("Make a package for another county"), reverse("documents:make_package")),
        NavItem(_("Take over a package"), reverse("documents:read_package")),
    )


def _row(template: Template) -> Row:
    versions = list(template.versions.all())
    return Row(
        (
            Cell(template.title, address_of_record("documents:template", template.pk)),
            Cell(template.get_kind_display()),
            Cell(_languages(versions, VersionState.IN_FORCE)),
            Cell(_languages(versions, VersionState.DRAFT, VersionState.REVIEW)),
            Cell(template.origin),
            Cell(template.licence if template.licence != "own" else template.get_licence_display()),
        ),
        key=str(template.pk),
    )


def _languages(versions: list[TemplateVersion], *states: VersionState) -> str:
    return ", ".join(f"{each.get_language_display()} {each.number}" for each in versions if each.state in states) or "–"


def _versions(versions: list[TemplateVersion]) -> Table:
    columns = (Column(_("Version")), Column(_("State")), Column(_("Legal review")), Column(_("Holds from")))
    rows = tuple(
        Row(
            (
                Cell(named(each), address_of_record("documents:version", each.pk), note=each.reason),
                Cell(badge=state_badge(each.state)),
                Cell(_reviewed(each)),
                Cell(german.day(each.in_force_from) if each.in_force_from else "–"),
            )
        )
        for each in versions
    )
    return Table(_("Versions"), columns, rows, is_caption_hidden=True)


def _reviewed(version: TemplateVersion) -> str:
    reviews = list(version.reviews.all())
    if not reviews:
        return "–"
    newest = reviews[0]
    return f"{newest.get_verdict_display()}, {german.day(newest.reviewed_on)}, {newest.reviewed_by.display_name}"


def _users(versions: list[TemplateVersion]) -> Table:
    columns = (Column(_("Who works with it")), Column(_("Version")), Column(_("Where")), Column(_("Since")))
    rows = tuple(
        Row(
            (
                Cell(adoption.adopter),
                Cell(named(each)),
                Cell(_("outside the county") if adoption.is_outside else _("in the county")),
                Cell(german.day(adoption.adopted_on)),
            )
        )
        for each in versions
        for adoption in each.adoptions.all()
    )
    return Table(_("Who works with it"), columns, rows, is_caption_hidden=True)
