"""Giving consent, refusing it, and taking it back."""

from __future__ import annotations

import base64

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.audit.services import record_read
from kimwerk.consent import services
from kimwerk.consent.models import ConsentText, Declaration, DeclarationProof, Disclosure, Grant
from kimwerk.consent.policies import may_declare
from kimwerk.consent.services.declaring import GUARDIAN, INTERPRETER, PROOF
from kimwerk.consent.types import DeclarationKind, DeclaredBy, Evidence, TextLanguage
from kimwerk.consent.web.forms import MOST_LINES, DeclareForm
from kimwerk.consent.web.pages import ConfirmPage, DeclarationPage, DeclarePage
from kimwerk.consent.web.papers.asking import filled_form, signed_form
from kimwerk.consent.web.showing import badge_of_declaration, card_or_404, grant_line, spoken, title_of
from kimwerk.consent.web.views.persons import pdf_answer
from kimwerk.consent.web.wording import DECLARERS, EVIDENCE, KINDS, LANGUAGES, SPOKEN_AS
from kimwerk.kernel import german
from kimwerk.persons.keys import open_for
from kimwerk.persons.selectors import PersonCard
from kimwerk.ui.components import Confirmation, Fact, Tab
from kimwerk.ui.notices import notify

UNSUITABLE = 422


@require_http_methods(["GET", "POST"])
@needs(Permission.PERSON_KEEP)
def declare(request: ActorRequest, person: int) -> HttpResponse:
    """Give or refuse consent: the text in the person's language beside the German one, and what is allowed."""
    card = _kept(request, person)
    texts = _texts_in_force(request, card)
    if not texts:
        return redirect("consent:person", person)
    text = _chosen(request, card, texts)
    form = _form(request, card, text)
    if request.method == "POST" and "more" not in request.POST and (facts := form.facts()):
        try:
            declared = services.declare(actor=request.actor, facts=facts)
        except services.DeclarationRefused as refused:
            form.refuse(refused.problems)
        else:
            notify(request, _("Noted. A copy can be printed from here."))
            return redirect("consent:declaration", declared.pk)
    is_wrong = request.method == "POST" and "more" not in request.POST
    page = _declare_page(card, form, text, texts)
    return render(request, "consent/declare.html", {"page": page}, status=UNSUITABLE if is_wrong else 200)


@require_POST
@needs(Permission.PERSON_KEEP)
def blank(request: ActorRequest, person: int) -> HttpResponse:
    """The form with what was ticked, to be signed on paper; without ticks, to be filled in by hand. Stores nothing."""
    card = _kept(request, person)
    texts = _texts_in_force(request, card)
    if not texts:
        raise Http404
    text = _chosen(request, card, texts)
    form = _form(request, card, text)
    return pdf_answer(filled_form(text, _german(texts, text), card, form), "einwilligung")


@require_GET
@needs(Permission.PERSON_KEEP, Permission.CASE_OVERSEE)
def declaration(request: ActorRequest, pk: int) -> HttpResponse:
    """What was declared, word by word and line by line."""
    found = _visible(request, pk)
    card, today = card_or_404(request, found.person_id), timezone.localdate()
    grants = found.grants.select_related("purpose", "recipient", "group", "declaration").order_by("pk")
    page = DeclarationPage(
        card=card,
        declaration=found,
        title=title_of(found),
        badge=badge_of_declaration(found),
        facts=_facts(found),
        grants=tuple(grant_line(each, today) for each in grants),
        may_withdraw=may_declare(request.actor, found.person_id) and found.withdrawn_at is None and grants.exists(),
        has_proof=DeclarationProof.objects.filter(declaration=found).exists(),
    )
    return render(request, "consent/declaration.html", {"page": page})


@require_GET
@needs(Permission.PERSON_KEEP, Permission.CASE_OVERSEE)
def copy(request: ActorRequest, pk: int) -> HttpResponse:
    """The copy for the person."""
    found = _visible(request, pk)
    card = card_or_404(request, found.person_id)
    return pdf_answer(signed_form(found, card), "einwilligung")


@require_GET
@needs(Permission.PERSON_KEEP, Permission.CASE_OVERSEE)
def proof(request: ActorRequest, pk: int) -> HttpResponse:
    """The drawn signature or the scan. Recorded as a reading, and never shown within our own pages."""
    found = _visible(request, pk)
    card_or_404(request, found.person_id)
    kept = get_object_or_404(DeclarationProof, declaration=found)
    record_read(actor=request.actor, subject_type=DeclarationProof._meta.db_table, subject_id=str(kept.pk))
    content = base64.b64decode(open_for(found.person_id, bytes(kept.content), purpose=PROOF))
    name = f"nachweis-{found.pk}.{kept.file_kind.rpartition('/')[2]}"
    return HttpResponse(
        content, content_type=kept.file_kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.PERSON_KEEP)
def withdraw(request: ActorRequest, pk: int) -> HttpResponse:
    """Take a whole declaration back."""
    found = _visible(request, pk)
    _kept(request, found.person_id)
    running = found.grants.filter(withdrawn_at__isnull=True)
    if request.method == "POST":
        services.withdraw(actor=request.actor, declaration=found)
        return _withdrawn(request, found.person_id)
    return _confirm(request, found.person_id, title_of(found), Disclosure.objects.filter(grant__in=running).count())


@require_http_methods(["GET", "POST"])
@needs(Permission.PERSON_KEEP)
def withdraw_grant(request: ActorRequest, pk: int) -> HttpResponse:
    """Take back a single thing that was allowed."""
    found = get_object_or_404(Grant.objects.visible_to(request.actor).select_related("recipient", "group"), pk=pk)
    _kept(request, found.person_id)
    if request.method == "POST":
        services.withdraw(actor=request.actor, grant=found)
        return _withdrawn(request, found.person_id)
    about = _("what %(recipient)s may be told") % {"recipient": found.recipient or found.group}
    return _confirm(request, found.person_id, about, Disclosure.objects.filter(grant=found).count())


def _confirm(request: ActorRequest, person_id: int, about: str, told: int) -> HttpResponse:
    back = reverse("consent:person", args=[person_id])
    consequences = (
        _("From this moment nothing more is passed on."),
        ngettext("%(count)s disclosure ends: unread, it disappears there; read, the office is told to delete it.",
                 "%(count)s disclosures end: unread, they disappear there; read, the offices are told to delete them.",
                 told) % {"count": told},
        _("Referrals that rest on it and wait for an answer stop."),
        _("The proof that it was given stays. The person receives a letter with everything that was ever passed on."),
        _("A withdrawal cannot be undone. If the person changes their mind, they declare anew."),
    )  # fmt: skip
    confirmation = Confirmation(
        question=_("Withdraw: %(about)s?") % {"about": about},
        label=_("Withdraw now"),
        cancel_url=back,
        consequences=consequences,
        is_dangerous=True,
    )
    page = ConfirmPage(_("Withdraw consent"), back, _("Consent"), confirmation)
    return render(request, "consent/confirm.html", {"page": page})


def _withdrawn(request: ActorRequest, person_id: int) -> HttpResponse:
    notify(request, _("Withdrawn. Nothing more is passed on. Print the letter for the person now."))
    return redirect("consent:person", person_id)


def _declare_page(
    card: PersonCard, form: DeclareForm, text: ConsentText, texts: tuple[ConsentText, ...]
) -> DeclarePage:
    address = reverse("consent:declare", args=[card.id])
    same_kind = tuple(each for each in texts if each.kind == text.kind)
    same_language = tuple(each for each in texts if each.language == text.language)
    german_one = _german(texts, text)
    both = (spoken(text),) if german_one.pk == text.pk else (spoken(german_one), spoken(text))
    return DeclarePage(
        card=card,
        form=form,
        title=KINDS[DeclarationKind(text.kind)],
        spoken=both,
        kinds=tuple(
            Tab(KINDS[DeclarationKind(each.kind)], f"{address}?text={each.pk}", each.pk == text.pk)
            for each in same_language
        ),
        languages=tuple(
            Tab(LANGUAGES[each.spoken], f"{address}?text={each.pk}", each.pk == text.pk) for each in same_kind
        ),
        may_add=len(form.lines) < MOST_LINES,
    )


def _facts(found: Declaration) -> tuple[Fact, ...]:
    def opened(sealed: bytes | memoryview | None, purpose: str) -> str:
        return open_for(found.person_id, bytes(sealed), purpose=purpose) if sealed else ""

    text = found.consent_text
    facts = [
        Fact(_("Text"), _("version %(version)s") % {"version": text.version},
             url=reverse("consent:text", args=[text.pk]), note=LANGUAGES[text.spoken]),
        Fact(_("Signed on"), german.day(found.declared_on), note=found.place),
        Fact(_("Who declares"), DECLARERS[DeclaredBy(found.declared_by)], note=opened(found.guardian, GUARDIAN)),
        Fact(_("Interpreted by"), opened(found.interpreter, INTERPRETER) or _("nobody")),
        Fact(_("Copy"), _("handed out") if found.is_copy_handed_out else _("not handed out")),
    ]  # fmt: skip
    if found.evidence:
        facts.append(Fact(_("Signature"), EVIDENCE[Evidence(found.evidence)], note=found.evidence_mark))
    if found.withdrawn_at:
        facts.append(Fact(_("Withdrawn on"), german.day(timezone.localdate(found.withdrawn_at))))
    return tuple(facts)


def _texts_in_force(request: ActorRequest, card: PersonCard) -> tuple[ConsentText, ...]:
    """Those of the person's office, in the order of the languages."""
    found = ConsentText.objects.visible_to(request.actor).in_force().filter(organisation=card.organisation_id)
    places = {language.value: place for place, language in enumerate(TextLanguage)}
    return tuple(sorted(found, key=lambda each: (each.kind, places[each.language])))


def _chosen(request: ActorRequest, card: PersonCard, texts: tuple[ConsentText, ...]) -> ConsentText:
    """The text that was chosen; at first the consent in the person's own language, if there is one."""
    asked = request.POST.get("text") or request.GET.get("text", "")
    own = SPOKEN_AS.get(card.interpreter_key) or SPOKEN_AS.get(card.mother_tongue_key) or TextLanguage.GERMAN
    usual = [each for each in texts if each.kind == DeclarationKind.DATA_CONSENT.value] or list(texts)
    first = next((each for each in usual if each.spoken is own), usual[0])
    return next((each for each in texts if str(each.pk) == asked), first)


def _german(texts: tuple[ConsentText, ...], text: ConsentText) -> ConsentText:
    same = (each for each in texts if each.kind == text.kind and each.spoken is TextLanguage.GERMAN)
    return next(same, text)


def _form(request: ActorRequest, card: PersonCard, text: ConsentText) -> DeclareForm:
    return DeclareForm(
        request, person_id=card.id, home_id=card.organisation_id, text_id=text.pk, place=card.municipality
    )


def _visible(request: ActorRequest, pk: int) -> Declaration:
    return get_object_or_404(Declaration.objects.visible_to(request.actor).select_related("consent_text"), pk=pk)


def _kept(request: ActorRequest, person_id: int) -> PersonCard:
    if not may_declare(request.actor, person_id):
        raise Http404
    return card_or_404(request, person_id)
