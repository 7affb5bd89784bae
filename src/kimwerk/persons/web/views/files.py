"""One person's file: shown, opened anew, corrected."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.audit.services import record_read
from kimwerk.directory.models import Organisation
from kimwerk.persons.identity import compared_person
from kimwerk.persons.models import Person
from kimwerk.persons.policies import homes, may_keep
from kimwerk.persons.saying import reasons_in_words
from kimwerk.persons.selectors.duplicates import Candidate, likely_duplicates
from kimwerk.persons.selectors.facts import facts_of
from kimwerk.persons.selectors.files import person_file
from kimwerk.persons.services import PersonChangedMeanwhile, PersonRefused, correct_person, register_person
from kimwerk.persons.services.duplicates import ask_elsewhere
from kimwerk.persons.services.files import check_facts
from kimwerk.persons.types import PersonFacts
from kimwerk.persons.web.conflicts import conflict_page, kept_of, settled
from kimwerk.persons.web.forms import PersonForm
from kimwerk.persons.web.likeness import elsewhere_in_words, likeness_badge
from kimwerk.persons.web.pacing import keep_pace
from kimwerk.persons.web.pages import CandidateLine, DuplicatesPage, FormPage
from kimwerk.persons.web.sent import sent_number
from kimwerk.persons.web.showing import person_page
from kimwerk.ui.notices import notify

NEW_DRAFT = "person-new"
CONFIRMED, BACK = "is_new", "back"


@require_GET
@needs(Permission.PERSON_KEEP, Permission.CASE_OVERSEE)
def person(request: ActorRequest, pk: int) -> HttpResponse:
    """Everything in the file."""
    page = person_page(request.actor, person_file(request.actor, in_care(request, pk)))
    return render(request, "persons/person.html", {"page": page})


@require_http_methods(["GET", "POST"])
@needs(Permission.PERSON_KEEP)
def new(request: ActorRequest) -> HttpResponse:
    """Open a file, after looking whether there is one already."""
    home = _home(request)
    blank = PersonFacts(organisation_id=home.pk, family_name=request.GET.get("name", "")[:120])
    form = PersonForm(request.POST if request.method == "POST" else None, facts=blank)
    if request.method == "POST" and BACK not in request.POST and form.is_valid():
        facts = form.facts()
        try:
            check_facts(actor=request.actor, facts=facts)
            doubts = None if CONFIRMED in request.POST else _doubts(request, facts)
            if doubts is not None:
                return render(request, "persons/duplicates.html", {"page": doubts})
            opened = register_person(actor=request.actor, facts=facts)
        except PersonRefused as refused:
            form.refuse(refused.problems)
        else:
            notify(request, _("The file is open."), saved_draft=NEW_DRAFT)
            return redirect("persons:person", pk=opened.pk)
    page = FormPage(form, _("New person"), NEW_DRAFT, reverse("persons:list"), home.name)
    return render(request, "persons/form.html", {"page": page}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.PERSON_KEEP)
def edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct a file. Whoever comes second is shown both versions and chooses."""
    found = kept_by(request, pk)
    form = PersonForm(request.POST if request.method == "POST" else None, facts=facts_of(found))
    version, draft = sent_number(request, "version", found.version), f"person-{pk}"
    if request.method == "POST" and form.is_valid():
        facts = settled(form.facts(), facts_of(found), request.POST)
        try:
            correct_person(actor=request.actor, person=found, version=version, facts=facts)
        except PersonRefused as refused:
            form.refuse(refused.problems)
        except PersonChangedMeanwhile as clash:
            versions = conflict_page(clash, facts, request.POST)
            return render(request, "persons/conflict.html", {"page": versions}, status=409)
        else:
            notify(request, _("The file is corrected."), saved_draft=draft)
            return redirect("persons:person", pk=pk)
    url = reverse("persons:person", args=[pk])
    page = FormPage(form, _("Correct the file"), draft, url, found.organisation.name, version, found)
    return render(request, "persons/form.html", {"page": page}, status=422 if form.errors else 200)


def in_care(request: ActorRequest, pk: int) -> Person:
    """A person in the actor's care; nobody else exists."""
    keep_pace(request)
    people = Person.objects.visible_to(request.actor).select_related("municipality", "organisation")
    found = people.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def kept_by(request: ActorRequest, pk: int) -> Person:
    """A person whose file the actor may change; recorded as read, for the page shows what stands there."""
    found = in_care(request, pk)
    if not may_keep(request.actor, found):
        raise Http404
    record_read(actor=request.actor, subject_type=Person._meta.db_table, subject_id=str(pk))
    return found


def _home(request: ActorRequest) -> Organisation:
    """The organisation for which the actor opens files."""
    home = Organisation.objects.filter(pk__in=homes(request.actor)[:1]).first()
    if home is None:
        raise PermissionDenied
    return home


def _doubts(request: ActorRequest, facts: PersonFacts) -> DuplicatesPage | None:
    """Who it might be already, here and elsewhere; None where nothing speaks for it."""
    candidates = likely_duplicates(request.actor, facts)
    home = facts.organisation_id
    elsewhere = ask_elsewhere(actor=request.actor, organisation_id=home, who=compared_person(facts))
    if not candidates and not elsewhere:
        return None
    return DuplicatesPage(
        candidates=tuple(map(_line, candidates)),
        elsewhere=elsewhere_in_words(elsewhere, home),
        kept=kept_of(request.POST),
        name=f"{facts.given_names} {facts.family_name}".strip(),
    )


def _line(candidate: Candidate) -> CandidateLine:
    likeness = candidate.likeness
    reasons = [reasons_in_words(likeness.reasons)] + ([_("E-mail the same")] if candidate.shares_address else [])
    badge = likeness_badge(likeness) if likeness.is_proposed else None
    return CandidateLine(candidate.hit, "; ".join(filter(None, reasons)), badge)
