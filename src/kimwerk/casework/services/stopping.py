"""Referrals that end without anybody moving them: a consent is withdrawn, or the time for an answer is over.

Both go through functions of the database, because whoever withdraws need not work on every case of the
person, and nobody acts when time passes. The functions stop only what has truly lost its ground.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import connection, transaction

from kimwerk.audit.services import record_unnamed
from kimwerk.casework.events import ReferralFailed
from kimwerk.casework.referral_types import GRACE_DAYS, Failure
from kimwerk.kernel.events import announce


def stop_referrals(grant_ids: Sequence[int]) -> int:
    """Stop every open referral that rests on one of these withdrawn grants; returns how many there were.

    Links end with their content. Runs in the transaction of the withdrawal.
    """
    with connection.cursor() as cursor:
        cursor.execute("select casework_stop_referrals(%s)", [list(grant_ids)])
        row: tuple[int] | None = cursor.fetchone()
        return row[0] if row else 0


@transaction.atomic
def lapse_referrals(today: date) -> tuple[Failure, ...]:
    """End what nobody answered long after its deadline, and announce each as a need nobody met."""
    with connection.cursor() as cursor:
        cursor.execute("select * from casework_lapse_referrals(%s, %s)", [today, GRACE_DAYS])
        rows: list[tuple[int, int, int, int | None, str, str]] = cursor.fetchall()
    failures = tuple(Failure(*row, reason="unanswered", failed_on=today) for row in rows)
    for failure in failures:
        announce(ReferralFailed(failure))
    if failures:
        record_unnamed(action="referral.lapsed")
    return failures
