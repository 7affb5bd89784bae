"""With which headings, texts and figures a report begins. Texts come from the catalogue of texts."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from kimwerk.kernel.figures import Text
from kimwerk.reporting.catalogue import figures
from kimwerk.reporting.land_outline import LAND_STATISTICS
from kimwerk.reporting.outlining import Outline, Outlined, shown
from kimwerk.reporting.plan import PlannedFigure, PlannedSection
from kimwerk.reporting.types import ChartChoice, ReportTemplate

EVALUATION = Outline(
    ReportTemplate.EVALUATION,
    name=_("Evaluation report"),
    title=_("Evaluation report on municipal integration management"),
    purpose=_("For committees: the parameters of the evaluation, with the figures of the activity diary."),
    sections=(
        Outlined(
            "background",
            _("Background"),
            hint=_("Who ordered the evaluation and when, since when the programme runs, which parameters were agreed."),
        ),
        Outlined(
            "method",
            _("Course and method"),
            text=_(
                "The numbers in this report are counted from the activity diary, in which case managers keep a"
                " running record of their activities. Three units are kept apart:\n\n"
                "- Activities: everything that was done counts once, whatever it was. A conversation is an"
                " activity, and so is a workshop.\n"
                "- Participants: attendances. Somebody who comes three times counts three times.\n"
                "- Time spent: the minutes recorded with activities.\n\n"
                "Every figure states what it counts, over which window and from which source. What was not recorded"
                " stands in a row of its own. Months and weeks that the window covers only in part are marked."
            ),
            hint=_("What to add: since when the diary is kept, what has changed in keeping it, what is not in it."),
        ),
        Outlined(
            "module_1",
            _("Module 1 in practice: strategic integration management"),
            text=_(
                "Committees, their meetings and resolutions come from the register of the steering group’s office; a"
                " meeting counts once its minutes are closed. Measures stand with the traffic light of their"
                " indicators, which are figures of the catalogue."
            ),
            hint=_(
                "Staff and tasks of the coordination, steering group and its resolutions, kick-off events in the"
                " municipalities, templates, working groups. Activities of module 1 are not counted in the diary."
            ),
            figures=(
                shown("meetings_held", "committee"),
                shown("resolutions_made", "outcome", "work_state"),
                shown("measures_under_way", "light"),
                shown("events_planned_and_held", "event_kind", "event_state"),
            ),
            is_expected=True,
        ),
        Outlined("module_2", _("Module 2 in practice: case management"), is_expected=True),
        Outlined(
            "cases",
            _("Cases and their course"),
            2,
            hint=_("How many cases were opened and closed, why, how long they took, and what became of their goals."),
            figures=(
                shown("cases_opened", "month"),
                shown("cases_closed", "closure_reason"),
                shown("goal_attainment", "goal_attainment"),
                shown("case_duration"),
                shown("persons_counselled"),
                shown("households_counselled"),
            ),
        ),
        Outlined(
            "early_language",
            _("Multilingual kindergarten children (MuKi-S)"),
            2,
            text=_(
                "The kindergarten language programme wants good conditions for children who grow up with several"
                " languages. Its offers are for professionals and families; no data of children are kept, neither here"
                " nor elsewhere in the program."
            ),
            hint=_(
                "Course of the project, what the survey of kindergartens showed, why days were called off, trainings"
                " that are planned."
            ),
            figures=(
                shown("kindergarten_enquiries", "enquiry_state"),
                shown("kindergarten_enquiries", "enquiry_reason"),
                shown("language_deeds", "language_deed"),
                shown("language_adults", "language_deed"),
            ),
        ),
        Outlined(
            "services",
            _("Overview of the services offered"),
            2,
            hint=_("What the kinds mean, and why some are frequent and others rare."),
            figures=(shown("activities_by_kind", "kind"),),
        ),
        Outlined(
            "course",
            _("Course by month and calendar week"),
            2,
            hint=_("What has changed over time, and what it depends on: staff, season, arrivals."),
            figures=(
                shown("activities_by_month_and_kind", "month", "kind"),
                shown("activities", "week"),
            ),
        ),
        Outlined(
            "participants",
            _("Participants"),
            2,
            hint=_("Whom the activities reached: people of the target groups, partners and others in the field."),
            figures=(shown("participants", "sort"), shown("participants_per_activity", "month")),
        ),
        Outlined(
            "referrals",
            _("Referral consultations by target"),
            2,
            hint=_("To whom was referred, and what became of it as far as it is known."),
            figures=(shown("referrals_by_target", "referral_target"),),
        ),
        Outlined(
            "places",
            _("Places"),
            2,
            hint=_("Where counselling takes place, where it is yet to begin, and why places differ."),
            figures=(
                shown("activities_by_municipality", "municipality"),
                shown("participants", "municipality"),
                shown("referrals", "municipality"),
                shown("activities_by_site", "site"),
            ),
        ),
        Outlined(
            "topics",
            _("Topics"),
            2,
            hint=_("Which topics lead, and which are still without an offer."),
            figures=(shown("activities_by_topic", "topic"),),
        ),
        Outlined(
            "target_groups",
            _("Target groups"),
            2,
            hint=_("Which groups were reached, and which ones not yet."),
            figures=(shown("activities_by_target_group", "target_group"),),
        ),
        Outlined(
            "channels",
            _("Channels"),
            2,
            hint=_("How people come into contact: on site, by telephone, by e-mail, by outreach."),
            figures=(shown("activities_by_channel", "channel"),),
        ),
        Outlined(
            "time",
            _("Time spent"),
            2,
            hint=_("For how many activities the time is recorded, and what takes most of it."),
            figures=(shown("minutes", "kind"), shown("activities_with_time")),
        ),
        Outlined(
            "load",
            _("Activities per full-time post and week"),
            2,
            hint=_("How many full-time equivalents were filled on average, and who is counted among them."),
            figures=(shown("activities_per_fte_and_week", "month"),),
        ),
        Outlined(
            "cooperation",
            _("Cooperation with partners and other offices"),
            text=_(
                "Referrals out of cases count with what became of them, by whom they went to. What was agreed with"
                " municipalities counts on the day from which it holds, and partners by who came to events."
            ),
            hint=_(
                "Welfare organisations, language course providers, job centre, employment agency: what was agreed and"
                " what has come of it. Improvements need a state to compare them with."
            ),
            figures=(
                shown("activities_by_legal_circle", "legal_circle"),
                shown("case_referrals_by_target", "referral_target", "referral_outcome"),
                shown("agreements_made", "agreement_municipality"),
                shown("partners_at_events", "partner_kind"),
                shown("network_contacts", "encounter_body_kind"),
            ),
            is_expected=True,
        ),
        Outlined(
            "needs",
            _("Needs named in the municipalities"),
            text=_(
                "What was named at kick-off events, in working groups, in counselling and by failed referrals is"
                " compiled in a register and bundled into gaps of the system, which are taken to the steering group and"
                " followed to their effect. No need names a person."
            ),
            hint=_("Which needs were named where, who works on them, which gaps remain."),
            figures=(
                shown("needs_named", "need_topic"),
                shown("needs_named", "need_municipality"),
                shown("needs_named", "need_origin"),
                shown("gaps_opened", "gap_state", "gap_level"),
                shown("gaps_by_topic", "gap_topic"),
            ),
            is_expected=True,
        ),
        Outlined(
            "cost_sharing",
            _("Cost sharing"),
            text=_(
                "Land and county bear what the cost plan in force says; what others bear was entered by what they said."
                " Costs of municipalities that have said nothing are missing."
            ),
            hint=_("For how many municipalities the numbers can be relied on, and what is passed on to whom."),
            figures=(shown("cost_by_bearer", "bearer"),),
            is_expected=True,
        ),
        Outlined(
            "personnel",
            _("Personnel"),
            hint=_("Which posts there are and which are held, contracts that end, qualification, planning security."),
            figures=(shown("fte_held", "post_kind"),),
        ),
        Outlined(
            "financial_effects",
            _("Financial effects"),
            text=_(
                "The table comes from the cost plan in force, with the years that the plan covers. Sums are sums of the"
                " rounded lines; income stands with a minus sign."
            ),
            hint=_("What is not in the table, which lines are given and not derived, and what changes them."),
            figures=(PlannedFigure("financial_effects", ("finance_line", "year"), chart=ChartChoice.NONE),),
        ),
        Outlined(
            "outlook",
            _("Conclusion and outlook"),
            hint=_("What can be concluded from the numbers and what cannot, and what comes next."),
        ),
    ),
)

OUTLINES = {each.template: each for each in (EVALUATION, LAND_STATISTICS)}


MOST_OF_A_ROOM = 6
"""Figures that a room brings into a section by itself; more are placed by hand."""


def outline_sections(template: ReportTemplate) -> tuple[Outlined, ...]:
    """The sections of a template with the figures that the catalogue knows."""
    known = {each.key for each in figures()}
    return tuple(
        replace(
            each,
            figures=(*(figure for figure in each.figures if figure.key in known), *_of_rooms(each.rooms)),
        )
        for each in OUTLINES[template].sections
    )


def _of_rooms(rooms: tuple[str, ...]) -> tuple[PlannedFigure, ...]:
    brought = [PlannedFigure(each.key, each.by[:2]) for each in figures() if each.room in rooms]
    return tuple(brought[:MOST_OF_A_ROOM])


def sections_of(template: ReportTemplate) -> tuple[PlannedSection, ...]:
    """The sections of a template with their texts in the language of whoever begins the report."""
    return tuple(
        PlannedSection(str(each.heading), each.level, str(each.text), each.figures, key=each.key)
        for each in outline_sections(template)
    )


def expected_of(template: str) -> tuple[str, ...]:
    """The keys of the sections that a report of this template must have."""
    found = (outline for outline in OUTLINES.values() if outline.template.value == template)
    return tuple(each.key for outline in found for each in outline.sections if each.is_expected)


def heading_of(key: str) -> Text:
    """What the template calls a section."""
    return next((each.heading for outline in OUTLINES.values() for each in outline.sections if each.key == key), key)


def hint_of(template: str, key: str) -> Text:
    """What belongs into a section of a template; empty for sections of the author's own."""
    for outline in OUTLINES.values():
        if outline.template.value == template:
            return next((each.hint for each in outline.sections if each.key == key), "")
    return ""
