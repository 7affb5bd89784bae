"""Whom a survey asks, sending it, reminding, its last day, and closing it."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.audit.services import record_read
from kimwerk.directory.models import Municipality
from kimwerk.directory.selectors import municipalities_around
from kimwerk.kernel import german
from kimwerk.surveys.audiences import addressees_in
from kimwerk.surveys.mailing import start_mailing
from kimwerk.surveys.models import Invitation, Survey
from kimwerk.surveys.policies import may_keep
from kimwerk.surveys.selectors.surveys import invitations_for, questions_of
from kimwerk.surveys.services.answering import enter_answers
from kimwerk.surveys.services.sending import close_survey, invite, open_survey, prolong, remind
from kimwerk.surveys.types import SurveysRefused, SurveyState
from kimwerk.surveys.web.answering import AnswerForm
from kimwerk.surveys.web.forms import AddresseeFilter, DeadlineForm, InviteForm
from kimwerk.surveys.web.within import (
    REFUSALS,
    ask,
    attempt,
    confirm,
    done,
    kept_survey,
    say,
    seen_survey,
    to_survey,
)
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.components import Action, Badge, Cell, Column, Crumb, Row, Table, Tone
from kimwerk.ui.listing import chips_of, paged
from kimwerk.ui.notices import notify
from kimwerk.ui.pages import ListPage

READ, MANAGE = Permission.SURVEY_READ, Permission.SURVEY_MANAGE


@require_GET
@needs(READ)
def addressees(request: ActorRequest, pk: int) -> HttpResponse:
    """Everybody who is asked, and who has answered."""
    seen = seen_survey(request, pk)
    form = AddresseeFilter(request.GET, places=_places(seen))
    found = paged(invitations_for(request.actor, seen, form.wish), request.GET)
    keeps = may_keep(request.actor, seen.organisation_id) and seen.state != SurveyState.CLOSED
    record_read(actor=request.actor, subject_type="surveys_invitation", amount=len(found.items))
    page = ListPage(
        title=_("Everybody who is asked"),
        state=seen.title,
        crumbs=to_survey(seen),
        action=Action(_("Choose whom to ask"), reverse("surveys:invite", args=[pk])) if keeps else None,
        filter=form,
        chips=chips_of(form, request.GET),
        reset_url=reverse("surveys:addressees", args=[pk]),
        links=(),
        table=_table(found.items, is_entered=keeps and seen.takes_answers(timezone.localdate())),
        pagination=found.pagination,
        empty_title=_("Nobody is asked yet"),
        empty_text=_("Choose groups of the directory, or write addresses down."),
    )
    return render(request, "surveys/list.html", {"page": page})


@needs(MANAGE)
def inviting(request: ActorRequest, pk: int) -> HttpResponse:
    """Put groups and further addresses onto the list of those who are asked."""
    kept = kept_survey(request, pk)
    form = InviteForm(request.POST or None)
    if form.is_valid():
        chosen = addressees_in(request.actor, kept, form.cleaned_data["groups"])
        try:
            count = invite(actor=request.actor, survey=kept, addressees=[*chosen, *form.cleaned_data["others"]])
        except SurveysRefused as refused:
            say(form, refused)
        else:
            said = ngettext("%(count)s address is new.", "%(count)s addresses are new.", count) % {"count": count}
            notify(request, said)
            return redirect("surveys:survey", pk=pk) if kept.is_draft else _mail(request, kept)
    lead = _("Everybody gets a link that answers once. Who is asked already is left out.")
    return ask(request, _("Choose whom to ask"), to_survey(kept), form, _("Put onto the list"), lead=lead)


@needs(MANAGE)
def enter(request: ActorRequest, pk: int) -> HttpResponse:
    """Enter what an addressee answered on paper or by telephone."""
    asked = Invitation.objects.filter(survey__in=Survey.objects.kept_by(request.actor))
    open_ones = asked.silent() if request.method == "GET" else asked  # what was typed stays when a link was quicker
    invitation = get_object_or_404(open_ones.select_related("survey"), pk=pk)
    survey = invitation.survey
    form = AnswerForm(request.POST if request.method == "POST" else None, questions=questions_of(survey))
    if form.is_valid():
        try:
            enter_answers(actor=request.actor, invitation=invitation, given=form.given)
        except SurveysRefused as refused:
            say(form, refused)
        else:
            said = _("The answers are entered. The link that was mailed answers no more.")
            notify(request, said, saved_draft=f"survey-answers-{pk}")
            return redirect("surveys:addressees", pk=survey.pk)
    crumbs = (*to_survey(survey), Crumb(_("Everybody who is asked"), reverse("surveys:addressees", args=[survey.pk])))
    draft = f"survey-answers-{pk}"
    return ask(request, _("Enter answers"), crumbs, form, _("Enter answers"), lead=invitation.name, draft=draft)


@needs(MANAGE)
def send(request: ActorRequest, pk: int) -> HttpResponse:
    """Send a survey, after asking once more."""
    kept = kept_survey(request, pk)
    if not forms.Form(request.POST if request.method == "POST" else None).is_valid():
        consequences = (
            _("From now on its questions cannot be changed."),
            _("Everybody on the list gets a mail with a link that answers once."),
        )
        return confirm(request, kept, _("Send the survey?"), _("Send the survey"), consequences)
    return _order(request, kept, lambda: open_survey(actor=request.actor, survey=kept, today=timezone.localdate()))


@needs(MANAGE)
def reminding(request: ActorRequest, pk: int) -> HttpResponse:
    """Remind those who have not answered, with new links, after asking once more."""
    kept = kept_survey(request, pk)
    if not forms.Form(request.POST if request.method == "POST" else None).is_valid():
        consequences = (_("Each gets a new link. The link before stops working."),)
        question = _("Remind everybody who has not answered?")
        return confirm(request, kept, question, _("Send the reminders"), consequences)
    return _order(request, kept, lambda: remind(actor=request.actor, survey=kept, today=timezone.localdate()))


@needs(MANAGE)
def deadline(request: ActorRequest, pk: int) -> HttpResponse:
    """Give a survey that was sent another last day; one that was closed opens again."""
    kept = kept_survey(request, pk)
    form = DeadlineForm(request.POST or None, initial={"closes_on": kept.closes_on})
    if form.is_valid():
        day = form.cleaned_data["closes_on"]
        answer = done(
            request,
            form,
            lambda: prolong(actor=request.actor, survey=kept, closes_on=day, today=timezone.localdate()),
            _("The last day is changed. Links answer until then."),
            pk,
        )
        if answer:
            return answer
    return ask(request, _("Change the last day"), to_survey(kept), form)


@needs(MANAGE)
def close(request: ActorRequest, pk: int) -> HttpResponse:
    """Close a survey before its last day, after asking once more."""
    kept = kept_survey(request, pk)
    if not forms.Form(request.POST if request.method == "POST" else None).is_valid():
        consequences = (_("Links say from now on that the survey is closed."),)
        return confirm(request, kept, _("Close the survey?"), _("Close the survey"), consequences)
    return attempt(
        request,
        lambda: close_survey(actor=request.actor, survey=kept, today=timezone.localdate()),
        _("The survey is closed."),
        pk,
    )


def _order(request: ActorRequest, survey: Survey, errand: Callable[[], object]) -> HttpResponse:
    """Order mails and send them, or say why not."""
    try:
        errand()
    except SurveysRefused as refused:
        notify(request, REFUSALS[refused.problem][1], tone=Tone.WARNING)
        return redirect("surveys:survey", pk=survey.pk)
    return _mail(request, survey)


def _mail(request: ActorRequest, survey: Survey) -> HttpResponse:
    start_mailing(request, survey)
    return redirect("surveys:survey", pk=survey.pk)


def _places(survey: Survey) -> QuerySet[Municipality]:
    return municipalities_around([survey.organisation_id])


def _table(found: tuple[Invitation, ...], *, is_entered: bool) -> Table:
    """The addressees; of those who are silent, answers on paper are entered where the office may do so now."""
    columns = (
        Column(_("Name")), Column(_("Municipality")), Column(_("E-mail")), Column(_("Mails"), is_numeric=True),
        Column(_("Return")), *((Column(_("On paper or by telephone")),) if is_entered else ()),
    )  # fmt: skip
    rows = tuple(
        Row(
            (
                Cell(each.name),
                Cell(each.municipality.name if each.municipality else "–"),
                Cell(each.email),
                Cell(german.number(each.mails)),
                Cell(badge=_return_badge(each)),
                *((_entry(each),) if is_entered else ()),
            ),
            key=str(each.pk),
        )
        for each in found
    )
    return Table(_("Everybody who is asked"), columns, rows, is_caption_hidden=True)


def _entry(invitation: Invitation) -> Cell:
    if invitation.answered_on:
        return Cell("–")
    return Cell(_("Enter answers"), address_of_record("surveys:enter_answers", invitation.pk))


def _return_badge(invitation: Invitation) -> Badge:
    if invitation.answered_on:
        return Badge(_("answered"), Tone.SUCCESS)
    return Badge(_("no answer yet") if invitation.mails else _("not asked yet"))
