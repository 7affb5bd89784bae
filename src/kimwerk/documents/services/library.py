"""Keeping templates, and taking their versions on the way into force."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.audit.services import record
from kimwerk.directory.models import Organisation
from kimwerk.documents.models import Adoption, Review, Template, TemplateVersion
from kimwerk.documents.types import (
    DocumentsProblem,
    DocumentsRefused,
    Language,
    TemplateFacts,
    Verdict,
    VersionState,
)


@transaction.atomic
def keep_template(
    *, actor: Actor, organisation_id: int, facts: TemplateFacts, template: Template | None = None, origin: str = ""
) -> Template:
    """Begin a template, or correct what is known of one. Raises DocumentsRefused.

    `origin` names who thought of it first, if that was not one's own office; it never changes later.
    """
    home = template.organisation_id if template else organisation_id
    if not actor.can_at(Permission.TEMPLATE_KEEP, home):
        raise PermissionDenied
    if template is None:
        template = Template(organisation_id=home, origin=origin or Organisation.objects.get(pk=home).name)
    template.title, template.kind, template.purpose = facts.title, facts.kind.value, facts.purpose
    template.licence = facts.licence.value
    try:
        with transaction.atomic():
            template.save()
    except IntegrityError as error:
        raise DocumentsRefused(DocumentsProblem.NAME_TAKEN) from error
    record(actor=actor, action="template.kept", subject=template)
    return template


@transaction.atomic
def write_version(
    *, actor: Actor, template: Template, language: Language, text: str, reason: str = ""
) -> TemplateVersion:
    """Write a draft: a running one is written on, otherwise a new version begins. The others stay as they are."""
    kept = Template.objects.kept_by(actor).select_for_update(of=("self",)).filter(pk=template.pk).first()
    if kept is None or actor.account_id is None:
        raise PermissionDenied
    versions = kept.versions.filter(language=language.value)
    draft = versions.filter(state=VersionState.DRAFT.value).first()
    if draft is None:
        last = versions.aggregate(last=Max("number"))["last"] or 0
        draft = TemplateVersion(template=kept, language=language.value, number=last + 1)
    draft.text, draft.reason, draft.written_on = text, reason, timezone.localdate()
    draft.written_by_id = actor.account_id
    draft.save()
    record(actor=actor, action="template.written", subject=draft)
    return draft


@transaction.atomic
def ask_review(*, actor: Actor, version: TemplateVersion) -> TemplateVersion:
    """Hand a draft to the legal review; from now on its text stays. Raises DocumentsRefused."""
    current = _kept(actor, version)
    if current.state != VersionState.DRAFT:
        raise DocumentsRefused(DocumentsProblem.NOT_A_DRAFT)
    return _go(actor, current, VersionState.REVIEW, "template.handed_to_review")


@transaction.atomic
def review_version(*, actor: Actor, version: TemplateVersion, verdict: Verdict, remark: str = "") -> Review:
    """Say whether a version may be used. Raises DocumentsRefused unless it waits for that."""
    found = TemplateVersion.objects.reviewed_by(actor).filter(pk=version.pk).first()
    if found is None or actor.account_id is None:
        raise PermissionDenied
    if found.state != VersionState.REVIEW:
        raise DocumentsRefused(DocumentsProblem.NOT_IN_REVIEW)
    review = Review.objects.create(
        version=found,
        verdict=verdict.value,
        remark=remark,
        reviewed_on=timezone.localdate(),
        reviewed_by_id=actor.account_id,
    )
    record(actor=actor, action="template.reviewed", subject=review)
    return review


@transaction.atomic
def put_into_force(*, actor: Actor, version: TemplateVersion, from_day: date) -> TemplateVersion:
    """Let a reviewed version hold; the one before in this language is withdrawn. Raises DocumentsRefused."""
    current = _kept(actor, version)
    if current.state != VersionState.REVIEW:
        raise DocumentsRefused(DocumentsProblem.NOT_IN_REVIEW)
    last = current.reviews.order_by("-pk").first()
    if last is None or last.verdict != Verdict.PASSED:
        raise DocumentsRefused(DocumentsProblem.NOT_REVIEWED)
    before = TemplateVersion.objects.kept_by(actor).filter(
        template=current.template_id, language=current.language, state=VersionState.IN_FORCE.value
    )
    for each in before:
        each.withdrawn_on = from_day
        _go(actor, each, VersionState.WITHDRAWN, "template.replaced")
    current.in_force_from = from_day
    return _go(actor, current, VersionState.IN_FORCE, "template.in_force")


@transaction.atomic
def withdraw_version(*, actor: Actor, version: TemplateVersion) -> TemplateVersion:
    """Take a version out of use; whoever works with it is still known."""
    current = _kept(actor, version)
    current.withdrawn_on = timezone.localdate()
    return _go(actor, current, VersionState.WITHDRAWN, "template.withdrawn")


@transaction.atomic
def note_adoption(
    *, actor: Actor, version: TemplateVersion, adopter: str, adopted_on: date, is_outside: bool = False
) -> Adoption:
    """Note that somebody works with a version in force. Raises DocumentsRefused."""
    current = _kept(actor, version)
    if current.state != VersionState.IN_FORCE:
        raise DocumentsRefused(DocumentsProblem.NOT_IN_FORCE)
    adoption, _made = Adoption.objects.update_or_create(
        version=current, adopter=adopter, defaults={"adopted_on": adopted_on, "is_outside": is_outside}
    )
    record(actor=actor, action="template.adopted", subject=adoption)
    return adoption


def _kept(actor: Actor, version: TemplateVersion) -> TemplateVersion:
    found = TemplateVersion.objects.kept_by(actor).select_for_update(of=("self",)).filter(pk=version.pk).first()
    if found is None:
        raise PermissionDenied
    return found


def _go(actor: Actor, version: TemplateVersion, state: VersionState, action: str) -> TemplateVersion:
    version.state = state.value
    version.save(update_fields=["state", "in_force_from", "withdrawn_on"])
    record(actor=actor, action=action, subject=version)
    return version
