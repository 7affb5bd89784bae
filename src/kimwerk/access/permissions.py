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
    ACCOUNT_READ = "account.read"  # who has which role, from when to when
    ACCOUNT_MANAGE = "account.manage"  # invite, give and end roles, close accounts
    AUDIT_READ = "audit.read"  # read the log
    OPERATION_READ = "operation.read"  # state of jobs and versions; no content
