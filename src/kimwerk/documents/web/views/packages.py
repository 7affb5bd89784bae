"""Packages of templates and more: making one for another county, reading one, and taking it over."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.documents.models import Received, Template
from kimwerk.documents.offers import parts_of
from kimwerk.documents.packing import unpack
from kimwerk.documents.services.exchange import Planned, import_package, make_package, plan_import
from kimwerk.documents.types import DocumentsRefused, Package, PackedPart
from kimwerk.documents.web.forms import PackForm, UploadForm
from kimwerk.documents.web.pages import PreviewPage
from kimwerk.documents.web.within import ask, home_of, to_templates
from kimwerk.documents.web.wording import FATES, REFUSED, say
from kimwerk.ui.components import Cell, Column, Fact, Row, Table, Tone
from kimwerk.ui.notices import notify

KEEP = Permission.TEMPLATE_KEEP
GROUP = 4
"""Signs of a fingerprint that are read out together."""


@needs(KEEP)
def make(request: ActorRequest) -> HttpResponse:
    """Choose templates and get them as a signed file."""
    home = home_of(request)
    form = PackForm(request.POST or None, actor=request.actor, parts=parts_of(request.actor, home))
    if form.is_valid():
        chosen, parts = [template.pk for template in form.cleaned_data["templates"]], form.cleaned_data["parts"]
        try:
            content = make_package(actor=request.actor, organisation_id=home, template_ids=chosen, part_keys=parts)
        except DocumentsRefused as refused:
            say(form, refused)
        else:
            name = f"{gettext('templates')}-{timezone.localdate():%Y-%m-%d}.kimwerk.json"
            disposition = f'attachment; filename="{name}"'
            return HttpResponse(content, "application/json", headers={"Content-Disposition": disposition})
    lead = _("A signed file: whoever takes it over sees whether it was altered, and keeps origin and licence.")
    return ask(request, _("Make a package for another county"), to_templates(), form, _("Make the package"), lead)


@needs(KEEP)
def read(request: ActorRequest) -> HttpResponse:
    """Read a package, and show what it would bring before anything is taken over."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            package = unpack(form.cleaned_data["content"])
        except DocumentsRefused as refused:
            say(form, refused)
        else:
            return _preview(request, package, form.cleaned_data["content"])
    lead = _("First you see what the package would bring. Nothing changes before you say so.")
    return ask(request, _("Take over a package"), to_templates(), form, _("Look into it"), lead)


@require_POST
@needs(KEEP)
def take_over(request: ActorRequest) -> HttpResponse:
    """Take a package over as drafts; it is checked once more."""
    form = UploadForm(request.POST)
    try:
        package = unpack(form.cleaned_data["content"] if form.is_valid() else "")
    except DocumentsRefused as refused:
        notify(request, REFUSED[refused.problem], tone=Tone.WARNING)
        return redirect("documents:read_package")
    count = import_package(actor=request.actor, organisation_id=home_of(request), package=package)
    said = ngettext(
        "%(count)s thing is taken over; templates wait as drafts.",
        "%(count)s things are taken over; templates wait as drafts.",
        count,
    )
    notify(request, said % {"count": count})
    return redirect("documents:templates")


def _preview(request: ActorRequest, package: Package, content: str) -> HttpResponse:
    planned = plan_import(request.actor, home_of(request), package)
    columns = (
        Column(_("Title")), Column(_("Sort")), Column(_("Origin")), Column(_("Licence")),
        Column(_("What becomes of it")),
    )  # fmt: skip
    count = sum(each.is_taken for each in planned)
    label = ngettext("Take %(count)s thing over", "Take %(count)s things over", count) % {"count": count}
    page = PreviewPage(
        title=_("What the package would bring"),
        state=_("Package of %(sender)s, made on %(day)s") % {"sender": package.sender, "day": package.made_on},
        crumbs=to_templates(),
        facts=(
            Fact(_("Signature of the package"), _("fits: nothing was altered on the way")),
            Fact(_("Key of the sender"), _grouped(package.fingerprint), note=_known(request, package)),
        ),
        table=Table(_("Content of the package"), columns, tuple(map(_row, planned))),
        content=content,
        label=label if count else "",
    )
    return render(request, "documents/preview.html", {"page": page})


def _known(request: ActorRequest, package: Package) -> str:
    """Whether something signed with this key was taken over before."""
    mine = Template.objects.visible_to(request.actor).filter(sender_key=package.fingerprint)
    parts = Received.objects.visible_to(request.actor).filter(sender_key=package.fingerprint)
    if mine.exists() or parts.exists():
        return gettext("You have taken over something signed with this key before.")
    return gettext("New here. Compare it with the sender on the telephone before you rely on the name.")


def _kind(planned: Planned) -> str:
    """A version of a template by its language and number, everything else by its kind and size."""
    if planned.version is not None:
        said = {"language": planned.version.language.label, "number": planned.version.number}
        return gettext("template, %(language)s, version %(number)s") % said
    part = planned.template
    if not isinstance(part, PackedPart):
        return ""
    lines = ngettext("%(count)s line", "%(count)s lines", len(part.rows)) % {"count": len(part.rows)}
    return f"{part.kind.label}, {lines}" if part.rows else str(part.kind.label)


def _grouped(fingerprint: str) -> str:
    return " ".join(fingerprint[at : at + GROUP] for at in range(0, len(fingerprint), GROUP))


def _row(planned: Planned) -> Row:
    return Row(
        (
            Cell(planned.template.title),
            Cell(_kind(planned)),
            Cell(planned.template.origin),
            Cell(planned.template.licence.value),
            Cell(badge=FATES[planned.fate]),
        )
    )
