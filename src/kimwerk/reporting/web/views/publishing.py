"""Putting an edition's tables onto the public page, following it, and taking them off again."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.reporting.models import Edition, Publication
from kimwerk.reporting.policies import may_release_for
from kimwerk.reporting.selectors.ledger import hidden_beside
from kimwerk.reporting.services.publishing import order_publication, withdraw_publication
from kimwerk.reporting.services.refusals import IsPublished, NotPublic
from kimwerk.reporting.tasks import publish_tables
from kimwerk.reporting.types import PublicationState
from kimwerk.reporting.web.edition_forms import PublishForm, WithdrawForm
from kimwerk.reporting.web.publication_facts import publication_facts
from kimwerk.reporting.web.report_access import crumbs_to
from kimwerk.reporting.web.report_pages import FormPage, PublicationStatePage
from kimwerk.ui.components import Tone
from kimwerk.ui.notices import notify


@require_http_methods(["GET", "POST"])
@needs(Permission.REPORT_RELEASE)
def publish(request: ActorRequest, pk: int) -> HttpResponse:
    """Order the publication of an edition's tables; the worker protects them."""
    edition = get_object_or_404(Edition.objects.visible_to(request.actor).without_files(), pk=pk)
    if not may_release_for(request.actor, edition.organisation_id):
        raise Http404
    form = PublishForm(request.POST or None)
    if form.is_valid():
        try:
            found = order_publication(
                actor=request.actor,
                edition=edition,
                threshold=int(form.cleaned_data["threshold"]),
                with_report=form.cleaned_data["with_report"],
            )
        except IsPublished:
            notify(request, _("The tables of this edition are public already."), tone=Tone.INFO)
            return redirect(reverse("reporting:edition", args=[pk]))
        publish_tables.defer(publication_id=found.pk, account_id=found.ordered_by_id)
        return redirect(reverse("reporting:publication", args=[found.pk]))
    page = FormPage(
        title=_("Publish the tables"),
        lead=_(
            "The tables are protected together, and against everything published before. Then everybody can read them"
            " without signing in. What was public once stays known, even if it is withdrawn."
        ),
        form=form,
        crumbs=crumbs_to(),
        label=_("Publish the tables"),
        cancel_url=reverse("reporting:edition", args=[pk]),
    )
    return render(request, "reporting/report/form.html", {"page": page}, status=422 if form.errors else 200)


@require_GET
@needs(Permission.REPORT_READ)
def publication(request: ActorRequest, pk: int) -> HttpResponse:
    """How far a publication is, what is hidden in it, and what that cost."""
    found = _found(request, pk)
    is_public = found.status.value == "public"
    page = PublicationStatePage(
        publication=found,
        facts=publication_facts(found, hidden_beside(request.actor, found)),
        crumbs=crumbs_to(),
        is_under_way=found.status.is_under_way,
        is_refused=found.status is PublicationState.REFUSED,
        public_url=reverse("public:publication", args=[found.slug]) if found.published_at else "",
        withdraw_url=reverse("reporting:withdraw", args=[pk])
        if is_public and may_release_for(request.actor, found.organisation_id)
        else "",
        edition_url=reverse("reporting:edition", args=[found.edition_id]),
    )
    return render(request, "reporting/report/publication.html", {"page": page})


@require_http_methods(["GET", "POST"])
@needs(Permission.REPORT_RELEASE)
def withdraw(request: ActorRequest, pk: int) -> HttpResponse:
    """Take a publication off the public page, with the reason that stands there then."""
    found = _found(request, pk)
    if not may_release_for(request.actor, found.organisation_id):
        raise Http404
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        try:
            withdraw_publication(actor=request.actor, publication=found, reason=form.cleaned_data["reason"])
        except NotPublic:
            raise Http404 from None
        notify(request, _("The publication is withdrawn. Copies that others made stay with them."))
        return redirect(reverse("reporting:publication", args=[pk]))
    page = FormPage(
        title=_("Withdraw the publication"),
        lead=_("The public page then says that it was withdrawn, and why. Its address stays."),
        form=form,
        crumbs=crumbs_to(),
        label=_("Withdraw the publication"),
        cancel_url=reverse("reporting:publication", args=[pk]),
    )
    return render(request, "reporting/report/form.html", {"page": page}, status=422 if form.errors else 200)


def _found(request: ActorRequest, pk: int) -> Publication:
    publications = Publication.objects.visible_to(request.actor).select_related("ordered_by", "withdrawn_by")
    return get_object_or_404(publications, pk=pk)
