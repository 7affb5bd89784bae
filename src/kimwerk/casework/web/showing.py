"""A case as its pages say it."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.access.kept import asked_together
from kimwerk.casework.due import due_in
from kimwerk.casework.models import AdmissionRule, Case, Insight
from kimwerk.casework.selectors.case_file import (
    ClarificationView,
    EventView,
    GoalView,
    agreements_of,
    clarification_of,
    contacts_of,
    deadlines_of,
    events_of,
    findings_of,
    goals_of,
    insights_of,
    questions_of_parts,
)
from kimwerk.casework.selectors.choices import question_of_settings
from kimwerk.casework.selectors.drafts import drafts_of, question_of_drafts
from kimwerk.casework.types import Attainment, CaseKind, InsightKind, Priority
from kimwerk.casework.web.filing import head_of
from kimwerk.casework.web.pages import CasePage, DayLine, GoalLine, HistoryPage, InsightLine, PlanPage, StepLine
from kimwerk.casework.web.wording import (
    DECISIONS,
    EVENTS,
    GOAL_STATES,
    INSIGHTS,
    OWNERS,
    PRIORITIES,
    STEP_STATES,
    VERDICTS,
)
from kimwerk.casework.words import ATTAINMENTS, DEADLINES, KINDS
from kimwerk.events.selectors.agreements import questions_at
from kimwerk.events.web.offering import agreement_on_file
from kimwerk.kernel import german
from kimwerk.persons.keys import question_of_key
from kimwerk.persons.selectors import PersonCard, card_of, questions_of_card
from kimwerk.ui.components import Fact, Moment


def case_page(actor: Actor, case: Case) -> CasePage:
    """What is due, whose case it is, how it stands, and the latest contacts."""
    with asked_together(
        *questions_of_parts(case),
        *questions_of_card(case.person_id),
        *questions_at(actor, case.municipality_id),
        question_of_drafts(actor, case),
        question_of_settings(case.organisation_id),
        question_of_key(case.person_id),
    ):
        return _case_page(actor, case)


def _case_page(actor: Actor, case: Case) -> CasePage:
    decided, goals, deadlines = clarification_of(case), goals_of(case, with_history=False), deadlines_of(case)
    return CasePage(
        head=head_of(actor, case, "casework:case"),
        due=due_in(case, [step for goal in goals for step in goal.steps], deadlines),
        drafts=drafts_of(actor, case),
        person_facts=() if case.person.erased_at else _person_facts(card_of(case.person)),
        case_facts=tuple(_case_facts(case)),
        clarification=decided,
        clarification_facts=tuple(_clarification_facts(decided)) if decided else (),
        agreement_facts=agreement_on_file(actor, case.municipality_id),
        goals=tuple(_goal_line(goal) for goal in goals),
        contacts=contacts_of(case, only_latest=True),
        deadlines=tuple(
            DayLine(each.id, each.due_on, DEADLINES[each.kind], each.note) for each in deadlines if not each.is_done
        ),
        insights=tuple(line for line in insight_lines(case) if not line.is_seen),
    )


def plan_page(actor: Actor, case: Case) -> PlanPage:
    """Goals, steps, printed plans."""
    return PlanPage(
        head=head_of(actor, case, "casework:plan"),
        goals=tuple(_goal_line(goal) for goal in goals_of(case)),
        agreements=agreements_of(case),
    )


def history_page(actor: Actor, case: Case) -> HistoryPage:
    """What happened to the case, and who looked into it."""
    return HistoryPage(
        head=head_of(actor, case, "casework:history"),
        moments=tuple(_moment(event) for event in events_of(case)),
        insights=insight_lines(case),
    )


def insight_lines(case: Case) -> tuple[InsightLine, ...]:
    """Everybody who looked into the case, newest first."""
    insights = insights_of(case)
    findings = findings_of(case) if insights else {}
    return tuple(
        InsightLine(
            id=insight.pk,
            title=INSIGHTS[InsightKind(insight.kind)],
            by=insight.account.display_name,
            reason=insight.reason,
            begins=insight.begins_at,
            until=_until(insight),
            is_seen=insight.seen_at is not None,
            findings=tuple((found, VERDICTS[found.verdict]) for found in findings.get(insight.pk, ())),
        )
        for insight in insights
    )


def meanwhile(text: str = "") -> str:
    """What whoever comes second is told; `text` is what stands now, where it is a text."""
    said = _("Somebody saved this while you were writing. Nothing is overwritten: compare, and save once more.")
    return f"{said} {_('There stands now: “%(text)s”') % {'text': text}}" if text else said


def _until(insight: Insight) -> str:
    end = timezone.localtime(insight.ends_at)
    words = {"day": german.day(end.date()), "clock": f"{end:%H:%M}"}
    return (_("open until %(day)s, %(clock)s") if insight.ends_at > timezone.now() else _("ended on %(day)s")) % words


def _person_facts(card: PersonCard) -> tuple[Fact, ...]:
    name = Fact(_("Name in its own script"), card.original_name, lang=card.mother_tongue_key[:2])
    return (
        *((name,) if card.original_name else ()),
        Fact(_("Born"), card.birth),
        Fact(_("Nationality"), card.nationalities),
        Fact(_("Lives in"), card.municipality),
        Fact(_("Interpreter"), card.interpreter or _("not needed")),
        Fact(_("Telephone"), card.phone),
    )


def _case_facts(case: Case) -> Iterator[Fact]:
    yield Fact(_("Kind"), KINDS[CaseKind(case.kind)])
    yield Fact(_("Responsible"), case.responsible.display_name)
    if case.deputy:
        until = _("until %(day)s") % {"day": german.day(case.deputy_until)} if case.deputy_until else ""
        yield Fact(_("Deputy"), case.deputy.display_name, note=until)
    yield Fact(_("Place"), case.site.name if case.site else case.municipality.name)
    yield Fact(_("Access path"), case.access_path.label, note=case.referred_by.name if case.referred_by else "")
    yield Fact(_("Priority"), PRIORITIES[Priority(case.priority)])
    if case.next_review_on:
        yield Fact(_("Next review"), german.day(case.next_review_on))
    if case.closure_reason and case.closed_on:
        yield Fact(_("Closed"), german.day(case.closed_on), note=case.closure_reason.label)
        yield Fact(_("Goals"), ATTAINMENTS[Attainment(case.goal_attainment)])


def _clarification_facts(decided: ClarificationView) -> Iterator[Fact]:
    yield Fact(_("Decision"), DECISIONS[decided.decision], note=f"{german.day(decided.at.date())}, {decided.by}")
    yield Fact(_("Reason"), decided.reason)
    if decided.criteria:
        rules = AdmissionRule.objects.filter(pk__in=decided.criteria).order_by("position")
        yield Fact(_("Admission rules that are met"), ", ".join(rule.label for rule in rules))
    if decided.exception:
        yield Fact(_("Exception"), decided.exception)
    if decided.has_other_case_management:
        yield Fact(_("Other case management"), decided.other_case_management)


def _goal_line(goal: GoalView) -> GoalLine:
    return GoalLine(
        goal=goal,
        badge=GOAL_STATES[goal.state],
        steps=tuple(StepLine(step, STEP_STATES[step.state], step.body or OWNERS[step.owner]) for step in goal.steps),
        moves=tuple(Moment(move.at, GOAL_STATES[move.state].label, move.note, move.by) for move in goal.moves),
    )


def _moment(event: EventView) -> Moment:
    title = str(EVENTS[event.kind])
    if event.account:
        title = _("%(what)s: %(name)s") % {"what": title, "name": event.account}
    if event.until:
        title += " " + _("until %(day)s") % {"day": german.day(event.until)}
    return Moment(event.at, title, event.text, event.by)
