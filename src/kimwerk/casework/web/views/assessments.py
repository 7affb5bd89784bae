"""The situation in the domains of life: assessed, corrected, compared."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.casework.models import Assessment, Case
from kimwerk.casework.selectors.assessments import AssessmentView, DomainLine, assessments_of, lines_of
from kimwerk.casework.selectors.choices import choices_of
from kimwerk.casework.services.assessing import assess, correct_assessment
from kimwerk.casework.services.drafting import discard_draft
from kimwerk.casework.services.refusals import CaseRefused, ChangedMeanwhile
from kimwerk.casework.types import ChoiceList, Occasion, RatingFacts
from kimwerk.casework.web.filing import crumbs_to, file_of, head_of, keep_url, resume, writable
from kimwerk.casework.web.forms.work import AssessmentForm
from kimwerk.casework.web.pages import (
    AssessmentColumn,
    AssessmentPage,
    DomainFields,
    DomainRow,
    LevelCell,
    RatingLine,
    SituationPage,
)
from kimwerk.casework.web.showing import meanwhile
from kimwerk.casework.web.wording import LEVELS, OCCASIONS, URGENCIES
from kimwerk.persons.web.sent import sent_number
from kimwerk.ui.components import Fact
from kimwerk.ui.notices import notify

Ratings = Mapping[int, RatingFacts]


@require_GET
@needs(Permission.CASE_WORK, Permission.CASE_OVERSEE)
def situation(request: ActorRequest, pk: int) -> HttpResponse:
    """All assessments side by side, and what was said last."""
    found = file_of(request, pk)
    made = assessments_of(found)
    page = SituationPage(
        head=head_of(request.actor, found, "casework:situation"),
        columns=tuple(AssessmentColumn(each.id, each.assessed_on, OCCASIONS[each.occasion], each.by) for each in made),
        rows=tuple(_row(line) for line in lines_of(made)),
        ratings=_last_said(made),
    )
    return render(request, "casework/situation.html", {"page": page})


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_WORK)
def new(request: ActorRequest, pk: int) -> HttpResponse:
    """Assess the situation; what was said last time stands there already."""
    found, name = writable(request, pk), "assessment"
    made = assessments_of(found)
    form = AssessmentForm(
        request.POST or None,
        domains=choices_of(ChoiceList.LIFE_DOMAIN),
        ratings=tuple(made[-1].ratings.values()) if made else (),
        occasion=Occasion.REVIEW if made else Occasion.BASELINE,
    )
    resume(request, found, name, form)
    if form.is_valid():
        given = form.cleaned_data
        try:
            assess(
                actor=request.actor,
                case=found,
                assessed_on=given["assessed_on"],
                occasion=given["occasion"],
                ratings=form.ratings(),
            )
        except CaseRefused as refused:
            form.refuse(refused)
        else:
            discard_draft(actor=request.actor, case=found, form=name)
            notify(request, _("The assessment is kept."))
            return redirect("casework:situation", pk=pk)
    page = _page(request, found, form, _("New assessment"), draft=name)
    return render(request, "casework/assessment.html", {"page": page}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_WORK)
def edit(request: ActorRequest, pk: int, assessment: int) -> HttpResponse:
    """Correct an assessment. Whoever comes second sees what was saved meanwhile, domain by domain."""
    found, conflict, theirs = writable(request, pk), "", None
    view = next((each for each in assessments_of(found) if each.id == assessment), None)
    if view is None:
        raise Http404
    form = AssessmentForm(
        request.POST or None,
        domains=choices_of(ChoiceList.LIFE_DOMAIN),
        ratings=tuple(view.ratings.values()),
        day=view.assessed_on,
        occasion=view.occasion,
    )
    for fixed in ("assessed_on", "occasion"):
        form.fields[fixed].disabled = True
    if form.is_valid():
        version = sent_number(request, "version", view.version)
        stored = Assessment.objects.select_related("case").get(pk=assessment)
        try:
            correct_assessment(actor=request.actor, assessment=stored, version=version, ratings=form.ratings())
        except CaseRefused as refused:
            form.refuse(refused)
        except ChangedMeanwhile:
            conflict, theirs = _conflict(view), view.ratings
        else:
            notify(request, _("The assessment is corrected."))
            return redirect("casework:situation", pk=pk)
    page = _page(request, found, form, _("Correct assessment"), version=view.version, conflict=conflict, theirs=theirs)
    status = 409 if conflict else 422 if form.errors else 200
    return render(request, "casework/assessment.html", {"page": page}, status=status)


def _conflict(view: AssessmentView) -> str:
    return f"{meanwhile()} {_('Last saved by %(name)s.') % {'name': view.changed_by}}"


def _page(
    request: ActorRequest,
    case: Case,
    form: AssessmentForm,
    title: str,
    *,
    draft: str = "",
    version: int | None = None,
    conflict: str = "",
    theirs: Ratings | None = None,
) -> AssessmentPage:
    mine = {rating.domain_id: rating for rating in form.ratings()} if theirs is not None else {}
    return AssessmentPage(
        head=head_of(request.actor, case, "casework:situation"),
        crumbs=crumbs_to(request.actor, case),
        title=title,
        form=form,
        domains=tuple(_fields(form, domain.pk, domain.label, mine, theirs) for domain in form.domains),
        keep_url=keep_url(case, draft, request.path) if draft else "",
        cancel_url=reverse("casework:situation", args=[case.pk]),
        version=version,
        conflict=conflict,
    )


def _fields(form: AssessmentForm, domain: int, label: str, mine: Ratings, theirs: Ratings | None) -> DomainFields:
    meanwhile_said: tuple[Fact, ...] = ()
    if theirs is not None:
        meanwhile_said = _differences(mine.get(domain, RatingFacts(domain)), theirs.get(domain, RatingFacts(domain)))
    named = {name: form[f"{name}_{domain}"] for name in ("level", "urgency", "resource", "need", "own_view")}
    is_filled = any(named[name].value() not in {None, ""} for name in ("level", "resource", "need", "own_view"))
    is_open = is_filled or bool(meanwhile_said) or any(named[name].errors for name in named)
    return DomainFields(label=label, meanwhile=meanwhile_said, is_open=is_open, **named)


def _differences(mine: RatingFacts, theirs: RatingFacts) -> tuple[Fact, ...]:
    pairs = (
        (_("Situation"), _level(mine.level), _level(theirs.level)),
        (_("Urgency"), str(URGENCIES[mine.urgency]), str(URGENCIES[theirs.urgency])),
        (_("Resources"), mine.resource, theirs.resource),
        (_("Needs"), mine.need, theirs.need),
        (_("Own view"), mine.own_view, theirs.own_view),
    )
    return tuple(Fact(term, text or _("nothing said")) for term, own, text in pairs if own != text)


def _level(level: int | None) -> str:
    return "" if level is None else f"{level} – {LEVELS[level]}"


def _row(line: DomainLine) -> DomainRow:
    change = line.change
    return DomainRow(
        label=line.label,
        cells=tuple(LevelCell(level, "" if level is None else LEVELS[level]) for level in line.levels),
        change=_change(change),
        is_better=bool(change and change > 0),
        is_worse=bool(change and change < 0),
    )


def _change(change: int | None) -> str:
    if change is None:
        return ""
    if change == 0:
        return _("unchanged")
    amount = abs(change)
    better = ngettext("%(n)s step better", "%(n)s steps better", amount)
    worse = ngettext("%(n)s step worse", "%(n)s steps worse", amount)
    return (better if change > 0 else worse) % {"n": amount}


def _last_said(made: tuple[AssessmentView, ...]) -> tuple[RatingLine, ...]:
    if not made:
        return ()
    said = made[-1].ratings
    return tuple(
        RatingLine(
            label=domain.label,
            level=_level(said[domain.pk].level),
            urgency=URGENCIES[said[domain.pk].urgency],
            facts=tuple(
                Fact(term, text)
                for term, text in (
                    (_("Resources"), said[domain.pk].resource),
                    (_("Needs"), said[domain.pk].need),
                    (_("Own view"), said[domain.pk].own_view),
                )
                if text
            ),
        )
        for domain in choices_of(ChoiceList.LIFE_DOMAIN)
        if domain.pk in said
    )
