"""The page of a form that writes to a case."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kimwerk.access.doors import ActorRequest
from kimwerk.casework.models import Case
from kimwerk.casework.web.filing import crumbs_to, keep_url
from kimwerk.casework.web.forms.fields import CaseForm
from kimwerk.casework.web.pages import FormPage

CONFLICT, UNSUITABLE = 409, 422


def form_answer(
    request: ActorRequest,
    case: Case,
    form: CaseForm,
    title: str,
    back: str,
    *,
    draft: str = "",
    lead: str = "",
    version: int | None = None,
    note_version: int | None = None,
    conflict: str = "",
) -> HttpResponse:
    """The form, leading back to a page of the case. With a name as draft it is kept while it is written."""
    page = FormPage(
        title=title,
        form=form,
        label=_("Save"),
        cancel_url=reverse(back, args=[case.pk]),
        crumbs=crumbs_to(request.actor, case),
        state=case.person.display_name,
        lead=lead,
        keep_url=keep_url(case, draft, request.path) if draft else "",
        version=version,
        note_version=note_version,
        conflict=conflict,
    )
    status = CONFLICT if conflict else UNSUITABLE if form.errors else 200
    return render(request, "casework/form.html", {"page": page}, status=status)
