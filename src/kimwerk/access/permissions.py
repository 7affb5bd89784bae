"""Everything that somebody can be entitled to. One line a right, named NOUN_VERB."""

from enum import StrEnum


class Permission(StrEnum):
    """A right. Which role has which is said in `roles.py`, and nowhere else."""

    ACTIVITY_LOG = "activity.log"  # enter, correct and remove one's own diary entries
    ACTIVITY_READ = "activity.read"  # read the diary entries of the whole organisation
    ACTIVITY_CORRECT = "activity.correct"  # correct and remove entries of colleagues
    ACTIVITY_IMPORT = "activity.import"  # bring in one's own existing tally, and undo it
    ACTIVITY_IMPORT_TEAM = "activity.import_team"  # bring in tallies of colleagues too
    ACTIVITY_EXPORT = "activity.export"  # take rows out as a file
    CATEGORY_MANAGE = "category.manage"  # kinds, channels, topics and the like
    FIGURE_READ = "figure.read"  # counts of the organisation's work, without rows
    REPORT_READ = "report.read"  # read reports and their released editions
    REPORT_WRITE = "report.write"  # write reports and place figures
    REPORT_RELEASE = "report.release"  # release an edition, which then never changes
    DIRECTORY_READ = "directory.read"  # municipalities, organisations, sites, professional contacts
    DIRECTORY_MANAGE = "directory.manage"  # keep the directory
    PERSON_KEEP = "person.keep"  # open and keep the files of the people entrusted to one
    CASE_WORK = "case.work"  # counsel: open, keep and close one's own cases
    CASE_OVERSEE = "case.oversee"  # list and load of all cases without content; assign; break the glass
    CASE_COUNT = "case.count"  # counts of casework, without rows
    REFERRAL_ANSWER = "referral.answer"  # accept or decline what was referred to one's own organisation
    CONSENT_TEXT_KEEP = "consent.text_keep"  # write and version the texts of consent
    CONSENT_TEXT_APPROVE = "consent.text_approve"  # put a text of consent into force
    DISCLOSURE_REVIEW = "disclosure.review"  # see which disclosures rest on a statutory basis; no content
    DISCLOSURE_RECEIVE = "disclosure.receive"  # read what was disclosed to one's own organisation
    REGISTRATION_KEEP = "registration.keep"  # register newly arrived people, and correct the entries
    REGISTRATION_CHECK = "registration.check"  # open and close occasions; check, merge and release entries
    REGISTRATION_RECEIVE = "registration.receive"  # say what one's office needs of the lists, and fetch just that
    STAFF_READ = "staff.read"  # posts, shares, occupancy; no salaries
    STAFF_MANAGE = "staff.manage"  # keep posts, occupancy, onboarding, qualification
    SALARY_READ = "salary.read"  # what a single person costs
    FINANCE_READ = "finance.read"  # cost plans, funding, scenarios; no single salaries
    FINANCE_MANAGE = "finance.manage"  # keep cost plans, funding rules, bookings
    STEERING_READ = "steering.read"  # committees of the organisation, their meetings, resolutions and goals
    STEERING_ATTEND = "steering.attend"  # the same of those committees in which one sits
    STEERING_MANAGE = "steering.manage"  # the committees' office: invite, write minutes, follow up
    EVENT_READ = "event.read"  # events of the organisation, who took part and what was named there
    EVENT_MANAGE = "event.manage"  # plan events, invite, note attendance and results
    SURVEY_READ = "survey.read"  # surveys of the organisation, how many came back and what of it may be told
    SURVEY_MANAGE = "survey.manage"  # write, send and close surveys; read single answers
    EARLY_LANGUAGE_READ = "early_language.read"  # kindergartens, what they ask for, what was done; no children
    EARLY_LANGUAGE_KEEP = "early_language.keep"  # keep kindergartens, their enquiries and what was done
    NETWORK_READ = "network.read"  # contacts with other bodies, their offers, what was told to the public
    NETWORK_KEEP = "network.keep"  # write down one's own contacts, offers, and what was told to the public
    NEED_REPORT = "need.report"  # read the register of needs and gaps, and report needs
    NEED_MANAGE = "need.manage"  # check needs, bundle them into gaps and take gaps on their way
    TEMPLATE_READ = "template.read"  # read the library of templates and fill them in
    TEMPLATE_KEEP = "template.keep"  # write templates, put them into force, exchange them with other counties
    TEMPLATE_REVIEW = "template.review"  # say whether a version of a template may be used
    ACCOUNT_READ = "account.read"  # who has which role, from when to when
    ACCOUNT_MANAGE = "account.manage"  # invite, give and end roles, close accounts
    AUDIT_READ = "audit.read"  # read the log
    OPERATION_READ = "operation.read"  # state of jobs and versions; no content
