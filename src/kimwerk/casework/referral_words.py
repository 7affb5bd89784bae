"""Words of referrals that figures and pages share."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from kimwerk.casework.referral_states import ReferralState
from kimwerk.casework.referral_types import Outcome
from kimwerk.kernel.figures import Text

STATES: Mapping[ReferralState, Text] = {
    ReferralState.SENT: _("waits for an answer"),
    ReferralState.ACCEPTED: _("accepted"),
    ReferralState.DECLINED: _("declined"),
    ReferralState.ARRIVED: _("arrived"),
    ReferralState.FINISHED: _("closed with a result"),
    ReferralState.RECALLED: _("taken back"),
    ReferralState.STOPPED: _("stopped: consent ended"),
    ReferralState.UNANSWERED: _("without an answer"),
}
OUTCOMES: Mapping[Outcome, Text] = {
    Outcome.SETTLED: _("The matter is settled"),
    Outcome.ADMITTED: _("Taken into an offer or counselling"),
    Outcome.WAITING_LIST: _("On the waiting list"),
    Outcome.NOT_APPEARED: _("Did not appear"),
    Outcome.WITHOUT_RESULT: _("Without a result"),
    Outcome.UNKNOWN: _("Not known"),
}
