"""The plan of goals and steps on paper."""

from __future__ import annotations

import base64
import binascii

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.casework.models import Agreement, Case
from kimwerk.casework.plan_words import languages
from kimwerk.casework.services.agreeing import GERMAN, LARGEST_DRAWING, make_agreement, sign_agreement
from kimwerk.casework.services.refusals import CaseRefused
from kimwerk.casework.types import Signatures
from kimwerk.casework.web.filing import crumbs_to, file_of, writable
from kimwerk.casework.web.forms.fields import CaseForm, day_field
from kimwerk.casework.web.pages import FormPage
from kimwerk.casework.web.plan_paper import paper_of
from kimwerk.persons.selectors import person_card
from kimwerk.ui.components import Action
from kimwerk.ui.notices import notify

PAPER, SCREEN = "paper", "screen"
DRAWN_BEGINNING = "data:image/png;base64,"
MOST_DRAWN = 2 * LARGEST_DRAWING


class AgreementForm(CaseForm):
    """In which language the plan is printed beside German."""

    language = forms.ChoiceField(
        label=gettext_lazy("Second language"),
        choices=lambda: [(key, words["name"]) for key, words in languages().items() if key != GERMAN],
    )
    agreed_on = day_field(gettext_lazy("Agreed on"))


class SigningForm(CaseForm):
    """When and how both signed, and whether the person has a copy."""

    signed_on = day_field(gettext_lazy("Signed by both on"))
    how = forms.ChoiceField(
        label=gettext_lazy("How"),
        choices=[(PAPER, gettext_lazy("On the printed plan")), (SCREEN, gettext_lazy("Here on the screen"))],
        widget=forms.RadioSelect,
        initial=PAPER,
    )
    drawn_person = forms.CharField(required=False, widget=forms.HiddenInput, max_length=MOST_DRAWN)
    drawn_counsellor = forms.CharField(required=False, widget=forms.HiddenInput, max_length=MOST_DRAWN)
    copy_handed_out = forms.BooleanField(label=gettext_lazy("The person got a copy"), required=False)

    @property
    def drawn(self) -> Signatures | None:
        """What was drawn, where both sign on the screen."""
        given = self.cleaned_data
        if given["how"] != SCREEN:
            return None
        return Signatures(_drawing(given["drawn_person"]), _drawing(given["drawn_counsellor"]))


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_WORK)
def new(request: ActorRequest, pk: int) -> HttpResponse:
    """Freeze the open goals as a plan to be printed."""
    found = writable(request, pk)
    card = person_card(request.actor, found.person_id)
    spoken = (card.interpreter_key or card.mother_tongue_key) if card else ""
    initial = {"agreed_on": timezone.localdate(), "language": _SPOKEN.get(spoken, "en")}
    form = AgreementForm(request.POST or None, initial=initial)
    if form.is_valid():
        given = form.cleaned_data
        try:
            made = make_agreement(
                actor=request.actor, case=found, language=given["language"], agreed_on=given["agreed_on"]
            )
        except CaseRefused as refused:
            form.refuse(refused)
        else:
            notify(request, _("The plan is ready. Print it, sign it together, then enter the day."))
            return redirect("casework:sign", pk=pk, agreement=made.pk)
    page = _page(request, found, form, _("Plan in two languages"), _("Make plan"))
    return render(request, "casework/form.html", {"page": page}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_WORK)
def sign(request: ActorRequest, pk: int, agreement: int) -> HttpResponse:
    """Print the plan, and enter the day on which both signed."""
    found = writable(request, pk)
    made = get_object_or_404(Agreement, pk=agreement, case=found, signed_on__isnull=True)
    form = SigningForm(request.POST or None, initial={"signed_on": timezone.localdate()})
    if form.is_valid():
        given = form.cleaned_data
        try:
            sign_agreement(
                actor=request.actor,
                agreement=made,
                signed_on=given["signed_on"],
                copy_handed_out=given["copy_handed_out"],
                drawn=form.drawn,
            )
        except CaseRefused as refused:
            form.refuse(refused)
        else:
            notify(request, _("The plan is signed. It never changes from now on."))
            return redirect("casework:plan", pk=pk)
    ways = (Action(_("Print the plan (PDF)"), reverse("casework:agreement_pdf", args=[pk, agreement])),)
    page = _page(request, found, form, _("Sign the plan"), _("Both have signed"), ways=ways)
    return render(request, "casework/sign.html", {"page": page}, status=422 if form.errors else 200)


@require_GET
@needs(Permission.CASE_WORK, Permission.CASE_OVERSEE)
def pdf(request: ActorRequest, pk: int, agreement: int) -> HttpResponse:
    """The plan as it was frozen."""
    found = file_of(request, pk)
    made = Agreement.objects.filter(pk=agreement, case=found).select_related("case").first()
    if made is None:
        raise Http404
    answer = HttpResponse(paper_of(made), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="Zielvereinbarung-{found.number}-{made.number}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


def _drawing(text: str) -> bytes:
    try:
        return base64.b64decode(text.removeprefix(DRAWN_BEGINNING), validate=True)
    except binascii.Error:
        return b""


_SPOKEN = {"ukr": "uk", "rus": "ru", "tur": "tr", "eng": "en", "fra": "fr", "ara": "ar", "fas": "fa", "prs": "fa"}
"""Languages of people by which the second language of the paper is proposed."""


def _page(
    request: ActorRequest, case: Case, form: CaseForm, title: str, label: str, *, ways: tuple[Action, ...] = ()
) -> FormPage:
    return FormPage(
        title=title,
        form=form,
        label=label,
        cancel_url=reverse("casework:plan", args=[case.pk]),
        crumbs=crumbs_to(request.actor, case),
        state=case.person.display_name,
        ways=ways,
    )
