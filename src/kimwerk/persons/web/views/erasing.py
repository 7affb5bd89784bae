"""Erasing a person: what goes and what stays is said first, by every room."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.persons.selectors.erasing import erasure_outlook
from kimwerk.persons.services import ErasureRefused, erase_person
from kimwerk.persons.web.erase_form import EraseForm
from kimwerk.persons.web.pages import ErasePage
from kimwerk.persons.web.views.files import kept_by
from kimwerk.ui.notices import notify

CONFLICT, UNSUITABLE = 409, 422


@require_http_methods(["GET", "POST"])
@needs(Permission.PERSON_KEEP)
def erase(request: ActorRequest, pk: int) -> HttpResponse:
    """Erase a person, once nothing speaks against it."""
    person, status = kept_by(request, pk), 200
    form = EraseForm(request.POST if request.method == "POST" else None, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            erase_person(actor=request.actor, person_id=pk, reason=form.chosen)
        except ErasureRefused:
            status = CONFLICT
        else:
            notify(request, _("The person is erased. Nobody opens the file again."))
            return redirect("persons:list")
    outlook = erasure_outlook(request.actor, pk)
    page = ErasePage(person.pk, person.display_name, outlook, None if outlook.objections else form)
    return render(request, "persons/erase.html", {"page": page}, status=UNSUITABLE if form.errors else status)
