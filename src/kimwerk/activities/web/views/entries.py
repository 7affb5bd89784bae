"""One entry: shown, made and corrected with all its facts, removed, brought back, repeated."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.activities.models import Activity
from kimwerk.activities.policies import may_change
from kimwerk.activities.selectors.book import book_for
from kimwerk.activities.selectors.entries import facts_of, readable, rows_of
from kimwerk.activities.selectors.settings import settings_of
from kimwerk.activities.selectors.usual import last_used
from kimwerk.activities.services.entries import (
    correct_activity,
    log_activity,
    remove_activity,
    repeat_entries,
    restore_activity,
)
from kimwerk.activities.services.personal import LabelTaken, TooMany, add_favourite_of
from kimwerk.activities.services.refusals import ActivityChangedMeanwhile, EntriesRefused, EntryRefused
from kimwerk.activities.shorthand import read_shorthand
from kimwerk.activities.types import Facts
from kimwerk.activities.web.conflicts import conflict_page, settled
from kimwerk.activities.web.forms import EntryForm, RepeatForm, site_options
from kimwerk.activities.web.pages import ConfirmPage, FormPage, RepeatPage
from kimwerk.activities.web.quick import Reader
from kimwerk.activities.web.showing import entry_page, summary_of
from kimwerk.activities.web.wording import weekday
from kimwerk.ui.components import Confirmation, Tone
from kimwerk.ui.notices import notify

NEW_DRAFT = "entry-new"


@require_GET
@needs(Permission.ACTIVITY_LOG, Permission.ACTIVITY_READ)
def entry(request: ActorRequest, pk: int) -> HttpResponse:
    """All facts of one entry."""
    page = entry_page(request.actor, _readable(request, pk), book_for(request.actor))
    return render(request, "activities/entry.html", {"page": page})


@require_http_methods(["GET", "POST"])
@needs(Permission.ACTIVITY_LOG)
def new(request: ActorRequest) -> HttpResponse:
    """A new entry with all its facts, begun from a quick line where there is one."""
    form = _form(request, _first_facts(request))
    if request.method == "POST" and form.is_valid():
        try:
            logged = log_activity(actor=request.actor, facts=form.facts())
        except EntryRefused as refused:
            form.refuse(refused.problems)
        else:
            said = _("Saved: %(what)s.") % {"what": summary_of(logged, form.book)}
            notify(request, said, undo_url=reverse("activities:undo", args=[logged.pk]), saved_draft=NEW_DRAFT)
            return redirect("activities:new" if "another" in request.POST else "activities:list")
    page = FormPage(form, _("New entry"), NEW_DRAFT, reverse("activities:list"))
    return render(request, "activities/form.html", {"page": page}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.ACTIVITY_LOG, Permission.ACTIVITY_CORRECT)
def edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct an entry. Whoever comes second is shown both versions and chooses."""
    activity = _changeable(request, pk)
    form, draft = _form(request, facts_of(activity)), f"entry-{pk}"
    version = int(request.POST["version"]) if request.POST.get("version", "").isdecimal() else activity.version
    if request.method == "POST" and form.is_valid():
        facts = settled(form.facts(), facts_of(activity), request.POST)
        try:
            correct_activity(actor=request.actor, activity=activity, version=version, facts=facts)
        except EntryRefused as refused:
            form.refuse(refused.problems)
        except ActivityChangedMeanwhile as clash:
            versions = conflict_page(clash, facts, form, request.POST)
            return render(request, "activities/conflict.html", {"page": versions}, status=409)
        else:
            notify(request, _("The entry is corrected."), saved_draft=draft)
            return redirect("activities:entry", pk=pk)
    page = FormPage(form, _("Correct entry"), draft, reverse("activities:entry", args=[pk]), version, activity)
    return render(request, "activities/form.html", {"page": page}, status=422 if form.errors else 200)


@require_GET
@needs(Permission.ACTIVITY_LOG, Permission.ACTIVITY_CORRECT)
def sites(request: ActorRequest) -> HttpResponse:
    """The sites of the chosen municipality, as options of the form's field."""
    chosen = request.GET.get("municipality", "")
    options = site_options(book_for(request.actor), int(chosen) if chosen.isdecimal() else None, None)
    return render(request, "activities/_sites.html", {"options": options, "chosen": request.GET.get("site", "")})


@require_http_methods(["GET", "POST"])
@needs(Permission.ACTIVITY_LOG, Permission.ACTIVITY_CORRECT)
def remove(request: ActorRequest, pk: int) -> HttpResponse:
    """Take an entry out, after asking; it can be brought back from the notice."""
    activity = _changeable(request, pk)
    if request.method == "POST":
        remove_activity(actor=request.actor, activity=activity)
        notify(request, _("The entry is removed."), undo_url=reverse("activities:restore", args=[pk]))
        return redirect("activities:list")
    confirmation = Confirmation(
        question=_("Remove “%(what)s”?") % {"what": summary_of(activity, book_for(request.actor))},
        label=_("Remove entry"),
        cancel_url=reverse("activities:entry", args=[pk]),
        consequences=(_("It is no longer counted anywhere."), _("Right afterwards you can undo this.")),
        is_dangerous=True,
    )
    return render(request, "activities/confirm.html", {"page": ConfirmPage(_("Remove entry"), confirmation)})


@require_http_methods(["POST"])
@needs(Permission.ACTIVITY_LOG, Permission.ACTIVITY_CORRECT)
def restore(request: ActorRequest, pk: int) -> HttpResponse:
    """Bring a removed entry back."""
    activity = Activity.objects.removed_within_reach(request.actor).filter(pk=pk).first()
    if activity is None:
        raise Http404
    restore_activity(actor=request.actor, activity=activity)
    notify(request, _("The entry is back."))
    return redirect("activities:entry", pk=pk)


@require_http_methods(["POST"])
@needs(Permission.ACTIVITY_LOG)
def undo(request: ActorRequest, keys: str) -> HttpResponse:
    """Take back what was just saved."""
    wanted = {int(key) for key in keys.split("-") if key.isdecimal()}
    found = list(Activity.objects.visible_to(request.actor).filter(pk__in=wanted))
    if not found or len(found) != len(wanted):
        raise Http404
    for activity in found:
        remove_activity(actor=request.actor, activity=activity)
    number = len(found)
    said = ngettext("The entry is taken back.", "%(number)s entries are taken back.", number) % {"number": number}
    undo_url = reverse("activities:restore", args=[found[0].pk]) if number == 1 else ""
    notify(request, said, undo_url=undo_url)
    return redirect("activities:list")


@require_http_methods(["GET", "POST"])
@needs(Permission.ACTIVITY_LOG)
def repeat(request: ActorRequest) -> HttpResponse:
    """Enter a day's activities again, all or some of them."""
    source = _day(request.GET.get("day", ""))
    own = Activity.objects.own_of(request.actor).filter(day=source).order_by("pk")
    rows, today = rows_of(own, book_for(request.actor)), timezone.localdate()
    options = [(str(row.id), row.kind) for row in rows]
    form = RepeatForm(request.POST or None, options=options, day=today)
    if request.method == "POST" and form.is_valid():
        chosen = own.filter(pk__in=form.cleaned_data["entries"])
        try:
            logged = repeat_entries(actor=request.actor, activities=chosen, day=form.cleaned_data["day"])
        except EntriesRefused:
            form.add_error("entries", _("Some of these cannot be entered for that day: a category has ended."))
        else:
            _say_repeated(request, logged, form.cleaned_data["day"])
            return redirect("activities:list")
    return render(request, "activities/repeat.html", {"page": RepeatPage(form, source, rows)})


@require_http_methods(["POST"])
@needs(Permission.ACTIVITY_LOG)
def keep_as_favourite(request: ActorRequest, pk: int) -> HttpResponse:
    """Keep the entry as a favourite of the quick entry."""
    try:
        add_favourite_of(actor=request.actor, activity=_readable(request, pk), label=request.POST.get("label", ""))
    except LabelTaken:
        notify(request, _("You have a favourite of this name already. Give this one another name."), tone=Tone.WARNING)
    except TooMany:
        notify(request, _("You have as many favourites as there is room for. Remove one first."), tone=Tone.WARNING)
    else:
        notify(request, _("Kept as a favourite."))
    return redirect("activities:favourites")


def _say_repeated(request: ActorRequest, logged: list[Activity], day: date) -> None:
    number = len(logged)
    said = ngettext("%(number)s entry made for %(day)s.", "%(number)s entries made for %(day)s.", number)
    keys = "-".join(str(each.pk) for each in logged)
    notify(request, said % {"number": number, "day": weekday(day)}, undo_url=reverse("activities:undo", args=[keys]))


def _form(request: ActorRequest, facts: Facts) -> EntryForm:
    return EntryForm(
        request.POST if request.method == "POST" else None,
        actor=request.actor,
        book=book_for(request.actor),
        settings=settings_of(facts.organisation_id),
        facts=facts,
    )


def _first_facts(request: ActorRequest) -> Facts:
    """What a new entry begins with: the last-used places, and whatever a quick line says."""
    actor, today = request.actor, timezone.localdate()
    book, last = book_for(actor), last_used(actor)
    line = request.GET.get("line", "")
    reader = Reader(actor, book, last, today)
    said = read_shorthand(line, book.vocabulary, today)
    kind = said.kind or next(iter(book.vocabulary.kinds), None)
    if kind is None:
        raise PermissionDenied
    facts = reader.facts(said, kind)
    return facts if said.kind else replace(facts, kind_id=0)


def _readable(request: ActorRequest, pk: int) -> Activity:
    activity = readable(request.actor, pk)
    if activity is None:
        raise Http404
    return activity


def _changeable(request: ActorRequest, pk: int) -> Activity:
    activity = _readable(request, pk)
    if not may_change(request.actor, activity):
        raise Http404
    return activity


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
