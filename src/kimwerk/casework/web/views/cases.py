"""A case as a whole: begun, shown, clarified, its frame corrected."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.activities.selectors.book import book_for
from kimwerk.casework.selectors.choices import admission_rules
from kimwerk.casework.services.clarifying import clarify
from kimwerk.casework.services.drafting import discard_draft, keep_draft
from kimwerk.casework.services.opening import change_case, open_case
from kimwerk.casework.services.refusals import CaseComesTooEarly, CaseRefused, ChangedMeanwhile
from kimwerk.casework.web.filing import crumbs_to, file_of, keep_url, resume, writable
from kimwerk.casework.web.forms.cases import ClarificationForm, FrameForm
from kimwerk.casework.web.pages import ChoosePersonPage, FormPage, PersonChoice
from kimwerk.casework.web.showing import case_page, history_page, meanwhile
from kimwerk.persons.selectors import PersonHit, person_card, search_persons
from kimwerk.persons.web.pacing import keep_pace
from kimwerk.persons.web.sent import sent_number
from kimwerk.ui.notices import notify


@require_GET
@needs(Permission.CASE_WORK, Permission.CASE_OVERSEE)
def case(request: ActorRequest, pk: int) -> HttpResponse:
    """The case: what is due, then what it is."""
    return render(request, "casework/case.html", {"page": case_page(request.actor, file_of(request, pk))})


@require_GET
@needs(Permission.CASE_WORK, Permission.CASE_OVERSEE)
def history(request: ActorRequest, pk: int) -> HttpResponse:
    """What happened to the case, and who looked into it."""
    return render(request, "casework/history.html", {"page": history_page(request.actor, file_of(request, pk))})


@require_GET
@needs(Permission.CASE_WORK)
def choose_person(request: ActorRequest) -> HttpResponse:
    """Whose case it will be: somebody in one's care."""
    text = request.GET.get("q", "")
    found = tuple(_choice(hit) for hit in search_persons(request.actor, text)) if text.strip() else ()
    page = ChoosePersonPage(text, found, crumbs_to(request.actor))
    return render(request, "casework/choose_person.html", {"page": page})


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_WORK)
def new(request: ActorRequest, person: int) -> HttpResponse:
    """Open a case for somebody in one's care."""
    keep_pace(request)
    card = person_card(request.actor, person)
    if card is None:
        raise Http404
    book = book_for(request.actor)
    form = FrameForm(request.POST or None, book=book, case=None, place=card.municipality_id)
    if form.is_valid():
        try:
            opened = open_case(actor=request.actor, person_id=person, facts=form.facts())
        except CaseRefused as refused:
            form.refuse(refused)
        except CaseComesTooEarly as early:
            for said in early.objections:
                form.add_error(None, str(said))
        else:
            notify(request, _("The case is open. Next comes the clarification."))
            return redirect("casework:case", pk=opened.pk)
    page = FormPage(
        _("Open a case"), form, _("Open case"), reverse("casework:list"), crumbs_to(request.actor), card.name
    )
    return render(request, "casework/form.html", {"page": page}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_WORK)
def frame(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct the frame. Whoever comes second is told, and sees what stands now."""
    found, conflict = writable(request, pk), ""
    form = FrameForm(request.POST or None, book=book_for(request.actor), case=found)
    version = sent_number(request, "version", found.version)
    if form.is_valid():
        try:
            change_case(actor=request.actor, case=found, version=version, facts=form.facts())
        except CaseRefused as refused:
            form.refuse(refused)
        except ChangedMeanwhile as clash:
            conflict, version = meanwhile(), clash.current
        else:
            notify(request, _("The frame is corrected."))
            return redirect("casework:case", pk=pk)
    url = reverse("casework:case", args=[pk])
    page = FormPage(
        title=_("Frame of the case"),
        form=form,
        label=_("Save"),
        cancel_url=url,
        crumbs=crumbs_to(request.actor, found),
        state=found.person.display_name,
        version=version,
        conflict=conflict,
    )
    return render(request, "casework/form.html", {"page": page}, status=_status(form.errors, conflict))


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_WORK)
def clarification(request: ActorRequest, pk: int) -> HttpResponse:
    """Decide what the case needs, and say why."""
    found, name = writable(request, pk), "clarification"
    form = ClarificationForm(request.POST or None, rules=admission_rules(found.organisation_id))
    resume(request, found, name, form)
    if form.is_valid():
        try:
            clarify(actor=request.actor, case=found, facts=form.facts())
        except CaseRefused as refused:
            form.refuse(refused)
        else:
            discard_draft(actor=request.actor, case=found, form=name)
            notify(request, _("The clarification is written down."))
            return redirect("casework:case", pk=pk)
    page = FormPage(
        title=_("Clarification"),
        form=form,
        label=_("Decide"),
        cancel_url=reverse("casework:case", args=[pk]),
        crumbs=crumbs_to(request.actor, found),
        state=found.person.display_name,
        keep_url=keep_url(found, name, request.path),
    )
    return render(request, "casework/form.html", {"page": page}, status=422 if form.errors else 200)


@require_http_methods(["POST"])
@needs(Permission.CASE_WORK)
def draft(request: ActorRequest, pk: int) -> HttpResponse:
    """Keep a form while it is written, or discard what was kept."""
    found, name = writable(request, pk), request.GET.get("form", "")[:60]
    url = request.GET.get("url", "")
    if not name or not url.startswith(reverse("casework:case", args=[pk])):
        raise Http404
    if "discard" in request.POST:
        discard_draft(actor=request.actor, case=found, form=name)
        notify(request, _("The draft is discarded."))
        return redirect("casework:case", pk=pk)
    sent = request.POST.copy()
    sent.pop("csrfmiddlewaretoken", None)
    keep_draft(actor=request.actor, case=found, form=name, url=url, content=sent.urlencode())
    return HttpResponse(status=204)


def _choice(hit: PersonHit) -> PersonChoice:
    about = ", ".join(part for part in (hit.birth, hit.municipality) if part)
    url = reverse("casework:new", args=[hit.id])
    return PersonChoice(hit.name, hit.original_name, hit.original_direction, about, url)


def _status(errors: object, conflict: str) -> int:
    return 409 if conflict else 422 if errors else 200
