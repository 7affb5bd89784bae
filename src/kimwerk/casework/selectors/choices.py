"""The lists casework chooses from, and an organisation's own rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from kimwerk.access.kept import Question, kept
from kimwerk.access.permissions import Permission
from kimwerk.access.roles import ROLES
from kimwerk.accounts.models import Account, Membership
from kimwerk.activities.types import LAND_SCHEME
from kimwerk.casework.models import AdmissionRule, CaseworkSettings, Choice
from kimwerk.casework.types import ChoiceList

COUNSELLING_ROLES = tuple(role.value for role, entry in ROLES.items() if Permission.CASE_WORK in entry.rights)


def choices_of(choice_list: ChoiceList, on: date | None = None) -> tuple[Choice, ...]:
    """The entries of a list that hold on that day, today if none is named. One query."""
    return tuple(Choice.objects.of(choice_list).valid(on or timezone.localdate()))


def choice_labels(choice_list: ChoiceList) -> Mapping[int, str]:
    """The labels of a list, ended entries included. One query."""
    return dict(Choice.objects.of(choice_list).values_list("pk", "label"))


def land_name(choice: Choice) -> str:
    """What the Land calls an entry until further notice; empty if it has no name there. One query, or none."""
    current = (each.label for each in choice.mappings.all() if each.scheme == LAND_SCHEME and each.is_current)
    return next(current, "")


@kept
def _settings(organisation: int) -> QuerySet[CaseworkSettings]:
    return CaseworkSettings.objects.filter(organisation=organisation)


def question_of_settings(organisation_id: int) -> Question:
    """What `settings_of` asks, for whoever asks more at once."""
    return _settings.of(organisation_id)


def settings_of(organisation_id: int) -> CaseworkSettings:
    """The organisation's own rules, or the defaults, unsaved. One query."""
    found = _settings(organisation_id)
    return found[0] if found else CaseworkSettings(organisation_id=organisation_id)


def admission_rules(organisation_id: int) -> tuple[AdmissionRule, ...]:
    """The admission rules that hold today, in their order. One query."""
    return tuple(AdmissionRule.objects.filter(organisation=organisation_id).valid(timezone.localdate()))


def counsellors(organisation_id: int) -> tuple[tuple[int, str], ...]:
    """Who may be given a case here today, in the order of names. Two queries."""
    held = Membership.objects.filter(
        organisation=organisation_id, role__in=COUNSELLING_ROLES, valid__contains=timezone.localdate()
    )
    found = Account.objects.filter(pk__in=held.values("account"), is_active=True).order_by("sort_key", "pk")
    return tuple((account.pk, account.display_name) for account in found)
