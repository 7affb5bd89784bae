"""The roles of the field and what each may do: one table, readable without programming.

A right holds where the role is held: in one organisation, and within it in the whole
organisation or in one municipality, from the first to the last day of the membership. Whoever
holds no role at a place sees nothing there. Logging one's own work always means one's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kimwerk.access.permissions import Permission as P


class Role(StrEnum):
    """Who somebody is at an organisation."""

    CASE_MANAGER = "case_manager"
    CASE_MANAGEMENT_COORDINATION = "case_management_coordination"
    KIM_COORDINATION = "kim_coordination"
    ADMINISTRATIVE_ASSISTANT = "administrative_assistant"
    KI_LEADERSHIP = "ki_leadership"
    FINANCE_OFFICER = "finance_officer"
    PARTNER_OFFICE = "partner_office"
    PARTNER_AGENCY = "partner_agency"
    STEERING_GROUP_MEMBER = "steering_group_member"
    DATA_PROTECTION_OFFICER = "data_protection_officer"
    SYSTEM_ADMINISTRATOR = "system_administrator"


@dataclass(frozen=True, slots=True)
class RoleEntry:
    """One row of the table: what the role is for, and its rights."""

    purpose: str
    rights: frozenset[P]


def _entry(purpose: str, *rights: P) -> RoleEntry:
    return RoleEntry(purpose, frozenset(rights))


ROLES: dict[Role, RoleEntry] = {
    Role.CASE_MANAGER: _entry(
        "Counsels people in town halls, refers them, keeps the diary of the own work.",
        P.ACTIVITY_LOG, P.ACTIVITY_IMPORT, P.ACTIVITY_EXPORT, P.FIGURE_READ, P.REPORT_READ, P.DIRECTORY_READ,
        P.PERSON_KEEP, P.CASE_WORK, P.REFERRAL_ANSWER, P.REGISTRATION_KEEP, P.STEERING_ATTEND,
        P.NEED_REPORT, P.TEMPLATE_READ, P.EVENT_READ, P.EVENT_MANAGE, P.SURVEY_READ,
        P.EARLY_LANGUAGE_READ, P.EARLY_LANGUAGE_KEEP,
        P.NETWORK_READ, P.NETWORK_KEEP,
    ),
    Role.CASE_MANAGEMENT_COORDINATION: _entry(
        "Supervises the case managers: load, quality, templates, the team's diary.",
        P.ACTIVITY_LOG, P.ACTIVITY_READ, P.ACTIVITY_CORRECT, P.ACTIVITY_IMPORT, P.ACTIVITY_IMPORT_TEAM,
        P.ACTIVITY_EXPORT, P.CATEGORY_MANAGE, P.FIGURE_READ, P.REPORT_READ, P.REPORT_WRITE, P.DIRECTORY_READ,
        P.DIRECTORY_MANAGE, P.ACCOUNT_READ, P.CASE_OVERSEE, P.CASE_COUNT, P.REFERRAL_ANSWER, P.CONSENT_TEXT_KEEP,
        P.STAFF_READ, P.REGISTRATION_CHECK, P.STEERING_READ, P.STEERING_ATTEND, P.NEED_REPORT, P.NEED_MANAGE,
        P.TEMPLATE_READ, P.TEMPLATE_KEEP, P.EVENT_READ, P.EVENT_MANAGE, P.SURVEY_READ, P.SURVEY_MANAGE,
        P.EARLY_LANGUAGE_READ, P.EARLY_LANGUAGE_KEEP,
        P.NETWORK_READ, P.NETWORK_KEEP,
    ),
    Role.KIM_COORDINATION: _entry(
        "Runs the programme: concept, steering group's office, evaluation report.",
        P.ACTIVITY_LOG, P.ACTIVITY_IMPORT, P.ACTIVITY_IMPORT_TEAM, P.ACTIVITY_EXPORT, P.CATEGORY_MANAGE,
        P.FIGURE_READ, P.REPORT_READ, P.REPORT_WRITE, P.REPORT_RELEASE, P.DIRECTORY_READ, P.DIRECTORY_MANAGE,
        P.ACCOUNT_READ, P.CASE_COUNT, P.CONSENT_TEXT_KEEP, P.STAFF_READ, P.STAFF_MANAGE, P.FINANCE_READ,
        P.REGISTRATION_CHECK, P.STEERING_READ, P.STEERING_ATTEND, P.STEERING_MANAGE, P.NEED_REPORT, P.NEED_MANAGE,
        P.TEMPLATE_READ, P.TEMPLATE_KEEP, P.EVENT_READ, P.EVENT_MANAGE, P.SURVEY_READ, P.SURVEY_MANAGE,
        P.EARLY_LANGUAGE_READ, P.EARLY_LANGUAGE_KEEP,
        P.NETWORK_READ, P.NETWORK_KEEP,
    ),
    Role.ADMINISTRATIVE_ASSISTANT: _entry(
        "Keeps lists, invitations and the directory.",
        P.ACTIVITY_LOG, P.ACTIVITY_IMPORT, P.ACTIVITY_IMPORT_TEAM, P.ACTIVITY_EXPORT, P.FIGURE_READ, P.REPORT_READ,
        P.DIRECTORY_READ, P.DIRECTORY_MANAGE, P.STAFF_READ, P.STAFF_MANAGE, P.STEERING_READ, P.STEERING_ATTEND,
        P.STEERING_MANAGE, P.NEED_REPORT, P.NEED_MANAGE, P.TEMPLATE_READ, P.TEMPLATE_KEEP, P.EVENT_READ, P.EVENT_MANAGE,
        P.SURVEY_READ, P.SURVEY_MANAGE,
        P.EARLY_LANGUAGE_READ, P.EARLY_LANGUAGE_KEEP,
        P.NETWORK_READ, P.NETWORK_KEEP,
    ),
    Role.KI_LEADERSHIP: _entry(
        "Leads the integration centre; signs off papers.",
        P.FIGURE_READ, P.REPORT_READ, P.REPORT_WRITE, P.REPORT_RELEASE, P.DIRECTORY_READ, P.ACCOUNT_READ,
        P.ACCOUNT_MANAGE, P.CASE_COUNT, P.STAFF_READ, P.FINANCE_READ, P.STEERING_READ, P.STEERING_ATTEND,
        P.NEED_REPORT, P.TEMPLATE_READ, P.EVENT_READ, P.SURVEY_READ, P.EARLY_LANGUAGE_READ,
        P.NETWORK_READ,
    ),
    Role.FINANCE_OFFICER: _entry(
        "Plans and accounts for posts and money.",
        P.FIGURE_READ, P.REPORT_READ, P.DIRECTORY_READ, P.STAFF_READ, P.STAFF_MANAGE, P.SALARY_READ, P.FINANCE_READ,
        P.FINANCE_MANAGE, P.STEERING_ATTEND,
    ),
    Role.PARTNER_OFFICE: _entry(
        "An office that receives lists: reads what was disclosed to it, and nothing else.",
        P.DIRECTORY_READ, P.DISCLOSURE_RECEIVE, P.REGISTRATION_RECEIVE,
    ),
    Role.PARTNER_AGENCY: _entry(
        "An agency that receives referrals.",
        P.DIRECTORY_READ, P.DISCLOSURE_RECEIVE, P.REFERRAL_ANSWER, P.STEERING_ATTEND,
    ),
    Role.STEERING_GROUP_MEMBER: _entry(
        "Decides in the steering group; reads its papers and released reports.",
        P.REPORT_READ, P.DIRECTORY_READ, P.STEERING_ATTEND,
    ),
    Role.DATA_PROTECTION_OFFICER: _entry(
        "Reviews rights and the log.",
        P.ACCOUNT_READ, P.AUDIT_READ, P.DIRECTORY_READ, P.CONSENT_TEXT_APPROVE, P.DISCLOSURE_REVIEW,
        P.TEMPLATE_READ, P.TEMPLATE_REVIEW,
    ),
    Role.SYSTEM_ADMINISTRATOR: _entry(
        "Runs the machine and the accounts; reads no content.",
        P.ACCOUNT_READ, P.ACCOUNT_MANAGE, P.OPERATION_READ,
    ),
}  # fmt: skip


def rights_of(role: Role) -> frozenset[P]:
    """The rights of a role."""
    return ROLES[role].rights
