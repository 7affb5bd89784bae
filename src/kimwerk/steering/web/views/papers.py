"""Papers to committees: the list, one of them with its way, and keeping them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.kernel import german
from kimwerk.steering.editions import known_editions
from kimwerk.steering.models import Committee, Paper, PaperAttachment, PaperStep
from kimwerk.steering.models.paper import WAITING
from kimwerk.steering.selectors.papers import attachments_of, papers_for, steps_of
from kimwerk.steering.services.papers import (
    add_step,
    attach_edition,
    attach_file,
    detach,
    keep_paper,
    note_step,
    release_paper,
    remove_step,
)
from kimwerk.steering.types import PaperOutcome, SteeringRefused
from kimwerk.steering.web.pages import Errand, Page, Part
from kimwerk.steering.web.paper_forms import AttachmentForm, PaperFilter, PaperForm, PaperOutcomeForm, PaperStepForm
from kimwerk.steering.web.paper_print import paper_pdf
from kimwerk.steering.web.within import ask, home_of
from kimwerk.steering.web.wording import say, text_of
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.components import Action, Badge, Cell, Column, Crumb, Fact, NavItem, Row, Table, Tone
from kimwerk.ui.listing import chips_of
from kimwerk.ui.newest import newest_first
from kimwerk.ui.notices import notify
from kimwerk.ui.pages import ListPage

READ, ATTEND, MANAGE = Permission.STEERING_READ, Permission.STEERING_ATTEND, Permission.STEERING_MANAGE


@require_GET
@needs(READ, ATTEND)
def papers(request: ActorRequest) -> HttpResponse:
    """All papers that the actor reads."""
    form = PaperFilter(request.GET, actor=request.actor)
    found = newest_first(papers_for(request.actor, form.wish), request.GET, by="written_on")
    title = _("Papers to committees")
    columns = (Column(_("Paper")), Column(_("Written on")), Column(_("Next committee")), Column(_("State")))
    may_write = request.actor.can(MANAGE)
    page = ListPage(
        title=title,
        state=_("newest first"),
        filter=form,
        chips=chips_of(form, request.GET),
        reset_url=reverse("steering:papers"),
        table=Table(title, columns, tuple(map(_line, found.items)), is_caption_hidden=True),
        pagination=found.pagination,
        empty_title=_("No paper yet"),
        empty_text=_("A paper asks one committee after the other to take note or to decide."),
        action=Action(_("Write a paper"), reverse("steering:new_paper"), "add", is_new_entry=True)
        if may_write
        else None,
    )
    return render(request, "steering/list.html", {"page": page})


@require_GET
@needs(READ, ATTEND)
def paper(request: ActorRequest, pk: int) -> HttpResponse:
    """One paper: what it asks, its way, and what is attached."""
    found = _seen(request, pk)
    keeps = Paper.objects.kept_by(request.actor).filter(pk=pk).exists()
    steps, attachments = steps_of(found), attachments_of(found)
    page = Page(
        title=found.title,
        state=_("Paper to the committee, no. %(number)s") % {"number": found.number},
        badge=_badge(found, steps),
        crumbs=_to_papers(),
        lead=found.proposal,
        facts=(
            Fact(_("Written by"), found.author or "–"),
            Fact(_("Written on"), german.day(found.written_on)),
            Fact(_("Released on"), german.day(found.released_on) if found.released_on else _("not yet")),
        ),
        links=_links(found, keeps=keeps),
        parts=(_way(found, steps, keeps=keeps), _attachments(found, attachments, keeps=keeps)),
        text_title=_("Reasons"),
        text=found.text,
    )
    return render(request, "steering/page.html", {"page": page})


@needs(MANAGE)
def new(request: ActorRequest) -> HttpResponse:
    """Write a paper."""
    form = PaperForm(request.POST or None)
    if form.is_valid():
        try:
            made = keep_paper(actor=request.actor, organisation_id=home_of(request.actor), facts=form.facts)
        except SteeringRefused as refused:
            say(form, refused)
        else:
            notify(request, _("The paper is a draft. Now enter its committees and attach what belongs to it."))
            return redirect("steering:paper", pk=made.pk)
    return ask(request, _("Write a paper"), _to_papers(), form, draft="steering-paper-new")


@needs(MANAGE)
def change(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct a paper."""
    kept = _kept(request, pk)
    form = PaperForm(request.POST or None, paper=kept)
    if form.is_valid():
        try:
            keep_paper(actor=request.actor, organisation_id=kept.organisation_id, facts=form.facts, paper=kept)
        except SteeringRefused as refused:
            say(form, refused)
        else:
            notify(request, _("Changed."))
            return redirect("steering:paper", pk=pk)
    return ask(request, _("Correct the paper"), _to_paper(kept), form)


@require_POST
@needs(MANAGE)
def release(request: ActorRequest, pk: int) -> HttpResponse:
    """Let the members read a paper, and its committees take it up."""
    release_paper(actor=request.actor, paper=_kept(request, pk))
    notify(request, _("Released. The next agenda of its committee proposes it."))
    return redirect("steering:paper", pk=pk)


@needs(MANAGE)
def add_committee(request: ActorRequest, pk: int) -> HttpResponse:
    """Send a paper to one more committee."""
    kept = _kept(request, pk)
    committees = Committee.objects.kept_by(request.actor).filter(organisation=kept.organisation_id)
    form = PaperStepForm(request.POST or None, committees=committees)
    if form.is_valid():
        add_step(actor=request.actor, paper=kept, facts=form.facts)
        notify(request, _("Entered."))
        return redirect("steering:paper", pk=pk)
    return ask(request, _("Add a committee"), _to_paper(kept), form, _("Add"))


@needs(MANAGE)
def note(request: ActorRequest, pk: int) -> HttpResponse:
    """Say what a committee did with a paper."""
    step = _kept_step(request, pk)
    form = PaperOutcomeForm(request.POST or None, step=step)
    if form.is_valid():
        entered = form.cleaned_data
        try:
            note_step(
                actor=request.actor, step=step, outcome=PaperOutcome(entered["outcome"]), on_day=entered["on_day"],
                remark=entered["remark"],
            )  # fmt: skip
        except SteeringRefused as refused:
            say(form, refused)
        else:
            notify(request, _("Entered."))
            return redirect("steering:paper", pk=step.paper_id)
    lead = f"{step.committee}: {step.get_competence_display()}"
    return ask(request, _("What the committee did"), _to_paper(step.paper), form, lead=lead)


@require_POST
@needs(MANAGE)
def remove_committee(request: ActorRequest, pk: int) -> HttpResponse:
    """Take a committee off the way of a paper."""
    step = _kept_step(request, pk)
    try:
        remove_step(actor=request.actor, step=step)
    except SteeringRefused:
        notify(
            request, _("The committee stays: it has the paper on an agenda, or has dealt with it."), tone=Tone.WARNING
        )
    else:
        notify(request, _("Taken off."))
    return redirect("steering:paper", pk=step.paper_id)


@needs(MANAGE)
def attach(request: ActorRequest, pk: int) -> HttpResponse:
    """Attach a file or the released edition of a report."""
    kept = _kept(request, pk)
    form = AttachmentForm(request, editions=known_editions(request.actor))
    if form.is_valid():
        try:
            if (edition_id := form.edition_id) is not None:
                attach_edition(actor=request.actor, paper=kept, edition_id=edition_id)
            else:
                attach_file(actor=request.actor, paper=kept, name=form.file_name, content=form.content)
        except SteeringRefused as refused:
            say(form, refused)
        else:
            notify(request, _("Attached."))
            return redirect("steering:paper", pk=pk)
    return ask(request, _("Attach"), _to_paper(kept), form, _("Attach"))


@require_POST
@needs(MANAGE)
def drop_attachment(request: ActorRequest, pk: int) -> HttpResponse:
    """Take an attachment off a paper."""
    found = PaperAttachment.objects.defer("content").select_related("paper")
    attached = get_object_or_404(found.filter(paper__in=Paper.objects.kept_by(request.actor)), pk=pk)
    try:
        detach(actor=request.actor, attachment=attached)
    except SteeringRefused as refused:
        notify(request, text_of(refused), tone=Tone.WARNING)
    else:
        notify(request, _("Taken off."))
    return redirect("steering:paper", pk=attached.paper_id)


@require_GET
@needs(READ, ATTEND)
def attachment(request: ActorRequest, pk: int) -> HttpResponse:
    """The file of an attachment, as it was attached."""
    seen = Paper.objects.visible_to(request.actor)
    found = get_object_or_404(PaperAttachment.objects.filter(paper__in=seen), pk=pk)
    kind = found.file_kind.partition("/")[2]
    name = f'attachment; filename="{gettext("attachment")}-{found.position}.{kind}"'
    return HttpResponse(bytes(found.content), content_type=found.file_kind, headers={"Content-Disposition": name})


@require_GET
@needs(READ, ATTEND)
def paper_file(request: ActorRequest, pk: int) -> HttpResponse:
    """The paper as an accessible PDF."""
    found = _seen(request, pk)
    return HttpResponse(paper_pdf(found, steps_of(found), attachments_of(found)), content_type="application/pdf")


def _line(paper: Paper) -> Row:
    steps = list(paper.steps.all())
    waiting = next((step for step in steps if step.outcome in WAITING), None)
    return Row(
        (
            Cell(
                paper.title,
                reverse("steering:paper", args=[paper.pk]),
                note=_("No. %(number)s") % {"number": paper.number},
            ),
            Cell(german.day(paper.written_on)),
            Cell(waiting.committee.name if waiting else "–", note=_when(waiting)),
            Cell(badge=_badge(paper, steps)),
        ),
        key=str(paper.pk),
    )


def _when(step: PaperStep | None) -> str:
    return f"{step.get_competence_display()}, {german.day(step.on_day)}" if step and step.on_day else ""


def _badge(paper: Paper, steps: list[PaperStep]) -> Badge:
    """How far a paper is: a draft, on its way, or what the last committee did."""
    if paper.released_on is None:
        return Badge(_("draft"), Tone.NEUTRAL)
    if not steps or any(step.outcome in WAITING for step in steps):
        return Badge(_("on its way"), Tone.INFO)
    return Badge(steps[-1].get_outcome_display(), Tone.SUCCESS)


def _links(paper: Paper, *, keeps: bool) -> tuple[NavItem, ...]:
    printed = NavItem(_("Paper as PDF"), reverse("steering:paper_pdf", args=[paper.pk]))
    return (printed, NavItem(_("Correct"), reverse("steering:change_paper", args=[paper.pk]))) if keeps else (printed,)


def _way(paper: Paper, steps: list[PaperStep], *, keeps: bool) -> Part:
    title, pk = _("Way through the committees"), [paper.pk]
    rows = tuple(
        Row(
            (
                Cell(step.committee.name, address_of_record("steering:committee", step.committee_id)),
                Cell(german.day(step.on_day) if step.on_day else "–", _meeting_url(step)),
                Cell(step.get_competence_display()),
                _outcome(step, keeps=keeps),
            )
        )
        for step in steps
    )
    columns = (Column(_("Committee")), Column(_("Day")), Column(_("Competence")), Column(_("Outcome")))
    links = (NavItem(_("Add a committee"), reverse("steering:add_paper_step", args=pk)),) if keeps else ()
    errands = [
        Errand(
            _("Take off: %(name)s") % {"name": step.committee}, reverse("steering:remove_paper_step", args=[step.pk])
        )
        for step in steps
        if keeps and not step.outcome and not step.meeting_id
    ]
    if keeps and paper.released_on is None and steps:
        errands.insert(0, Errand(_("Release the paper"), reverse("steering:release_paper", args=pk)))
    empty = _("No committee is entered yet.")
    return Part("way", title, Table(title, columns, rows, is_caption_hidden=True), empty, links, tuple(errands))


def _meeting_url(step: PaperStep) -> str:
    return reverse("steering:meeting", args=[step.meeting_id]) if step.meeting_id else ""


def _outcome(step: PaperStep, *, keeps: bool) -> Cell:
    url = reverse("steering:note_paper_step", args=[step.pk]) if keeps else ""
    outcome = PaperOutcome(step.outcome)
    return Cell(outcome.label, url, note=step.remark)


def _attachments(paper: Paper, attachments: list[PaperAttachment], *, keeps: bool) -> Part:
    title = _("Attachments")
    rows = tuple(
        Row(
            (
                Cell(str(each.position)),
                Cell(each.name, address_of_record("steering:paper_attachment", each.pk)),
                Cell(german.number(max(1, each.file_size // 1024)) + " KB"),
            )
        )
        for each in attachments
    )
    columns = (Column(_("No.")), Column(_("Title")), Column(_("Size"), is_numeric=True))
    links = (NavItem(_("Attach"), reverse("steering:attach_to_paper", args=[paper.pk])),) if keeps else ()
    errands = tuple(
        Errand(_("Take off: %(name)s") % {"name": each.name}, reverse("steering:detach_from_paper", args=[each.pk]))
        for each in attachments
        if keeps
    )
    table = Table(title, columns, rows, is_caption_hidden=True)
    return Part("attachments", title, table, _("Nothing is attached."), links, errands)


def _seen(request: ActorRequest, pk: int) -> Paper:
    found = Paper.objects.visible_to(request.actor).select_related("organisation")
    return get_object_or_404(found, pk=pk)


def _kept(request: ActorRequest, pk: int) -> Paper:
    return get_object_or_404(Paper.objects.kept_by(request.actor), pk=pk)


def _kept_step(request: ActorRequest, pk: int) -> PaperStep:
    found = PaperStep.objects.kept_by(request.actor).select_related("paper", "committee")
    return get_object_or_404(found, pk=pk)


def _to_papers() -> tuple[Crumb, ...]:
    return (Crumb(_("Papers to committees"), reverse("steering:papers")),)


def _to_paper(paper: Paper) -> tuple[Crumb, ...]:
    return (*_to_papers(), Crumb(paper.title, reverse("steering:paper", args=[paper.pk])))
