"""Sites and contacts of an organisation."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.directory.models import Contact, Organisation, Site
from kimwerk.directory.selectors import contact_for
from kimwerk.directory.services import (
    ClosesBeforeItOpens,
    NameTaken,
    add_contact,
    add_site,
    change_contact,
    change_site,
    close_site,
    remove_contact,
    reopen_site,
    verify_contact,
)
from kimwerk.directory.web.forms import CloseForm, ContactForm, SiteForm
from kimwerk.directory.web.organisations import done, kept_organisation
from kimwerk.directory.web.pages import ConfirmPage, FormPage
from kimwerk.kernel.figures import Text
from kimwerk.ui.components import Confirmation, Crumb

SITE_TAKEN = _("There is a site of this name in the municipality already.")
OPENS_LATER = _("The site opens on this day or later. Correct one of the two days.")


@needs(Permission.DIRECTORY_MANAGE)
def new_site(request: ActorRequest, pk: int) -> HttpResponse:
    """Add a site."""
    kept = kept_organisation(request, pk)
    form = SiteForm(request.POST or None)
    if form.is_valid():
        try:
            add_site(actor=request.actor, organisation=kept, facts=form.facts)
        except NameTaken:
            form.add_error("name", SITE_TAKEN)
        else:
            return done(request, kept, _("The site is added."))
    return _ask(request, kept, _("Add a site"), form, _("Add"))


@needs(Permission.DIRECTORY_MANAGE)
def site(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct a site."""
    found, kept = _kept_site(request, pk)
    form = SiteForm.about(request.POST or None, found)
    if form.is_valid():
        try:
            change_site(actor=request.actor, site=found, facts=form.facts)
        except NameTaken:
            form.add_error("name", SITE_TAKEN)
        except ClosesBeforeItOpens:
            form.add_error("opened_on", _("The site closes before this day. Correct one of the two days."))
        else:
            return done(request, kept, _("The site is changed."))
    return _ask(request, kept, _("Correct %(name)s") % {"name": found}, form)


@needs(Permission.DIRECTORY_MANAGE)
def close(request: ActorRequest, pk: int) -> HttpResponse:
    """Close a site from a day on."""
    found, kept = _kept_site(request, pk)
    form = CloseForm(request.POST or None)
    if form.is_valid():
        try:
            close_site(actor=request.actor, site=found, on=form.cleaned_data["on"])
        except ClosesBeforeItOpens:
            form.add_error("on", OPENS_LATER)
        else:
            undo_url = reverse("directory:reopen_site", args=[pk])
            return done(request, kept, _("The site is closed."), undo_url=undo_url)
    lead = _("Entries that name it stay as they are. You can take this back.")
    return _ask(request, kept, _("Close %(name)s") % {"name": found}, form, _("Close"), lead)


@needs(Permission.DIRECTORY_MANAGE)
@require_POST
def reopen(request: ActorRequest, pk: int) -> HttpResponse:
    """Take the closing back."""
    found, kept = _kept_site(request, pk)
    reopen_site(actor=request.actor, site=found)
    return done(request, kept, _("The site is open again."))


@needs(Permission.DIRECTORY_MANAGE)
def new_contact(request: ActorRequest, pk: int) -> HttpResponse:
    """Add a contact."""
    kept = kept_organisation(request, pk)
    form = ContactForm(request.POST or None, organisation=kept)
    if form.is_valid():
        add_contact(actor=request.actor, organisation=kept, facts=form.facts)
        return done(request, kept, _("The contact is added."))
    lead = _("People in their profession only, with what stands on a business card.")
    return _ask(request, kept, _("Add a contact"), form, _("Add"), lead)


@needs(Permission.DIRECTORY_MANAGE)
def contact(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct a contact."""
    found, kept = _kept_contact(request, pk)
    form = ContactForm(request.POST or None, organisation=kept, contact=found)
    if form.is_valid():
        change_contact(actor=request.actor, contact=found, facts=form.facts)
        return done(request, kept, _("The contact is changed and counts as checked today."))
    return _ask(request, kept, _("Correct the contact"), form)


@needs(Permission.DIRECTORY_MANAGE)
@require_POST
def verify(request: ActorRequest, pk: int) -> HttpResponse:
    """ "Heute geprüft"."""
    found, kept = _kept_contact(request, pk)
    verify_contact(actor=request.actor, contact=found)
    return done(request, kept, _("The contact counts as checked today."))


@needs(Permission.DIRECTORY_MANAGE)
def remove(request: ActorRequest, pk: int) -> HttpResponse:
    """Delete a contact."""
    found, kept = _kept_contact(request, pk)
    if request.method == "POST":
        remove_contact(actor=request.actor, contact=found)
        return done(request, kept, _("The contact is deleted."))
    url = reverse("directory:organisation", args=[kept.pk])
    confirmation = Confirmation(
        question=_("Delete the contact %(name)s?") % {"name": found},
        label=_("Delete"),
        cancel_url=url,
        consequences=(_("Name, telephone and address are gone for good."),),
        is_dangerous=True,
    )
    page = ConfirmPage(_("Delete the contact"), _crumbs(kept), confirmation)
    return render(request, "directory/confirm.html", {"page": page})


def _kept_site(request: ActorRequest, pk: int) -> tuple[Site, Organisation]:
    found = get_object_or_404(Site.objects.visible_to(request.actor), pk=pk)
    return found, kept_organisation(request, found.organisation_id)


def _kept_contact(request: ActorRequest, pk: int) -> tuple[Contact, Organisation]:
    owner = Contact.objects.visible_to(request.actor).filter(pk=pk).values_list("organisation_id", flat=True).first()
    kept = kept_organisation(request, owner or 0)
    found = contact_for(request.actor, pk)
    if found is None:
        raise Http404
    return found, kept


def _crumbs(kept: Organisation) -> tuple[Crumb, ...]:
    return (
        Crumb(_("Organisations"), reverse("directory:organisations")),
        Crumb(kept.name, reverse("directory:organisation", args=[kept.pk])),
    )


def _ask(
    request: ActorRequest,
    kept: Organisation,
    title: Text,
    form: SiteForm | ContactForm | CloseForm,
    label: Text = "",
    lead: Text = "",
) -> HttpResponse:
    url = reverse("directory:organisation", args=[kept.pk])
    page = FormPage(title, _crumbs(kept), form, label or _("Save"), url, lead)
    return render(request, "directory/form.html", {"page": page})
