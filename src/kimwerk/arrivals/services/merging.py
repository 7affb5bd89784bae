"""Setting a double aside, and bringing it back."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.arrivals.matching import compared
from kimwerk.arrivals.models import Registration
from kimwerk.arrivals.policies import may_check
from kimwerk.arrivals.selectors.duplicates import candidates_for
from kimwerk.arrivals.selectors.lists import family_of, member_facts
from kimwerk.arrivals.services.refusals import NotToBeMerged
from kimwerk.arrivals.services.writing import account_of
from kimwerk.arrivals.types import Finding
from kimwerk.audit.services import record


@transaction.atomic
def merge(*, actor: Actor, kept: Registration, double: Registration) -> Registration:
    """Set the double aside: it counts no more and stays whole, as does the kept row. Raises NotToBeMerged."""
    kept, double = _locked(actor, kept), _locked(actor, double)
    is_possible = kept.merged_into_id is None and double.merged_into_id is None and kept.family != double.family
    if not is_possible or kept.occasion_id != double.occasion_id or double.doubles.exists():
        raise NotToBeMerged(kept.pk, double.pk)
    double.merged_into, double.merged_at, double.merged_by_id = kept, timezone.now(), account_of(actor)
    double.save(update_fields=["merged_into", "merged_at", "merged_by"])
    _look_again(actor, kept, is_decided=False)
    record(actor=actor, action="registration.merged", subject=double)
    return double


@transaction.atomic
def unmerge(*, actor: Actor, double: Registration) -> Registration:
    """Bring a double back, exactly as it was set aside. What was corrected in the kept row since then stays there."""
    double = _locked(actor, double)
    kept = double.merged_into
    if kept is None:
        return double
    double.merged_into = double.merged_at = double.merged_by_id = None
    double.save(update_fields=["merged_into", "merged_at", "merged_by"])
    for row in (kept, double):
        _look_again(actor, row, is_decided=True)
    record(actor=actor, action="registration.unmerged", subject=double)
    return double


def _locked(actor: Actor, row: Registration) -> Registration:
    current = Registration.objects.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if current is None or not may_check(actor, current.organisation_id, current.municipality_id):
        raise PermissionDenied
    return current


def _look_again(actor: Actor, row: Registration, *, is_decided: bool) -> None:
    """Look for doubles of the row again; where somebody has just decided that they are none, that is noted."""
    current = next(each for each in family_of(actor, row) if each.pk == row.pk)
    is_known = Finding.DUPLICATE.value in current.accepted_findings
    current.findings = [each for each in current.findings if each != Finding.DUPLICATE]
    who = compared(member_facts(current), current.municipality_id)
    if candidates_for(actor, who, family=current.family):
        current.findings = [Finding.DUPLICATE.value, *current.findings]
    accepted = {each for each in current.accepted_findings if each in current.findings}
    if is_decided or is_known:
        accepted |= {Finding.DUPLICATE.value} & set(current.findings)
    current.accepted_findings = sorted(accepted)
    current.save(update_fields=["findings", "accepted_findings"])
