"""The texts of consent: versions, drafts, comparison, and putting them into force."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.consent import services
from kimwerk.consent.models import ConsentText
from kimwerk.consent.policies import may_approve, may_keep_texts
from kimwerk.consent.types import DeclarationKind, TextLanguage, TextState
from kimwerk.consent.web.forms import ParticularsForm, TextForm
from kimwerk.consent.web.pages import (
    BeginTextPage,
    ComparePage,
    ConfirmPage,
    EditTextPage,
    Passage,
    TextPage,
    TextsPage,
)
from kimwerk.consent.web.papers.asking import blank_form
from kimwerk.consent.web.showing import badge_of_text, spoken
from kimwerk.consent.web.views.persons import pdf_answer
from kimwerk.consent.web.wording import KINDS, LANGUAGES
from kimwerk.consent.wording import Wording
from kimwerk.directory.models import Organisation
from kimwerk.kernel import german
from kimwerk.persons.web.sent import sent_number
from kimwerk.ui.components import Cell, Column, Confirmation, Fact, Row, Tab, Table, Tone
from kimwerk.ui.notices import notify

READERS = (Permission.CONSENT_TEXT_KEEP, Permission.CONSENT_TEXT_APPROVE, Permission.PERSON_KEEP)


@require_GET
@needs(*READERS)
def listing(request: ActorRequest) -> HttpResponse:
    """All versions of both texts, the newest first."""
    visible = ConsentText.objects.visible_to(request.actor).filter(language=TextLanguage.GERMAN.value)
    related = tuple(visible.select_related("organisation", "approved_by").order_by("organisation", "kind", "-version"))
    home = _home(request)
    page = TextsPage(
        organisation=home.name if home else "",
        tables=tuple(_table(kind, related) for kind in DeclarationKind),
        begins=tuple(
            Tab(KINDS[kind], reverse("consent:begin_text", args=[kind.value])) for kind in DeclarationKind if home
        ),
    )
    return render(request, "consent/texts.html", {"page": page})


@require_http_methods(["GET", "POST"])
@needs(Permission.CONSENT_TEXT_KEEP)
def begin(request: ActorRequest, kind: str) -> HttpResponse:
    """Begin a new version: from the last one, or, for the first, from the samples with the office's particulars."""
    home, wanted = _home(request), _kind(kind)
    if home is None:
        raise Http404
    known = ConsentText.objects.of(home.pk, wanted)
    form = ParticularsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and (known.exists() or form.is_valid()):
        given = {name: str(form.cleaned_data[name]) for name in form.fields} if form.is_valid() else {}
        number = services.begin_version(actor=request.actor, organisation_id=home.pk, kind=wanted, particulars=given)
        begun = get_object_or_404(known, version=number, language=TextLanguage.GERMAN.value)
        notify(request, _("Version %(number)s is begun as a draft in all languages.") % {"number": number})
        return redirect("consent:text", begun.pk)
    if known.exists():
        return _confirm_new(request, wanted)
    page = BeginTextPage(KINDS[wanted], form)
    return render(request, "consent/begin_text.html", {"page": page}, status=422 if form.errors else 200)


@require_GET
@needs(*READERS)
def text(request: ActorRequest, pk: int) -> HttpResponse:
    """One version in one language."""
    found = _visible(request, pk)
    is_draft = found.state == TextState.DRAFT.value
    page = TextPage(
        spoken=spoken(found),
        badge=badge_of_text(found),
        facts=_facts(found),
        languages=_languages(found),
        may_edit=is_draft and may_keep_texts(request.actor, found.organisation_id),
        may_approve=is_draft and may_approve(request.actor, found),
    )
    return render(request, "consent/text.html", {"page": page})


@require_http_methods(["GET", "POST"])
@needs(Permission.CONSENT_TEXT_KEEP)
def edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Write a draft in one language."""
    found = _visible(request, pk)
    if found.state != TextState.DRAFT.value or not may_keep_texts(request.actor, found.organisation_id):
        raise Http404
    initial = {"title": found.title, "summary": found.summary, "body": found.body}
    form = TextForm(request.POST if request.method == "POST" else None, initial=initial)
    revision = sent_number(request, "revision", found.revision)
    if request.method == "POST" and form.is_valid():
        wording = Wording(form.cleaned_data["title"], form.cleaned_data["summary"], form.cleaned_data["body"])
        try:
            services.write_text(actor=request.actor, text=found, revision=revision, wording=wording)
        except services.TextRefused:
            form.add_error(
                None, _("Somebody else has changed this text meanwhile. Copy your words, load the page, add them.")
            )
        else:
            notify(request, _("The draft is saved."))
            return redirect("consent:text", pk)
    page = EditTextPage(found, form, revision, LANGUAGES[found.spoken])
    return render(request, "consent/edit_text.html", {"page": page}, status=422 if form.errors else 200)


@require_GET
@needs(*READERS)
def compare(request: ActorRequest, pk: int) -> HttpResponse:
    """What changed against the version before, paragraph by paragraph."""
    found = _visible(request, pk)
    earlier = ConsentText.objects.visible_to(request.actor).filter(
        organisation=found.organisation_id, kind=found.kind, language=found.language, version__lt=found.version
    )
    before = earlier.order_by("-version").first()
    page = ComparePage(found, before, tuple(_passages(before, found)))
    return render(request, "consent/compare.html", {"page": page})


@require_http_methods(["GET", "POST"])
@needs(Permission.CONSENT_TEXT_APPROVE)
def approve(request: ActorRequest, pk: int) -> HttpResponse:
    """Put a version into force in all its languages."""
    found = _visible(request, pk)
    if found.state != TextState.DRAFT.value or not may_approve(request.actor, found):
        raise Http404
    address = reverse("consent:text", args=[pk])
    if request.method == "POST":
        try:
            services.approve_version(actor=request.actor, text=found)
        except services.TextRefused:
            notify(request, _("There are blanks left, marked [[ ]]. Have them filled in first."), tone=Tone.WARNING)
        else:
            notify(request, _("The version is in force. From now on it is signed."))
        return redirect(address)
    confirmation = Confirmation(
        question=_("Put version %(number)s into force?") % {"number": found.version},
        label=_("Put into force"),
        cancel_url=address,
        consequences=(
            _("It is signed in all eight languages from now on."),
            _("The version before is replaced. What was signed with it stays valid."),
            _("From now on nothing in it can be changed."),
        ),
    )
    page = ConfirmPage(_("Put into force"), address, found.title, confirmation)
    return render(request, "consent/confirm.html", {"page": page})


@require_GET
@needs(*READERS)
def sheet(request: ActorRequest, pk: int) -> HttpResponse:
    """The form with this text, blank."""
    found = _visible(request, pk)
    same = ConsentText.objects.filter(organisation=found.organisation_id, kind=found.kind, version=found.version)
    return pdf_answer(blank_form(found, same.filter(language=TextLanguage.GERMAN.value).first() or found), "vordruck")


def _confirm_new(request: ActorRequest, kind: DeclarationKind) -> HttpResponse:
    address = reverse("consent:texts")
    confirmation = Confirmation(
        question=_("Begin a new version: %(what)s?") % {"what": KINDS[kind]},
        label=_("Begin a new version"),
        cancel_url=address,
        consequences=(
            _("It begins with the words of the last version, in all languages."),
            _("The version in force stays in force until the data protection officer replaces it."),
        ),
    )
    return render(
        request, "consent/confirm.html", {"page": ConfirmPage(_("New version"), address, _("Texts"), confirmation)}
    )


def _table(kind: DeclarationKind, texts: tuple[ConsentText, ...]) -> Table:
    return Table(
        KINDS[kind],
        (Column(_("Version")), Column(_("State")), Column(_("Office")), Column(_("Approved"))),
        tuple(
            Row(
                (
                    Cell(_("version %(version)s") % {"version": each.version},
                         url=reverse("consent:text", args=[each.pk])),
                    Cell(badge=badge_of_text(each)),
                    Cell(each.organisation.name),
                    Cell(german.day(timezone.localdate(each.approved_at)) if each.approved_at else "",
                         note=each.approved_by.display_name if each.approved_by else ""),
                )
            )
            for each in texts
            if each.kind == kind.value
        ),
    )  # fmt: skip


def _facts(found: ConsentText) -> tuple[Fact, ...]:
    approved = german.day(timezone.localdate(found.approved_at)) if found.approved_at else _("not yet")
    return (
        Fact(_("Office"), found.organisation.name),
        Fact(_("Approved"), approved, note=found.approved_by.display_name if found.approved_by else ""),
        Fact(_("Written"), german.day(timezone.localdate(found.written_at)), note=found.written_by.display_name),
        Fact(_("Fingerprint of the text"), found.content_hash[:16]),
    )


def _languages(found: ConsentText) -> tuple[Tab, ...]:
    same = ConsentText.objects.filter(organisation=found.organisation_id, kind=found.kind, version=found.version)
    by_language = {each.spoken: each for each in same}
    return tuple(
        Tab(LANGUAGES[each], reverse("consent:text", args=[by_language[each].pk]), each is found.spoken)
        for each in TextLanguage
        if each in by_language
    )


def _passages(before: ConsentText | None, after: ConsentText) -> Iterator[Passage]:
    old = _lines(before) if before else []
    new = _lines(after)
    for kind, first, last, start, end in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from (Passage("kept", line) for line in new[start:end])
        else:
            yield from (Passage("removed", line) for line in old[first:last])
            yield from (Passage("added", line) for line in new[start:end])


def _lines(text: ConsentText) -> list[str]:
    everything = "\n".join((text.title, text.summary, text.body))
    return [line.removeprefix("## ").strip() for line in everything.splitlines() if line.strip()]


def _visible(request: ActorRequest, pk: int) -> ConsentText:
    visible = ConsentText.objects.visible_to(request.actor)
    return get_object_or_404(visible.select_related("organisation", "approved_by", "written_by"), pk=pk)


def _home(request: ActorRequest) -> Organisation | None:
    kept = sorted(request.actor.scope(Permission.CONSENT_TEXT_KEEP).touched_organisations)
    return Organisation.objects.filter(pk__in=kept[:1]).first()


def _kind(text: str) -> DeclarationKind:
    try:
        return DeclarationKind(text)
    except ValueError:
        raise Http404 from None
