"""What the desk listens to for rooms that do not know each other: a failed referral points to a need."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kimwerk.activities.models import Category
from kimwerk.casework.events import ReferralFailed
from kimwerk.kernel.events import handles
from kimwerk.needs.services import count_failure
from kimwerk.needs.types import FailedReferral

WITHOUT_NEED = ("not_responsible", "already_known")
"""Reasons of declining that say nothing about what is missing."""


def listen() -> None:
    """Register what happens; called once, when the app is ready."""

    @handles(ReferralFailed)
    def count(event: ReferralFailed) -> None:
        failure = event.failure
        if failure.reason in WITHOUT_NEED:
            return
        target = Category.objects.get(pk=failure.target_id)
        failed = FailedReferral(
            failure.organisation_id, target.code, failure.reason, failure.failed_on, failure.municipality_id
        )
        count_failure(failed, title=_title(target.label, failure.reason))


def _title(target: str, reason: str) -> str:
    """What is missing, said without anything about the person."""
    texts = {
        "no_capacity": _("Nobody takes on: %(target)s (no capacity)"),
        "waiting_time": _("Nobody takes on: %(target)s (long waiting time)"),
        "language": _("Nobody takes on: %(target)s (no language in common)"),
        "requirements": _("Nobody takes on: %(target)s (requirements not met)"),
        "too_far": _("Nobody takes on: %(target)s (too far away)"),
        "unanswered": _("Nobody takes on: %(target)s (no answer)"),
    }
    return texts.get(reason, _("Nobody takes on: %(target)s (other reasons)")) % {"target": target}
