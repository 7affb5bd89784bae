"""Setting an organisation's own rules for casework, and keeping the lists it chooses from."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.casework.models import AdmissionRule, CaseworkSettings, Choice
from kimwerk.casework.policies import may_keep_lists, may_set_up
from kimwerk.casework.services.refusals import refuse
from kimwerk.casework.types import CaseProblem, ChoiceList
from kimwerk.kernel.names import text_key

LONGEST_LABEL = 200
LONGEST_CHOICE = 120


@transaction.atomic
def set_up_casework(
    *, actor: Actor, organisation_id: int, inactive_days: int, review_days: int, ahead_days: int, glass_hours: int
) -> CaseworkSettings:
    """Set the organisation's rules for casework."""
    if not may_set_up(actor, organisation_id):
        raise PermissionDenied
    settings, _ = CaseworkSettings.objects.update_or_create(
        organisation_id=organisation_id,
        defaults={
            "inactive_days": inactive_days,
            "review_days": review_days,
            "ahead_days": ahead_days,
            "glass_hours": glass_hours,
        },
    )
    record(actor=actor, action="casework.set_up", subject=settings)
    return settings


@transaction.atomic
def add_admission_rule(*, actor: Actor, organisation_id: int, label: str, is_required: bool) -> AdmissionRule:
    """Ask for something before somebody is taken into case management."""
    if not may_set_up(actor, organisation_id):
        raise PermissionDenied
    rules = AdmissionRule.objects.filter(organisation=organisation_id)
    if not label.strip():
        refuse({"label": CaseProblem.MISSING})
    if len(label) > LONGEST_LABEL:
        refuse({"label": CaseProblem.TOO_LONG})
    if rules.filter(label=label.strip(), ended_on__isnull=True).exists():
        refuse({"label": CaseProblem.THE_SAME})
    rule = AdmissionRule.objects.create(
        organisation_id=organisation_id, label=label.strip(), is_required=is_required, position=rules.count()
    )
    record(actor=actor, action="admission_rule.added", subject=rule)
    return rule


@transaction.atomic
def end_admission_rule(*, actor: Actor, rule: AdmissionRule) -> AdmissionRule:
    """Ask for it no longer. Clarifications that named it keep it."""
    if not may_set_up(actor, rule.organisation_id):
        raise PermissionDenied
    rule.ended_on = timezone.localdate()
    rule.save(update_fields=["ended_on"])
    record(actor=actor, action="admission_rule.ended", subject=rule)
    return rule


@transaction.atomic
def add_choice(*, actor: Actor, choice_list: ChoiceList, label: str, valid_from: date | None = None) -> Choice:
    """Add an entry to a list that all organisations of the installation share."""
    if not may_keep_lists(actor):
        raise PermissionDenied
    label = label.strip()
    code = text_key(label).replace(" ", "-")[:60].strip("-")
    if not code:
        refuse({"label": CaseProblem.MISSING})
    if len(label) > LONGEST_CHOICE:
        refuse({"label": CaseProblem.TOO_LONG})
    there = Choice.objects.filter(choice_list=choice_list.value)
    if there.filter(Q(code=code) | Q(label=label)).exists():
        refuse({"label": CaseProblem.THE_SAME})
    choice = Choice.objects.create(
        choice_list=choice_list.value, code=code, label=label, position=there.count(), valid_from=valid_from
    )
    record(actor=actor, action="choice.added", subject=choice)
    return choice


@transaction.atomic
def end_choice(*, actor: Actor, choice: Choice) -> Choice:
    """Offer an entry no longer from tomorrow on. What names it keeps it."""
    if not may_keep_lists(actor):
        raise PermissionDenied
    choice.valid_until = max(timezone.localdate(), choice.valid_from or timezone.localdate())
    choice.save(update_fields=["valid_until"])
    record(actor=actor, action="choice.ended", subject=choice)
    return choice
