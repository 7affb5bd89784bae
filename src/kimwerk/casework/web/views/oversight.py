"""The coordination: looking into a case for a reason, quality samples, rules."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.casework.models import AdmissionRule, Case, Insight
from kimwerk.casework.policies import may_look_into, may_set_up
from kimwerk.casework.selectors.choices import admission_rules, choices_of, settings_of
from kimwerk.casework.services.insights import acknowledge, break_glass, draw_sample, end_insight
from kimwerk.casework.services.insights import review as write_review
from kimwerk.casework.services.refusals import CaseRefused
from kimwerk.casework.services.rules import add_admission_rule, end_admission_rule, set_up_casework
from kimwerk.casework.types import ChoiceList, InsightKind
from kimwerk.casework.web.filing import crumbs_to, list_crumb
from kimwerk.casework.web.forms.cases import ReasonForm
from kimwerk.casework.web.forms.oversight import ReviewForm, RuleForm, SampleForm, SettingsForm
from kimwerk.casework.web.pages import FormPage, RulesPage, SamplesPage
from kimwerk.casework.web.wording import INSIGHTS
from kimwerk.directory.models import Organisation
from kimwerk.kernel import german
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.components import Badge, Cell, Column, Row, Table, Tone
from kimwerk.ui.notices import notify

MOST_SHOWN = 100


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_OVERSEE)
def glass(request: ActorRequest, pk: int) -> HttpResponse:
    """Break the glass: read a case for some hours, for a reason that the case manager reads."""
    found = _overseen(request, pk)
    if not may_look_into(request.actor, found):
        raise Http404
    form, hours = ReasonForm(request.POST or None), settings_of(found.organisation_id).glass_hours
    if form.is_valid():
        break_glass(actor=request.actor, case=found, reason=form.cleaned_data["reason"])
        notify(request, _("You can read this case now. The case manager sees that, and why."))
        return redirect("casework:case", pk=pk)
    lead = ngettext(
        "For %(hours)s hour you can read this case. It is logged, and the case manager reads your reason.",
        "For %(hours)s hours you can read this case. It is logged, and the case manager reads your reason.",
        hours,
    )
    page = FormPage(
        title=_("Look into the case"),
        form=form,
        label=_("Look into the case"),
        cancel_url=reverse("casework:overview"),
        crumbs=(list_crumb(request.actor, found),),
        state=found.number,
        lead=lead % {"hours": hours},
    )
    return render(request, "casework/form.html", {"page": page}, status=422 if form.errors else 200)


@require_http_methods(["POST"])
@needs(Permission.CASE_OVERSEE)
def leave(request: ActorRequest, pk: int, insight: int) -> HttpResponse:
    """Close what one had opened before its time is over, however often it was opened."""
    own = Insight.objects.opened_by(request.actor).in_force().filter(case=pk)
    get_object_or_404(own, pk=insight)
    for each in own.order_by("pk"):
        end_insight(actor=request.actor, insight=each)
    notify(request, _("The case is closed to you again."))
    return redirect("casework:overview")


@require_http_methods(["POST"])
@needs(Permission.CASE_WORK)
def seen(request: ActorRequest, pk: int, insight: int) -> HttpResponse:
    """The case manager has read that somebody looked into the case."""
    mine = Insight.objects.filter(case__in=Case.objects.own_of(request.actor))
    acknowledge(actor=request.actor, insight=get_object_or_404(mine, pk=insight, case=pk))
    notify(request, _("Noted."))
    return redirect("casework:case", pk=pk)


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_OVERSEE)
def samples(request: ActorRequest) -> HttpResponse:
    """Draw a quality sample; what was drawn and looked into stands below."""
    form = SampleForm(request.POST or None)
    if form.is_valid():
        drawn = draw_sample(actor=request.actor, organisation_id=_home(request), number=form.cleaned_data["number"])
        said = ngettext("%(n)s case is drawn.", "%(n)s cases are drawn.", len(drawn)) % {"n": len(drawn)}
        notify(request, said, tone=Tone.SUCCESS if drawn else Tone.WARNING)
        return redirect("casework:samples")
    page = SamplesPage(form, _insights(request))
    return render(request, "casework/samples.html", {"page": page}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_OVERSEE)
def review(request: ActorRequest, pk: int) -> HttpResponse:
    """Write down what a sample found."""
    drawn = Insight.objects.opened_by(request.actor).in_force().filter(kind=InsightKind.QUALITY_SAMPLE.value)
    insight = get_object_or_404(drawn.select_related("case"), pk=pk)
    form = ReviewForm(request.POST or None, aspects=choices_of(ChoiceList.REVIEW_ASPECT))
    if form.is_valid():
        try:
            write_review(actor=request.actor, insight=insight, findings=form.findings())
        except CaseRefused as refused:
            form.refuse(refused)
        else:
            notify(request, _("The findings are written down. The case manager reads them in the case."))
            return redirect("casework:samples")
    page = FormPage(
        title=_("Quality review"),
        form=form,
        label=_("Finish review"),
        cancel_url=reverse("casework:case", args=[insight.case_id]),
        crumbs=crumbs_to(request.actor, insight.case),
        state=insight.case.number,
    )
    return render(request, "casework/form.html", {"page": page}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_OVERSEE)
def rules(request: ActorRequest) -> HttpResponse:
    """The organisation's rules for casework, and what it asks for before case management."""
    home = _home(request)
    adds_rule = "label" in request.POST
    form = SettingsForm(None if adds_rule else request.POST or None, settings=settings_of(home))
    rule_form = RuleForm(request.POST if adds_rule else None)
    if not adds_rule and form.is_valid():
        set_up_casework(actor=request.actor, organisation_id=home, **form.cleaned_data)
        notify(request, _("The rules are set."))
        return redirect("casework:rules")
    if adds_rule and rule_form.is_valid():
        try:
            add_admission_rule(actor=request.actor, organisation_id=home, **rule_form.cleaned_data)
        except CaseRefused as refused:
            rule_form.refuse(refused)
        else:
            notify(request, _("The admission rule is added."))
            return redirect("casework:rules")
    page = RulesPage(
        organisation=Organisation.objects.get(pk=home).name,
        form=form,
        rule_form=rule_form,
        rules=tuple(
            (rule.label, rule.is_required, reverse("casework:end_rule", args=[rule.pk]))
            for rule in admission_rules(home)
        ),
    )
    errors = form.errors or rule_form.errors
    return render(request, "casework/rules.html", {"page": page}, status=422 if errors else 200)


@require_http_methods(["POST"])
@needs(Permission.CASE_OVERSEE)
def end_rule(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask for something no longer."""
    rule = get_object_or_404(AdmissionRule.objects.visible_to(request.actor), pk=pk)
    if not may_set_up(request.actor, rule.organisation_id):
        raise Http404
    end_admission_rule(actor=request.actor, rule=rule)
    notify(request, _("The admission rule is ended."))
    return redirect("casework:rules")


def _overseen(request: ActorRequest, pk: int) -> Case:
    return get_object_or_404(Case.objects.overseen_by(request.actor), pk=pk)


def _home(request: ActorRequest) -> int:
    """The organisation that the actor oversees throughout; the first one, where there are several."""
    held = sorted(request.actor.scope(Permission.CASE_OVERSEE).organisations)
    if not held:
        raise Http404
    return held[0]


def _insights(request: ActorRequest) -> Table:
    columns = (
        Column(_("Case")),
        Column(_("What")),
        Column(_("By")),
        Column(_("Begun")),
        Column(_("State")),
    )
    found = Insight.objects.visible_to(request.actor).select_related("case", "account").order_by("-pk")[:MOST_SHOWN]
    return Table(_("Looked into"), columns, tuple(_line(request, each) for each in found), is_caption_hidden=True)


def _line(request: ActorRequest, insight: Insight) -> Row:
    is_open = insight.ends_at > timezone.now()
    is_mine = is_open and insight.account_id == request.actor.account_id
    return Row(
        (
            Cell(insight.case.number, url=address_of_record("casework:case", insight.case_id) if is_mine else ""),
            Cell(INSIGHTS[InsightKind(insight.kind)], note=insight.reason),
            Cell(insight.account.display_name),
            Cell(german.day(timezone.localdate(insight.begins_at))),
            Cell(badge=Badge(_("open"), Tone.INFO) if is_open else Badge(_("ended"))),
        )
    )
