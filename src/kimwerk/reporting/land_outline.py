"""The statistics for the Land: posts, cases and people, and what was done in the Land's categories."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kimwerk.reporting.outlining import Outline, Outlined, shown
from kimwerk.reporting.types import ReportTemplate

LAND_STATISTICS = Outline(
    ReportTemplate.LAND_STATISTICS,
    name=_("Statistics for the Land"),
    title=_("Statistics for the Land on municipal integration management"),
    purpose=_("For the Land: posts, cases and people, and the diary in the Land’s categories."),
    sections=(
        Outlined(
            "land_method",
            _("What is counted, and how it is mapped"),
            text=_(
                "Activities, topics, target groups, referral targets, access paths and closure reasons stand in the"
                " categories of the Land. The office maps its own categories to them; the mapping of the day on which"
                " something was done is the one that counts. What is mapped to nothing stands in a row of its own,"
                " under its own name.\n\n"
                "Activities, participants, cases and persons are different units and are not added."
            ),
            hint=_("Since when the mapping holds, what has changed in it, and what the Land has asked for besides."),
        ),
        Outlined(
            "land_posts",
            _("Posts"),
            hint=_("Which posts are funded by the Land, and why some are vacant."),
            figures=(
                shown("fte_held", "post_kind"),
                shown("fte_planned", "post_kind"),
                shown("fte_vacant", "post_kind"),
            ),
            is_expected=True,
        ),
        Outlined(
            "land_cases",
            _("Cases and people"),
            hint=_("What has changed since the last period, and why."),
            figures=(
                shown("cases_opened", "case_kind"),
                shown("land_cases_opened", "land_access_path"),
                shown("cases_open", "municipality"),
                shown("land_cases_closed", "land_closure_reason"),
                shown("goal_attainment", "goal_attainment"),
                shown("persons_counselled", "case_kind"),
                shown("households_counselled"),
                shown("case_referrals_by_target", "referral_target", "referral_outcome"),
            ),
            is_expected=True,
        ),
        Outlined(
            "land_activities",
            _("Activities"),
            hint=_("What explains the numbers: arrivals, vacancies, new offers."),
            figures=(
                shown("land_activities_by_kind", "land_kind"),
                shown("land_activities", "land_kind", "quarter"),
                shown("land_activities", "land_kind", "municipality"),
                shown("land_participants", "land_kind"),
            ),
            is_expected=True,
        ),
        Outlined(
            "land_topics",
            _("Topics and target groups"),
            hint=_("Which topics and groups have become more or fewer."),
            figures=(
                shown("land_activities_by_topic", "land_topic"),
                shown("land_activities_by_target_group", "land_target_group"),
            ),
            is_expected=True,
        ),
        Outlined(
            "land_referrals",
            _("Referrals"),
            hint=_("Where people are referred to, and where a target is missing."),
            figures=(shown("land_referrals", "land_referral_target"),),
            is_expected=True,
        ),
        Outlined(
            "land_structures",
            _("Work on structures"),
            hint=_("What the steering group has decided, and which gaps go to the Land."),
            figures=(
                shown("meetings_held", "committee"),
                shown("resolutions_made", "outcome"),
                shown("gaps_opened", "gap_state", "gap_level"),
                shown("events_planned_and_held", "event_kind", "event_state"),
            ),
        ),
    ),
)
