"""How casework's codes are said to people."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kimwerk.casework.types import (
    CaseColumn,
    CaseProblem,
    CaseState,
    ChoiceList,
    Decision,
    EventKind,
    GoalState,
    InsightKind,
    Occasion,
    PartKind,
    Priority,
    StepOwner,
    StepState,
    Urgency,
    Verdict,
)
from kimwerk.kernel.figures import Text
from kimwerk.ui.components import Badge, Tone

STATES: Mapping[CaseState, Badge] = {
    CaseState.CLARIFICATION: Badge(_("in clarification"), Tone.INFO),
    CaseState.RUNNING: Badge(_("running"), Tone.SUCCESS),
    CaseState.CLOSED: Badge(_("closed")),
}
DECISIONS: Mapping[Decision, Text] = {
    Decision.ADVICE: _("Advice"),
    Decision.REFERRAL: _("Referral consultation"),
    Decision.CASE_MANAGEMENT: _("Case management"),
    Decision.OTHER: _("Something else"),
}
PRIORITIES: Mapping[Priority, Text] = {
    Priority.NORMAL: pgettext_lazy("priority", "normal"),
    Priority.HIGH: pgettext_lazy("priority", "high"),
    Priority.URGENT: pgettext_lazy("priority", "urgent"),
}
OCCASIONS: Mapping[Occasion, Text] = {
    Occasion.BASELINE: _("Beginning"),
    Occasion.REVIEW: _("In between"),
    Occasion.CLOSING: _("End of the case"),
}
URGENCIES: Mapping[Urgency, Text] = {
    Urgency.LATER: _("not urgent"),
    Urgency.SOON: _("soon"),
    Urgency.NOW: _("at once"),
}
LEVELS: Mapping[int, Text] = {
    0: _("acute distress"),
    1: _("great difficulties"),
    2: _("difficulties"),
    3: _("mostly well"),
    4: _("well"),
}
GOAL_STATES: Mapping[GoalState, Badge] = {
    GoalState.OPEN: Badge(pgettext_lazy("goal", "open"), Tone.INFO),
    GoalState.IN_PROGRESS: Badge(_("in progress"), Tone.INFO),
    GoalState.REACHED: Badge(_("reached"), Tone.SUCCESS),
    GoalState.PARTLY: Badge(_("partly reached"), Tone.SUCCESS),
    GoalState.NOT_REACHED: Badge(_("not reached"), Tone.WARNING),
    GoalState.GIVEN_UP: Badge(_("given up")),
}
STEP_STATES: Mapping[StepState, Badge] = {
    StepState.OPEN: Badge(pgettext_lazy("step", "open"), Tone.INFO),
    StepState.DONE: Badge(pgettext_lazy("step", "done"), Tone.SUCCESS),
    StepState.DROPPED: Badge(_("dropped")),
}
OWNERS: Mapping[StepOwner, Text] = {
    StepOwner.CLIENT: _("the person"),
    StepOwner.CASE_MANAGER: _("case manager"),
    StepOwner.BODY: _("another body"),
}
EVENTS: Mapping[EventKind, Text] = {
    EventKind.OPENED: _("Case opened"),
    EventKind.CLARIFIED: _("Clarified"),
    EventKind.CHANGED: _("Frame corrected"),
    EventKind.HANDED_OVER: _("Handed over"),
    EventKind.DEPUTISED: _("Deputy named"),
    EventKind.DEPUTY_ENDED: _("Deputising ended"),
    EventKind.CLOSED: _("Case closed"),
    EventKind.REOPENED: _("Case taken up again"),
}
INSIGHTS: Mapping[InsightKind, Text] = {
    InsightKind.BREAK_GLASS: _("Looked into for a reason"),
    InsightKind.QUALITY_SAMPLE: _("Quality sample"),
}
VERDICTS: Mapping[Verdict, Badge] = {
    Verdict.GOOD: Badge(_("good"), Tone.SUCCESS),
    Verdict.IMPROVE: Badge(_("to be improved"), Tone.WARNING),
    Verdict.MISSING: Badge(_("missing"), Tone.DANGER),
}
PARTS: Mapping[PartKind, Text] = {
    PartKind.GOAL: _("Goals"),
    PartKind.STEP: _("Steps"),
    PartKind.REFERRAL: _("Referrals"),
    PartKind.CONFERENCE_TASK: _("Tasks of case conferences"),
    PartKind.SHARE: _("Running shares"),
}
LISTS: Mapping[ChoiceList, Text] = {
    ChoiceList.ACCESS_PATH: _("Access paths"),
    ChoiceList.CLOSURE_REASON: _("Closure reasons"),
    ChoiceList.LIFE_DOMAIN: _("Life domains"),
    ChoiceList.REVIEW_ASPECT: _("Aspects of quality"),
}
COLUMNS: Mapping[CaseColumn, Text] = {
    CaseColumn.NUMBER: _("Case"),
    CaseColumn.PERSON: _("Person"),
    CaseColumn.OPENED: _("Opened"),
    CaseColumn.LAST_CONTACT: _("Last contact"),
    CaseColumn.DUE: _("Due"),
    CaseColumn.MUNICIPALITY: _("Municipality"),
}
PROBLEMS: Mapping[CaseProblem, Text] = {
    CaseProblem.MISSING: _("Something is missing here."),
    CaseProblem.IN_THE_FUTURE: _("This day lies in the future. Enter the day on which it was."),
    CaseProblem.LONG_AGO: _("This day lies before the year 2000. Please check the year."),
    CaseProblem.BEFORE_OPENING: _("This day lies before the case was opened. Please check the day."),
    CaseProblem.IN_THE_PAST: _("This day lies too early. Please check the day."),
    CaseProblem.UNKNOWN: _("The list does not have this. Choose something from the list."),
    CaseProblem.NOT_YOURS: _("You cannot do this here."),
    CaseProblem.NOT_A_CASE_MANAGER: _("This person does not counsel here at present. Choose somebody from the list."),
    CaseProblem.THE_SAME: _("This is there already. Please check."),
    CaseProblem.TOO_LONG: _("This text is too long. Please shorten it."),
    CaseProblem.NOT_ADMITTED: _(
        "A required admission rule is not met. Tick it if it is, or say here why an exception is made."
    ),
    CaseProblem.BODY_MISSING: _("Say which body does this step."),
    CaseProblem.NOT_DRAWN: _("Both sign in the fields, or choose paper."),
    CaseProblem.NOTHING_SAID: _("Nothing is said yet. Fill in at least one line."),
}


CodeT = TypeVar("CodeT", bound=StrEnum)


def options(texts: Mapping[CodeT, Text] | Mapping[CodeT, Badge]) -> list[tuple[str, Text]]:
    """Codes with their words, as a field of choices takes them."""
    return [(str(code), text.label if isinstance(text, Badge) else text) for code, text in texts.items()]
