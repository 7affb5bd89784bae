"""Telling somebody something about a person, looking at it again, and taking it back."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.consent import services
from kimwerk.consent.keys import Content
from kimwerk.consent.models import Disclosure, StatutoryBasis
from kimwerk.consent.policies import may_declare
from kimwerk.consent.selectors import content_of, covering_grant
from kimwerk.consent.web.forms import CONSENT, DisclosureForm
from kimwerk.consent.web.pages import ConfirmPage, DisclosePage, DisclosurePage
from kimwerk.consent.web.showing import basis_text, card_or_404, groups_of, moment, state_of
from kimwerk.kernel.data_categories import DataCategory
from kimwerk.persons.selectors import facts_by_category
from kimwerk.ui.components import Confirmation, Fact
from kimwerk.ui.notices import notify


@require_http_methods(["GET", "POST"])
@needs(Permission.PERSON_KEEP)
def disclose(request: ActorRequest, person: int) -> HttpResponse:
    """Choose to whom, what for, which data and why; the data are taken from the file as it stands."""
    if not may_declare(request.actor, person):
        raise Http404
    card = card_or_404(request, person)
    known = facts_by_category(request.actor, person)
    form = DisclosureForm(
        request.POST if request.method == "POST" else None,
        home_id=card.organisation_id,
        there=frozenset(category for category, fields in known.items() if fields),
    )
    if request.method == "POST" and form.is_valid():
        told = {category: known[category] for category in map(DataCategory, form.cleaned_data["categories"])}
        if made := _told(request, person, form, told):
            notify(request, _("Passed on. The office finds it in its inbox."))
            return redirect("consent:disclosure", made.pk)
    page = DisclosePage(card, form)
    return render(request, "consent/disclose.html", {"page": page}, status=422 if form.errors else 200)


@require_GET
@needs(Permission.PERSON_KEEP, Permission.CASE_OVERSEE)
def disclosure(request: ActorRequest, pk: int) -> HttpResponse:
    """What was sent, exactly, years later too."""
    found = _visible(request, pk)
    card = card_or_404(request, found.person_id)
    page = DisclosurePage(
        disclosure=found,
        title=_("Passed on to %(recipient)s on %(day)s") % {"recipient": found.recipient, "day": moment(found)},
        badge=state_of(found),
        facts=(
            Fact(_("About"), card.name, url=reverse("consent:person", args=[card.id])),
            Fact(_("What for"), found.purpose.label),
            Fact(_("Because"), basis_text(found), note=found.basis_reason),
            Fact(_("By"), found.disclosed_by.display_name),
            Fact(_("Reference number"), str(found.pk), note=found.content_hash),
        ),
        groups=groups_of(content_of(request.actor, found)),
        back=reverse("consent:person", args=[found.person_id]),
        back_title=_("Consent"),
        may_recall=found.recalled_at is None and may_declare(request.actor, found.person_id),
    )
    return render(request, "consent/disclosure.html", {"page": page})


@require_http_methods(["GET", "POST"])
@needs(Permission.PERSON_KEEP)
def recall(request: ActorRequest, pk: int) -> HttpResponse:
    """Take one disclosure back without ending the consent."""
    found = _visible(request, pk)
    if not may_declare(request.actor, found.person_id):
        raise Http404
    address = reverse("consent:disclosure", args=[pk])
    if request.method == "POST":
        services.recall(actor=request.actor, disclosure=found)
        notify(request, _("Recalled. The office cannot read it any more."))
        return redirect(address)
    confirmation = Confirmation(
        question=_("Take this back from %(recipient)s?") % {"recipient": found.recipient},
        label=_("Recall now"),
        cancel_url=address,
        consequences=(
            _("The office cannot read it any more. If it was read already, the office is told to delete it."),
            _("That it was passed on stays in the list."),
        ),
        is_dangerous=True,
    )
    page = ConfirmPage(_("Recall a disclosure"), address, _("Disclosure"), confirmation)
    return render(request, "consent/confirm.html", {"page": page})


def _told(request: ActorRequest, person: int, form: DisclosureForm, told: Content) -> Disclosure | None:
    given = form.cleaned_data
    by_consent = given["basis"] == CONSENT
    recipient_id = int(given["recipient"][1:])
    grant = covering_grant(person, recipient_id=recipient_id, purpose=given["purpose"], categories=told)
    try:
        return services.disclose(
            actor=request.actor,
            person_id=person,
            recipient_id=recipient_id,
            purpose=given["purpose"],
            content=told,
            grant=grant if by_consent else None,
            statutory_basis=None if by_consent else StatutoryBasis.objects.get(code=given["basis"]),
            reason="" if by_consent else given["reason"],
        )
    except services.NotCovered:
        form.add_error("basis", _("No consent in force covers this: office, purpose and data. Nothing was passed on."))
        return None


def _visible(request: ActorRequest, pk: int) -> Disclosure:
    found = Disclosure.objects.visible_to(request.actor)
    return get_object_or_404(found.select_related("recipient", "purpose", "statutory_basis", "disclosed_by"), pk=pk)
