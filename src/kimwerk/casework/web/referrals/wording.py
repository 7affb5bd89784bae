"""Referrals, conferences and checklists in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kimwerk.casework.checklist_types import ChecklistProblem, ChecklistState, ItemState
from kimwerk.casework.conference_types import Attendance, ClientPresence, ConferenceProblem, ConferenceState
from kimwerk.casework.referral_states import ReferralState
from kimwerk.casework.referral_types import DeclineReason, ReferralChannel, ReferralProblem
from kimwerk.casework.referral_words import STATES
from kimwerk.casework.selectors.referrals import ReferralRow
from kimwerk.kernel.data_categories import DataCategory
from kimwerk.kernel.figures import Text
from kimwerk.ui.components import Badge, Tone

_TONES: Mapping[ReferralState, Tone] = {
    ReferralState.SENT: Tone.INFO,
    ReferralState.ACCEPTED: Tone.SUCCESS,
    ReferralState.DECLINED: Tone.WARNING,
    ReferralState.ARRIVED: Tone.SUCCESS,
    ReferralState.STOPPED: Tone.DANGER,
    ReferralState.UNANSWERED: Tone.WARNING,
}
CHANNELS: Mapping[ReferralChannel, Text] = {
    ReferralChannel.QUEUE: _("To the queue of the organisation here"),
    ReferralChannel.LINK: _("By a one-time link with a PIN, for an organisation without an account"),
    ReferralChannel.SLIP: _("On a slip of paper that the person carries; nothing is disclosed"),
}
REASONS: Mapping[DeclineReason, Text] = {
    DeclineReason.NOT_RESPONSIBLE: _("We are not responsible"),
    DeclineReason.NO_CAPACITY: _("We have no free place"),
    DeclineReason.WAITING_TIME: _("The waiting time is too long for the matter"),
    DeclineReason.LANGUAGE: _("We do not have the language"),
    DeclineReason.REQUIREMENTS: _("A requirement of the offer is not met"),
    DeclineReason.TOO_FAR: _("Our offer is too far away"),
    DeclineReason.ALREADY_KNOWN: _("The person is with us already"),
    DeclineReason.OTHER: _("Another reason"),
}
PROBLEMS: Mapping[ReferralProblem, Text] = {
    ReferralProblem.MISSING: _("Say what is needed, in a sentence or two."),
    ReferralProblem.TOO_LONG: _("This is too long. Shorten it."),
    ReferralProblem.IN_THE_PAST: _("This day is over. Give the organisation a day that is still to come."),
    ReferralProblem.TOO_FAR_AHEAD: _("Choose a day within the next three months."),
    ReferralProblem.UNKNOWN: _("Choose one from the list."),
    ReferralProblem.RECIPIENT_CLOSED: _("This organisation is closed. Choose another one."),
    ReferralProblem.OWN_ORGANISATION: _("This is your own organisation. Hand the case over instead of referring."),
    ReferralProblem.NAMES_SOMEBODY: _(
        "The text tells who it is about. Whoever answers reads it before accepting: take out names, numbers and dates."
    ),
    ReferralProblem.NOT_COVERED: _(
        "No consent in force lets this organisation have all of this. Choose less, or ask for the consent first."
    ),
    ReferralProblem.NOTHING_TO_DISCLOSE: _(
        "Choose what the organisation is to be told when it accepts, or hand out a slip of paper."
    ),
}
CONFERENCE_STATES: Mapping[ConferenceState, Text] = {
    ConferenceState.PLANNED: _("planned"),
    ConferenceState.HELD: _("held"),
    ConferenceState.CANCELLED: _("called off"),
}
ATTENDANCES: Mapping[Attendance, Text] = {
    Attendance.INVITED: _("invited"),
    Attendance.ATTENDED: _("attended"),
    Attendance.ABSENT: _("did not attend"),
}
CLIENTS: Mapping[ClientPresence, Text] = {
    ClientPresence.PRESENT: _("was there"),
    ClientPresence.REPRESENTED: _("was represented"),
    ClientPresence.ABSENT: _("was not there"),
}
CONFERENCE_PROBLEMS: Mapping[ConferenceProblem, Text] = {
    ConferenceProblem.MISSING: _("This is missing. Fill it in."),
    ConferenceProblem.TOO_LONG: _("This is too long. Shorten it."),
    ConferenceProblem.NAMES_SOMEBODY: _(
        "The text tells who it is about. Here nobody is named: take out names, numbers and dates of birth."
    ),
    ConferenceProblem.IN_THE_FUTURE: _("The day lies in the future. Enter the day on which it took place."),
    ConferenceProblem.UNKNOWN: _("Choose one of those who are invited."),
    ConferenceProblem.RECIPIENT_CLOSED: _("One of these organisations is closed. Choose another one."),
    ConferenceProblem.OWN_ORGANISATION: _("Your own organisation need not be invited."),
    ConferenceProblem.NOT_COVERED: _(
        "Consent did not cover everybody ticked here on that day. Tick only those whom it covered."
    ),
}
CHECKLIST_STATES: Mapping[ChecklistState, Text] = {
    ChecklistState.PREPARING: _("in preparation"),
    ChecklistState.APPLIED: _("applied for"),
    ChecklistState.GRANTED: _("granted"),
    ChecklistState.REFUSED: _("turned down"),
    ChecklistState.DROPPED: _("dropped"),
}
ITEM_STATES: Mapping[ItemState, Text] = {
    ItemState.OPEN: _("open"),
    ItemState.READY: _("at hand"),
    ItemState.MISSING: _("missing"),
    ItemState.NOT_NEEDED: _("not needed"),
}
CHECKLIST_PROBLEMS: Mapping[ChecklistProblem, Text] = {
    ChecklistProblem.MISSING: _("Enter the day as well."),
    ChecklistProblem.IN_THE_FUTURE: _("The day lies in the future. Enter a day that has been."),
    ChecklistProblem.BEFORE_APPLICATION: _("The decision cannot be older than the application."),
    ChecklistProblem.UNKNOWN: _("Choose one from the list."),
    ChecklistProblem.RUNS_ALREADY: _("This list runs in the case already."),
}

CATEGORIES: Mapping[DataCategory, Text] = {
    DataCategory.IDENTITY: _("Name, birth, sex, nationality"),
    DataCategory.CONTACT: _("Telephone and e-mail"),
    DataCategory.ADDRESS: _("Address"),
    DataCategory.FAMILY: _("Family and household"),
    DataCategory.RESIDENCE: _("Arrival and residence"),
    DataCategory.LANGUAGE: _("Languages and interpreting"),
    DataCategory.EDUCATION: _("School and education"),
    DataCategory.WORK: _("Work"),
    DataCategory.LIVELIHOOD: _("Livelihood"),
    DataCategory.HOUSING: _("Housing"),
    DataCategory.CONCERN: _("The matter"),
    DataCategory.PLAN: _("Goals and next steps"),
    DataCategory.HEALTH: _("Health"),
    DataCategory.ORIGIN: _("Ethnic origin"),
    DataCategory.RELIGION: _("Religion"),
    DataCategory.SEXUAL_ORIENTATION: _("Sexual orientation"),
}


def badge_of(row: ReferralRow) -> Badge:
    """How a referral stands; an answer that is overdue shows."""
    if row.channel is ReferralChannel.SLIP and row.state is ReferralState.SENT:
        label = gettext("ask what came of it") if row.is_overdue else gettext("slip handed out")
        return Badge(label, Tone.WARNING if row.is_overdue else Tone.INFO)
    if row.is_overdue:
        return Badge(gettext("answer overdue"), Tone.DANGER)
    return Badge(STATES[row.state], _TONES.get(row.state, Tone.NEUTRAL))


def age_words(band: str) -> str:
    """An age band in words; empty where the age is not known."""
    if not band:
        return ""
    if band.endswith("+"):
        return gettext("%(age)s years and older") % {"age": band.removesuffix("+")}
    return gettext("%(ages)s years") % {"ages": band.replace("-", "–")}
