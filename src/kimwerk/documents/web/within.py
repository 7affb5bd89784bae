"""What the views of templates share."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kimwerk.access.doors import ActorRequest
from kimwerk.access.permissions import Permission
from kimwerk.documents.models import Received, Template, TemplateVersion
from kimwerk.documents.web.pages import FormPage
from kimwerk.kernel.figures import Text
from kimwerk.ui.components import Crumb


def home_of(request: ActorRequest) -> int:
    """The organisation whose library the actor keeps: the first one where somebody keeps those of several."""
    return min(request.actor.scope(Permission.TEMPLATE_KEEP).organisations, default=0)


def kept_template(request: ActorRequest, pk: int) -> Template:
    """A template that the actor keeps; 404 for anybody else."""
    return get_object_or_404(Template.objects.kept_by(request.actor), pk=pk)


def kept_version(request: ActorRequest, pk: int) -> TemplateVersion:
    """A version of a template that the actor keeps; 404 for anybody else."""
    return get_object_or_404(TemplateVersion.objects.kept_by(request.actor).select_related("template"), pk=pk)


def seen_version(request: ActorRequest, pk: int) -> TemplateVersion:
    """A version that the actor reads; 404 for anybody else."""
    found = TemplateVersion.objects.visible_to(request.actor).select_related("template", "written_by")
    return get_object_or_404(found, pk=pk)


def named(version: TemplateVersion) -> str:
    """A version by language and number."""
    return str(_("%(language)s, version %(number)s") % _names(version))


def to_templates() -> tuple[Crumb, ...]:
    """The way to the library."""
    return (Crumb(_("Templates"), reverse("documents:templates")),)


def to_template(template: Template) -> tuple[Crumb, ...]:
    """The way to a template."""
    return (*to_templates(), Crumb(template.title, reverse("documents:template", args=[template.pk])))


def to_version(version: TemplateVersion) -> tuple[Crumb, ...]:
    """The way to a version."""
    return (*to_template(version.template), Crumb(named(version), reverse("documents:version", args=[version.pk])))


def to_all_received() -> tuple[Crumb, ...]:
    """The way to what other counties sent beside templates."""
    return (*to_templates(), Crumb(_("From other counties"), reverse("documents:received")))


def to_received(received: Received) -> tuple[Crumb, ...]:
    """The way to one thing of it."""
    return (*to_all_received(), Crumb(received.title, reverse("documents:received_part", args=[received.pk])))


def ask(
    request: ActorRequest,
    title: Text,
    crumbs: tuple[Crumb, ...],
    form: forms.Form,
    label: Text = "",
    lead: Text = "",
    draft: str = "",
    upload: forms.Form | None = None,
) -> HttpResponse:
    """Show a form, with a file above it that fills it in where there is one."""
    page = FormPage(title, lead, crumbs, form, label or _("Save"), draft, upload)
    return render(request, "documents/form.html", {"page": page})


def _names(version: TemplateVersion) -> dict[str, object]:
    return {"language": version.get_language_display(), "number": version.number}
