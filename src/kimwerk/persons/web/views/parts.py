"""What hangs on a file: household, residence titles, papers. Each added on a page, taken away after asking."""

from __future__ import annotations

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.kernel.figures import Text
from kimwerk.persons.models import HouseholdMember, IdentityDocument, Person, ResidenceStatus
from kimwerk.persons.services.parts import (
    add_member,
    note_document,
    note_title,
    remove_document,
    remove_member,
    withdraw_title,
)
from kimwerk.persons.web.pages import ConfirmPage, PartPage
from kimwerk.persons.web.part_forms import DocumentForm, MemberForm, TitleForm
from kimwerk.persons.web.views.files import kept_by
from kimwerk.ui.components import Confirmation
from kimwerk.ui.notices import notify


@require_http_methods(["GET", "POST"])
@needs(Permission.PERSON_KEEP)
def add_to_household(request: ActorRequest, pk: int) -> HttpResponse:
    """Note somebody of the household."""
    person = kept_by(request, pk)
    form = MemberForm(request.POST if request.method == "POST" else None, actor=request.actor, person=person)
    if request.method == "POST" and form.is_valid():
        add_member(actor=request.actor, person_id=pk, facts=form.facts())
        return _done(request, pk, _("Noted in the household."))
    state = _("Only what the counselling needs: name, relation, year of birth.")
    return _page(request, form, person, _("Household and family"), state, _("Note person"))


@require_http_methods(["GET", "POST"])
@needs(Permission.PERSON_KEEP)
def take_from_household(request: ActorRequest, pk: int, part: int) -> HttpResponse:
    """Take somebody out of the household, after asking."""
    person = kept_by(request, pk)
    member = HouseholdMember.objects.filter(person=pk, pk=part).first()
    if member is None:
        raise Http404
    if request.method == "POST":
        remove_member(actor=request.actor, member=member)
        return _done(request, pk, _("Removed from the household."))
    question = _("Remove %(name)s from the household?") % {"name": member.given_names}
    return _ask(request, person, question, _("Remove"), _("A file of their own stays as it is."))


@require_http_methods(["GET", "POST"])
@needs(Permission.PERSON_KEEP)
def add_title(request: ActorRequest, pk: int) -> HttpResponse:
    """Add a residence title to the history."""
    person = kept_by(request, pk)
    form = TitleForm(request.POST if request.method == "POST" else None, person=person)
    if request.method == "POST" and form.is_valid():
        note_title(actor=request.actor, person_id=pk, facts=form.facts())
        return _done(request, pk, _("The residence title is noted."))
    state = _("Is added to the history. What stands there stays as it is.")
    return _page(request, form, person, _("Residence title"), state, _("Note title"))


@require_http_methods(["GET", "POST"])
@needs(Permission.PERSON_KEEP)
def take_back_title(request: ActorRequest, pk: int, part: int) -> HttpResponse:
    """Say that an entry of the history was a mistake, after asking."""
    person = kept_by(request, pk)
    status = ResidenceStatus.objects.filter(person=pk, pk=part, withdrawn_at=None).first()
    if status is None:
        raise Http404
    if request.method == "POST":
        withdraw_title(actor=request.actor, status=status)
        return _done(request, pk, _("The entry is marked as noted by mistake."))
    question = _("Was this residence title noted by mistake?")
    return _ask(
        request, person, question, _("Mark as mistake"), _("It stays in the history, marked as noted by mistake.")
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.PERSON_KEEP)
def add_document(request: ActorRequest, pk: int) -> HttpResponse:
    """Note a paper."""
    person = kept_by(request, pk)
    form = DocumentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        note_document(actor=request.actor, person_id=pk, facts=form.facts())
        return _done(request, pk, _("The document is noted."))
    state = _("What is about to expire shows on “My day”.")
    return _page(request, form, person, _("Document"), state, _("Note document"))


@require_http_methods(["GET", "POST"])
@needs(Permission.PERSON_KEEP)
def forget_document(request: ActorRequest, pk: int, part: int) -> HttpResponse:
    """Forget a paper, after asking."""
    person = kept_by(request, pk)
    document = IdentityDocument.objects.filter(person=pk, pk=part).first()
    if document is None:
        raise Http404
    if request.method == "POST":
        remove_document(actor=request.actor, document=document)
        return _done(request, pk, _("The document is removed."))
    question = _("Remove this document from the file?")
    return _ask(request, person, question, _("Remove"), _("Its number is forgotten for good. Residence titles stay."))


def _done(request: ActorRequest, pk: int, said: Text) -> HttpResponse:
    notify(request, said)
    return redirect("persons:person", pk=pk)


def _page(request: ActorRequest, form: Form, person: Person, title: Text, state: Text, label: Text) -> HttpResponse:
    page = PartPage(form, title, state, label, person.pk, person.display_name)
    return render(request, "persons/part.html", {"page": page}, status=422 if form.errors else 200)


def _ask(request: ActorRequest, person: Person, question: str, label: str, consequence: str) -> HttpResponse:
    confirmation = Confirmation(
        question=question,
        label=label,
        cancel_url=reverse("persons:person", args=[person.pk]),
        consequences=(consequence,),
        is_dangerous=True,
    )
    return render(
        request, "persons/confirm.html", {"page": ConfirmPage(label, confirmation, person.pk, person.display_name)}
    )
