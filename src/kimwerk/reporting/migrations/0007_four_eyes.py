"""Who may comment on drafts, and that nobody releases what they wrote last."""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited

# Who wrote last is taken from the report, whatever the program says: the check "edition_is_released_by_four_eyes"
# then refuses them.
FOUR_EYES = """
create function reporting_four_eyes() returns trigger language plpgsql as $$
begin
  select coalesce(changed_by_id, created_by_id) into new.written_by_id from reporting_report where id = new.report_id;
  if new.written_by_id is null then
    raise exception 'nobody knows who wrote the report last'
      using errcode = 'check_violation', constraint = 'edition_is_released_by_four_eyes';
  end if;
  return new;
end $$;
create trigger four_eyes before insert on reporting_edition for each row execute function reporting_four_eyes();
"""
TWO_EYES = """
drop trigger four_eyes on reporting_edition;
drop function reporting_four_eyes();
"""


def of_drafts() -> str:
    readable = (
        "r.organisation_id = any((select walls.organisations('report.read'))::bigint[])"
        " and r.organisation_id = any((select walls.organisations('figure.read'))::bigint[])"
    )
    return (
        "section_id = any((select coalesce(array_agg(s.id), '{}') from reporting_reportsection s"
        f" join reporting_report r on r.id = s.report_id where {readable})::bigint[])"
    )


class Migration(migrations.Migration):
    dependencies = [("reporting", "0006_council_papers")]
    operations = [
        wall("reporting_sectioncomment", read=of_drafts()),
        audited("reporting_sectioncomment"),
        migrations.RunSQL(FOUR_EYES, reverse_sql=TWO_EYES),
    ]
