"""Keeping papers to committees: their text, their way, and what is attached."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.audit.services import record
from kimwerk.consent.files import kind_of
from kimwerk.consent.types import FileKind
from kimwerk.steering.editions import known_editions, pdf_of_edition
from kimwerk.steering.models import Committee, Paper, PaperAttachment, PaperStep
from kimwerk.steering.models.paper import WAITING
from kimwerk.steering.services.refusing import refused_as_problems
from kimwerk.steering.types import PaperFacts, PaperOutcome, SteeringProblem, SteeringRefused, StepFacts


@transaction.atomic
def keep_paper(*, actor: Actor, organisation_id: int, facts: PaperFacts, paper: Paper | None = None) -> Paper:
    """Write a paper, or correct one that no committee has dealt with. Raises SteeringRefused."""
    if paper is None and not actor.can_at(Permission.STEERING_MANAGE, organisation_id):
        raise PermissionDenied
    paper = _locked(actor, paper) if paper else Paper(organisation_id=organisation_id)
    paper.number, paper.title, paper.proposal = facts.number, facts.title, facts.proposal
    paper.text, paper.author = facts.text, facts.author
    with refused_as_problems():
        paper.save()
    record(actor=actor, action="paper.kept", subject=paper)
    return paper


@transaction.atomic
def release_paper(*, actor: Actor, paper: Paper) -> Paper:
    """Let the members of the committees read it; from now on it waits for their agendas."""
    paper = _locked(actor, paper)
    paper.released_on = timezone.localdate()
    paper.save(update_fields=["released_on"])
    record(actor=actor, action="paper.released", subject=paper)
    return paper


@transaction.atomic
def add_step(*, actor: Actor, paper: Paper, facts: StepFacts) -> PaperStep:
    """Send a paper to one more committee, after the others."""
    paper = _locked(actor, paper)
    committee = Committee.objects.kept_by(actor).get(pk=facts.committee_id)
    last = paper.steps.aggregate(last=Max("position"))["last"] or 0
    step = PaperStep.objects.create(
        paper=paper, position=last + 1, committee=committee, competence=facts.competence.value, on_day=facts.on_day
    )
    record(actor=actor, action="paper.step_added", subject=step)
    return step


@transaction.atomic
def note_step(*, actor: Actor, step: PaperStep, outcome: PaperOutcome, on_day: date, remark: str = "") -> PaperStep:
    """Say what a committee did with a paper. Committees deal with it in their order. Raises SteeringRefused."""
    current = _locked_step(actor, step)
    if PaperStep.objects.filter(paper=current.paper_id, position__lt=current.position, outcome__in=WAITING).exists():
        raise SteeringRefused(SteeringProblem.NOT_IN_TURN)
    current.outcome, current.on_day, current.remark = outcome.value, on_day, remark
    current.save(update_fields=["outcome", "on_day", "remark"])
    record(actor=actor, action="paper.step_noted", subject=current)
    return current


@transaction.atomic
def remove_step(*, actor: Actor, step: PaperStep) -> None:
    """Take a committee off the way of a paper, unless it has dealt with it or has it on an agenda."""
    current = _locked_step(actor, step)
    if current.outcome or current.meeting_id:
        raise SteeringRefused(SteeringProblem.DEALT_WITH)
    record(actor=actor, action="paper.step_removed", subject=current)
    current.delete()


@transaction.atomic
def attach_file(*, actor: Actor, paper: Paper, name: str, content: bytes) -> PaperAttachment:
    """Attach an uploaded file; its kind is told by its first bytes. ValueError where the form should have refused."""
    kind = kind_of(content)
    if kind is None:
        raise ValueError("the form refuses other kinds")
    return _attach(actor, paper, name, kind, content)


@transaction.atomic
def attach_edition(*, actor: Actor, paper: Paper, edition_id: int) -> PaperAttachment:
    """Attach the released edition of a report, as it was published if it was. Raises SteeringRefused."""
    pdf = pdf_of_edition(actor, edition_id)
    title = next((each.title for each in known_editions(actor) if each.pk == edition_id), None)
    if pdf is None or title is None:
        raise SteeringRefused(SteeringProblem.NO_EDITION)
    return _attach(actor, paper, title, FileKind.PDF, pdf, edition_id)


@transaction.atomic
def detach(*, actor: Actor, attachment: PaperAttachment) -> None:
    """Take an attachment off a paper that no committee has dealt with. Raises SteeringRefused."""
    _locked(actor, attachment.paper)
    record(actor=actor, action="paper.detached", subject=attachment)
    with refused_as_problems():
        attachment.delete()


def _attach(
    actor: Actor, paper: Paper, name: str, kind: FileKind, content: bytes, edition_id: int | None = None
) -> PaperAttachment:
    paper = _locked(actor, paper)
    last = paper.attachments.aggregate(last=Max("position"))["last"] or 0
    attachment = PaperAttachment(paper=paper, position=last + 1, name=name[:160], file_kind=kind.value)
    attachment.file_size, attachment.file_hash = len(content), sha256(content).hexdigest()
    attachment.content, attachment.edition_id = content, edition_id
    with refused_as_problems():
        attachment.save()
    record(actor=actor, action="paper.attached", subject=attachment)
    return attachment


def _locked(actor: Actor, paper: Paper) -> Paper:
    found = Paper.objects.kept_by(actor).select_for_update(of=("self",)).filter(pk=paper.pk).first()
    if found is None:
        raise PermissionDenied
    return found


def _locked_step(actor: Actor, step: PaperStep) -> PaperStep:
    found = PaperStep.objects.kept_by(actor).select_for_update(of=("self",)).filter(pk=step.pk).first()
    if found is None:
        raise PermissionDenied
    return found
