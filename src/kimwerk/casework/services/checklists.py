"""Checklists of module 3: begun, ticked, with appointment and decision; nothing reaches an authority by itself."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.casework.checklist_catalogue import catalogue
from kimwerk.casework.checklist_types import (
    DECIDED,
    PURPOSE,
    RUNNING,
    ChecklistField,
    ChecklistProblem,
    ChecklistState,
    ItemState,
    Problems,
    Standing,
)
from kimwerk.casework.models.case import Case
from kimwerk.casework.models.checklist import Checklist, ChecklistItem
from kimwerk.casework.referral_policies import may_keep_case
from kimwerk.consent.models import Disclosure
from kimwerk.consent.selectors import covering_grant
from kimwerk.consent.services import disclose
from kimwerk.directory.models import Organisation
from kimwerk.kernel.data_categories import DataCategory
from kimwerk.persons.selectors import facts_by_category


class ChecklistRefused(Exception):
    """Something said about a checklist is wrong; `problems` says what and where."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(", ".join(f"{place}: {problem}" for place, problem in problems.items()))
        self.problems = problems


class ChecklistMoved(Exception):
    """Somebody else changed the checklist meanwhile; `current` is how it stands now."""

    def __init__(self, current: Checklist) -> None:
        super().__init__(current.state)
        self.current = current


class NothingCovered(Exception):
    """No consent in force covers what was to be handed to the authority: nothing was."""


@transaction.atomic
def begin_checklist(*, actor: Actor, case: Case, list_key: str) -> Checklist:
    """Begin a list for a case, with every line open. Raises ChecklistRefused for a list that runs already."""
    chosen = catalogue().get(list_key)
    if actor.account_id is None or not may_keep_case(actor, case.pk):
        raise PermissionDenied
    if chosen is None:
        raise ChecklistRefused({ChecklistField.LIST: ChecklistProblem.UNKNOWN})
    Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if Checklist.objects.filter(case=case, list_key=list_key, state__in=[s.value for s in RUNNING]).exists():
        raise ChecklistRefused({ChecklistField.LIST: ChecklistProblem.RUNS_ALREADY})
    checklist = Checklist.objects.create(
        case=case,
        list_key=list_key,
        as_of=chosen.as_of,
        state=ChecklistState.PREPARING.value,
        begun_by_id=actor.account_id,
    )
    ChecklistItem.objects.bulk_create(
        ChecklistItem(checklist=checklist, item_key=item.key, position=position, state=ItemState.OPEN.value)
        for position, item in enumerate(chosen.items)
    )
    record(actor=actor, action="checklist.begun", subject=checklist)
    return checklist


@transaction.atomic
def tick_items(*, actor: Actor, checklist: Checklist, version: int, states: Mapping[str, ItemState]) -> Checklist:
    """Note how far the lines are. Lines that are not named stay as they are."""
    current = _locked(actor, checklist, version)
    now = timezone.now()
    changed = [
        each for each in current.items.all() if states.get(each.item_key, ItemState(each.state)).value != each.state
    ]
    for item in changed:
        item.state, item.changed_at, item.changed_by_id = states[item.item_key].value, now, actor.account_id
    ChecklistItem.objects.bulk_update(changed, ["state", "changed_at", "changed_by"])
    _save(current)
    record(actor=actor, action="checklist.ticked", subject=current, amount=max(len(changed), 1))
    return current


@transaction.atomic
def set_standing(*, actor: Actor, checklist: Checklist, version: int, standing: Standing) -> Checklist:
    """Note authority, appointment, application and decision. Raises ChecklistRefused."""
    current = _locked(actor, checklist, version)
    problems = _judge(standing)
    if problems:
        raise ChecklistRefused(problems)
    current.state, current.authority_id = standing.state.value, standing.authority_id
    current.appointment_at = standing.appointment_at
    current.applied_on, current.decided_on = standing.applied_on, standing.decided_on
    _save(current, "state", "authority", "appointment_at", "applied_on", "decided_on")
    record(actor=actor, action="checklist.standing_set", subject=current)
    return current


@transaction.atomic
def disclose_to_authority(*, actor: Actor, checklist: Checklist, categories: frozenset[DataCategory]) -> Disclosure:
    """Hand chosen data to the authority of the checklist, once, frozen. Raises NothingCovered without a consent."""
    person_id, authority_id = checklist.case.person_id, checklist.authority_id
    if not may_keep_case(actor, checklist.case_id) or person_id is None or authority_id is None:
        raise PermissionDenied
    facts = facts_by_category(actor, person_id)
    content = {category: facts[category] for category in sorted(categories) if facts.get(category)}
    grant = covering_grant(person_id, recipient_id=authority_id, purpose=PURPOSE, categories=frozenset(content))
    if grant is None or not content:
        raise NothingCovered
    disclosure = disclose(
        actor=actor, person_id=person_id, recipient_id=authority_id, purpose=PURPOSE, content=content, grant=grant
    )
    record(actor=actor, action="checklist.disclosed", subject=checklist)
    return disclosure


def _judge(standing: Standing) -> Problems:
    today = timezone.localdate()
    problems: Problems = {}
    if standing.authority_id is not None and not Organisation.objects.filter(pk=standing.authority_id).exists():
        problems[ChecklistField.AUTHORITY] = ChecklistProblem.UNKNOWN
    for place, day in (
        (ChecklistField.APPLIED_ON, standing.applied_on),
        (ChecklistField.DECIDED_ON, standing.decided_on),
    ):
        if day is not None and day > today:
            problems[place] = ChecklistProblem.IN_THE_FUTURE
    if standing.state is ChecklistState.APPLIED and standing.applied_on is None:
        problems[ChecklistField.APPLIED_ON] = ChecklistProblem.MISSING
    if standing.state in DECIDED and standing.decided_on is None:
        problems[ChecklistField.DECIDED_ON] = ChecklistProblem.MISSING
    if standing.applied_on and standing.decided_on and standing.decided_on < standing.applied_on:
        problems[ChecklistField.DECIDED_ON] = ChecklistProblem.BEFORE_APPLICATION
    return problems


def _locked(actor: Actor, checklist: Checklist, version: int) -> Checklist:
    current = Checklist.objects.select_for_update(of=("self",)).filter(pk=checklist.pk).first()
    if current is None or not may_keep_case(actor, current.case_id):
        raise PermissionDenied
    if current.version != version:
        raise ChecklistMoved(current)
    return current


def _save(checklist: Checklist, *changed: str) -> None:
    checklist.version += 1
    checklist.save(update_fields=["version", *changed])
