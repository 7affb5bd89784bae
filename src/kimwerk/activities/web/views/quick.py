"""The quick entry: read a line while it is typed, save it, and show what is there already."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.activities.models import Activity
from kimwerk.activities.selectors.book import book_for
from kimwerk.activities.selectors.entries import last_day_before
from kimwerk.activities.selectors.usual import favourites, usual_entries
from kimwerk.activities.services.entries import log_activity, log_many
from kimwerk.activities.web.fragments import fragment_target, is_fragment
from kimwerk.activities.web.pages import QuickEntry, QuickPage
from kimwerk.activities.web.quick import Reading, line_of_request, read_line
from kimwerk.activities.web.recent import recent_entries
from kimwerk.ui.components import Notice
from kimwerk.ui.notices import draft_saved, notify

DRAFT = "quick"


@require_http_methods(["GET", "POST"])
@needs(Permission.ACTIVITY_LOG)
def quick(request: ActorRequest) -> HttpResponse:
    """The quick entry on a page of its own; a POST saves the line, after showing it where no script did."""
    if request.method == "GET":
        return _page(request, read_line(request.actor, line_of_request(request)))
    if "more" in request.POST:
        return _to_form(request)
    reading = read_line(request.actor, line_of_request(request))
    is_shown = is_fragment(request) or request.POST.get("confirmed") == reading.line
    if not reading.is_ready or "take" in request.POST or not is_shown:
        return _again(request, reading)
    return _save(request, reading)


@require_http_methods(["POST"])
@needs(Permission.ACTIVITY_LOG)
def reading(request: ActorRequest) -> HttpResponse:
    """What the line says so far: the answer while somebody types, or the whole entry for a line taken over."""
    read = read_line(request.actor, line_of_request(request))
    if fragment_target(request) == "quick-reading":
        return render(request, "activities/_reading.html", {"reading": read})
    return _again(request, read, status=HTTPStatus.OK)


@require_GET
@needs(Permission.ACTIVITY_LOG)
def recent(request: ActorRequest) -> HttpResponse:
    """Today's and the last day's entries, to follow what was saved."""
    return render(request, "activities/_recent.html", {"recent": recent_entries(request.actor)})


def quick_entry(
    request: ActorRequest, reading: Reading | None = None, *, has_focus: bool = False, is_answer: bool = False
) -> QuickEntry:
    """The quick entry with this actor's favourites, and beside the list no further suggestions. Few small queries."""
    kept, back = favourites(request.actor), _back(request)
    is_beside_list = back == reverse("activities:list")
    return QuickEntry(
        reading=reading or Reading(""),
        favourites=kept,
        usual=() if is_beside_list else usual_entries(request.actor, book_for(request.actor), known=kept),
        back=back,
        has_focus=has_focus,
        is_answer=is_answer,
        repeatable=last_day_before(request.actor, timezone.localdate()),
    )


def _again(
    request: ActorRequest, read: Reading, *, status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY
) -> HttpResponse:
    """The line once more, with what it says and what is still open."""
    if not is_fragment(request):
        return _page(request, read, is_confirming=True)
    entry = quick_entry(request, read, has_focus=status == HTTPStatus.UNPROCESSABLE_ENTITY, is_answer=True)
    response = render(request, "activities/_quick_entry.html", {"quick": entry}, status=status)
    draft_saved(response, DRAFT)
    return response


def _page(request: ActorRequest, read: Reading, *, is_confirming: bool = False) -> HttpResponse:
    page = QuickPage(quick_entry(request, read, has_focus=True), is_confirming=is_confirming and read.is_ready)
    return render(request, "activities/quick.html", {"page": page})


def _save(request: ActorRequest, read: Reading) -> HttpResponse:
    logged = (
        [log_activity(actor=request.actor, facts=read.entries[0])]
        if len(read.entries) == 1
        else log_many(actor=request.actor, entries=read.entries)
    )
    said, undo_url = _said(logged, read), reverse("activities:undo", args=["-".join(str(each.pk) for each in logged)])
    if not is_fragment(request):
        notify(request, said, undo_url=undo_url, saved_draft=DRAFT)
        return redirect(_back(request))
    notice = Notice(said, undo_url=undo_url)
    context = {"quick": quick_entry(request, has_focus=True, is_answer=True), "notice": notice}
    response = render(request, "activities/_saved.html", context)
    draft_saved(response, DRAFT)
    trigger_client_event(response, "diaryChanged", after="swap")
    return response


def _said(logged: list[Activity], read: Reading) -> str:
    summary = ", ".join(str(fact.text) for fact in read.facts[1:4] if fact.text)
    number = len(logged)
    return ngettext("Saved: %(what)s.", "%(number)s activities saved: %(what)s.", number) % {
        "what": summary,
        "number": number,
    }


def _to_form(request: ActorRequest) -> HttpResponse:
    query = QueryDict(mutable=True)
    query["line"] = line_of_request(request)
    url = f"{reverse('activities:new')}?{query.urlencode()}"
    return HttpResponseClientRedirect(url) if is_fragment(request) else HttpResponseRedirect(url)


def _back(request: ActorRequest) -> str:
    """The page the entry was made from, if it is one of ours."""
    asked = request.POST.get("back") or (request.path if request.method == "GET" else "")
    is_ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None) and asked.startswith("/")
    return asked if is_ours else reverse("activities:list")
