"""The vocabulary of accounts."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from kimwerk.access.permissions import Permission
from kimwerk.access.roles import Role
from kimwerk.kernel.figures import Text


class RoleLabel(models.TextChoices):
    """The roles under the names the field uses."""

    CASE_MANAGER = Role.CASE_MANAGER.value, _("Case manager")
    CASE_MANAGEMENT_COORDINATION = Role.CASE_MANAGEMENT_COORDINATION.value, _("Case management coordination")
    KIM_COORDINATION = Role.KIM_COORDINATION.value, _("KIM coordination")
    ADMINISTRATIVE_ASSISTANT = Role.ADMINISTRATIVE_ASSISTANT.value, _("Administrative assistant")
    KI_LEADERSHIP = Role.KI_LEADERSHIP.value, _("KI leadership")
    FINANCE_OFFICER = Role.FINANCE_OFFICER.value, _("Finance officer")
    PARTNER_OFFICE = Role.PARTNER_OFFICE.value, _("Partner office")
    PARTNER_AGENCY = Role.PARTNER_AGENCY.value, _("Partner agency")
    STEERING_GROUP_MEMBER = Role.STEERING_GROUP_MEMBER.value, _("Steering group member")
    DATA_PROTECTION_OFFICER = Role.DATA_PROTECTION_OFFICER.value, _("Data protection officer")
    SYSTEM_ADMINISTRATOR = Role.SYSTEM_ADMINISTRATOR.value, _("System administrator")


ROLE_PURPOSES: Mapping[Role, Text] = {
    Role.CASE_MANAGER: _("Counsels people in town halls, refers them, keeps the diary of the own work."),
    Role.CASE_MANAGEMENT_COORDINATION: _("Supervises the case managers: load, quality, templates, the team's diary."),
    Role.KIM_COORDINATION: _("Runs the programme: concept, steering group's office, evaluation report."),
    Role.ADMINISTRATIVE_ASSISTANT: _("Keeps lists, invitations and the directory."),
    Role.KI_LEADERSHIP: _("Leads the integration centre; signs off papers."),
    Role.FINANCE_OFFICER: _("Plans and accounts for posts and money."),
    Role.PARTNER_OFFICE: _("An office that receives lists: reads what was disclosed to it, and nothing else."),
    Role.PARTNER_AGENCY: _("An agency that receives referrals."),
    Role.STEERING_GROUP_MEMBER: _("Decides in the steering group; reads its papers and released reports."),
    Role.DATA_PROTECTION_OFFICER: _("Reviews rights and the log."),
    Role.SYSTEM_ADMINISTRATOR: _("Runs the machine and the accounts; reads no content."),
}
"""What each role is for, as `access/roles.py` says it, for the catalogue."""

PERMISSION_LABELS: Mapping[Permission, Text] = {
    Permission.ACTIVITY_LOG: _("enter, correct and remove one's own diary entries"),
    Permission.ACTIVITY_READ: _("read the diary entries of the whole organisation"),
    Permission.ACTIVITY_CORRECT: _("correct and remove entries of colleagues"),
    Permission.ACTIVITY_IMPORT: _("bring in one's own existing tally, and undo it"),
    Permission.ACTIVITY_IMPORT_TEAM: _("bring in tallies of colleagues too"),
    Permission.ACTIVITY_EXPORT: _("take rows out as a file"),
    Permission.CATEGORY_MANAGE: _("keep kinds, channels, topics and the like"),
    Permission.FIGURE_READ: _("read counts of the organisation's work, without rows"),
    Permission.REPORT_READ: _("read reports and their released editions"),
    Permission.REPORT_WRITE: _("write reports and place figures"),
    Permission.REPORT_RELEASE: _("release an edition, which then never changes"),
    Permission.DIRECTORY_READ: _("read the directory with its professional contacts"),
    Permission.DIRECTORY_MANAGE: _("keep the directory"),
    Permission.PERSON_KEEP: _("open and keep the files of the people entrusted to one"),
    Permission.CASE_WORK: _("open, keep and close one's own cases"),
    Permission.CASE_OVERSEE: _("see list and load of all cases without content, assign them, open one with a reason"),
    Permission.CASE_COUNT: _("read counts of casework, without rows"),
    Permission.REFERRAL_ANSWER: _("answer what was referred to one's own organisation"),
    Permission.CONSENT_TEXT_KEEP: _("write and version the texts of consent"),
    Permission.CONSENT_TEXT_APPROVE: _("put texts of consent into force"),
    Permission.DISCLOSURE_REVIEW: _("see which disclosures rest on a statutory basis; no content"),
    Permission.DISCLOSURE_RECEIVE: _("read what was disclosed to one's own organisation"),
    Permission.REGISTRATION_KEEP: _("register newly arrived people"),
    Permission.REGISTRATION_CHECK: _("check, merge and release registrations of newly arrived people"),
    Permission.REGISTRATION_RECEIVE: _("say what one's office needs of the registration lists, and fetch it"),
    Permission.STEERING_READ: _("read all committees with their meetings and resolutions"),
    Permission.STEERING_ATTEND: _("read the committees in which one sits, and propose for their agendas"),
    Permission.STEERING_MANAGE: _("be the committees’ office: invite, write minutes, follow up"),
    Permission.EVENT_READ: _("read events, who took part and what was named there"),
    Permission.EVENT_MANAGE: _("plan events, invite, note attendance and results"),
    Permission.SURVEY_READ: _("read surveys, how many came back and what of it may be told"),
    Permission.SURVEY_MANAGE: _("write, send and close surveys, and read single answers"),
    Permission.EARLY_LANGUAGE_READ: _("read kindergartens and the language programme"),
    Permission.EARLY_LANGUAGE_KEEP: _("keep kindergartens, their enquiries and what was done"),
    Permission.NETWORK_READ: _("read contacts with other bodies, their offers, and what was told to the public"),
    Permission.NETWORK_KEEP: _("write down one’s own contacts, offers, and what was told to the public"),
    Permission.NEED_REPORT: _("read the register of needs and gaps, and report needs"),
    Permission.NEED_MANAGE: _("check needs, bundle them into gaps and take gaps on their way"),
    Permission.STAFF_READ: _("see posts, shares and occupancy; no salaries"),
    Permission.STAFF_MANAGE: _("keep posts, occupancy, onboarding and qualification"),
    Permission.SALARY_READ: _("see what a single person costs"),
    Permission.FINANCE_READ: _("see cost plans, funding and scenarios; no single salaries"),
    Permission.FINANCE_MANAGE: _("keep cost plans, funding rules and bookings"),
    Permission.TEMPLATE_READ: _("read the library of templates, and fill them in"),
    Permission.TEMPLATE_KEEP: _("write templates, put them into force, exchange them with other counties"),
    Permission.TEMPLATE_REVIEW: _("say whether a version of a template may be used"),
    Permission.ACCOUNT_READ: _("see who has which role, from when to when"),
    Permission.ACCOUNT_MANAGE: _("invite, give and end roles, close accounts"),
    Permission.AUDIT_READ: _("read the log"),
    Permission.OPERATION_READ: _("see the state of jobs and versions; no content"),
}
"""The rights in words, for the page that shows the table."""


class ClosingReason(models.TextChoices):
    """Why an account was closed."""

    LEFT = "left", _("No longer employed")
    DORMANT = "dormant", _("Not used for a long time")
    MISUSE = "misuse", _("Suspected misuse")


class AccountState(models.TextChoices):
    """How an account stands; the choices of the list's filter."""

    ACTIVE = "active", _("active")
    INVITED = "invited", _("invited")
    CLOSED = "closed", _("closed")
