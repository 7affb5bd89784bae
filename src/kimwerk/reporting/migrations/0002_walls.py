"""Who may read and write reports, and that a released edition never changes."""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited


def within(permission: str, column: str = "organisation_id") -> str:
    """The condition: the organisation is one in which the actor has this right throughout."""
    return f"{column} = any((select walls.organisations('{permission}'))::bigint[])"


DRAFTS = f"{within('report.read')} and {within('figure.read')}"
WRITING = f"{DRAFTS} and {within('report.write')}"


def of_reports(condition: str) -> str:
    return (
        f"report_id = any((select coalesce(array_agg(id), '{{}}') from reporting_report where {condition})::bigint[])"
    )


def of_sections(condition: str) -> str:
    of_reports_there = condition.replace("organisation_id", "r.organisation_id")
    return (
        "section_id = any((select coalesce(array_agg(s.id), '{}') from reporting_reportsection s"
        f" join reporting_report r on r.id = s.report_id where {of_reports_there})::bigint[])"
    )


# Statement triggers fire even where row-level security hides every row, so that nobody is left believing
# that a change went through. Only maintenance of the owner (an erasure run) may pass.
KEEP = """
create function reporting_keep_edition() returns trigger language plpgsql as $$
begin
  if current_user = 'kimwerk_owner' and coalesce(current_setting('kimwerk.maintenance', true), '') = 'on'
     and tg_op <> 'TRUNCATE' then
    return null;
  end if;
  raise exception 'a released edition never changes'
    using errcode = 'check_violation', constraint = 'edition_never_changes';
end $$;
create trigger keep_edition before update or delete or truncate on reporting_edition
  for each statement execute function reporting_keep_edition();
"""
RELEASE_KEEP = """
drop trigger keep_edition on reporting_edition;
drop function reporting_keep_edition();
"""


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_initial"), ("accounts", "0002_walls"), ("audit", "0001_log")]
    operations = [
        wall("reporting_report", read=DRAFTS, write=WRITING),
        wall("reporting_reportsection", read=of_reports(DRAFTS), write=of_reports(WRITING)),
        wall("reporting_placedfigure", read=of_sections(DRAFTS), write=of_sections(WRITING)),
        wall("reporting_reportbuild", read=of_reports(DRAFTS), write=of_reports(WRITING)),
        wall("reporting_edition", read=within("report.read"), write=within("report.release")),
        migrations.RunSQL(KEEP, reverse_sql=RELEASE_KEEP),
        audited("reporting_report"),
        audited("reporting_reportsection"),
        audited("reporting_placedfigure"),
        audited("reporting_reportbuild"),
        audited("reporting_edition"),
    ]
