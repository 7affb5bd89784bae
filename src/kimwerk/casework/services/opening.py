"""Opening a case, and correcting its frame."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.casework.models import Case, Choice
from kimwerk.casework.policies import may_open_case
from kimwerk.casework.services.locking import account_of, locked_to_write, note_event
from kimwerk.casework.services.refusals import CaseComesTooEarly, ChangedMeanwhile, refuse
from kimwerk.casework.types import CaseFacts, CaseProblem, ChoiceList, EventKind, Problems
from kimwerk.directory.models import Municipality, Organisation, Site
from kimwerk.persons.openings import objections_to_case
from kimwerk.persons.selectors import person_card
from kimwerk.persons.services import entrust
from kimwerk.persons.types import CareReason

FIRST_DAY = date(2000, 1, 1)
NEXT_NUMBER = """
insert into casework_casecounter (organisation_id, year, last) values (%s, %s, 1)
on conflict (organisation_id, year) do update set last = casework_casecounter.last + 1 returning last
"""


@transaction.atomic
def open_case(*, actor: Actor, person_id: int, facts: CaseFacts) -> Case:
    """Begin to counsel a person in one's care. The case is in clarification, and one's own.

    Raises CaseRefused, and CaseComesTooEarly where another room says what has to come first.
    """
    card = person_card(actor, person_id)
    if card is None or not may_open_case(actor, card.organisation_id):
        raise PermissionDenied
    if objections := objections_to_case(actor, person_id):
        raise CaseComesTooEarly(objections)
    refuse(judge(facts))
    me = account_of(actor)
    case = Case.objects.create(
        organisation_id=card.organisation_id,
        person_id=person_id,
        number=_next_number(card.organisation_id, facts.opened_on.year),
        responsible_id=me,
        opened_by_id=me,
        **_columns(facts),
    )
    entrust(actor=actor, person_id=person_id, account_id=me, reason=CareReason.CASE, case_key=str(case.pk))
    note_event(actor, case, EventKind.OPENED)
    record(actor=actor, action="case.opened", subject=case)
    return case


@transaction.atomic
def change_case(*, actor: Actor, case: Case, version: int, facts: CaseFacts) -> Case:
    """Correct the frame of a case that was read at `version`. ChangedMeanwhile if it has moved on since."""
    current = locked_to_write(actor, case)
    if current.version != version:
        raise ChangedMeanwhile(current.version)
    refuse(judge(facts))
    for column, value in _columns(facts).items():
        setattr(current, column, value)
    current.version += 1
    current.save(update_fields=[*(name.removesuffix("_id") for name in _columns(facts)), "version"])
    note_event(actor, current, EventKind.CHANGED)
    record(actor=actor, action="case.changed", subject=current)
    return current


def judge(facts: CaseFacts) -> Problems:
    """What is wrong with the frame of a case, at most one problem a field."""
    problems: Problems = {}
    if facts.opened_on > timezone.localdate():
        problems["opened_on"] = CaseProblem.IN_THE_FUTURE
    elif facts.opened_on < FIRST_DAY:
        problems["opened_on"] = CaseProblem.LONG_AGO
    if not Municipality.objects.filter(pk=facts.municipality_id).exists():
        problems["municipality"] = CaseProblem.UNKNOWN
    if not Choice.objects.of(ChoiceList.ACCESS_PATH).valid(facts.opened_on).filter(pk=facts.access_path_id).exists():
        problems["access_path"] = CaseProblem.UNKNOWN
    if facts.site_id is not None and not Site.objects.filter(pk=facts.site_id).exists():
        problems["site"] = CaseProblem.UNKNOWN
    if facts.referred_by_id is not None and not Organisation.objects.filter(pk=facts.referred_by_id).exists():
        problems["referred_by"] = CaseProblem.UNKNOWN
    return problems


def _columns(facts: CaseFacts) -> dict[str, object]:
    return asdict(facts) | {"kind": facts.kind.value, "priority": facts.priority.value}


def _next_number(organisation_id: int, year: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute(NEXT_NUMBER, [organisation_id, year])
        row: tuple[int] | None = cursor.fetchone()
    return f"{year}-{row[0] if row else 0:05}"
