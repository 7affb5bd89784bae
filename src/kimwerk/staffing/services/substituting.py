"""Who stands in for whom: agreed, and taken out again."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.kernel.periods import ONE_DAY
from kimwerk.staffing.models import Employee, Substitution
from kimwerk.staffing.types import SubstitutionProblem


class SubstitutionRefused(Exception):
    """Somebody cannot stand in like this; `problem` says why."""

    def __init__(self, problem: SubstitutionProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@transaction.atomic
def add_substitution(
    *, actor: Actor, employee: Employee, substitute: Employee, first_day: date, last_day: date
) -> Substitution:
    """Somebody stands in on these days; whoever is away then cannot."""
    kept = Employee.objects.kept_by(actor).select_for_update(of=("self",))
    employee = kept.get(pk=employee.pk)
    substitute = kept.get(pk=substitute.pk, organisation=employee.organisation_id)
    days = DateRange(first_day, last_day + ONE_DAY)
    if employee == substitute:
        raise SubstitutionRefused(SubstitutionProblem.ONESELF)
    if substitute.leaves.filter(days__overlap=days).exists():
        raise SubstitutionRefused(SubstitutionProblem.AWAY)
    try:
        with transaction.atomic():
            made = Substitution.objects.create(employee=employee, substitute=substitute, days=days)
    except IntegrityError as error:
        raise SubstitutionRefused(SubstitutionProblem.TAKEN) from error
    record(actor=actor, action="substitution.added", subject=made)
    return made


@transaction.atomic
def remove_substitution(*, actor: Actor, substitution: Substitution) -> None:
    """Nobody stands in after all."""
    Employee.objects.kept_by(actor).select_for_update(of=("self",)).get(pk=substitution.employee_id)
    record(actor=actor, action="substitution.removed", subject=substitution)
    substitution.delete()
